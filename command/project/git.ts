/**
 * Warns if Git could not undo the changes that a command is about to make.
 * It must not know these changes.
 */
import { spawnSync } from 'node:child_process'

/** A time limit in milliseconds: more than Git takes for a hundred thousand files. */
const PATIENCE = 10_000

/** Warns of uncommitted changes, which would mix with those of the command; prints nothing outside of a repository. */
export function warnOfUncommitted(command: string, folder: string): void {
  const { status, stdout } = spawnSync('git', ['--no-optional-locks', 'status', '--porcelain', '--no-renames'], {
    ...({ cwd: folder, encoding: 'utf8', timeout: PATIENCE } as const),
  })
  const count = status === 0 ? stdout.split('\n').filter(line => line !== '').length : 0
  if (count === 0) return
  const are = count === 1 ? '1 file of the working tree is' : `${count} files of the working tree are`
  console.error(
    `${command}: warning: ${are} not committed; Git can take back the changes of this command alone only where the tree was clean`,
  )
}
