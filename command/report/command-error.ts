/** The exception that ends a command with a message and no stack. It must not know any command. */

/** A fault of the call or of the project; only its message is printed. */
export class CommandError extends Error {}
