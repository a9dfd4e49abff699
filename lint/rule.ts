/**
 * What all rules for natural math share: their shape, and the services they ask.
 * It must not know what any of them looks for.
 */
import type { ParserServices, TSESLint, TSESTree } from '@typescript-eslint/utils'
import type { LintServices } from './parser.ts'

export type Context<Message extends string> = Readonly<TSESLint.RuleContext<Message, []>>

/** What is told of a rule without running it. */
export interface Docs {
  readonly description: string
  /** How the preset `recommended` reports: an error for what does not work, a warning for what works badly. */
  readonly level: 'error' | 'warn'
}

export type Rule<Message extends string = string> = TSESLint.RuleModule<Message, [], Docs>

interface Definition<Message extends string> extends Docs {
  /** The texts of its reports and suggestions. */
  readonly messages: Record<Message, string>
  /** Whether a report may come with a change that `--fix` makes. */
  readonly fixes?: boolean
  create(context: Context<Message>, services: LintServices): TSESLint.RuleListener
}

export function rule<Message extends string>({
  description,
  level,
  messages,
  fixes,
  create,
}: Definition<Message>): Rule<Message> {
  return {
    meta: {
      type: 'problem',
      docs: { description, level },
      messages,
      schema: [],
      hasSuggestions: true,
      ...(fixes && { fixable: 'code' as const }),
    },
    defaultOptions: [],
    create: context => create(context, servicesOf(context)),
  }
}

function servicesOf({ id, sourceCode, filename }: Context<string>): LintServices {
  const services = sourceCode.parserServices as (Partial<ParserServices> & Partial<LintServices>) | undefined
  if (!services?.tsgrad)
    throw new Error(
      `${id}: ${filename} was not parsed with types. Use a preset of tsgrad/eslint or its parser, and include the file in a tsconfig.json.`,
    )
  return services as LintServices
}

/** What writes `.num` behind an expression, in parentheses where a dot could not follow it. */
export function withNum(fixer: TSESLint.RuleFixer, node: TSESTree.Node): TSESLint.RuleFix[] {
  return mayStandBeforeDot(node)
    ? [fixer.insertTextAfter(node, '.num')]
    : [fixer.insertTextBefore(node, '('), fixer.insertTextAfter(node, ').num')]
}

/** Whether a dot may follow an expression as it stands. */
export function mayStandBeforeDot({ type }: TSESTree.Node): boolean {
  return /^(Identifier|ThisExpression|MemberExpression|CallExpression|TSNonNullExpression)$/.test(type)
}
