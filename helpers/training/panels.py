"""Charts and panels of 32_experts_and_training_cost: from a configuration to dollars, and what that leaves out.

Wiring over `helpers.training.model`, `helpers.llm.model` and `helpers.chips.model`: values come from ``data/``.
"""

from __future__ import annotations

import contextlib
import math
from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from helpers.chips import model as chips
from helpers.chips.studies import short
from helpers.clusters import model as clusters
from helpers.core import data
from helpers.core.words import listed
from helpers.llm import model as llm
from helpers.show import charts, page
from helpers.show.panel import Choice, Number, Panel, State
from helpers.training import model as training

MODELS = (
    "DeepSeek-V3", "DeepSeek-V2", "DeepSeek-LLM-67B", "DeepSeek-V4-Pro", "Kimi-K2", "Qwen2.5-72B", "Qwen3-235B-A22B",
    "Pangu-Ultra-MoE", "Llama-2-70B", "Llama-3.1-405B", "Llama-4-Maverick", "Llama-4-Scout",
)  # fmt: skip
CHIPS = (
    "H800 SXM5 80GB", "H100 SXM5 80GB", "H200 SXM 141GB", "A100 SXM4 80GB", "H20 96GB", "Ascend 910B", "Ascend 910C",
)  # fmt: skip
V3, LLAMA, H800 = "DeepSeek-V3", "Llama-3.1-405B", "H800 SXM5 80GB"
FORMATS = {"bf16": "BF16", "fp8": "FP8"}
HOMES = {"US": "US laboratory", "CN": "Chinese laboratory"}
# What the ownership model takes beside its controls: see the notebook.
_PUE, _USD_PER_KWH, _UPKEEP, _POWER_IF_UNKNOWN_W = 1.25, 0.08, 0.05, 700.0


# --- words and axes -----------------------------------------------------------------------------


def _figure(value: float) -> str:
    """Three significant digits at most, without exponent."""
    if value == 0:
        return "0"
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    text = f"{value:,.{min(digits, 3)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _scaled(value: float, units: tuple[tuple[float, str], ...]) -> str:
    """A number in the largest unit that it reaches, else in the last."""
    size, words = next((u for u in units if value >= u[0] * 0.9995), units[-1])
    return f"{_figure(value / size)} {words}"


def usd(value: float) -> str:
    """USD in words: 5.58 million USD."""
    return _scaled(value, ((1e9, "billion USD"), (1e6, "million USD"), (1e3, "thousand USD"), (1, "USD")))


def usd_span(low: float, high: float) -> str:
    """A range of USD with its unit once: 4.56 to 6.11 million USD."""
    first, *unit = usd(low).split(" ")
    return f"{first} to {usd(high)}" if usd(high).split(" ")[1:] == unit else f"{usd(low)} to {usd(high)}"


def hours_words(value: float) -> str:
    """GPU-hours in words."""
    return _scaled(value, ((1e6, "million"), (1e3, "thousand")))


def power_of_ten(value: float) -> str:
    """3.7 × 10²⁴."""
    exponent = math.floor(math.log10(value))
    return f"{value / 10**exponent:.1f} × 10{str(exponent).translate(str.maketrans('0123456789', '⁰¹²³⁴⁵⁶⁷⁸⁹'))}"


def _names(field: str, order: list[str]) -> alt.Y:
    """An axis of names in a fixed order."""
    axis = alt.Axis(ticks=False, domain=False, grid=False, labelLimit=300)
    return alt.Y(f"{field}:N", title=None, sort=None, scale=alt.Scale(domain=order), axis=axis)


def _log(field: str, title: str, domain: list[Any], ticks: list[float], channel: type = alt.X) -> Any:
    """A logarithmic axis with ticks of our choice."""
    scale = alt.Scale(type="log", domain=domain, nice=False)
    return channel(f"{field}:Q", title=title, scale=scale, axis=alt.Axis(values=ticks, format=",~g", grid=True))


def _axis_ends(
    least: float, most: float, lows: tuple[float, ...], highs: tuple[float, ...], room: float
) -> tuple[float, float]:
    """Ends of a log axis from a few fixed ones, so that it stands still while marks move and widens only when it must.

    `room` is the share of the axis kept free for labels right of the largest mark.
    """
    low = next((end for end in lows if end < least / 1.15), lows[-1])
    wide = (end for end in highs if math.log(end / most) >= room * math.log(end / low))
    return low, next(wide, highs[-1])


def _kinds(field: str, marks: dict[str, tuple[str, str]]) -> dict[str, Any]:
    """Colour and shape of each kind, with one legend for both."""
    names = list(marks)
    colours, shapes = (list(column) for column in zip(*marks.values(), strict=True))
    legend = alt.Legend(orient="bottom", symbolSize=110)
    return {
        "color": alt.Color(f"{field}:N", title=None, scale=alt.Scale(domain=names, range=colours), legend=legend),
        "shape": alt.Shape(f"{field}:N", title=None, scale=alt.Scale(domain=names, range=shapes), legend=legend),
    }


# --- values -------------------------------------------------------------------------------------


@cache
def _chip(name: str) -> dict[str, float]:
    """Peaks (BF16 also of its lowest and highest grade), prices and power of a chip."""
    row = chips.table().set_index("chip").loc[name]
    columns = {
        "low": "fp16_bf16_tflops_dense_low", "bf16": "fp16_bf16_tflops_dense", "high": "fp16_bf16_tflops_dense_high",
        "fp8": "fp8_tflops_dense", "price_low": "price_usd_low", "price_high": "price_usd_high", "tdp_w": "tdp_w",
    }  # fmt: skip
    return {key: float(row[column]) for key, column in columns.items()}


def _has_fp8(chip: str) -> bool:
    return not math.isnan(_chip(chip)["fp8"])


def context_tokens(model: str) -> int:
    """Tokens in a training sequence, as far as published: 8,192 for Llama 3, else 4,096."""
    return 8192 if model.startswith("Llama-3") else 4096


@cache
def operations_per_token(model: str, convention: str = "no_input_embedding", attention: int = 1) -> float:
    """Model FLOPs of one training token.

    `attention` counts it not at all (0), over the earlier tokens (1) or over all tokens of the text (2).
    """
    looking_back = float(llm.attention_flops_per_token(model, context_tokens(model), "training"))
    return float(training.training_flops(llm.active_parameters(model, convention), 1, attention * looking_back))


@cache
def _runs() -> pd.DataFrame:
    return data.load("training_runs").set_index("run_id")


