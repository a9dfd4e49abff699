"""Writes test/special-oracle.json: every special function of runtime/rules/special-rules.ts by mpmath at 60 digits, which knows nothing of ours.

For each: points over its domain, values, first derivatives and second derivatives (a Hessian, row by row), rounded to doubles. The
derivatives are mpmath's own numerical ones, at 200 digits; `null` by an order, which has none.
Run `python3 scripts/special-oracle.py` where mpmath is installed; needed only for a new row.
"""

import json
import random
import subprocess
from pathlib import Path

import mpmath as mp

mp.mp.dps = 60
random.seed(7)
half = mp.mpf(1) / 2


def uniform(low, high, count=12):
    return [[random.uniform(low, high)] for _ in range(count)]


def pairs(low, high, count=14):
    """Points whose logarithms are uniform."""
    number = lambda: mp.exp(mp.log(low) + mp.log(mp.mpf(high) / low) * random.random())
    return [[float(number()), float(number())] for _ in range(count)]


def ordered(orders, points):
    return [[order, x] for order in orders for [x] in points]


def quantile(p):
    x = mp.sqrt(2) * (mp.erfinv(2 * p - 1) if p > 1e-3 else -mp.erfinv(1 - 2 * p))
    return x


def erfcx_integral(n, x):
    """By the integral that defines it."""
    integrand = lambda t: t**n * mp.exp(-t * t - 2 * x * t)
    return 2 / mp.sqrt(mp.pi) / mp.factorial(n) * mp.quad(integrand, [0, 1, 2, 4, 8, 16, 64])


def spherical(n, x):
    z = mp.pi * x
    return mp.sqrt(mp.pi / (2 * z)) * mp.besselj(n + half, z)


distribution = lambda x: mp.erfc(-x / mp.sqrt(2)) / 2
log_beta = lambda a, b: mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)
POSITIVE = uniform(0.01, 3) + uniform(3, 60) + [[1e-8], [1.4616], [1e6]]
ROWS = {
    "expNegSquare": (lambda x: mp.exp(-x * x), uniform(-6, 6) + [[17.3], [25.9]]),
    "erf": (mp.erf, uniform(-6, 6) + [[1e-9], [-0.84], [1.25]]),
    "erfc": (mp.erfc, uniform(-5, 6) + [[1e-9], [12.3], [25.9]]),
    "erfcxIntegral": (erfcx_integral, ordered([1, 2], [[-2.5], [-0.4], [0.31], [0.9], [3.1], [17.0]])),
    "erfcx": (lambda x: mp.exp(x * x) * mp.erfc(x), uniform(-5, 6) + [[-20.3], [29.5], [1e4]]),
    "normalDensity": (mp.npdf, uniform(-6, 6) + [[-37.1], [25.9]]),
    "normalDistribution": (distribution, uniform(-6, 6) + [[-37.1], [-12.3]]),
    "logNormalDistribution": (lambda x: mp.log(distribution(x)), uniform(-8, 6) + [[-37.1], [-90.5]]),
    "normalQuantile": (quantile, uniform(0.001, 0.999) + [[0.0749], [0.9251], [0.5001]]),
    "polygamma": (lambda n, x: mp.psi(int(n), x), ordered([0, 1, 3], [[0.3], [2.7], [33.5], [-1.3]]) + ordered([40], [[2.7], [1e4]])),
    "lgamma": (lambda x: mp.log(abs(mp.gamma(x))), POSITIVE + [[-0.3], [-5.4]]),
    "digamma": (lambda x: mp.psi(0, x), POSITIVE + [[-0.3], [-5.4]]),
    "trigamma": (lambda x: mp.psi(1, x), POSITIVE + [[-0.3], [-5.4]]),
    "logBeta": (log_beta, pairs(0.05, 50)),
    "beta": (mp.beta, pairs(0.05, 5)),
    "besselJ": (
        lambda n, x: mp.besselj(n, x),
        ordered([0, 1, 4], [[0.3], [2.7], [17.5], [48.5], [-9.3]]) + ordered([12, 30, 60], [[2.7], [17.5], [33.0], [48.5], [400.0]]),
    ),
    "sphericalBesselOfPi": (spherical, ordered([1, 2], [[0.3], [2.7], [9.6]])),
    "sinc": (lambda x: mp.sinc(mp.pi * x), uniform(-4, 4) + [[1e-5], [30.7]]),
    "xlogy": (lambda a, b: a * mp.log(b), pairs(0.05, 50)),
    "xlog1py": (lambda a, b: a * mp.log1p(b), pairs(0.05, 50) + [[2.5, -0.7]]),
    "logAddExp": (lambda a, b: mp.log(mp.exp(a) + mp.exp(b)), pairs(0.05, 50) + [[-3.5, -90.0], [700.0, 710.0]]),
    "log1mExp": (lambda x: mp.log(1 - mp.exp(x)), uniform(-5, -0.01) + [[-1e-9], [-40.0]]),
    "relu": (lambda x: max(x, mp.mpf(0)), uniform(-5, 5)),
}
FAMILIES = {"erfcxIntegral", "polygamma", "besselJ", "sphericalBesselOfPi"}


def derivative(f, point, orders):
    with mp.workdps(160):
        step = mp.mpf(10) ** -45 * min([abs(x) for x in point if x != 0] or [1])
        return float(mp.diff(f, tuple(point), tuple(orders), h=step))


def row(name, f, numbers):
    point = [mp.mpf(x) for x in numbers]
    n = len(point)
    places = range(n)
    isOrder = lambda *at: name in FAMILIES and 0 in at
    orders = lambda *at: [sum(k == i for i in at) for k in places]
    of = lambda *at: None if isOrder(*at) else derivative(along, moved, orders_of(*at))
    if name in FAMILIES:
        along, moved = (lambda x: f(point[0], x)), point[1:]
        orders_of = lambda *at: [len(at)]
    else:
        along, moved, orders_of = f, point, orders
    return {
        "at": numbers,
        "value": float(f(*point)),
        "first": [of(i) for i in places],
        "second": [[of(i, k) for k in places] for i in places],
    }


rows = {name: [row(name, f, point) for point in points] for name, (f, points) in ROWS.items()}
target = Path(__file__).parent.parent / "test" / "special-oracle.json"
target.write_text(json.dumps({"source": f"mpmath {mp.__version__}, 60 digits", "rows": rows}, indent=1) + "\n")
subprocess.run(["npx", "biome", "format", "--write", str(target)], cwd=target.parent.parent, check=True)
