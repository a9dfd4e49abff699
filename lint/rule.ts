/**
 * The common form of the rules for natural math, and the services that they use.
 * It must not know any single rule.
 */
import type { ParserServices, TSESLint, TSESTree } from '@typescript-eslint/utils'
import type { LintServices } from './parser.ts'

export type Context<Message extends string> = Readonly<TSESLint.RuleContext<Message, []>>

/** The description of a rule. */
export interface Docs {
  readonly description: string
  /** The severity in the preset `recommended`: an error for a fault, a warning for code that works badly. */
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

/** The text of `.num` on an expression, with parentheses where the expression needs them. */
export function withNum(fixer: TSESLint.RuleFixer, node: TSESTree.Node): TSESLint.RuleFix[] {
  return mayStandBeforeDot(node)
    ? [fixer.insertTextAfter(node, '.num')]
    : [fixer.insertTextBefore(node, '('), fixer.insertTextAfter(node, ').num')]
}

/** Whether a dot may follow an expression as it stands. */
export function mayStandBeforeDot({ type }: TSESTree.Node): boolean {
  return /^(Identifier|ThisExpression|MemberExpression|CallExpression|TSNonNullExpression)$/.test(type)
}
