"""Speed and memory of the calculations, each in a process of its own."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def imports(runs: int) -> list[tuple[str, str]]:
    """Seconds that the helpers add beyond pandas and Altair."""
    modules = ", ".join(
        ".".join(p.relative_to(ROOT).with_suffix("").parts)
        for p in sorted((ROOT / "helpers").rglob("[a-z]*.py"))
        if p.stem != "authoring"
    )
    code = (
        "import time; a = time.perf_counter(); import pandas; b = time.perf_counter(); import helpers.show.charts;"
        f" c = time.perf_counter(); import {modules}; d = time.perf_counter(); print(b - a, c - b, d - c)"
    )
    plain = "import time; import pandas; a = time.perf_counter(); import altair; print(time.perf_counter() - a)"
    ours = [[float(x) for x in _python(code).split()] for _ in range(runs)]
    altair = [float(_python(plain)) for _ in range(runs)]
    pandas_s, charts_s, rest_s = (statistics.median(column) for column in zip(*ours))
    return [
        (f"Import pandas ({runs} runs, medians from here)", f"{pandas_s:.2f} s"),
        ("Import Altair by itself, after pandas", f"{statistics.median(altair):.2f} s"),
        ("Import helpers.show.charts (Altair without its web-address grammar)", f"{charts_s:.2f} s"),
        ("Import all other helpers, beyond pandas and Altair", f"{rest_s:.2f} s"),
    ]


def _python(code: str) -> str:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    ).stdout


def classifier(runs: int) -> list[tuple[str, str]]:
    """Answers a second of the rule classifier, and the grid of all chips over the months of 2022 to 2026."""
    code = (
        "import time; from helpers.rules import model as rules; rules.classify('H20', '2025-05-01', 'China'); a = time.perf_counter();"
        " [rules.classify(c, d, 'China') for c in ('H100', 'A800', 'H20', 'RTX 4090', 'Ascend 910B')"
        " for d in ('2022-09-01', '2023-06-01', '2024-06-01', '2025-06-01', '2026-06-01')];"
        " b = time.perf_counter(); grid = rules.classify_all(); c = time.perf_counter(); rules.classify_all();"
        " d = time.perf_counter(); print(25 / (b - a), c - b, d - c, len(grid))"
    )
    values = [[float(x) for x in _python(code).split()] for _ in range(runs)]
    rate, first, again, cells = (statistics.median(column) for column in zip(*values))
    return [
        (f"Rule classifier, one question at a time ({runs} runs)", f"{rate:,.0f} answers a second"),
        (f"Rule classifier, grid of {cells:,.0f} chip-months", f"{first:.2f} s the first time, {again:.2f} s again"),
    ]


def model_counts(runs: int) -> list[tuple[str, str]]:
    """Cache and arithmetic of all language models at 1,000 contexts, and what importing the models' modules adds.

    The shape of DeepSeek-V4.1-Flash is not published; of its cache the table has one figure, and of its arithmetic none.
    """
    code = (
        "import time; from helpers.core import data, limits; import numpy; a = time.perf_counter();"
        " from helpers.llm import model as llm; from helpers.training import model as training;"
        " from helpers.serving import model as serving; from helpers.progress import model as progress; b = time.perf_counter();"
        " names = [n for n in llm.models() if llm.model(n).attention]; contexts = numpy.geomspace(1, 1e6, 1000); c = time.perf_counter();"
        " [(llm.kv_bytes(n, contexts), llm.flops_per_token(n, contexts)) for n in names];"
        " d = time.perf_counter(); print(b - a, d - c, len(names), len(llm.models()))"
    )
    values = [[float(x) for x in _python(code).split()] for _ in range(runs)]
    imported, counted, models, all_models = (statistics.median(column) for column in zip(*values))
    return [
        (f"Import llm, training, serving and progress, beyond data ({runs} runs)", f"{imported:.3f} s"),
        (
            f"Cache and arithmetic at 1,000 contexts of the {models:.0f} models of {all_models:.0f} whose shape is published",
            f"{1000 * counted:.0f} ms",
        ),
    ]


def tables_read(runs: int) -> list[tuple[str, str]]:
    """Processor seconds to read and check the table of sources, and all tables, beyond pandas."""
    code = (
        "import time, pandas; a = time.process_time(); from helpers.core import data, tables; data.load('sources');"
        " b = time.process_time(); [data.load(name) for name in tables.TABLES]; c = time.process_time();"
        " print(b - a, c - a, len(tables.TABLES))"
    )
    values = [[float(x) for x in _python(code).split()] for _ in range(runs)]
    one, everything, count = (statistics.median(column) for column in zip(*values))
    words = f"{everything:.2f} processor s, the sources alone {one:.2f}"
    return [(f"Reading and checking all {count:.0f} tables, beyond pandas ({runs} runs)", words)]


def door(runs: int) -> list[tuple[str, str]]:
    """Microseconds that the check of one plain number takes, beside ten additions of NumPy scalars."""
    code = (
        "import timeit; import numpy as np; from helpers.core import limits; one = np.float64(5);"
        " f = lambda task: 1e6 * min(timeit.repeat(task, number=20_000, repeat=5)) / 20_000;"
        " print(f(lambda: limits.within('share', 5.0, 0, 10)), f(lambda: one+one+one+one+one+one+one+one+one+one+one))"
    )
    values = [[float(x) for x in _python(code).split()] for _ in range(runs)]
    ours, additions = (statistics.median(column) for column in zip(*values))
    words = f"{ours:.2f} microseconds, ten additions of NumPy scalars {additions:.2f}"
    return [(f"The check of one plain number ({runs} runs)", words)]


def wafer_models(runs: int) -> list[tuple[str, str]]:
    """Exact placement, die costs in closed form against the obvious loop, and simulated package costs."""
    code = """
