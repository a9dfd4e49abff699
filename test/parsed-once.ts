/** A compiler that parses the standard library and tsgrad's own declarations once for all sessions. It must not know who asks for them. */
import ts from 'typescript'

const parsed = new Map<string, ts.SourceFile>()

export const parsingOnce: typeof ts = {
  ...ts,
  createSourceFile(name, text, ...rest) {
    if (!/\/(?:typescript\/lib|dist\/runtime)\/.*\.d\.ts$/.test(name)) return ts.createSourceFile(name, text, ...rest)
    const file = parsed.get(name) ?? ts.createSourceFile(name, text, ...rest)
    parsed.set(name, file)
    return file
  },
}
