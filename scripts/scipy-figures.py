"""Writes test/scipy-figures.json: what SciPy's L-BFGS-B and least_squares make of the problems of test/more-garbow-hillstrom.ts.

Run `python3 scripts/scipy-figures.py` where SciPy is installed; needed only for a new problem. The functions and their derivatives come from
Node, by tsgrad, through a pipe. SciPy's tolerances are as tight as ours, its limits of iterations as high.
"""

import json
import subprocess
from pathlib import Path

import numpy as np
import scipy
from scipy.optimize import least_squares, minimize

root = Path(__file__).parent.parent
SERVER = """
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { load } from './scripts/load.mjs'
const { problems, programText } = await load('test/more-garbow-hillstrom.ts')
const { jacobian, jvp } = await import('tsgrad')
const folder = 'test/out-scipy'
mkdirSync(folder)
try {
  writeFileSync(folder + '/main.ts', programText("import type { NumberWithGrad } from 'tsgrad'\\ntype N = NumberWithGrad"))
  const compilerOptions = { target: 'es2023', module: 'nodenext', strict: true, types: [] }
  writeFileSync(folder + '/tsconfig.json', JSON.stringify({ compilerOptions, files: ['main.ts'] }))
  execFileSync('node', ['dist/command/main.js', 'build', '-p', folder], { stdio: 'inherit' })
  var { starts, residuals } = await import(process.cwd() + '/' + folder + '/main.js')
} finally {
  rmSync(folder, { recursive: true })
}
console.log(JSON.stringify(problems.map(([name], i) => [name, starts[i]])))
for await (const line of createInterface({ input: process.stdin })) {
  const { problem, x } = JSON.parse(line)
  const f = residuals[problem]
  const [values] = jvp(f)(x, x.map(() => 0))
  console.log(JSON.stringify([values, jacobian(f)(x)], (_, v) => (typeof v === 'number' && !Number.isFinite(v) ? null : v)))
}
"""
node = subprocess.Popen(
    ["node", "--input-type=module", "-e", SERVER], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
)
problems = json.loads(node.stdout.readline())


def evaluated(problem, x):
    if not np.isfinite(x).all():
        raise ValueError("SciPy asks for the value at NaN")
    node.stdin.write(json.dumps({"problem": problem, "x": list(map(float, x))}) + "\n")
    node.stdin.flush()
    values, rows = json.loads(node.stdout.readline())
    return np.array(values, dtype=float), np.array(rows, dtype=float)


def squares(problem):
    def f(x):
        r, J = evaluated(problem, x)
        return float(r @ r), 2 * J.T @ r

    return f


rows = []
for i, (name, start) in enumerate(problems):
    options = {"maxiter": 1000, "maxfun": 10000, "ftol": 1e-15, "gtol": 1e-8}
    try:
        found = minimize(squares(i), start, jac=True, method="L-BFGS-B", options=options)
        by_gradient = [float(found.fun), int(found.nfev)]
    except ValueError:
        by_gradient = None
    try:
        fit = least_squares(
            lambda x: evaluated(i, x)[0], start, jac=lambda x: evaluated(i, x)[1], method="trf", x_scale="jac",
            ftol=1e-15, xtol=1e-14, gtol=1e-14, max_nfev=2000,
        )
        fit_figures = [2 * float(fit.cost), int(fit.nfev)]
    except ValueError:
        fit_figures = None
    rows.append({"name": name, "minimize": by_gradient and [x if np.isfinite(x) else None for x in by_gradient], "leastSquares": fit_figures})
    print(rows[-1], flush=True)
target = root / "test" / "scipy-figures.json"
target.write_text(json.dumps({"source": f"SciPy {scipy.__version__}: least value of the sum of squares, evaluations", "rows": rows}) + "\n")
subprocess.run(["npx", "biome", "format", "--write", str(target)], cwd=root, check=True)