@cache
def _share(name: str) -> float:
    return float(data.load("training_shares").set_index("share_id").loc[name, "percent"]) / 100


@cache
def stages(model: str) -> pd.DataFrame:
    """The stages of a model's training that have hours."""
    runs = _runs()
    return runs[(runs["model"] == model) & runs["hours_k"].notna()]


def _published_hours(model: str, tokens_t: float) -> tuple[float, str] | None:
    """GPU-hours a source gives for this model and number of tokens, and their chip, if one does."""
    rows = stages(model)
    rows = rows[(rows["tokens_t"] - tokens_t).abs() < 0.051]
    return (float(rows["hours_k"].iloc[0]) * 1e3, str(rows["chip"].iloc[0])) if len(rows) else None


# --- the chain ----------------------------------------------------------------------------------

LINKS = (
    "All parameters", "Active parameters", "Tokens", "Operations", "Useful speed of a chip", "GPU-hours",
    "Price of an hour", "Cost",
)  # fmt: skip
_GIVEN = ("All parameters", "Tokens", "Useful speed of a chip", "Price of an hour")
_WORDS = {
    "All parameters": lambda v: _scaled(v, ((1e12, "trillion"), (1e9, "billion"))),
    "Active parameters": lambda v: f"{_figure(v / 1e9)} billion",
    "Tokens": lambda v: f"{_figure(v / 1e12)} trillion",
    "Operations": power_of_ten,
    "Useful speed of a chip": lambda v: f"{_figure(v)} TFLOP/s",
    "GPU-hours": hours_words,
    "Price of an hour": lambda v: f"{v:.2f} USD",
    "Cost": usd,
}


def chain(
    model: str, tokens_t: float, chip: str, number_format: str, mfu_percent: float, price: float
) -> dict[str, tuple[float, ...]]:
    """Each link from the configuration to the cost: low, central and high by convention of counting.

    Low leaves out attention and both embedding matrices, high counts both and all tokens in attention.
    Raises ValueError for a chip without FP8 when its FP8 peak is asked for.
    """
    peak = _chip(chip)[number_format]
    if math.isnan(peak):
        raise ValueError(f"an {short(chip)} has no FP8 arithmetic; choose BF16 or another chip.")
    counted = (("no_embeddings", 0), ("no_input_embedding", 1), ("all", 2))
    flops = tuple(operations_per_token(model, c, a) * tokens_t * 1e12 for c, a in counted)
    hours = tuple(float(h) for h in training.gpu_hours(flops, peak, mfu_percent / 100))
    values = (
        (float(llm.parameters(model).total),) * 3,
        tuple(float(llm.active_parameters(model, c)) for c, _ in counted),
        (tokens_t * 1e12,) * 3, flops, (peak * mfu_percent / 100,) * 3, hours, (price,) * 3,
        tuple(float(c) for c in training.rental_cost_usd(hours, price)),
    )  # fmt: skip
    return dict(zip(LINKS, values, strict=True))


@cache
def _yardstick() -> dict[str, tuple[float, ...]]:
    """The chain of Llama 3.1 405B, at the utilisation that gives its published hours."""
    return chain(LLAMA, 15.6, "H100 SXM5 80GB", "bf16", 36, 2)


def _chain_state(model: str, tokens_t: float, chip: str, number_format: str, mfu_percent: float, price: float) -> State:
    links = chain(model, tokens_t, chip, number_format, mfu_percent, price)
    hours, on = _published_hours(model, tokens_t) or (None, "")
    published = {"GPU-hours": hours}
    if model == V3 and hours:
        published["Cost"] = float(_runs().loc["deepseek-v3-pretraining", "cost_usd_m"]) * 1e6
    rows: list[dict[str, Any]] = []
    for link, (low, central, high) in links.items():
        one, seen = _yardstick()[link][1], published.get(link)
        rows.append(
            {
                "link": link,
                "times": central / one,
                "low": low / one,
                "high": high / one,
                "kind": "set or published" if link in _GIVEN else "computed",
                "label": _WORDS[link](central),
                "published": None if seen is None else seen / one,
                "published_label": "" if seen is None else _WORDS[link](seen),
                "right": max(high, seen or 0, one) / one,
            }
        )
    cost, time = links["Cost"], links["GPU-hours"]
    reading = (
        f"{model}: {_WORDS['Active parameters'](links['Active parameters'][1])} of"
        f" {_WORDS['All parameters'](links['All parameters'][1])} parameters work on each token; {_WORDS['Tokens'](tokens_t * 1e12)}"
        f" tokens take {power_of_ten(links['Operations'][1])} operations, {hours_words(time[1])} hours of an {short(chip)} at"
        f" {mfu_percent:g}% of its {FORMATS[number_format]} peak, and {usd(cost[1])}; by other ways of counting, {usd_span(cost[0], cost[2])}."
    )
    if hours:
        times = time[1] / hours
        if abs(times - 1) < 0.005:
            here = "the same within half a per cent"
        elif times > 2:
            here = f"{times:.1f} times as many here"
        else:
            here = f"{abs(times - 1):.0%} {'more' if times > 1 else 'less'} here"
        reading += f" The source reports {hours_words(hours)} hours" + (
            f": {here}." if chip == on else f" on {short(on)}."
        )
    else:
        reading += " No source in our table gives hours for this model and number of tokens."
    ends = [e for r in rows for e in (r["low"], r["high"], r["published"] or 1)]
    low, high = _axis_ends(min(ends), max(ends), (0.02, 0.002, 0.0002, 0.00002), (30, 300, 3000, 30000), 0.25)
    title = f"{model}: {usd(cost[1])} for {hours_words(time[1])} GPU-hours"
    return State(rows, reading, {"title": title, "low": low, "high": high})


