/** What a matrix of plain numbers is. It must not know what is computed with it. */

/** A matrix of plain numbers: the entry of row i and column j stands at i · columns + j. */
export interface Dense {
  readonly rows: number
  readonly columns: number
  readonly entries: Float64Array
}