import math, resource, time
import numpy as np
from helpers.core import chance
from helpers.wafers import model as wafers
from helpers.wafers.model.dies import _best_grid

def seconds(task):
    start = time.perf_counter(); task(); return time.perf_counter() - start

def place(width, height):
    def cold():
        _best_grid.cache_clear(); wafers.exact_dies(width, height)
    return min(seconds(cold) for _ in range(5))

rng = np.random.default_rng(1)
area, d0 = rng.uniform(50, 850, 10_000), rng.uniform(0.05, 0.4, 10_000)

def loop():
    costs = []
    for s, d in zip(area.tolist(), d0.tolist()):
        dies = math.pi * 150**2 / s - math.pi * 300 / math.sqrt(2 * s)
        costs.append(14_000 / (dies * (1 + d * s / 100 / 3) ** -3))
    return costs

def one_by_one():
    return [float(wafers.die_cost(s, 14_000, d).known_good_usd) for s, d in zip(area[:1000].tolist(), d0[:1000].tolist())]

ends = {"d0_per_cm2": (0.1, 0.16, 0.37), "wafer_usd": (13_084, 14_000, 15_000), "hbm_usd": (100, 200, 400),
        "bond_yield": (0.9, 0.97, 0.99), "interposer_usd": (300, 500, 750)}
def package(**drawn):
    return wafers.accelerator_cost(665.61, dies=2, stacks=8, **drawn).total_usd