def chain_panel() -> Panel:
    """From a model's configuration to GPU-hours and dollars, each link against the run of Llama 3.1 405B."""
    rows = charts.live("link", "times", "low", "high", "kind", "label", "published", "published_label", "right")
    ends, ticks = [charts.signal("low"), charts.signal("high")], [0.0001, 0.001, 0.01, 0.1, 1, 10, 100, 1000, 10000]

    def xs(field: str) -> alt.X:
        return _log(field, "Times the run of Llama 3.1 405B (log scale)", ends, ticks)

    y = _names("link", list(LINKS))
    tips = [
        alt.Tooltip("link:N", title="Link"), alt.Tooltip("label:N", title="Here"),
        alt.Tooltip("published_label:N", title="Published"),
    ]  # fmt: skip
    kinds = _kinds("kind", {"set or published": (charts.GREY, "square"), "computed": (charts.BLUE, "circle")})
    one = alt.Chart(alt.InlineData(values=[{"one": 1}])).mark_rule(strokeDash=[4, 3], color=charts.INK)
    stems = rows.transform_calculate(one="1").mark_rule(strokeWidth=1.5, color=charts.GREY)
    bands = rows.mark_rule(strokeWidth=9, opacity=0.35, color=charts.BLUE).encode(x=xs("low"), x2="high:Q", y=y)
    dots = rows.mark_point(filled=True, size=110, opacity=1).encode(x=xs("times"), y=y, tooltip=tips, **kinds)
    marks = rows.transform_filter("isValid(datum.published)").mark_point(
        shape="diamond", size=230, filled=False, stroke=charts.BLACK, strokeWidth=2
    )
    labels = rows.mark_text(align="left", dx=12, fontSize=12).encode(x=xs("right"), y=y, text="label:N")
    layers = one.encode(x=xs("one")) + bands + stems.encode(x=xs("one"), x2="times:Q", y=y) + dots
    chart = (layers + marks.encode(x=xs("published"), y=y) + labels).properties(
        width=charts.WIDTH - 190,
        height=31 * len(LINKS),
        title=charts.title(
            charts.signal("title"),
            "Each link as a multiple of Llama 3.1 405B’s run; bands: ways to count operations; diamonds: published",
            "Source: data/models.csv, chips.csv, training_runs.csv; arithmetic of helpers/training/model.py.",
        ),
        description=(
            "Dot chart of eight links from a model’s configuration to its training cost, each as a multiple of the run of Llama 3.1 405B on a log axis,"
            " with bands for ways of counting and diamonds where a source publishes the value. The axis runs from 0.02 to 30 and widens for far settings. The sentence above gives the numbers."
        ),
    )
    return Panel(
        "From configuration to dollars",
        [
            Choice("model", "Model", list(MODELS), V3),
            Number("tokens_t", "Tokens to train on", "trillion", 0.5, 50, 14.8, 0.1),
            Choice("chip", "Chip", [(short(c), c) for c in CHIPS], H800),
            Choice("number_format", "Peak speed counted in", [(w, k) for k, w in FORMATS.items()], "bf16"),
            Number("mfu_percent", "Utilisation (MFU)", "% of that peak", 5, 60, 39, 1),
            Number("price", "Price of one chip for an hour", "USD", 0.5, 10, 2, 0.05),
        ],
        _chain_state,
        chart,
        presets={
            "V3": {},
            "DeepSeek 67B": {"model": "DeepSeek-LLM-67B", "tokens_t": 1},
            "Llama 405B": {"model": LLAMA, "tokens_t": 15.6, "mfu_percent": 36, "chip": "H100 SXM5 80GB"},
            "Llama 2 70B": {"model": "Llama-2-70B", "tokens_t": 2, "mfu_percent": 44, "chip": "A100 SXM4 80GB"},
            "V3 at FP8": {"number_format": "fp8"},
            "V3 on H20": {"chip": "H20 96GB"},
            "V4-Pro": {"model": "DeepSeek-V4-Pro", "tokens_t": 33},
        },
    )  # fmt: skip


# --- experts ------------------------------------------------------------------------------------


def experts_table() -> page.Table:
    """Total and active parameters of seven models, by three conventions, and what their makers print."""
    published = data.load("models").set_index("model")
    rows = {}
    for name in ("Llama-3.1-405B", "DeepSeek-V2", V3, "Qwen3-235B-A22B", "gpt-oss-120b", "Kimi-K2", "DeepSeek-V4-Pro"):
        counts = [llm.active_parameters(name, c) / 1e9 for c in llm.CONVENTIONS]
        row = published.loc[name]
        experts = "none" if not row["n_experts"] > 0 else f"{row['top_k']:.0f} of {row['n_experts']:.0f}"
        if row["n_shared_experts"] > 0:
            experts += f", and {row['n_shared_experts']:.0f} shared"
        total = llm.parameters(name).total / 1e9
        rows[name] = [
            experts,
            f"{total:,.1f}",
            *(f"{c:,.1f}" for c in counts),
            f"{row['published_active_b']:g}",
            f"{counts[1] / total:.1%}",
        ]
    columns = [
        "Experts for a token",
        "All",
        "Active, all",
        "Active, no input",
        "Active, no embeddings",
        "Active, as printed",
        "Share",
    ]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("Model")
    return page.table(frame, "Parameters, billions; share: active without the input embedding")  # fmt: skip


# --- utilisation --------------------------------------------------------------------------------

BUSY_RUNS = {
    "llama-2-70b": "Llama 2 70B, A100",
    "deepseek-67b-per-trillion": "DeepSeek 67B, H800",
    "deepseek-v3-pretraining": "DeepSeek-V3, H800",
    "llama-31-405b": "Llama 3.1 405B, H100",
    "llama-4-maverick": "Llama 4 Maverick, H100",
    "deepseek-v2-per-trillion": "DeepSeek-V2, H800",
    "llama-4-scout": "Llama 4 Scout, H100",
    "pangu-ultra-moe": "Pangu Ultra MoE, Ascend",
}
_PRINTED = {  # which row holds what the maker printed
    "deepseek-v3-pretraining": "deepseek-v3-speed", "llama-31-405b": "llama-31-405b", "pangu-ultra-moe": "pangu-ultra-moe",
}  # fmt: skip


def busy(run_id: str, attention: int = 1, number_format: str = "bf16") -> tuple[float, float, float]:
    """Utilisation of a published run, low, central and high by the grades of its chip, in per cent.

    `attention` as in `operations_per_token`; FP8 counts against the FP8 peak where the chip has one.
    """
    run = _runs().loc[run_id]
    chip = _chip(run["chip"])
    peaks = np.array([chip["high"], chip["bf16"], chip["low"]])
    if number_format == "fp8" and _has_fp8(run["chip"]):
        peaks = np.full(3, chip["fp8"])
    flops = operations_per_token(run["model"], attention=attention)
    if run["stage"] == "speed":
        mfu = training.mfu_from_speed(flops, run["tokens_per_second_m"] * 1e6, run["gpus"], peaks)
    else:
        mfu = training.mfu_from_hours(flops * run["tokens_t"] * 1e12, run["hours_k"] * 1e3, peaks)
    low, central, high = (100 * float(m) for m in mfu)
    return low, central, high


def busy_span(run_id: str) -> tuple[float, float]:
    """Lowest and highest utilisation of a run over every way to count, in per cent."""
    values = [v for attention in (0, 1, 2) for f in FORMATS for v in busy(run_id, attention, f)]
    return min(values), max(values)


