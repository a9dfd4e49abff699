/** What a matrix of second derivatives is, whoever found it. It must not know how. */

/** NaN at each place whose mirror image is NaN: what does not exist in one order of deriving does not in the other. */
export function symmetric(rows: number[][]): number[][] {
  rows.forEach((row, i) => {
    for (let k = 0; k < i; k++) {
      if (Number.isNaN(row[k])) rows[k]![i] = NaN
      else if (Number.isNaN(rows[k]![i])) row[k] = NaN
    }
  })
  return rows
}
