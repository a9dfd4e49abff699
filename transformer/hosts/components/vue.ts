/** The script of a Vue component, as the language tools of Vue write it for vue-tsc and editors. It must not know operators. */
import type ts from 'typescript'
import type { TypeScript } from '../../compiler/typescript.ts'
import type { ComponentScript } from './script.ts'

/** What is used of `@vue/language-core`, from version 3 on. */
export interface VueTools {
  getDefaultCompilerOptions(): object
  createVueLanguagePlugin(
    ts: TypeScript,
    options: object,
    vueOptions: object,
    asFileName: (name: string) => string,
  ): {
    createVirtualCode?(fileName: string, languageId: 'vue', snapshot: ts.IScriptSnapshot): VirtualCode | undefined
  }
}

interface VirtualCode {
  readonly id: string
  readonly snapshot: ts.IScriptSnapshot
  readonly mappings: readonly Mapping[]
  readonly embeddedCodes?: readonly VirtualCode[]
}

interface Mapping {
  readonly sourceOffsets: readonly number[]
  readonly generatedOffsets: readonly number[]
  readonly lengths: readonly number[]
  readonly generatedLengths?: readonly number[]
}

/** Undefined where its script is not TypeScript. */
export function vueScript(
  tools: VueTools,
  ts: TypeScript,
  fileName: string,
  code: string,
): ComponentScript | undefined {
  const plugin = tools.createVueLanguagePlugin(ts, {}, tools.getDefaultCompilerOptions(), name => name)
  const whole = plugin.createVirtualCode?.(fileName, 'vue', ts.ScriptSnapshot.fromString(code))
  const script = whole && scriptIn(whole)
  if (!script) throw new Error(`@vue/language-core gives no script of ${fileName}`)
  if (!/^script_tsx?$/.test(script.id)) return undefined
  const text = script.snapshot.getText(0, script.snapshot.getLength())
  const copies = copiesIn(script.mappings)
  return {
    text,
    extension: script.id.endsWith('x') ? '.tsx' : '.ts',
    origin(position) {
      const inside = copies.find(({ generated, length }) => generated <= position && position < generated + length)
      const found = inside ?? copies.find(({ generated, length }) => generated + length === position)
      return found && found.source + position - found.generated
    },
  }
}

const scriptIn = (code: VirtualCode): VirtualCode | undefined =>
  /^script_[jt]sx?$/.test(code.id) ? code : (code.embeddedCodes ?? []).map(scriptIn).find(each => each !== undefined)

interface Copy {
  readonly source: number
  readonly generated: number
  readonly length: number
}

/** Those that were copied letter by letter. */
const copiesIn = (mappings: readonly Mapping[]): readonly Copy[] =>
  mappings.flatMap(({ sourceOffsets, generatedOffsets, lengths, generatedLengths = lengths }) =>
    sourceOffsets.flatMap((source, i) => {
      const length = lengths[i]!
      return length > 0 && length === generatedLengths[i] ? [{ source, generated: generatedOffsets[i]!, length }] : []
    }),
  )
