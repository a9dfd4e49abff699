/** The diagnostics of a file, in its original text; for half-typed expressions without the errors that the missing part causes. */
import type ts from 'typescript'
import { unchangedFile } from '../../build/lowered-file.ts'
import type { TypeScript } from '../../compiler/typescript.ts'
import type { InternalService } from '../../compiler/undocumented.ts'
import { originalSemantic } from '../../program/lowered-program.ts'
import { originalDiagnostic } from '../../text/positions.ts'
import type { Asking } from './asking.ts'
import { derivativeErrors } from './derivatives.ts'
import type { EditorFile } from './moment.ts'
import { parseErrors } from './parsed.ts'

export function diagnosticMethods(asking: Asking): Partial<InternalService> {
  const { ts, inner, project } = asking
  return {
    getSemanticDiagnostics(fileName) {
      const source = project.lowered(fileName)
      const now = project.now()
      if (!source || !now) {
        const found = inner.getSemanticDiagnostics(fileName)
        const derivatives = now ? derivativeErrors(ts, project, fileName) : []
        if (derivatives.length === 0) return found
        const file = unchangedFile(derivatives[0]!.file!)
        return [...originalSemantic(ts, new Map(), [{ ...file, diagnostics: derivatives }], found)]
      }
      const fault = now.fault ?? now.failed.get(source.original.fileName)
      const found = project
        .service()
        .getSemanticDiagnostics(fileName)
        .map(each => withRelated(asking, each))
      const derivatives = derivativeErrors(ts, project, fileName)
      const one = { ...source, diagnostics: [...source.diagnostics, ...derivatives] }
      const reported = originalSemantic(ts, now.lowered, [one], found)
      const own = fault ? [{ ...fault, file: source.original, start: fault.start ?? 0, length: fault.length ?? 0 }] : []
      return [...own, ...withoutBroken(ts, source, reported)]
    },
    getSuggestionDiagnostics(fileName) {
      const source = project.lowered(fileName)
      if (!source) return inner.getSuggestionDiagnostics(fileName)
      const found = project.service().getSuggestionDiagnostics(fileName)
      return withoutBroken(
        ts,
        source,
        found.flatMap(each => suggestion(asking, source, each)),
      )
    },
    // undefined makes tsserver ask for the whole file
    getRegionSemanticDiagnostics(fileName, ranges) {
      if (project.lowered(fileName)) return undefined
      return (inner as InternalService).getRegionSemanticDiagnostics?.(fileName, ranges)
    },
  }
}

/** Files that nobody asked about have probe texts, and related information of an error may be in them. */
function withRelated<D extends ts.Diagnostic>({ textOf, fileAt }: Asking, diagnostic: D): D {
  const back = (related: ts.DiagnosticRelatedInformation): ts.DiagnosticRelatedInformation => {
    const name = related.file?.fileName ?? ''
    const [original, mapped] = [fileAt(name), textOf(name)]
    return original && mapped ? originalDiagnostic(new Map([[name, { original, mapped }]]), related) : related
  }
  const { file, relatedInformation } = diagnostic
  if (!relatedInformation) return diagnostic
  // related information in the file itself is mapped with the diagnostic
  return {
    ...diagnostic,
    relatedInformation: relatedInformation.map(each => (each.file?.fileName === file?.fileName ? each : back(each))),
  }
}

/** A suggestion is shown only if its place is in the original text. */
function suggestion(
  asking: Asking,
  { served, mapped, original }: EditorFile,
  found: ts.DiagnosticWithLocation,
): ts.DiagnosticWithLocation[] {
  const { start, length } = found
  const span = served ? mapped.toCopied({ start, length }) : { start, length }
  return span ? [{ ...withRelated(asking, found), ...span, file: original }] : []
}

/**
 * Drops errors inside an expression with operators that is not typed to its end: the parser of the lowered text takes the inserted
 * parenthesis for the missing one.
 */
function withoutBroken<D extends ts.Diagnostic>(
  ts: TypeScript,
  { original, found, isHalfTyped }: EditorFile,
  all: readonly D[],
): D[] {
  if (!isHalfTyped) return [...all]
  const errors = parseErrors(original)
  const broken = found.sites.flatMap(({ node }) => {
    const top = ts.findAncestor(node, ({ parent }) => !parent || !ts.isExpression(parent)) ?? node
    const [start, end] = [top.getStart(original), top.end]
    // a missing token at the end is reported at the next one
    const next = end + /^\s*/.exec(original.text.slice(end))![0].length
    return errors.some(error => error.start! + error.length! >= start && error.start! <= next) ? [{ start, end }] : []
  })
  return all.filter(
    ({ start = 0, length = 0 }) => !broken.some(each => start <= each.end && start + length >= each.start),
  )
}
