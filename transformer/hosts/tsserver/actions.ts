/**
 * Quick fixes, and the edits of a completion: those for the lowered text where they fit the original one, else those for the
 * original text. Refactorings and sorted imports use the original text alone.
 */
import type ts from 'typescript'
import type { MappedText } from '../../text/text.ts'
import { originalChanges } from './answers.ts'
import type { Asking, Service } from './asking.ts'

export function actionMethods(asking: Asking): Partial<Service> {
  const { inner, project, atPlace, rangeIn } = asking
  const isLowered = (fileName: string) => project.lowered(fileName)?.served !== undefined
  return {
    getCodeFixesAtPosition(fileName, start, end, ...rest) {
      if (!isLowered(fileName)) return inner.getCodeFixesAtPosition(fileName, start, end, ...rest)
      const range = rangeIn(project.lowered(fileName), start, end)
      const found = project.service().getCodeFixesAtPosition(fileName, range.start, range.end, ...rest)
      let plain: readonly ts.CodeFixAction[] | undefined
      return found.flatMap(fix => {
        const changes = fitting(asking, fix.changes)
        if (changes) return [{ ...fix, changes }]
        plain ??= inner.getCodeFixesAtPosition(fileName, start, end, ...rest)
        return plain.filter(each => each.fixName === fix.fixName && each.description === fix.description).slice(0, 1)
      })
    },
    getCombinedCodeFix(scope, ...rest) {
      if (!isLowered(scope.fileName)) return inner.getCombinedCodeFix(scope, ...rest)
      const found = project.service().getCombinedCodeFix(scope, ...rest)
      const changes = fitting(asking, found.changes)
      return changes ? { ...found, changes } : inner.getCombinedCodeFix(scope, ...rest)
    },
    getCompletionEntryDetails(...args) {
      const found = atPlace('getCompletionEntryDetails', 'before')(...args)
      if (!found?.codeActions?.length || !isLowered(args[0])) return found
      return { ...found, codeActions: inner.getCompletionEntryDetails(...args)?.codeActions ?? [] }
    },
  }
}

/** Edits in the original texts; undefined where they do not fit, or insert text that only lowering writes. */
function fitting(
  { textOf, project }: Asking,
  changes: readonly ts.FileTextChanges[],
): ts.FileTextChanges[] | undefined {
  const original = originalChanges(changes, textOf)
  const inserted = changes.flatMap(({ fileName }) => wordsInsertedIn(project.mappedIn(fileName)))
  const isOurs = ({ newText }: ts.TextChange) => inserted.some(text => newText.includes(text))
  return original?.some(({ textChanges }) => textChanges.some(isOurs)) ? undefined : original && [...original]
}

/** The words that lowering inserted, if there are any. */
function wordsInsertedIn(mapped: MappedText | undefined): readonly string[] {
  const spans = mapped?.insertions() ?? []
  return spans.map(({ start, length }) => mapped!.text.slice(start, start + length)).filter(text => /\w/.test(text))
}
