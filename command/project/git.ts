/**
 * Whether Git could take back what a command is about to change.
 * It must not know what that is.
 */
import { spawnSync } from 'node:child_process'

/** Longer than Git takes for a hundred thousand files, in milliseconds. */
const PATIENCE = 10_000

/** Warns where changes that are not committed would mingle with those of the command; says nothing where Git knows nothing of the folder. */
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