def busy_chart() -> alt.LayerChart:
    """Utilisation of published runs by one count, with the span over all counts and the makers' figures."""
    rows = []
    for run_id, words in BUSY_RUNS.items():
        low, central, high = busy(run_id)
        least, most = busy_span(run_id)
        hours = _runs().loc[run_id, "hours_k"]
        label = f"{central:.0f}%" if high - low < 1 else f"{low:.0f} to {high:.0f}%"
        if not math.isnan(hours):
            label += f" in {hours_words(hours * 1e3)} hours"
        printed = _runs().loc[_PRINTED[run_id]] if run_id in _PRINTED else {}
        said = [printed.get(f"mfu_percent_{end}") for end in ("low", "high")]
        right = max(most, said[1] or 0)
        rows.append(
            {"run": words, "low": low, "value": central, "high": high, "least": least, "most": most, "label": label,
             "said_low": said[0], "said_high": said[1], "right": right}
        )  # fmt: skip
    base = alt.Chart(alt.InlineData(values=rows))

    def xs(field: str) -> alt.X:
        scale = alt.Scale(domain=[0, 75], nice=False)
        axis = alt.Axis(values=list(range(0, 61, 10)))
        return alt.X(f"{field}:Q", title="Operations used, % of the dense peak", scale=scale, axis=axis)

    y = _names("run", list(BUSY_RUNS.values()))
    spans = base.mark_rule(strokeWidth=10, color=charts.GREY, opacity=0.35).encode(x=xs("least"), x2="most:Q", y=y)
    grades = base.mark_rule(strokeWidth=3, color=charts.BLUE).encode(x=xs("low"), x2="high:Q", y=y)
    dots = base.mark_point(filled=True, size=110, color=charts.BLUE, opacity=1).encode(x=xs("value"), y=y)
    diamond = base.transform_filter("isValid(datum.said_low)").mark_point(
        shape="diamond", size=120, filled=False, stroke=charts.BLACK, strokeWidth=2
    )
    said = diamond.encode(x=xs("said_low"), y=y) + diamond.encode(x=xs("said_high"), y=y)
    labels = base.mark_text(align="left", dx=14, fontSize=12).encode(x=xs("right"), y=y, text="label:N")
    v3, llama = (busy(r)[1] for r in ("deepseek-v3-pretraining", "llama-31-405b"))
    least, most = busy_span("deepseek-v3-pretraining")
    return (spans + grades + said + dots + labels).properties(
        width=charts.WIDTH - 220,
        height=28 * len(rows),
        title=charts.title(
            f"DeepSeek-V3 used {v3:.0f}% of its chips’ peak by one count, {least:.0f} to {most:.0f}% by others",
            "Blue: BF16 peak, attention over earlier tokens; grey: other ways to count; diamonds: printed by the maker",
            "Source: data/training_runs.csv, from published GPU-hours and tokens, or speeds.",
        ),
        description=(
            f"Dot chart of the utilisation of {len(rows)} published training runs, in percent of the chip’s dense BF16 peak: DeepSeek-V3 {v3:.0f},"
            f" Llama 3.1 405B {llama:.0f}; grey bars show the range over all ways to count, diamonds what the makers printed."
        ),
    )


# --- precision ----------------------------------------------------------------------------------

_FRACTION_BITS = {"bf16": 7, "fp8": 3}  # bits after the leading one; FP8 in its form E4M3, which V3 uses
_LARGEST = {"bf16": "3.4 × 10³⁸", "fp8": "448"}


def rounding_error(number_format: str) -> float:
    """Largest error of rounding to a format, as a share of the number: half the step between neighbours.

    Examples
    --------
    >>> rounding_error("fp8")
    0.0625
    """
    return 2.0 ** -(_FRACTION_BITS[number_format] + 1)


def precision_table() -> page.Table:
    """Two number formats: size, rounding, range, and what they do for V3 on an H800."""
    rows = {
        words: [
            f"{bits}",
            f"{rounding_error(key):.2%}",
            _LARGEST[key],
            f"{float(llm.weight_bytes(V3, bits)) / 1e9:,.0f}",
            f"{_chip(H800)[key]:,.0f}",
        ]
        for (key, words), bits in zip(FORMATS.items(), (16, 8), strict=True)
    }
    columns = ["Bits", "Rounding error, at most", "Largest number", "V3’s parameters, GB", "Peak of an H800, TFLOP/s"]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("Format")
    return page.table(frame, "Two ways to write a number (FP8: four bits of exponent, three of fraction)")


def busy_time_percent(mfu_percent: float, fp8_share: float, chip: str = H800) -> float:
    """Share of time at full speed behind an MFU scored against the BF16 peak, by the share of operations in FP8.

    Parameters
    ----------
    mfu_percent : float
        Operations used, in per cent of the BF16 peak.
    fp8_share : float
        Share of the operations that run in FP8, 0 to 1.
    chip : str
        A chip with both peaks.

    Returns
    -------
    float
        Per cent: MFU x (1 - share + share x BF16 peak / FP8 peak).
    """
    return mfu_percent * (1 - fp8_share + fp8_share * _chip(chip)["bf16"] / _chip(chip)["fp8"])


# --- bubbles ------------------------------------------------------------------------------------

_MICRO_BATCHES = np.geomspace(2, 512, 70)


def _bubbles_state(pipeline: float, micro_batches: float, weight: float, overlap: float) -> State:
    forward, backward = 1.0, 2.0
    times = {"forward": forward, "backward": backward, "weight": backward * weight / 100}
    rows: list[dict[str, Any]] = []
    now: dict[str, float] = {}
    for schedule in training.SCHEDULES:
        both = (forward + backward) * (1 - overlap / 100) if schedule == "DualPipe" else None
        fewest = 2 * pipeline if schedule == "DualPipe" else 2
        counts = np.unique([*_MICRO_BATCHES, fewest, micro_batches])
        counts = counts[counts >= fewest]
        here = counts == micro_batches
        shares = 100 * training.bubble_fraction(schedule, pipeline, counts, **times, overlapped=both)
        rows += [
            {"schedule": schedule, "micro_batches": float(m), "percent": float(p), "here": bool(h)}
            for m, p, h in zip(counts, shares, here, strict=True)
        ]
        now |= {schedule: float(p) for p in shares[here]}
    waits = [f"{p:.1f}%{' of a step' if name == '1F1B' else ''} under {name}" for name, p in now.items()]
    reading = (
        f"{pipeline:g} stages and {micro_batches:g} micro-batches: a chip waits {listed(waits)}."
        f" DualPipe needs at least {2 * pipeline:g} micro-batches and holds 2 copies of the parameters and the intermediate results of"
        f" {pipeline + 1:g} of them; the others hold 1 copy and {pipeline:g}."
    )
    least = min(now, key=now.__getitem__)
    title = f"{least} waits least here: {now[least]:.1f}% of a step; 1F1B {now['1F1B']:.1f}%"
    if now[least] == now["1F1B"]:
        title = f"No schedule waits less than 1F1B here: {now['1F1B']:.1f}% of a step"
    return State(rows, reading, {"title": title})


