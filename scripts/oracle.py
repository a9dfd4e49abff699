"""Writes test/oracle.json: every row of runtime/rules/rules.ts by mpmath at 800 digits, which knows nothing of our formulas.

For each row: points, values, first derivatives and second derivatives (a Hessian, row by row), rounded to doubles.
Derivatives are mpmath's own numerical ones. Run `python3 scripts/oracle.py` where mpmath is installed; needed only for a new row.
A row is compared with mpmath's function of the same name, at points of the row's domain, unless a table below says otherwise.
"""

import json
import subprocess
from pathlib import Path

import mpmath as mp

mp.mp.dps = 800  # 1 + exp(-700) needs 304 of them
one = mp.mpf(1)


def softplus(x):
    return mp.log(1 + mp.exp(x))


def truncated(x):
    return mp.floor(x) if x >= 0 else mp.ceil(x)


# Functions that mpmath calls by another name, or computes for other conventions.
FUNCTIONS = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "mod": lambda a, b: a - b * truncated(a / b),
    "pow": mp.power,
    "neg": lambda x: -x,
    "log2": lambda x: mp.log(x) / mp.log(2),
    "cbrt": lambda x: mp.sign(x) * mp.cbrt(abs(x)),
    "abs": abs,
    "round": lambda x: mp.floor(x + one / 2),
    "trunc": truncated,
    "max": lambda a, b: a if a > b else b,
    "min": lambda a, b: a if a < b else b,
    "sigmoid": lambda x: 1 / (1 + mp.exp(-x)),
    "softplus": softplus,
    "logSigmoid": lambda x: -softplus(-x),
}

# Ordinary points of each domain, then those where digits are easily lost.
REAL = [[-2.3], [-0.7], [0.4], [1.9]]
PAIRS = [[1.7, -0.6], [-2.4, 1.3], [0.2, 3.1], [5.5, 2.25]]
DOMAINS = {
    "x >= 0": [[0.03], [0.6], [2.5], [1e10]],
    "x >= -1": [[-0.9], [0.4], [3.5], [1e-12]],
    "-1 <= x <= 1": [[-0.95], [-0.2], [0.3], [0.8]],
    "x >= 1": [[1.1], [1.9], [7.5], [1e8]],
}
POINTS = {
    "pow": [[1.7, -0.6], [2.4, 1.3], [0.2, 3.1], [5.5, 2]],
    "expm1": REAL + [[1e-12]],
    "asinh": REAL + [[1e8], [1e-9]],
    "tanh": REAL + [[18], [-18], [350], [1e-9]],
    "sigmoid": REAL + [[36], [-36], [700], [-700], [1e-9]],
    "softplus": REAL + [[36], [-36], [-700]],
    "logSigmoid": REAL + [[36], [-36], [700]],
}
EXTREME = {"atan2": [[1e-150, 2e-150], [3e140, 1e140]], "hypot": [[3e140, 1e140], [3e-140, 1e-140]]}


def scaled_derivative(f, point, orders):
    """mpmath's difference, with a step that suits the size of the point."""
    step = mp.mpf(10) ** -100 * min([abs(x) for x in point if x != 0] or [one])
    return mp.diff(f, tuple(point), tuple(orders), h=step)


def derivatives(f, numbers):
    point = [mp.mpf(x) for x in numbers]
    n = len(point)
    unit = lambda i: [int(k == i) for k in range(n)]
    both = lambda i, k: [p + q for p, q in zip(unit(i), unit(k))]
    return {
        "at": numbers,
        "value": float(f(*point)),
        "first": [float(scaled_derivative(f, point, unit(i))) for i in range(n)],
        "second": [[float(scaled_derivative(f, point, both(i, k))) for k in range(n)] for i in range(n)],
    }


root = Path(__file__).parent.parent
LIST_ROWS = """
import { load } from './scripts/load.mjs'
const { rules } = await load('runtime/rules/rules.ts')
console.log(JSON.stringify(Object.entries(rules).map(([name, { arity, domain }]) => [name, arity, domain])))
"""
listed = subprocess.run(["node", "--input-type=module", "-e", LIST_ROWS], cwd=root, check=True, capture_output=True)


def points_of(name, arity, domain):
    ordinary = PAIRS if arity == 2 else DOMAINS[domain] if domain else REAL
    return POINTS.get(name, ordinary) + EXTREME.get(name, [])


rows = {
    name: [derivatives(FUNCTIONS.get(name) or getattr(mp, name), point) for point in points_of(name, arity, domain)]
    for name, arity, domain in json.loads(listed.stdout)
}
target = root / "test" / "oracle.json"
target.write_text(json.dumps({"source": f"mpmath {mp.__version__}, 800 digits", "rows": rows}, indent=1) + "\n")
subprocess.run(["npx", "biome", "format", "--write", str(target)], cwd=root, check=True)
