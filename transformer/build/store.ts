/** Where texts are kept between processes. It must not know what they say. */
export interface Store {
  /** What was kept under a name, a path; undefined where nothing is, or where it cannot be read. */
  read(name: string): string | undefined
  /** Keeps a text, or does nothing. */
  write(name: string, text: string): void
  hash(text: string): string
  /** Differs between builds of tsgrad of the same version. */
  readonly stamp: string
}
