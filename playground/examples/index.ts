/** The examples, in the order in which they are listed. Data only. */
import compiled from './programs/compiled.ts?raw'
import curve from './programs/curve-fit.ts?raw'
import descent from './programs/descent.ts?raw'
import mistakes from './programs/mistakes.ts?raw'
import money from './programs/money.ts?raw'
import network from './programs/network.ts?raw'
import newton from './programs/newton.ts?raw'
import notebook from './programs/notebook.ts?raw'
import orbit from './programs/orbit.ts?raw'
import slope from './programs/slope.ts?raw'
import taylor from './programs/taylor.ts?raw'
import throwing from './programs/throw.ts?raw'
import vectors from './programs/vectors.ts?raw'

export interface Example {
  /** Its name in a link. */
  readonly id: string
  readonly title: string
  /** One sentence. */
  readonly about: string
  readonly text: string
}

export const examples: readonly Example[] = [
  { id: 'notebook', title: 'Notebook', about: 'an expression and its gradients', text: notebook },
  { id: 'slope', title: 'Slope', about: 'a tangent under your hand', text: slope },
  { id: 'newton', title: 'Newton', about: 'a minimum in a few steps', text: newton },
  { id: 'descent', title: 'Descent', about: 'down a bent valley', text: descent },
  { id: 'network', title: 'Tiny network', about: 'two moons, told apart', text: network },
  { id: 'fit', title: 'Fit', about: 'a curve finds its points', text: curve },
  { id: 'taylor', title: 'Taylor', about: 'sine, term by term', text: taylor },
  { id: 'compiled', title: 'Compiled', about: 'a gradient without a tape', text: compiled },
  { id: 'throw', title: 'Throw', about: 'a gradient through a simulation', text: throwing },
  { id: 'vectors', title: 'Own class', about: 'operators for Vec2', text: vectors },
  { id: 'money', title: 'Money', about: 'decimal.js, without rounding errors', text: money },
  { id: 'orbit', title: 'Orbit', about: 'vectors of three go around', text: orbit },
  { id: 'mistakes', title: 'Mistakes', about: 'what is refused, and how', text: mistakes },
]
