/** Diagnostics as data: those that a compiler printed, and those that comments in the sources ask for. */
import type { Files } from './project.ts'

/** Where a diagnostic was printed; `length` is known of `--pretty` output only. */
export interface Printed {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly code: string
  readonly message: string
  readonly length?: number
}

const byPosition = (a: Printed, b: Printed) =>
  a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column || a.code.localeCompare(b.code)

/** All diagnostics of plain output, `file(line,column): error TS…: message`; the first line of each message. */
export function printed(output: string): readonly Printed[] {
  const matches = output.matchAll(/^(\S+)\((\d+),(\d+)\): error (TS\d+): (.*)$/gm)
  return [...matches]
    .map(([, file, line, column, code, message]) => at(file!, line!, column!, code!, message!))
    .sort(byPosition)
}

/** All diagnostics of `--pretty` output, with the length of their underlining. */
export function printedPretty(output: string): readonly Printed[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes are what is removed
  const text = output.replace(/\u001b\[\d*(?:;\d+)*m/g, '')
  const matches = text.matchAll(/^(\S+):(\d+):(\d+) - error (TS\d+): (.*)$(?:\n.*)*?\n\n.*\n *\d* *(~+)$/gm)
  return [...matches]
    .map(([, file, line, column, code, message, underlining]) => ({
      ...at(file!, line!, column!, code!, message!),
      length: underlining!.length,
    }))
    .sort(byPosition)
}

function at(file: string, line: string, column: string, code: string, message: string): Printed {
  return { file, line: Number(line), column: Number(column), code, message }
}

/**
 * What the sources ask for: below a line of code, `// ^^^ TS2345 message` points at the code that is reported.
 * The message may be a part of the printed one, and several pointers may stand below one line.
 */
export function expected(files: Files): readonly Printed[] {
  const found: Printed[] = []
  for (const [file, text] of Object.entries(files)) {
    let code = 0
    for (const [i, line] of text.split(/\r?\n/).entries()) {
      const pointer = /^(\s*\/\/\s*)(\^+) (TS\d+) (.*)$/.exec(line)
      if (!pointer) code = i + 1
      else {
        const [, before, carets, tsCode, message] = pointer
        found.push({
          ...at(file, String(code), String(before!.length + 1), tsCode!, message!),
          length: carets!.length,
        })
      }
    }
  }
  return found.sort(byPosition)
}

/** The same diagnostics without lengths, and with each message cut to the part that was asked for. */
export function comparable(actual: readonly Printed[], wanted: readonly Printed[]): readonly Printed[] {
  return actual.map((each, i) => {
    const part = wanted[i]?.message
    return part !== undefined && each.message.includes(part) ? { ...each, message: part } : each
  })
}

export function withoutLength(diagnostics: readonly Printed[]): readonly Printed[] {
  return diagnostics.map(({ length: _, ...rest }) => rest)
}
