// A plugin of TypeDoc: leaves out what readers do not call. It must not know any name.

import { Converter, ReflectionKind } from 'typedoc'

/** What lowered text calls. */
const forLoweredText = /\/(?:dispatch|place)\.ts$/

export function load(app) {
  app.converter.on(
    Converter.EVENT_RESOLVE_END,
    context => {
      const { project } = context
      // the methods of NumberWithGrad, one for each rule: docs/rules.md has them in a table
      for (const member of project.getReflectionsByKind(ReflectionKind.ClassMember))
        if (member.inheritedFrom) project.removeReflection(member)
      for (const each of project.getReflectionsByKind(
        ReflectionKind.SomeModule | ReflectionKind.ExportContainer | ReflectionKind.SomeExport,
      )) {
        const [declaration] = context.getSymbolFromReflection(each)?.declarations ?? []
        if (declaration !== undefined && forLoweredText.test(declaration.getSourceFile().fileName))
          project.removeReflection(each)
      }
    },
    50,
  )
}
