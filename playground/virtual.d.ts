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
declare module '*?raw' {
  const text: string
  export default text
}
