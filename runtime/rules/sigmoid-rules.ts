/**
 * Rows of the table of primitives that no operator or function of `Math` names: the logistic function and its relatives.
 * Data only, as rules.ts, which takes these rows in.
 */
import { named } from './rule.ts'

const PYTORCH = 'PyTorch 1.13'

/** Rows by name. Each partial is smooth, also where two formulas meet, so that its own derivatives are right. */
export const sigmoidRules = {
  // two formulas of one function, so that nothing overflows; d = 1 / (4 cosh²(x/2)) keeps the digits that y (1 - y) loses, and
  // from 40 on, where they agree, exp(-|x|) does not underflow before it has to when it is derived again
  sigmoid: named(
    x => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))),
    x => (Math.abs(x) < 40 ? (0.5 / Math.cosh(x / 2)) ** 2 : Math.exp(-Math.abs(x))),
    [-3, 0, 1.5],
    {
      meaning: 'The logistic function 1 / (1 + exp(-x)).',
      pins: [
        [[800], [0], PYTORCH],
        [[-800], [0], PYTORCH],
        [[40], [4.248354255291589e-18], "not PyTorch's 0, which is y * (1 - y) after rounding"],
        [[-40], [4.248354255291589e-18], PYTORCH],
        [[Infinity], [0], 'the limit'],
      ],
    },
  ),
  softplus: named(
    x => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
    x => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))),
    [-3, 0, 1.5],
    {
      meaning: 'log(1 + exp(x)), without overflow. Source: Mächler, "Accurately computing log(1 - exp(-|a|))", 2012.',
      alias: 'log1pExp',
      pins: [
        [[0], [0.5], PYTORCH],
        [[800], [1], PYTORCH],
        [[-800], [0], PYTORCH],
        [[-40], [4.248354255291589e-18], 'exact'],
        [[25], [1 / (1 + Math.exp(-25))], "exact, as the value; PyTorch's turns into x from 20 on"],
        [[-Infinity], [0], 'the limit'],
      ],
    },
  ),
  logSigmoid: named(
    x => Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x))),
    x => (x < 0 ? 1 / (1 + Math.exp(x)) : Math.exp(-x) / (1 + Math.exp(-x))),
    [-3, 0, 1.5],
    {
      meaning: 'log(sigmoid(x)) = -softplus(-x), without overflow.',
      pins: [
        [[-800], [1], PYTORCH],
        [[800], [0], 'the limit'],
        [[40], [4.248354255291589e-18], 'exact, 1 - sigmoid(x) would round to 0'],
        [[-Infinity], [1], 'the limit'],
      ],
    },
  ),
}