def bubble_measured_percent() -> float:
    """Share of a training step of DeepSeek-V3 lost to the bubble, per cent, as its authors measured it."""
    seconds = data.load("published_results").set_index("result_id")["value"]
    return 100 * float(seconds["v3-bubble"] / seconds["v3-step"])


def bubbles_panel() -> Panel:
    """Share of a step lost to pipeline bubbles under three schedules."""
    rows = charts.live("schedule", "micro_batches", "percent", "here")
    names = list(training.SCHEDULES)
    x = _log("micro_batches", "Micro-batches in a step (log scale)", [2, 512], [2, 8, 32, 128, 512])
    y = alt.Y("percent:Q", title="Waiting, % of a step", scale=alt.Scale(domain=[0, 100]))
    palette = alt.Scale(domain=names, range=[charts.ORANGE, charts.BLUE, charts.GREEN])
    colour = alt.Color("schedule:N", title=None, scale=palette, legend=alt.Legend(orient="right", symbolSize=110))
    dash = alt.StrokeDash("schedule:N", title=None, scale=alt.Scale(domain=names, range=[[1, 0], [7, 3], [2, 2]]))
    lines = rows.mark_line(strokeWidth=2.5)
    dots = rows.transform_filter("datum.here").mark_point(filled=True, size=110, opacity=1)
    shape = alt.Shape(
        "schedule:N", scale=alt.Scale(domain=names, range=["circle", "square", "triangle-up"]), legend=None
    )
    tip = alt.Tooltip("percent:Q", title="Waiting, %", format=".1f")
    measured = bubble_measured_percent()
    words = f"measured for V3: {measured:.1f}%"
    seen = alt.Chart(alt.InlineData(values=[{"percent": measured, "micro_batches": 512, "words": words}]))
    chart = (
        seen.mark_rule(strokeDash=[4, 3], color=charts.INK).encode(y=y)
        + lines.encode(x=x, y=y, color=colour, strokeDash=dash)
        + dots.encode(x=x, y=y, color=alt.Color("schedule:N", scale=palette, legend=None), shape=shape, tooltip=tip)
        + charts.edged_words(seen, {"align": "right", "dx": -4, "dy": -9}, x=x, y=y, text="words:N")
    ).properties(
        width=charts.WIDTH - 200,
        height=260,
        title=charts.title(
            charts.signal("title"),
            "Forward piece 1, backward piece 2; dots: the setting above",
            "Source: DualPipe README and V3 report, table 2; measured: hardware paper, table 4.",
        ),
        description=(
            "Line chart of the share of a training step lost to waiting against the number of micro-batches, 2 to 512 on a log axis, under 1F1B, ZB1P"
            f" and DualPipe, 0 to 100 percent; every curve falls as the batch is cut finer. A dashed line marks the {measured:.1f} percent measured in the training of DeepSeek-V3."
        ),
    )  # fmt: skip
    return Panel(
        "Who waits in a pipeline?",
        [
            Number("pipeline", "Stages", "chips in a row", 2, 64, 16, 2),
            Number("micro_batches", "Micro-batches in a step", "", 2, 512, 64, 2),
            Number("weight", "Weight gradients", "% of the backward time", 0, 60, 50, 5),
            Number("overlap", "Time saved by DualPipe’s overlap", "%", 0, 40, 0, 5),
        ],
        _bubbles_state,
        chart,
        presets={
            "16 stages, 64": {},
            "8 stages, 20": {"pipeline": 8, "micro_batches": 20},
            "Few pieces": {"micro_batches": 32},
            "Many pieces": {"micro_batches": 256},
            "Traffic hidden": {"overlap": 20},
        },
    )


# --- how, and what is left out ------------------------------------------------------------------


def fewer_hours() -> dict[str, float]:
    """How Llama 3.1 405B's GPU-hours (`from`) become DeepSeek-V3's (`to`), as divisors in between."""
    llama, v3 = _runs().loc["llama-31-405b"], _runs().loc["deepseek-v3-pretraining"]
    whole = float(stages(V3)["hours_k"].sum())
    return {
        "from": float(llama["hours_k"]) * 1e3,
        "tokens": float(llama["tokens_t"] / v3["tokens_t"]),
        "operations": operations_per_token(LLAMA) / operations_per_token(V3),
        "speed": busy("deepseek-v3-pretraining")[1] / busy("llama-31-405b")[1],
        "stages": float(v3["hours_k"]) / whole,
        "to": whole * 1e3,
    }


def how_chart() -> alt.LayerChart:
    """From Llama 3.1 405B's GPU-hours to DeepSeek-V3's, step by step."""
    f = fewer_hours()
    words = {
        "tokens": "Slightly fewer tokens", "operations": "Fewer operations for a token", "speed": "More of the peak used",
        "stages": "Longer texts and post-training added",
    }  # fmt: skip
    hours = f["from"] / 1e6
    rows = [("Llama 3.1 405B, published", hours, hours, "published", f"{hours:.1f} million")]
    for key, step in words.items():
        change = f"divided by {f[key]:.3g}" if f[key] > 1 else f"times {1 / f[key]:.3g}"
        rows.append((step, hours, hours / f[key], "factor", change))
        hours /= f[key]
    end = f["to"] / 1e6
    rows.append(("DeepSeek-V3, published", end, end, "published", f"{end:.2f} million"))
    columns = ("step", "before", "after", "kind", "label")
    base = alt.Chart(
        alt.InlineData(values=[{**dict(zip(columns, r, strict=True)), "right": max(r[1], r[2])} for r in rows])
    )

    def xs(field: str) -> alt.X:
        return _log(field, "Million GPU-hours, H100 or H800 (log scale)", [2, 100], [2, 5, 10, 20, 50, 100])

    y = _names("step", [r[0] for r in rows])
    palette = alt.Scale(domain=["published", "factor"], range=[charts.BLACK, charts.BLUE])
    colour = alt.Color("kind:N", legend=None, scale=palette)
    spans = base.mark_rule(strokeWidth=9, opacity=0.6).encode(x=xs("before"), x2="after:Q", y=y, color=colour)
    dots = base.mark_point(filled=True, size=100, opacity=1).encode(x=xs("after"), y=y, color=colour)
    labels = base.mark_text(align="left", dx=12, fontSize=12).encode(x=xs("right"), y=y, text="label:N")
    return (spans + dots + labels).properties(
        width=charts.WIDTH - 280,
        height=32 * len(rows),
        title=charts.title(
            f"{f['from'] / f['to']:.0f} times fewer GPU-hours: {f['operations']:.0f} times fewer operations for each token",
            "Both chips have the same peak; operations with attention over earlier tokens",
            "Source: Llama 3.1 model card; V3 report; operations from data/models.csv.",
        ),
        description=(
            f"Stepped chart on a log axis from {f['from'] / 1e6:.1f} million GPU-hours of Llama 3.1 405B to {f['to'] / 1e6:.2f} million of DeepSeek-V3:"
            f" tokens a factor of {f['tokens']:.2f}, operations for a token {f['operations']:.1f}, utilisation {f['speed']:.2f}."
        ),
    )


