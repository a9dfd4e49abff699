/**
 * The rules for natural math, by name. Names only.
 */
import type { Rule } from '../rule.ts'
import { noKeptGraph } from './no-kept-graph.ts'
import { noTrackedComparator } from './no-tracked-comparator.ts'
import { noTrackedCondition } from './no-tracked-condition.ts'
import { noTrackedConversion } from './no-tracked-conversion.ts'
import { noTrackedEquality } from './no-tracked-equality.ts'
import { noTrackedIndex } from './no-tracked-index.ts'
import { preferStableMath } from './prefer-stable-math.ts'

export const lintRules = {
  'no-kept-graph': noKeptGraph,
  'no-tracked-comparator': noTrackedComparator,
  'no-tracked-condition': noTrackedCondition,
  'no-tracked-conversion': noTrackedConversion,
  'no-tracked-equality': noTrackedEquality,
  'no-tracked-index': noTrackedIndex,
  'prefer-stable-math': preferStableMath,
} satisfies Record<string, Rule<never>>
