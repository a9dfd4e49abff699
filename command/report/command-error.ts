/** What ends a command with a message and no stack. */

/** A fault of the call or of the project; its message is all that is printed. */
export class CommandError extends Error {}