_STATED, _ASSUMED, _CONTESTED = "hours stated by DeepSeek", "your assumption", "analyst’s estimate, contested"
_LAYERS = (
    "V3: the run the report counts", "+ R1’s own stages", "+ all experiments", "+ staff", "Apart: all servers of the group",
)  # fmt: skip


def _left_out_state(price: float, share: float, staff: float) -> State:
    fleet = _runs().loc["deepseek-fleet"]
    firms = sorted(_share(f"final-run-{f}") for f in ("openai", "zai", "minimax"))
    run, r1 = (float(training.rental_cost_usd(stages(m)["hours_k"].sum() * 1e3, price)) for m in (V3, "DeepSeek-R1"))
    both = run + r1
    computing, whole = (float(training.development_cost_usd(both, share / 100, s / 100)) for s in (0, staff))
    span, whole_span = (
        [float(training.development_cost_usd(both, s, part / 100)) for s in (firms[-1], firms[0])]
        for part in (0, staff)
    )
    servers = [fleet[f"cost_usd_m_{end}"] * 1e6 for end in ("low", "high")]
    steps = (
        (run, run, _STATED, (run, run), usd(run)),
        (run, both, _STATED, (both, both), usd(both)),
        (both, computing, _ASSUMED, span, f"{usd(computing)} by your share"),
        (computing, whole, _ASSUMED, whole_span, f"{usd(whole)} by your shares"),
        (*servers, _CONTESTED, servers[1:], usd_span(*servers)),
    )
    rows = [
        {
            "step": name, "before": before / 1e6, "after": after / 1e6, "low": min(band) / 1e6, "high": max(band) / 1e6,
            "group": group, "label": label, "right": max(after, *band) / 1e6,
        }
        for name, (before, after, group, band, label) in zip(_LAYERS, steps, strict=True)
    ]  # fmt: skip
    others = (
        f"If that is {share:g}% of all computing for research, all of it is {usd(computing)}"
        if share < 100
        else "No other computing is counted"
    )
    people = f"with staff at {staff:g}% of the cost, {usd(whole)}" if staff else "staff not counted"
    reading = (
        f"At {price:g} USD an hour V3 costs {usd(run)}, and R1 adds {usd(r1)}. {others}; {people}: {whole / run:.1f} times V3’s run."
        f" At the shares that Epoch AI estimates for three firms, {firms[0]:.1%} to {firms[-1]:.1%}, computing alone would be {usd_span(*span)}"
        + (f", with your share of staff {usd_span(*whole_span)}." if staff else ".")
    )
    title = f"{usd(run)} is V3’s last run; with your shares the whole work is {usd(whole)}"
    return State(rows, reading, {"title": title})


def left_out_panel() -> Panel:
    """From the official run to all experiments and staff, with the reader's shares."""
    rows = charts.live("step", "before", "after", "low", "high", "group", "label", "right")

    def xs(field: str) -> alt.X:
        return _log(field, "Million USD (log scale)", [1, 40000], [1, 10, 100, 1000, 10000])

    y = _names("step", list(_LAYERS))
    groups = _kinds(
        "group",
        {
            _STATED: (charts.BLACK, "square"),
            _ASSUMED: (charts.BLUE, "circle"),
            _CONTESTED: (charts.ORANGE, "triangle-up"),
        },
    )
    bands = rows.transform_filter("datum.high > datum.low").mark_rule(strokeWidth=16, color=charts.SKY, opacity=0.35)
    spans = rows.mark_rule(strokeWidth=4)
    dots = rows.mark_point(filled=True, size=110, opacity=1)
    tips = [alt.Tooltip("step:N", title="What"), alt.Tooltip("label:N", title="Up to here")]
    labels = rows.mark_text(align="left", dx=12, fontSize=12)
    chart = (
        bands.encode(x=xs("low"), x2="high:Q", y=y)
        + spans.encode(x=xs("before"), x2="after:Q", y=y, color=groups["color"])
        + dots.encode(x=xs("after"), y=y, tooltip=tips, **groups)
        + labels.encode(x=xs("right"), y=y, text="label:N")
    ).properties(
        width=charts.WIDTH - 240,
        height=200,
        title=charts.title(
            charts.signal("title"),
            "Running total from row to row; light bands: shares estimated for OpenAI, Z.ai and MiniMax; last row not in it",
            "Source: data/training_runs.csv and training_shares.csv (Epoch AI; SemiAnalysis for the servers).",
        ),
        description=(
            "Stepped chart on a log axis, 1 to 40,000 million USD: the run that the V3 report counts, the stages of R1, all experiments, staff,"
            " and apart from the sum an analyst’s contested estimate of all servers of the group. Experiments multiply the run by 4 to 10 at the shares estimated for other firms;"
            " the servers lie far to the right. The sentence above gives the numbers."
        ),
    )
    return Panel(
        "What the headline leaves out",
        [
            Number("price", "Price of one H800 for an hour", "USD", 0.5, 10, 2, 0.05),
            Number("share", "V3 and R1 in all computing for research", "%", 5, 100, 22.6, 0.1),
            Number("staff", "Staff in the whole cost", "%", 0, 60, 0, 1),
        ],
        _left_out_state,
        chart,
        presets={
            "Runs alone": {"share": 100},
            "MiniMax’s share": {},
            "Z.ai’s share": {"share": 12.3},
            "OpenAI’s share": {"share": 9.6},
            "With staff": {"staff": 39},
            "At 4 USD": {"price": 4, "staff": 39},
        },
    )


