/**
 * Limits of a program's reports: more than anyone reads, and less than slows the page down.
 * The program's side cuts reports at these limits and says so; the page drops longer ones. It must not know how anything is drawn.
 */
export const bounds = {
  /** Characters of a name or a title. */
  name: 100,
  /** Characters of a line of output, and of what was thrown. */
  line: 5000,
  /** Characters of why there is no time. */
  note: 300,
  /** Derivatives that are measured. */
  calls: 40,
  /** Lines of output in a run. */
  lines: 1000,
  /** Exceptions of a run. */
  thrown: 20,
  /** Pictures of a run, by title. */
  pictures: 40,
  sliders: 50,
  variables: 500,
  /** Functions in one plot, and numbers in each. */
  curves: 20,
  samples: 1000,
  marks: 100,
  /** Points of a plot, of a series or of a path. */
  points: 5000,
  /** Columns of a field, which has as many rows. */
  columns: 256,
  /** Numbers of a computation, and operands of one of them. */
  nodes: 500,
  operands: 100,
} as const

/** A text cut at its limit. */
export const shortened = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`
