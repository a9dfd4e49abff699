/** What stands for a component: the TypeScript of its script and of its template, and the place of each piece in the component. It must not know frameworks. */

export interface ComponentScript {
  readonly text: string
  readonly extension: '.ts' | '.tsx'
  /** The place in the component of a place between two characters of the text; undefined where the framework's tool wrote what is there. */
  origin(position: number): number | undefined
}