# --- other chips, rent, ownership ---------------------------------------------------------------


def power_usd_per_hour(chip: str) -> float:
    """Electricity of one busy chip with its part of the server; 700 W where no power limit is published."""
    tdp = _chip(chip)["tdp_w"]
    kw = clusters.facility_power_kw(1, _POWER_IF_UNKNOWN_W if math.isnan(tdp) else tdp, pue=_PUE)
    return float(clusters.energy_cost_usd(kw, _USD_PER_KWH, 1))


def capital_usd(chip: str, times_print: float = 1) -> np.ndarray | None:
    """What one chip of a cluster costs to buy, from the lowest, middle and highest price in print, or a multiple.

    None without a price.
    """
    low, high = _chip(chip)["price_low"], _chip(chip)["price_high"]
    if math.isnan(low):
        return None
    prices = times_print * np.array([low, (low + high) / 2, high])
    return training.capital_usd_per_gpu(prices, _share("server-price"), _share("network"))


def break_even_percent(chip: str, rent: float, lifetime: float, times_print: float = 1) -> np.ndarray:
    """Share of hours an owned chip must be used to cost the rent, at its lowest, middle and highest price."""
    power = power_usd_per_hour(chip)
    return 100 * training.break_even_utilisation(rent, capital_usd(chip, times_print), lifetime, power, _UPKEEP)


@cache
def _rents(chip: str) -> tuple[float, float, float] | None:
    """Lowest, latest and highest rent in print since June 2024; None where none was found."""
    rows = data.load("rental_prices")
    rows = rows[(rows["chip"] == chip) & (rows["date"] >= "2024-06")].sort_values("date")
    if rows.empty:
        return None
    latest = rows["usd_per_gpu_hour"]
    low = rows["usd_per_gpu_hour_low"].fillna(latest).min()
    high = rows["usd_per_gpu_hour_high"].fillna(latest).max()
    return float(low), float(latest.iloc[-1]), float(high)


# Ends of the two axes, and the share kept free for labels.
_OTHER_AXES = {
    "hours": ((1,), (100, 1000), 0.36),
    "usd": ((3, 0.5), (150, 600, 2500, 10000, 40000), 0.2),
}


def _other_chips_state(mfu_fp8: float, mfu_bf16: float, use: float, lifetime: float, price: float) -> State:
    v3 = _runs().loc["deepseek-v3-pretraining"]
    flops = operations_per_token(V3) * float(v3["tokens_t"]) * 1e12
    value: dict[tuple[str, str], dict[str, Any]] = {}
    for chip in CHIPS:
        row, name = _chip(chip), short(chip)
        peaks = np.array([row["high"], row["bf16"], row["low"]])
        hours = training.gpu_hours(flops, peaks, (mfu_fp8 if _has_fp8(chip) else mfu_bf16) / 100)
        capital, owned = capital_usd(chip, price / 100), None
        if capital is not None:
            power = power_usd_per_hour(chip)
            owned = training.owned_usd_per_gpu_hour(capital, lifetime, use / 100, power, _UPKEEP)
        for kind, each in (("hours", 1.0), ("rented", _rents(chip)), ("owned", owned)):
            if each is not None:
                low, central, high = (float(v) for v in hours * each / 1e6)
                ends = dict.fromkeys((_figure(low), _figure(high)))
                value[name, kind] = {
                    "chip": name, "kind": kind, "low": low, "value": central, "high": high, "label": " to ".join(ends)
                }  # fmt: skip
    h800, h20, c910 = (value[c, "hours"]["value"] for c in ("H800", "H20", "Ascend 910C"))
    days = [float(training.run_days(h * 1e6, 2048)) for h in (h800, h20, c910)]
    even = float(break_even_percent(H800, v3["usd_per_gpu_hour"], lifetime, price / 100)[1])
    rent = f"At the report’s {v3['usd_per_gpu_hour']:g} USD an hour"
    pays = (
        f"{rent}, owning an H800 pays above {even:.0f}% of hours used"
        if even <= 100
        else f"{rent}, renting an H800 is cheaper than owning one that never rests"
    )
    own = {chip: value[chip, "owned"]["label"] for chip in ("H800", "H20", "Ascend 910C")}
    reading = (
        f"V3’s pre-training takes {_figure(h800)} million hours of an H800, {_figure(h20)} of an H20 ({h20 / h800:.1f} times as many) and {_figure(c910)}"
        f" of an Ascend 910C ({c910 / h800:.1f} times); on 2,048 chips {days[0]:,.0f}, {days[1]:,.0f} and {days[2]:,.0f} days. On chips one owns, used {use:g}% of"
        f" {lifetime:g} years, it costs {own['H800']} million USD on H800, {own['H20']} on H20 and {own['Ascend 910C']} on 910C."
        f" {pays}."
    )
    rows = list(value.values())
    signals = {"title": f"The same run takes {h20 / h800:.1f} times the hours on H20, {c910 / h800:.1f} times on 910C"}
    for axis in ("hours", "usd"):
        mine = [r for r in rows if (r["kind"] == "hours") == (axis == "hours")]
        ends = min(r["low"] for r in mine), max(r["high"] for r in mine)
        lows, highs, room = _OTHER_AXES[axis]
        signals[f"low_{axis}"], signals[f"high_{axis}"] = _axis_ends(*ends, lows, highs, room)
    return State(rows, reading, signals)


