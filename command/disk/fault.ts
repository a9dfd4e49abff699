/** Why a file cannot be read or written, in the words of people. It must not know what was to be done. */

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'there is no space left on the disk',
  EDQUOT: 'your quota of the disk is used up',
  EROFS: 'its disk is read-only',
  EIO: 'its disk fails',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EISDIR: 'it is a folder',
  ENOENT: 'it does not exist',
  ENOTDIR: 'a folder of its path is a file',
  ELOOP: 'its links lead in a circle',
  EBUSY: 'another program holds it',
  EMFILE: 'too many files are open',
}

/** Where one file fails so, the next one does too. */
const OF_THE_DISK = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO'])

interface SystemError extends Error {
  readonly code: string
  readonly path?: string
}

/** Whether the system refused something, which is no error of the program. */
export function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'syscall' in error && typeof (error as { code?: unknown }).code === 'string'
}

/** @throws what is no fault of the system. */
export function reasonOf(error: unknown): string {
  if (!isSystemError(error)) throw error
  return `${REASONS[error.code] ?? error.message} (${error.code})`
}

export const isOfTheDisk = (error: unknown): boolean => isSystemError(error) && OF_THE_DISK.has(error.code)
