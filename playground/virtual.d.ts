/** The modules that the build generates. */
declare module 'virtual:texts' {
  const texts: Readonly<Record<string, string>>
  export default texts
}
declare module 'virtual:runner' {
  /** The script that runs programs, as text. */
  const runner: string
  export default runner
}
declare module 'virtual:libraries' {
  /** Scripts by the names of their modules: each exports the library, whose classes have their operators. */
  const libraries: Readonly<Record<string, string>>
  export default libraries
}
declare module 'virtual:compiled' {
  /** The compiled examples by their texts, from the build of the page. */
  const compiled: Readonly<Record<string, import('./worker/messages.ts').Compiled>>
  export default compiled
}
declare module '*?raw' {
  const text: string
  export default text
}