def other_chips_panel() -> Panel:
    """DeepSeek-V3's pre-training on other chips: hours, and cost by rent and by ownership."""
    rows = charts.live("chip", "kind", "low", "value", "high", "label")
    order = [short(c) for c in CHIPS]
    marks = _kinds("kind", {"rented": (charts.BLUE, "circle"), "owned": (charts.ORANGE, "square")})
    cost = {**marks, "yOffset": alt.YOffset("kind:N", scale=alt.Scale(domain=["rented", "owned"]))}
    tips = [alt.Tooltip("chip:N", title="Chip"), alt.Tooltip("label:N", title="Value")]

    def part(axis: str, title: str, width: int, y: alt.Y, by_kind: dict[str, Any]) -> alt.LayerChart:
        base = rows.transform_filter(f"(datum.kind == 'hours') == {str(axis == 'hours').lower()}")
        ends = [charts.signal(f"low_{axis}"), charts.signal(f"high_{axis}")]
        ticks = (
            [1, 10, 100, 1000]
            if axis == "hours"
            else [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000]
        )
        x = {field: _log(field, title, ends, ticks) for field in ("low", "value", "high")}
        offset = {k: v for k, v in by_kind.items() if k == "yOffset"}
        line = {k: v for k, v in by_kind.items() if k != "shape"}
        return (
            base.mark_rule(strokeWidth=4).encode(x=x["low"], x2="high:Q", y=y, **line)
            + base.mark_point(filled=True, size=90, opacity=1).encode(x=x["value"], y=y, tooltip=tips, **by_kind)
            + base.mark_text(align="left", dx=10, fontSize=12).encode(x=x["high"], y=y, text="label:N", **offset)
        ).properties(width=width, height=42 * len(CHIPS))

    hidden = _names("chip", order).axis(labels=False, ticks=False, domain=False)
    black = {"color": alt.value(charts.BLACK)}
    chart = alt.hconcat(
        part("hours", "Million GPU-hours (log scale)", 190, _names("chip", order), black),
        part("usd", "Million USD (log scale)", charts.WIDTH - 370, hidden, cost),
        spacing=14,
    ).properties(
        title=charts.title(
            charts.signal("title"),
            "DeepSeek-V3’s pre-training; bars: prices and rents in print, grades of a chip; A100 and Ascend have no FP8",
            "Source: data/chips.csv and rental_prices.csv; no rent of H20, 910B or 910C was found.",
        ),
        description=(
            "Two range charts on log axes of DeepSeek-V3’s pre-training on seven chips: million GPU-hours, and million USD on rented and on owned chips."
            " At its start the H20 takes the most hours and the H800 as few as the H100. The sentence above gives the numbers."
        ),
    )
    return Panel(
        "The same run on other chips",
        [
            Number("mfu_fp8", "MFU, chips with FP8", "% of BF16 peak", 5, 60, 39, 1),
            Number("mfu_bf16", "MFU, chips without FP8", "% of BF16 peak", 5, 60, 25, 1),
            Number("use", "Hours in which an owned chip is used", "%", 10, 100, 80, 5),
            Number("lifetime", "Years an owned chip lasts", "years", 2, 8, 4, 0.5),
            Number("price", "Purchase prices", "% of those in print", 20, 200, 100, 10),
        ],
        _other_chips_state,
        chart,
        presets={
            "As first set": {},
            "All at 39%": {"mfu_bf16": 39},
            "Never idle": {"use": 100},
            "Six years": {"lifetime": 6},
            "Half price": {"price": 50},
        },
    )


# --- growth -------------------------------------------------------------------------------------

# Further training of an older model, whose operations would be counted without the first part.
_FURTHER_TRAINING = ("DeepSeek-V3.2", "MiniMax-M1")


@cache
def compute_by_model() -> pd.DataFrame:
    """Training operations of the table's models whose tokens are known, with date and home."""
    table = data.load("models")
    rows = []
    for r in table[table["pretrain_tokens_t"].notna() & ~table["model"].isin(_FURTHER_TRAINING)].itertuples():
        with contextlib.suppress(ValueError):  # a configuration with a gap
            flops = operations_per_token(r.model) * r.pretrain_tokens_t * 1e12
            rows.append((r.model, r.release_date, r.country, flops))
    return pd.DataFrame(rows, columns=["model", "date", "home", "flops"]).sort_values("date", ignore_index=True)


def growth_chart() -> alt.LayerChart:
    """Training operations of open models by release."""
    table = compute_by_model()
    by = table.set_index("model")["flops"]
    rows = [
        {"model": r.model, "day": f"{r.date:%Y-%m-%d}", "flops": r.flops, "home": HOMES[r.home]}
        for r in table.itertuples()
        if r.flops > 3e23 and r.home in HOMES
    ]
    base = alt.Chart(alt.InlineData(values=rows))
    x = alt.X(
        "day:T", title="Released", scale=alt.Scale(type="utc", domain=["2023-05-01", "2026-12-31"]),
        axis=alt.Axis(format="%Y", tickCount="year", grid=False),
    )  # fmt: skip
    powers = "datum.value < 5e24 ? '10²⁴' : datum.value < 5e25 ? '10²⁵' : '10²⁶'"
    y = alt.Y(
        "flops:Q", title="Training operations (log scale)", scale=alt.Scale(type="log", domain=[3e23, 1e26], nice=False),
        axis=alt.Axis(values=[1e24, 1e25, 1e26], labelExpr=powers),
    )  # fmt: skip
    homes = _kinds("home", {HOMES["US"]: (charts.BLUE, "circle"), HOMES["CN"]: (charts.VERMILION, "square")})
    tips = [alt.Tooltip("model:N", title="Model"), alt.Tooltip("flops:Q", title="Operations", format=".2e")]
    layers = base.mark_point(filled=True, size=90, opacity=1).encode(x=x, y=y, tooltip=tips, **homes)
    to_the_left = ("DeepSeek-V3", "GLM-5")
    up_or_down = {"Llama-2-70B": -14, "DeepSeek-LLM-67B": 20, "DeepSeek-V2": -6, "Qwen2.5-72B": -3, V3: 4, "GLM-5": 4}
    for name in (*up_or_down, LLAMA, "Kimi-K2", "DeepSeek-V4-Pro", "DeepSeek-V4-Flash"):
        left = name in to_the_left
        text = base.transform_filter(f"datum.model == '{name}'").mark_text(
            align="right" if left else "left", dx=-8 if left else 8, dy=up_or_down.get(name, 4), fontSize=12
        )
        layers += text.encode(x=x, y=y, text="model:N")
    return layers.properties(
        width=charts.WIDTH - 70,
        height=300,
        title=charts.title(
            f"DeepSeek’s runs grew {by['DeepSeek-V4-Pro'] / by['DeepSeek-LLM-67B']:.0f} times, to {by['DeepSeek-V4-Pro'] / by[LLAMA]:.0%} of what Llama 3.1 405B took",
            "Open models with published configuration and tokens; closed models publish neither",
            "Source: data/models.csv; 6 operations for each active parameter and token, plus attention.",
        ),
        description=(
            f"Scatter chart of training operations on a log axis against release date, 2023 to 2026, for {len(rows)} open models of US and Chinese laboratories."
            f" DeepSeek-V3 took {by[V3]:.1e}, V4-Pro {by['DeepSeek-V4-Pro']:.1e}, Llama 3.1 405B {by[LLAMA]:.1e}."
        ),
    )
