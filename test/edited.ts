/** A project on the disk whose files change, and the session that follows it. It must not know what is asked of them. */
import type { Session } from '../transformer/build/session.ts'
import { createSessions } from '../transformer/build/sessions.ts'
import { type FileName, fileNameOf } from '../transformer/program/file-names.ts'
import { type Files, Project, tsconfig } from './hosts/project.ts'
import { parsingOnce } from './parsed-once.ts'

/** A class with a table of operators; an edit gives it another one, or another body. */
export const vec = (
  table: string,
  body = 'return new Vec(this.x + other.x)',
) => `import type { operators } from 'tsgrad'
export class Vec {
  declare readonly [operators]: ${table}
  constructor(readonly x: number) {}
  add(other: Vec) { ${body} }
  plus(other: Vec) { return 'plus' }
}
`
export const base: Files = {
  'src/vec.ts': vec("{ '+': 'add' }"),
  'src/make.ts': "import { Vec } from './vec.js'\nexport const make = (x: number) => new Vec(x)\n",
  // a bundler does not see who imports types only
  'src/uses.ts':
    "import type { Vec } from './vec.js'\nimport { make } from './make.js'\nexport const sum = (v: Vec) => v + make(2)\n",
  'src/top.ts':
    "import { sum } from './uses.js'\nimport { make } from './make.js'\nexport const top = sum(make(1)) + make(3)\n",
  'src/plain.ts': 'export const plain = 1 + 2\n',
}

export class Edited {
  readonly project: Project
  readonly session: Session

  constructor(files: Files = base) {
    this.project = new Project({ 'tsconfig.json': tsconfig(), ...files })
    this.session = this.fresh()
  }

  fresh(): Session {
    return createSessions(parsingOnce, {}).of(this.path('src/vec.ts'))
  }

  path(name: string): FileName {
    return fileNameOf(name, this.project.root)
  }

  write(files: Files): void {
    this.project.write(files)
    this.session.update(Object.keys(files).map(name => this.path(name)))
  }

  remove(name: string): void {
    this.project.remove(name)
    this.session.update([this.path(name)])
  }

  lowered(name: string, session = this.session): string | undefined {
    return session.lowered(this.path(name))?.text
  }

  stale(): string[] {
    return this.session.stale().map(name => name.slice(this.project.root.length + 1))
  }
}
