/** What a row of the table of hosts says. It must not know any host. */
import type { Version } from './compilers.ts'

/** A test, by its file and its title as it is written there. */
export interface Proof {
  readonly file: string
  readonly title: string
}

/** What a host may be able to do, with the heading of its column. */
export const abilities = {
  run: 'builds or runs',
  watch: 'follows edits',
  types: 'type errors at their places',
  refuses: 'fails without a type',
  declarations: 'declarations',
  maps: 'source maps',
  components: 'components',
} as const

export type Ability = keyof typeof abilities

/** How tests and benchmarks have a bundler build a project. */
export interface Trial {
  /** The command, as a user would give it. */
  readonly command: readonly string[]
  /** What the command takes to watch; a bundler without it is not tried so. */
  readonly watch?: readonly string[]
  /** The packages that the project needs, the bundler first. */
  readonly packages: readonly string[]
  /** It does not follow links out of the project: tsgrad is copied in, and what it needs. */
  readonly isCopied?: true
  /** How many of the methods lead to their operators exactly, at least, where that is not 12. */
  readonly fewest?: number
}

export interface Host {
  /** The name of its page in docs/hosts and of its folder in test/hosts. */
  readonly name: string
  readonly title: string
  /** Hosts of one kind share a row of the README where they work with the same versions of TypeScript. */
  readonly kind: 'compiler' | 'bundler' | 'runner' | 'runtime' | 'editor' | 'linter'
  /** How the README calls its users' tool, and what tsgrad has for it, where these are not the title and the entries. */
  readonly tool?: string
  readonly has?: string
  /** The entries of the package, without `tsgrad/`. */
  readonly entries: readonly string[]
  /** The module of the entry, where that is not transformer/hosts/<entry>. */
  readonly module?: string
  /** The entry is a folder of the package, for a host that does not read `exports`. */
  readonly isFolder?: true
  /** The packages that it integrates with, each with the oldest release that it works with. Its adapter checks that when it is loaded. */
  readonly oldest?: Readonly<Record<string, string>>
  /** Command lines that its page names and the tests do without: they call what these call. */
  readonly commandLines?: Readonly<Record<string, string>>
  /** Packages among the devDependencies that its page says it is tested with. */
  readonly tried?: readonly string[]
  /** Releases that the tests install when they need them. */
  readonly releases?: Readonly<Record<string, readonly string[]>>
  /** Which Node it needs, where that is not the one of package.json. */
  readonly node?: string
  readonly typescript: Readonly<Partial<Record<Version, Proof>>>
  /** A cell is empty where the host cannot do it, or no test tries it. */
  readonly can: Readonly<Partial<Record<Ability, Proof | readonly Proof[]>>>
  /** What else is tested. */
  readonly also?: string
  readonly trial?: Trial
}
