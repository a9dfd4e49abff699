/** What the build puts in the place of modules that are no files. */
declare module 'virtual:texts' {
  const texts: Readonly<Record<string, string>>
  export default texts
}
declare module 'virtual:runner' {
  /** The script that runs programs, as text. */
  const runner: string
  export default runner
}
declare module 'virtual:compiled' {
  /** What the compiler made of the examples when the page was built, by their texts. */
  const compiled: Readonly<Record<string, import('./worker/messages.ts').Compiled>>
  export default compiled
}
declare module '*?raw' {
  const text: string
  export default text
}