assert np.allclose(loop(), wafers.die_cost(area, 14_000, d0).known_good_usd)
together = min(seconds(lambda: wafers.die_cost(area, 14_000, d0)) for _ in range(5))
print(place(21.32, 31.22), place(5, 5), place(1, 1), together, min(seconds(loop) for _ in range(3)), 10 * seconds(one_by_one),
      seconds(lambda: chance.simulate(package, ends, 100_000)), seconds(lambda: chance.simulate(package, ends, 1_000_000, most=1_000_000)),
      resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
    values = [[float(x) for x in _python(code).split()] for _ in range(runs)]
    place, five, one, together, loop, one_by_one, small, large, memory = (
        statistics.median(column) for column in zip(*values)
    )
    return [
        (
            f"Exact placement of one die, nothing cached ({runs} runs)",
            f"{1000 * place:.1f} ms for 21.32 x 31.22 mm, {1000 * five:.1f} ms for 5 x 5 mm, {1000 * one:.1f} ms for 1 x 1 mm",
        ),
        ("10,000 die costs, closed form, as arrays", f"{1000 * together:.2f} ms"),
        ("The same in a plain Python loop", f"{1000 * loop:.1f} ms, {loop / together:.0f} times as long"),
        ("The same, our function called die by die", f"{1000 * one_by_one:.0f} ms, {one_by_one / together:.0f} times"),
        ("100,000 simulated package costs", f"{1000 * small:.0f} ms"),
        ("1,000,000 simulated package costs", f"{large:.2f} s, peak of the process {memory:.0f} MB"),
    ]


def market_surfaces(runs: int) -> list[tuple[str, str]]:
    """Milliseconds of a price wedge and of the jar of lemons, each over 200 by 200 settings."""
    code = (
        "import time; import numpy as np; from helpers.markets import model as markets; a = np.linspace(0, 0.6, 200)[:, None];"
        " b = np.linspace(0.001, 0.99, 200); f = lambda: markets.crossing(a, 1.15, b, 4, 0.3).all_rewards;"
        " g = lambda: markets.settled(b[:, None], 0.44, b).price; f(); g(); t = time.perf_counter(); f(); u = time.perf_counter();"
        " g(); print(1e3 * (u - t), 1e3 * (time.perf_counter() - u))"
    )
    values = [[float(x) for x in _python(code).split()] for _ in range(runs)]
    wedge, jar = (statistics.median(column) for column in zip(*values))
    return [(f"Price wedge, and jar of lemons, 200 by 200 settings ({runs} runs)", f"{wedge:.1f} and {jar:.1f} ms")]


def serving_surface(runs: int) -> list[tuple[str, str]]:
    """Milliseconds of the serving roofline over 100 batches by 100 contexts."""
    code = (
        "import time; import numpy as np; from helpers.serving import model as serving; b = np.geomspace(1, 1024, 100)[:, None];"
        " c = np.geomspace(512, 1e6, 100); f = lambda: serving.decode('DeepSeek-V3', 'H800', b, c, 144, network_gb_s='own');"
        " f(); t = time.perf_counter(); f().tokens_per_s; print(1e3 * (time.perf_counter() - t))"
    )
    taken = statistics.median(float(_python(code)) for _ in range(runs))
    return [(f"Serving roofline, 100 batches by 100 contexts ({runs} runs)", f"{taken:.1f} ms")]


def memory_balance(runs: int) -> list[tuple[str, str]]:
    """Seconds of a ten-year monthly balance of memory for 10,000 draws, and the peak of the process."""
    code = """
import resource, time
import numpy as np
from helpers.memory import model as memory
rng = np.random.default_rng(1)
n, years = 10_000, 10
given = dict(stock_gb=rng.uniform(2e7, 1e8, n), home_gb=rng.uniform(1e7, 1e8, (n, years)), dies=rng.uniform(1e6, 3e6, (n, years)),
             gb_per_chip=np.full((1, years), 112.0), package_yield=rng.uniform(0.7, 1, n))
memory.balance(1e8, 1e7, 1e6, 128)
start = time.perf_counter()
memory.balance(**given)
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
    values = [[float(x) for x in _python(code).split()] for _ in range(runs)]
    seconds, peak = (statistics.median(column) for column in zip(*values))
    return [
        (
            f"Balance of memory, ten years by month, 10,000 draws ({runs} runs)",
            f"{seconds:.2f} s, peak of the process {peak:.0f} MB",
        )
    ]


def trade_surface(runs: int) -> list[tuple[str, str]]:
    """Milliseconds of a denial and of years to parity, each over 200 by 200 settings; each is to take at most 20."""
    code = (
        "import time; import numpy as np; from helpers.trade import model as trade, studies;"
        " a = np.linspace(50, 150, 200)[:, None]; c = np.linspace(5, 90, 200);"
        " f = lambda: trade.denial(a, 1, c, 1, 35, 10, 5); g = lambda: studies.surface(200); f(); g();"
        " t = time.perf_counter(); f(); u = time.perf_counter(); g(); v = time.perf_counter(); print(1e3 * (u - t), 1e3 * (v - u))"
    )
    values = [[float(x) for x in _python(code).split()] for _ in range(runs)]
    denied, parity = (statistics.median(column) for column in zip(*values))
    return [
        (f"Denial, gains and losses over 200 x 200 markets ({runs} runs)", f"{denied:.1f} ms"),
        ("Years to parity over 200 x 200 learning rates and growths", f"{parity:.1f} ms"),
    ]


def timing_models(runs: int) -> list[tuple[str, str]]:
    """Milliseconds of a surface of the two-period game, and of 100,000 draws of game and reservoir."""
    code = """
import time
import numpy as np
from helpers.timing import model as timing

def best(task):
    task()
    taken = []
    for _ in range(5):
        start = time.perf_counter(); task(); taken.append(time.perf_counter() - start)
    return 1e3 * min(taken)

answer, worth, rng = np.linspace(0, 1.5, 200)[:, None], np.linspace(0, 8, 200), np.random.default_rng(44)
share, k0, k1, leak, loss, life = (rng.uniform(a, b, 100_000) for a, b in ((0.05, 0.4), (0, 0.5), (0, 1), (0, 0.4), (0.1, 0.3), (4, 9)))
print(best(lambda: timing.best_plan(timing.payoffs(answer=answer, denial_worth=worth))),
      best(lambda: timing.payoffs(share=share, base=k0, answer=k1, leak=leak, retire_per_year=loss)),
      best(lambda: timing.run(np.zeros(10), share, k0, k1, leak=leak, retire_per_year=loss)),
      best(lambda: timing.run(np.zeros(10), share, k0, k1, leak=leak, retire_per_year=loss, life_years=life)))
"""
    values = [[float(x) for x in _python(code).split()] for _ in range(runs)]
    surface, game, plain, lives = (statistics.median(column) for column in zip(*values))
    return [
        (f"Timing game, surface of 200 x 200 ({runs} runs; target 20 ms)", f"{surface:.1f} ms"),
        ("Timing game, 100,000 draws of five plans (target 500 ms)", f"{game:.0f} ms"),
        (
            "Reservoir, 100,000 draws of ten years (target 500 ms)",
            f"{plain:.0f} ms, {lives:.0f} ms with lives that end",
        ),
    ]


def compute_gap(runs: int) -> list[tuple[str, str]]:
    """Draws of the compute gap, its variance shares, and the fan while a handle moves and when it rests."""
    code = """
import resource, time
import numpy as np
from helpers.scenario import studies

def seconds(task):
    start = time.perf_counter(); task(); return time.perf_counter() - start

def draw(n):
    return lambda: studies.simulate(setting, lambda p: p.ratio()[3:], n, seed=n % 1000, most=1_000_000)

setting = studies.Setting()
studies.simulate(setting, lambda p: p.ratio(year=2030), 1000)  # tables read
few, many, million = (seconds(draw(n)) for n in (20_000, 200_000, 1_000_000))
shares = seconds(lambda: studies.sobol(setting, 16_384))
from helpers.scenario import panels
panel = panels.fan_panel()

def move(quick):
    panel._moving = quick
    found = []
    for correlation in np.arange(0.05, 0.65, 0.05):
        found.append(seconds(lambda: panel.answer({**panel.settings, "correlation": round(float(correlation), 2)})))
    panel._moving = False
    return sorted(found)[len(found) // 2]

print(many, million, few, shares, move(True), move(False), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
    values = [[float(x) for x in _python(code).split()] for _ in range(runs)]
    many, million, few, shares, quick, full, memory = (statistics.median(column) for column in zip(*values))
    return [
        (f"Compute gap, 200,000 draws of seven years with paths ({runs} runs; target 2 s)", f"{many:.2f} s"),
        (
            "The same, 1,000,000 draws (target 10 s, under 1 GB)",
            f"{million:.2f} s, {million / many / 5:.2f} times as long a draw, peak of the process {memory:.0f} MB",
        ),
        ("The same, 20,000 draws: linear in draws", f"{few:.3f} s, {10 * few / many:.2f} times as long a draw"),
        ("Sobol indices of ten dials in three years, 16,384 draws (target 3 s)", f"{shares:.2f} s"),
        (
            "Fan panel: a move with 4,000 draws (target 100 ms); at rest with 20,000 (target 300 ms)",
            f"{1000 * quick:.0f} ms; {1000 * full:.0f} ms",
        ),
    ]
