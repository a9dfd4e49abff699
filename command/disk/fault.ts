/** The reason why a file cannot be read or written, in plain words. It must not know what the file is for. */

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
  ELOOP: 'its symlinks form a cycle',
  EBUSY: 'another program has locked it',
  EMFILE: 'too many files are open',
}

/** Faults that every other file meets too. */
const OF_THE_DISK = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO'])

interface SystemError extends Error {
  readonly code: string
  readonly path?: string
}

/** Whether an error comes from the system, and not from the program. */
export function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'syscall' in error && typeof (error as { code?: unknown }).code === 'string'
}

/** @throws an error that does not come from the system. */
export function reasonOf(error: unknown): string {
  if (!isSystemError(error)) throw error
  return `${REASONS[error.code] ?? error.message} (${error.code})`
}

export const isOfTheDisk = (error: unknown): boolean => isSystemError(error) && OF_THE_DISK.has(error.code)
