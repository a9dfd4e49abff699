/**
 * The libraries whose classes get operators by an entry `tsgrad/interop/…`, a row each: package.json, docs/interop.md and the tests read
 * what they need of a library here. It must not import any library.
 */
export interface Library {
  /** The entry of the package, without `tsgrad/interop/`. */
  readonly entry: string
  /** The file in interop/, without its extension. */
  readonly module: string
  /** The library's package, and the oldest release with which the examples were compiled and run. */
  readonly package: string
  readonly oldest: string
  readonly classes: readonly string[]
  /** How the tests have it, beyond its name and release. */
  readonly tested?: string
}

export const libraries: readonly Library[] = [
  { entry: 'decimal.js', module: 'decimal', package: 'decimal.js', oldest: '10.4.0', classes: ['Decimal'] },
  { entry: 'mathjs', module: 'mathjs', package: 'mathjs', oldest: '14.0.0', classes: ['Complex', 'Fraction'] },
  {
    entry: 'three',
    module: 'three',
    package: 'three',
    oldest: '0.150.0',
    classes: ['Vector2', 'Vector3', 'Vector4', 'Matrix3', 'Matrix4', 'Quaternion'],
    tested: 'with its @types/three',
  },
  {
    entry: 'tfjs',
    module: 'tfjs',
    package: '@tensorflow/tfjs-core',
    oldest: '4.0.0',
    classes: ['Tensor'],
    tested: 'on the CPU',
  },
]
