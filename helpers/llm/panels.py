"""Charts, panels and tables of 30_kv_cache: one step at a time, any two models, what fits, what papers count.

Wiring over `helpers.llm.model` and `helpers.chips.model`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from helpers.core import data
from helpers.core.words import listed, true_minus
from helpers.llm import model as llm
from helpers.show import charts, page
from helpers.show.panel import ROOM, Choice, Number, Panel, State, Stops

CONTEXTS = [(f"{2**n:,}", 2**n) for n in range(10, 21)]
PRECISIONS = [("16 bits", 16), ("8 bits", 8), ("4 bits", 4)]
OWN = ("as its authors store it, where known; else 16 bits", llm.PACKED)
_GRID = np.geomspace(256, 2**20, 45)


def size_words(size: float) -> str:
    """Bytes in words with decimal units, three figures: 70272 is 70.3 kB."""
    for unit, one in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= one * 0.9995:
            return f"{size / one:,.3g} {unit}" if size < 999.5 * one else f"{size / one:,.0f} {unit}"
    return f"{size:.0f} bytes"


def _times(value: float) -> str:
    return f"{value:,.0f}" if value >= 99.5 else f"{value:.3g}"


def signed(share: float) -> str:
    """A deviation in per cent with its sign, a true minus: −1.4%."""
    return true_minus(f"{share:+.1%}")


_IN_UNITS = (
    "datum.value >= 1e12 ? format(datum.value / 1e12, '~g') + ' TB' : datum.value >= 1e9 ? format(datum.value / 1e9, '~g') + ' GB'"
    " : datum.value >= 1e6 ? format(datum.value / 1e6, '~g') + ' MB' : format(datum.value / 1e3, '~g') + ' kB'"
)


def _bytes_axis(values: list[float], **more: Any) -> alt.Axis:
    return alt.Axis(labelExpr=_IN_UNITS, values=values, **more)


_DECADES = [10.0**n for n in range(5, 14)]
# The last label stands under the end of the axis: flush with it, it would run into the one before and be dropped.
_TOKENS_AXIS = alt.Axis(values=[2**n for n in range(8, 21, 2)], labelExpr="format(datum.value, ',')", labelFlush=False)


# --- one step at a time -------------------------------------------------------------------------

STEPS = {
    "MHA": "every head keeps its own",
    "MQA": "all heads share one",
    "GQA": "heads share in groups",
    "MLA": "one compressed entry",
    "DSA": "and read a selection",
    "Linear 3:1": "three layers of four keep a summary",
}


@cache
def stepped(groups: int, latent: int) -> dict[str, llm.Model]:
    """One model of the shape of DeepSeek-V3 with its attention changed one step at a time.

    Parameters
    ----------
    groups : int
        Key-value heads in the step GQA.
    latent : int
        Numbers in the compressed entry from the step MLA on; the rotary part of 64 comes on top.
    """
    v3 = llm.model("DeepSeek-V3")
    mha = replace(v3, name="MHA", attention="gqa", n_kv_heads=v3.n_heads, head_dim=128)
    mla = replace(v3, name="MLA", kv_lora_rank=latent)
    linear = {"linear": "kda", "linear_layers": 46, "linear_heads": v3.n_heads, "linear_head_dim": 128}
    return {
        "MHA": mha,
        "MQA": replace(mha, name="MQA", n_kv_heads=1),
        "GQA": replace(mha, name="GQA", n_kv_heads=groups),
        "MLA": mla,
        "DSA": replace(mla, name="DSA", index_heads=64, index_head_dim=128, index_topk=2048),
        "Linear 3:1": replace(mla, name="Linear 3:1", low_rank_gate=True, **linear),
    }


def steps_panel() -> Panel:
    """Bytes stored and read at each step from MHA to linear attention, in a model of one shape."""

    def compute(step: str, context: int, bits: int, groups: int, latent: int) -> State:
        models = stepped(groups, latent)
        names = list(STEPS)[: list(STEPS).index(step) + 1]
        stored = {n: float(llm.kv_bytes(models[n], context, bits)) for n in names}
        read = {n: float(llm.kv_read_bytes(models[n], context, bits)) for n in names}
        rows = [
            {"step": f"{n}: {STEPS[n]}", "stored": stored[n], "read": read[n], "label": size_words(stored[n]), "last": n == step}
            for n in names
        ]  # fmt: skip
        reading = (
            f"{step} stores {size_words(stored[step])} for a conversation of {context:,} tokens at {bits} bits,"
            f" {size_words(stored[step] / context)} a token"
        )
        if step != "MHA":
            reading += f"; MHA stores {_times(stored['MHA'] / stored[step])} times that"
        reading += "."
        if len(names) > 2:
            change = stored[step] / stored[names[-2]]
            part = f"{change:.0%}" if change < 0.995 else f"{_times(change)} times as much"
            reading += (
                f" Against {names[-2]}, the step before, it stores {'as much' if 0.995 <= change < 1.005 else part}."
            )
        if read[step] < stored[step] * 0.995:
            reading += f" For one more token it reads {size_words(read[step])}, {read[step] / stored[step]:.0%} of what it stores."
        state = llm.state_bytes(models[step])
        if state:
            reading += f" {size_words(state)} of it is running summaries, kept in 32 bits, which a conversation of any length needs."
        title = (
            f"MHA stores {size_words(stored['MHA'] / context)} for every token"
            if step == "MHA"
            else f"MHA stores {_times(stored['MHA'] / stored[step])} times what {step} stores"
        )
        return State(rows, reading, {"title": title})

    order = [f"{n}: {words}" for n, words in STEPS.items()]
    base = charts.live("step", "stored", "read", "label", "last")
    y = alt.Y(
        "step:N", title=None, sort=order, scale=alt.Scale(domain=order), axis=alt.Axis(labelLimit=300, minExtent=270)
    )
    scale, axis = alt.Scale(type="log", domain=[1e6, 3e13], nice=False), _bytes_axis(_DECADES[1:])
    tip = [alt.Tooltip("step:N", title="Step"), alt.Tooltip("stored:Q", title="Stored, bytes", format=",.0f"), alt.Tooltip("read:Q", title="Read, bytes", format=",.0f")]  # fmt: skip

    def xs(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title="Bytes for one conversation (log axis)", scale=scale, axis=axis)

    x = xs("stored")
    shade = alt.condition("datum.last", alt.value(charts.BLUE), alt.value(charts.SKY))
    spans = base.mark_rule(strokeWidth=5).encode(x=xs("read"), x2="stored", y=y, color=shade)
    dots = base.mark_point(filled=True, size=190, opacity=1).encode(x=x, y=y, tooltip=tip, color=shade)
    ticks = base.mark_tick(thickness=4, size=24, opacity=1, color=charts.VERMILION).encode(
        x=xs("read"), y=y, tooltip=tip
    )
    words = base.mark_text(align="left", dx=13).encode(x=x, y=y, text="label:N")
    chart = (spans + dots + ticks + words).properties(
        width=charts.WIDTH - 290,
        height=230,
        title=charts.title(
            charts.signal("title"),
            "Dot: cache stored for one conversation; red mark: bytes of it read for the next token. Log axis",
            "Source: helpers/llm/model.py; 61 layers and 128 heads as DeepSeek-V3, arXiv 2412.19437",
        ),
        description="Dot chart on a logarithmic axis, 1 MB to 30 TB, of the bytes that one conversation needs with six kinds of attention in a model of the same shape, from MHA to linear attention, with a mark for the bytes read for each further token. Sharing and compressing cut what is stored; sparse attention cuts what is read. The sentence above gives the numbers.",
    )
    return Panel(
        "One step at a time",
        [
            Stops("step", "Up to the step", list(STEPS), "MLA"),
            Stops("context", "Conversation (tokens)", CONTEXTS, 131072),
            Choice("bits", "Each stored number", PRECISIONS, 16),
            Stops("groups", "Groups in GQA", [2, 4, 8, 16, 32, 64], 8),
            Stops("latent", "Width of the compressed entry", [128, 256, 512, 1024, 2048], 512),
        ],
        compute,
        chart,
        presets={
            "1 MHA": {"step": "MHA"},
            "2 MQA": {"step": "MQA"},
            "3 GQA": {"step": "GQA"},
            "4 MLA": {},
            "5 DSA": {"step": "DSA"},
            "6 Linear": {"step": "Linear 3:1"},
            "6, short talk": {"step": "Linear 3:1", "context": 1024},
        },
    )


# --- any two models -----------------------------------------------------------------------------


def _named() -> list[tuple[str, str]]:
    table = data.load("models")
    return [(f"{r.model} ({r.lab}, {r.release_date:%Y-%m})", r.model) for r in table.itertuples()]


def bits_for(name: str, precision: int | str) -> int | str:
    """The precision asked for; 16 bits for a model whose own format is not known."""
    own = llm.model(name)
    known = own.packed_entry_bytes is not None or own.packed_token_bytes is not None
    return 16 if precision == llm.PACKED and not known else precision


def crossings(first: str, second: str, precision: int | str, read: bool = False) -> list[float]:
    """Contexts at which the lines of two models cross, from 1 to 2^24 tokens.

    Parameters
    ----------
    first, second : str
        Names of ``llm.models``.
    precision : int or "packed"
        As in `bits_for`.
    read : bool
        Compare the bytes read for one more token instead of those stored.

    Returns
    -------
    list of float
        Tokens, ascending; empty where one never needs less than the other.
    """
    tokens = np.geomspace(1, 2**24, 2000)
    curve = llm.kv_read_bytes if read else llm.kv_bytes
    ratio = np.log(
        curve(first, tokens, bits_for(first, precision)) / curve(second, tokens, bits_for(second, precision))
    )
    apart = np.flatnonzero(np.abs(ratio) > 1e-9)  # where both need the same, no one leads
    found = []
    for before, after in zip(apart, apart[1:]):
        if ratio[before] * ratio[after] < 0:
            share = ratio[before] / (ratio[before] - ratio[after])
            found.append(float(tokens[before] ** (1 - share) * tokens[after] ** share))
    return found


def compare_panel() -> Panel:
    """Cache of any two models of the table over context, at one precision."""

    def compute(first: str, second: str, precision: int | str, context: int, measure: str) -> State:
        read = measure == "read"
        curve = llm.kv_read_bytes if read else llm.kv_bytes
        rows: list[dict[str, Any]] = []
        here: dict[str, float] = {}
        for place, name in (("first", first), ("second", second))[: 1 if first == second else 2]:
            if llm.model(name).attention is None and (read or precision != llm.PACKED):
                raise ValueError(
                    f"of {name} only what its authors store is published. Choose “{OWN[0]}” as the precision, and stored as what is counted."
                )
            bits = bits_for(name, precision)
            values = curve(name, _GRID, bits)
            here[place] = float(curve(name, context, bits))
            rows += [{"place": place, "name": name, "tokens": float(t), "bytes": float(b), "point": False} for t, b in zip(_GRID, values)]  # fmt: skip
            rows.append({"place": place, "name": name, "tokens": float(context), "bytes": here[place], "point": True})
        upper, lower = (first, second) if rows[len(_GRID) - 1]["bytes"] >= rows[-2]["bytes"] else (second, first)
        here.setdefault("second", here["first"])
        verb = "reads" if read else "stores"
        a, b = here["first"], here["second"]
        more, less, ratio = (first, second, a / b) if a >= b else (second, first, b / a)
        if ratio < 1.0005:
            title = (
                f"{first} and {second} need the same: {size_words(a)} at {context:,} tokens"
                if first != second
                else f"{first}, chosen twice: {size_words(a)} at {context:,} tokens"
            )
            each = f"each {verb}" if first != second else f"it {verb}"
            reading = f"{title.split(':')[0]}: {each} {size_words(a)} at {context:,} tokens."
        else:
            what = "for each further token" if read else "for one conversation"
            reading = (
                f"At {context:,} tokens {first} {verb} {size_words(a)} {what} and {second} {size_words(b)}:"
                f" {more} needs {_times(ratio)} times as much."
            )
            title = f"At {context:,} tokens {more} {verb} {_times(ratio)} times {less}’s"
            met = crossings(first, second, precision, read)
            if met:
                before = [float(curve(n, met[0] * 0.98, bits_for(n, precision))) for n in (first, second)]
                short = first if before[0] < before[1] else second
                places = [f"{t:,.0f} tokens{'' if _GRID[0] <= t <= _GRID[-1] else ' (outside the chart)'}" for t in met]
                reading += f" The lines cross at about {listed(places)}: just below {met[0]:,.0f} {short} needs less."
            else:
                reading += " The lines do not cross."
        for name in dict.fromkeys((first, second)):
            state = llm.state_bytes(name) if llm.model(name).linear_layers else 0
            if state:
                reading += f" {name} needs {size_words(state)} for its running summaries before the first word."
        if precision == llm.PACKED:
            unknown = [n for n in dict.fromkeys((first, second)) if bits_for(n, precision) == 16]
            if any(llm.model(n).packed_entry_bytes for n in (first, second)):
                reading += " Formats of V3.2 and V4 are our reconstruction."
            for name in dict.fromkeys((first, second)):
                if llm.model(name).attention is None:
                    reading += (
                        f" {name} is not counted: the line is its published {llm.kv_bytes_per_token(name, llm.PACKED):,.0f} bytes"
                        " a token, windows left out."
                    )
            if unknown:
                reading += f" Counted at 16 bits, since no format of its own is in our table: {' and '.join(unknown)}."
        signals = {"title": title, "upper": upper, "lower": "" if first == second else lower}
        return State(rows, reading, signals)

    base = charts.live("place", "name", "tokens", "bytes", "point")
    x_scale = alt.Scale(type="log", domain=[256, 2**20], nice=False)
    x = alt.X("tokens:Q", title="Tokens in the conversation, question and answer", scale=x_scale, axis=_TOKENS_AXIS)
    y = alt.Y("bytes:Q", title="Bytes", scale=alt.Scale(type="log", domain=[1e5, 6e12], nice=False), axis=_bytes_axis(_DECADES, minExtent=52))  # fmt: skip
    colour = alt.Color("place:N", scale=alt.Scale(domain=["first", "second"], range=[charts.BLUE, charts.VERMILION]), legend=None)  # fmt: skip
    dash = alt.StrokeDash("place:N", scale=alt.Scale(domain=["first", "second"], range=[[1, 0], [7, 4]]), legend=None)
    tip = [alt.Tooltip("name:N", title="Model"), alt.Tooltip("tokens:Q", title="Tokens", format=",.0f"), alt.Tooltip("bytes:Q", title="Bytes", format=",.0f")]  # fmt: skip
    lines = base.transform_filter("!datum.point").mark_line(strokeWidth=2.5).encode(
        x=x, y=y, color=colour, strokeDash=dash, detail="name:N", tooltip=tip
    )  # fmt: skip
    points = base.transform_filter("datum.point")
    dots = points.mark_point(size=110, filled=True, opacity=1).encode(
        x=x, y=y, color=colour, tooltip=tip,
        shape=alt.Shape("place:N", scale=alt.Scale(domain=["first", "second"], range=["circle", "square"]), legend=None),
    )  # fmt: skip
    rule = points.mark_rule(color=charts.GREY, strokeDash=[3, 3]).encode(x=x)
    last = base.transform_filter("!datum.point && datum.tokens > 1e6")
    # Names stand above and below their lines' ends, so that two close lines keep both names readable.
    ends = [
        last.transform_filter(f"datum.name == panel.{place}").mark_text(align="left", dx=8, dy=dy).encode(x=x, y=y, text="name:N", color=colour)
        for place, dy in (("upper", -7), ("lower", 9))
    ]  # fmt: skip
    chart = alt.layer(rule, lines, dots, *ends).properties(
        width=charts.WIDTH - 240,
        height=340,
        padding={**ROOM, "right": 110},  # the longest title
        title=charts.title(
            charts.signal("title"),
            "Both axes logarithmic: a straight line is growth with every token, a flat one a fixed cost",
            "Source: data/models.csv, one source or more a model; count: helpers/llm/model.py",
        ),
        description="Line chart on two logarithmic axes of the cache of two language models against the length of a conversation, from 256 to about one million tokens, with both values marked at the chosen length; vertical axis 100 kB to 6 TB. Caches of one kind run as parallel lines; windows and running summaries flatten a line or its start. The sentence above gives the numbers.",
    )
    models = _named()
    return Panel(
        "Any two models",
        [
            Choice("first", "First model (blue, solid)", models, "DeepSeek-V3"),
            Choice("second", "Second model (red, dashed)", models, "Llama-3.1-405B"),
            Choice("precision", "Each stored number", [*PRECISIONS, OWN], 16),
            Stops("context", "Conversation (tokens)", CONTEXTS, 131072),
            Choice("measure", "What is counted", [("stored for one conversation", "stored"), ("read for one more token", "read")], "stored"),
        ],
        compute,
        chart,
        presets={
            "V3, Llama 405B": {},
            "V2, 67B": {"first": "DeepSeek-V2", "second": "DeepSeek-LLM-67B"},
            "Kimi Linear": {"first": "Kimi-Linear-48B-A3B", "second": "Moonlight-16B-A3B", "context": 2**20},
            "M1, M2": {"first": "MiniMax-M1", "second": "MiniMax-M2", "context": 1024},
            "V3.2 reads": {"first": "DeepSeek-V3.2", "second": "DeepSeek-V3", "measure": "read"},
            "V4-Pro": {"first": "DeepSeek-V4-Pro", "second": "DeepSeek-V3.2", "precision": llm.PACKED, "context": 2**20},
            "gpt-oss": {"first": "gpt-oss-120b", "second": "DeepSeek-V3"},
        },
    )  # fmt: skip


# --- what fits ----------------------------------------------------------------------------------

FITTED = ["H800 SXM5 80GB", "H20 96GB", "H200 SXM 141GB", "B200", "Ascend 910B", "Ascend 910C", "Ascend 950DT"]


def sequences_that_fit(
    model: str, memory_gb: Any, context: float, weight_bits: float, cache_bits: Any, used: float = 0.9
) -> np.ndarray:
    """Whole conversations whose cache fits beside one copy of the weights; -1 where the weights do not.

    Parameters
    ----------
    model : str
        A name of ``llm.models``.
    memory_gb : scalar or array
        Memory of all chips together, in 10^9 bytes.
    context : float
        Tokens in each conversation.
    weight_bits : float
    cache_bits : float or "packed"
    used : float
        Share of the memory that weights and caches may take.
    """
    free = np.asarray(memory_gb, dtype=float) * 1e9 * used - float(llm.weight_bytes(model, weight_bits))
    return np.where(free < 0, -1, np.floor(free / float(llm.kv_bytes(model, context, cache_bits))))


def fits_panel(frame: pd.DataFrame) -> Panel:
    """Conversations that fit beside the weights, on several chips.

    Parameters
    ----------
    frame : DataFrame
        ``chips.table()``.
    """
    memory = frame.set_index("chip").loc[FITTED, ["memory_gb", "vendor_home", "launch_date"]]
    short = {c: c.replace(" SXM5 80GB", " 80 GB").replace(" SXM 141GB", " 141 GB").replace("H20 96GB", "H20 96 GB") for c in FITTED}  # fmt: skip

    def compute(model: str, together: int, context: int, weight_bits: int, cache_bits: int, used: float) -> State:
        fits = sequences_that_fit(model, memory["memory_gb"] * together, context, weight_bits, cache_bits, used / 100)
        each, weights = float(llm.kv_bytes(model, context, cache_bits)), float(llm.weight_bytes(model, weight_bits))
        rows = [
            {"chip": short[c], "fits": float(max(n, 0)), "home": "China" if memory.loc[c, "vendor_home"] == "CN" else "US",
             "label": "weights do not fit" if n < 0 else f"{n:,.0f}", "memory": float(memory.loc[c, "memory_gb"]) * together}
            for c, n in zip(FITTED, fits)
        ]  # fmt: skip
        said = [
            f"{short[c]} {'none, the weights do not fit' if n < 0 else f'{n:,.0f}'}"
            for c, n in zip(FITTED, fits)
            if c in ("H20 96GB", "H800 SXM5 80GB", "Ascend 910C")
        ]
        plural, verb = ("chip", "holds") if together == 1 else ("chips together", "hold")
        reading = (
            f"{model}: weights {size_words(weights)} at {weight_bits} bits, {size_words(each)} for each conversation of"
            f" {context:,} tokens at {cache_bits} bits. Conversations that fit on {together} {plural}: {'; '.join(said)}."
        )
        most, h20 = int(fits.max()), int(fits[FITTED.index("H20 96GB")])
        if most < 0:
            title = f"The weights of {model} fit on none of these chips" + (
                "" if together == 1 else f", {together} together"
            )
        elif most == 0:
            title = f"No conversation of {context:,} tokens fits beside the weights"
        else:
            held = (
                f"{together} H20 cannot hold the weights"
                if h20 < 0
                else f"{together} H20 {verb} {h20:,} conversation{'' if h20 == 1 else 's'}"
            )
            best = short[FITTED[int(fits.argmax())]]
            title = f"{held}, as many as any" if h20 == most else f"{held}; {together} {best} {verb} the most, {most:,}"
        top = float(max(4, most))  # fewer would put halves on the axis
        return State(rows, reading, {"title": title, "top": top * 1.18})

    base = charts.live("chip", "fits", "home", "label", "memory")
    order = [short[c] for c in FITTED]
    y = alt.Y("chip:N", title=None, sort=order, scale=alt.Scale(domain=order), axis=alt.Axis(minExtent=120))
    x = alt.X("fits:Q", title="Conversations that fit beside the weights", scale=alt.Scale(domain=[0, charts.signal("top")], nice=False), axis=alt.Axis(tickCount=6, format=",.0f"))  # fmt: skip
    colour = alt.Color("home:N", title="Chip designed in", scale=alt.Scale(domain=["US", "China"], range=[charts.BLUE, charts.VERMILION]), legend=alt.Legend(orient="bottom"))  # fmt: skip
    bars = base.mark_bar(height=20).encode(
        x=x, y=y, color=colour, tooltip=[alt.Tooltip("chip:N", title="Chip"), alt.Tooltip("memory:Q", title="Memory, GB", format=",.0f"), alt.Tooltip("label:N", title="Fit")]
    )  # fmt: skip
    words = base.mark_text(align="left", dx=6).encode(x=x, y=y, text="label:N")
    chart = (bars + words).properties(
        width=charts.WIDTH - 190,
        height=240,
        title=charts.title(
            charts.signal("title"),
            "One copy of the weights, spread over all chips; what is left of the share in use holds caches",
            "Source: data/chips.csv (memory), data/models.csv; count: helpers/llm/model.py",
        ),
        description="Bar chart of the number of conversations whose cache fits beside one copy of a model's weights in the memory of several accelerators from the United States and China, from zero to a little above the largest; where the weights do not fit, the chart says so. The sentence above gives the numbers.",
    )
    # A model of which only the cache is published cannot be placed beside its weights.
    placed = [(words, name) for words, name in _named() if llm.model(name).attention is not None]
    bits = [("16 bits", 16), ("8 bits", 8), ("4 bits", 4)]
    return Panel(
        "What fits beside the weights",
        [
            Choice("model", "Model", placed, "DeepSeek-V3"),
            Stops("together", "Chips together", [1, 2, 4, 8, 16, 32, 72, 144, 384], 8),
            Stops("context", "Each conversation (tokens)", CONTEXTS, 131072),
            Choice("weight_bits", "Each weight", bits, 8),
            Choice("cache_bits", "Each stored number", bits, 16),
            Number("used", "Memory that may be filled", "%", 50, 100, 90, 5),
        ],
        compute,
        chart,
        presets={
            "V3, node of 8": {},
            "V3, 2 nodes": {"together": 16},
            "Llama 405B": {"model": "Llama-3.1-405B"},
            "Kimi Linear, 1": {"model": "Kimi-Linear-48B-A3B", "together": 1, "context": 2**20},
            "Qwen3-32B, 1": {"model": "Qwen3-32B", "together": 1},
            "V4-Flash, 1M": {"model": "DeepSeek-V4-Flash", "weight_bits": 4, "cache_bits": 8, "context": 2**20},
        },
    )


# --- tables and static charts -------------------------------------------------------------------


def intensity(frame: pd.DataFrame, context: int = 131072) -> pd.DataFrame:
    """Arithmetic for each byte: what four kinds of attention ask for, and what three chips offer.

    Parameters
    ----------
    frame : DataFrame
        ``chips.table()``.
    context : int
        Tokens already there.

    Returns
    -------
    DataFrame
        Index: the kind of attention, or the chip; columns side ("asks for" or "offers"), low, central
        and high (operations a byte of 16-bit cache; a chip's from its lowest and highest figures in print).
    """
    asked = {
        name: float(llm.attention_flops_per_token(m, context) / llm.kv_read_bytes(m, context))
        for name, m in list(stepped(8, 512).items())[:4]
    }
    chips = frame.set_index("chip").loc[["H20 96GB", "Ascend 910C", "H800 SXM5 80GB"]]
    rate, bandwidth = "fp16_bf16_tflops_dense", "memory_bandwidth_gb_s"
    offers = pd.DataFrame({
        "low": chips[f"{rate}_low"] / chips[f"{bandwidth}_high"], "central": chips[rate] / chips[bandwidth],
        "high": chips[f"{rate}_high"] / chips[f"{bandwidth}_low"],
    }) * 1000  # fmt: skip
    offers.index = [chip.replace(" SXM5 80GB", "").replace(" 96GB", "") for chip in chips.index]
    asks = pd.DataFrame(dict.fromkeys(offers.columns, asked)).sort_values("central")
    return pd.concat([asks.assign(side="asks for"), offers.assign(side="offers")])


def intensity_chart(frame: pd.DataFrame, context: int = 131072) -> alt.LayerChart:
    """`intensity` as a chart: left of a chip's line memory binds, right of it arithmetic.

    Parameters
    ----------
    frame, context
        As in `intensity`.
    """
    rows = intensity(frame, context)
    names = [f"{name} {side}" for name, side in rows["side"].items()]
    values = [
        {"name": name, "low": r.low, "central": r.central, "high": r.high, "side": r.side,
         "label": f"{r.low:,.0f}" if r.high - r.low < 1 else f"{r.low:,.0f} to {r.high:,.0f}"}
        for name, r in zip(names, rows.itertuples())
    ]  # fmt: skip
    base = alt.Chart(alt.InlineData(values=values))
    y = alt.Y("name:N", title=None, sort=None, scale=alt.Scale(domain=names), axis=alt.Axis(ticks=False, domain=False, minExtent=120))  # fmt: skip
    scale = alt.Scale(type="log", domain=[0.5, 1000], nice=False)

    def xs(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title="Operations for each byte of cache (log axis)", scale=scale, axis=alt.Axis(values=[1, 10, 100, 1000], format=",~g"))  # fmt: skip

    sides = ["asks for", "offers"]
    colour = alt.Color("side:N", title=None, scale=alt.Scale(domain=sides, range=[charts.BLUE, charts.VERMILION]), legend=None)  # fmt: skip
    shape = alt.Shape("side:N", scale=alt.Scale(domain=sides, range=["circle", "square"]), legend=None)
    chip = base.transform_filter("datum.side == 'offers'")
    rules = chip.mark_rule(color=charts.VERMILION, strokeDash=[3, 3], opacity=0.7).encode(x=xs("central"))
    bands = chip.mark_rule(color=charts.VERMILION, strokeWidth=4).encode(x=xs("low"), x2="high", y=y)
    dots = base.mark_point(filled=True, size=120, opacity=1).encode(x=xs("central"), y=y, color=colour, shape=shape)
    words = base.mark_text(align="left", dx=12).encode(x=xs("high"), y=y, text="label:N")
    plain, latent, h20 = (rows.loc[n, "central"] for n in ("MHA", "MLA", "H20"))
    return (rules + bands + dots + words).properties(
        width=charts.WIDTH - 190,
        height=28 * len(rows),
        title=charts.title(
            f"Plain attention asks for {plain:.0f} operation a byte, MLA for {latent:.0f}; an H20 offers {h20:.0f}",
            "Left of a chip’s line its memory is the limit, right of it its arithmetic",
            f"Source: helpers/llm/model.py, cache of 16 bits at {context:,} tokens; data/chips.csv, BF16 or FP16, dense.",
        ),
        description="Dot chart on a logarithmic axis, 0.5 to 1,000 operations for each byte of cache: "
        + ", ".join(f"{name} {value['label']}" for name, value in zip(names, values))
        + ". Only MLA comes near what the H800 and the 910C offer; MQA and MLA ask for more than an H20 offers.",
    )


def v2_split() -> pd.DataFrame:
    """DeepSeek-V2's 93.3% in two parts: fewer numbers, and fewer bits for each.

    Returns
    -------
    DataFrame
        Index: the three stages; columns numbers, bits, bytes (a token) and saved (share of the first).
    """
    old, new = llm.kv_bytes_per_token("DeepSeek-LLM-67B") / 2, llm.kv_bytes_per_token("DeepSeek-V2") / 2
    rows = pd.DataFrame(
        {"numbers": [old, new, new], "bits": [16, 16, 6]},
        index=pd.Index(["DeepSeek 67B, GQA", "DeepSeek-V2, MLA", "DeepSeek-V2, MLA, stored as served"], name="Stage"),
    )
    rows["bytes"] = rows["numbers"] * rows["bits"] / 8
    rows["saved"] = 1 - rows["bytes"] / rows["bytes"].iloc[0]
    return rows


def v2_table() -> page.Table:
    """`v2_split` for readers."""
    rows = v2_split()
    shown = pd.DataFrame(
        {
            "Numbers a token": rows["numbers"].map("{:,.0f}".format),
            "Bits each": rows["bits"].astype(str),
            "Bytes a token": rows["bytes"].map("{:,.0f}".format),
            "Saved": rows["saved"].map("{:.1%}".format),
        }
    )
    return page.table(shown, "DeepSeek-V2's saving of 93.3%, taken apart")


def recounted(context: int = 10**6) -> pd.DataFrame:
    """Published figures of long-context efficiency beside our count.

    Returns
    -------
    DataFrame
        Index result_id; columns subject, quantity, unit, published, counted.
    """
    v32, flops = "DeepSeek-V3.2", llm.flops_per_token
    base, base_flops = llm.kv_bytes(v32, context, llm.PACKED), flops(v32, context)
    linear = llm.model("Kimi-Linear-48B-A3B")
    full = replace(linear, name="full MLA", linear=None, linear_layers=0)
    counted = {
        "insights-kv-v3": llm.kv_bytes_per_token("DeepSeek-V3"),
        "insights-kv-qwen72b": llm.kv_bytes_per_token("Qwen2.5-72B"),
        "insights-kv-llama405b": llm.kv_bytes_per_token("Llama-3.1-405B"),
        "v2-kv-saved": 100 * v2_split()["saved"].iloc[-1],
        "kimi-linear-kv": 100 * (1 - llm.kv_bytes(linear, context) / llm.kv_bytes(full, context)),
        "v4-pro-kv": 100 * llm.kv_bytes("DeepSeek-V4-Pro", context, llm.PACKED) / base,
        "v4-flash-kv": 100 * llm.kv_bytes("DeepSeek-V4-Flash", context, llm.PACKED) / base,
        "v4-pro-flops": 100 * flops("DeepSeek-V4-Pro", context) / base_flops,
        "v4-flash-flops": 100 * flops("DeepSeek-V4-Flash", context) / base_flops,
        "insights-flops-v2": flops("DeepSeek-V2", 4096, "training") / 1e9,
        "insights-flops-v3": flops("DeepSeek-V3", 4096, "training") / 1e9,
        "insights-flops-llama405b": flops("Llama-3.1-405B", 4096, "training") / 1e9,
        "insights-flops-qwen72b": flops("Qwen2.5-72B", 4096, "training") / 1e9,
    }
    table = data.load("published_results").set_index("result_id").loc[list(counted)]
    out = table[["subject", "quantity", "unit"]].assign(published=table["value"])
    return out.assign(counted=[float(v) for v in counted.values()])


def flops_in_fp8(name: str, context: int, index_weight: float = 1.0) -> float:
    """Arithmetic for one token with an operation of 16 bits counted twice, as one way to read "FP8 equivalents".

    Parameters
    ----------
    name : str
        A name of ``llm.models`` with an indexer.
    context : int
        Tokens already there.
    index_weight : float
        Weight of an indexer's operation: 1 in 8 bits, 0.5 in 4.

    Returns
    -------
    float
        Attention twice, indexer by `index_weight`, matrices of weights (8 bits) once.
    """
    m = llm.model(name)
    look_back = float(llm.attention_flops_per_token(m, context))
    attention = float(llm.attention_flops_per_token(replace(m, index_head_dim=0), context))
    return 2 * llm.active_parameters(m) + 2 * attention + index_weight * (look_back - attention)


def totals() -> pd.DataFrame:
    """Parameters counted from the shape beside those in print.

    Returns
    -------
    DataFrame
        Index model; columns printed and counted (billions) and deviation (a share of printed).
    """
    known = data.load("models").set_index("model").query("attention != ''")
    out = pd.DataFrame({"printed": known["published_total_b"]})
    out["counted"] = [llm.parameters(name).total / 1e9 for name in out.index]
    return out.assign(deviation=out["counted"] / out["printed"] - 1)


def recounted_table() -> page.Table:
    """`recounted` for readers, with the deviation."""
    rows = recounted()
    shown = pd.DataFrame(
        {
            "What": rows["quantity"],
            "Printed": [f"{v:,.10g} {u}" for v, u in zip(rows["published"], rows["unit"])],
            "Our count": rows["counted"].map(lambda v: f"{v:,.0f}" if v >= 1000 else f"{v:.1f}"),
            "Off by": (rows["counted"] / rows["published"] - 1).map(lambda v: signed(v) if abs(v) >= 5e-4 else "0"),
            "Counted from": [
                "our reconstruction (estimate)" if r.startswith("v4-") else "published shape" for r in rows.index
            ],
        }
    )
    shown.index = pd.Index(rows["subject"], name="Model")
    return page.table(shown, "Figures as printed, and counted again from the shapes")


HOMES = {"CN": "China", "US": "United States", "FR": "France"}


def by_release(frame: pd.DataFrame) -> pd.DataFrame:
    """Growth of the cache with each token, at 16 bits, by model.

    Parameters
    ----------
    frame : DataFrame
        ``data.load("models")``.

    Returns
    -------
    DataFrame
        Columns model, lab, release_date, home, bytes (a token), family.
    """
    known = frame[frame["attention"] != ""]
    family = np.where(
        known["linear_layers"] > 0,
        "linear layers among others",
        np.where(known["sliding_layers"] > 0, "windows among others", known["attention"]),
    )
    family = pd.Series(family, index=known.index).replace(
        {"gqa": "MHA or GQA", "mla": "MLA", "compressed": "CSA and HCA"}
    )
    family[known["csa_layers"] > 0] = "CSA and HCA"
    return pd.DataFrame(
        {
            "model": known["model"], "lab": known["lab"], "release_date": known["release_date"],
            "home": known["country"].map(HOMES), "bytes": [float(llm.kv_bytes_per_token(m)) for m in known["model"]], "family": family,
        }
    )  # fmt: skip


# Which models carry their name on the chart, on which side: (names, alignment, dx, dy).
_LABELS = (
    (["Llama-2-7B", "Llama-3.1-405B", "Gemma-3-1B", "MiniMax-M1", "GLM-4.5", "MiniMax-M2", "DeepSeek-V4-Pro", "Kimi-K3"], "left", 7, -7),
    (["DeepSeek-LLM-67B"], "left", 8, 0),
    (["gpt-oss-120b", "DeepSeek-V4-Flash"], "left", 7, 10),
    (["DeepSeek-V2", "DeepSeek-V3"], "right", -8, -2),
    (["Kimi-Linear-48B-A3B", "Muse-Spark-Open"], "right", -8, 8),
)  # fmt: skip


def release_chart(frame: pd.DataFrame) -> alt.LayerChart:
    """Cache a token by release: one mark a model, by kind of attention and home of the lab.

    Parameters
    ----------
    frame : DataFrame
        ``data.load("models")``.
    """
    rows = by_release(frame)
    rows = rows.assign(day=charts.milliseconds(rows["release_date"])).drop(columns="release_date")
    base = alt.Chart(alt.InlineData(values=rows.to_dict("records")))
    x = alt.X("day:T", title=None, axis=alt.Axis(format="%Y", tickCount="year"), scale=alt.Scale(domain=[{"year": 2023, "month": 4}, {"year": 2027, "month": 3}]))  # fmt: skip
    y = alt.Y("bytes:Q", title="Bytes for each further token, 16 bits", scale=alt.Scale(type="log", domain=[3000, 1e6], nice=False), axis=_bytes_axis([3e3, 1e4, 3e4, 1e5, 3e5, 1e6]))  # fmt: skip
    families = ["MHA or GQA", "windows among others", "MLA", "linear layers among others", "CSA and HCA"]
    points = base.mark_point(size=85, filled=True, opacity=0.9).encode(
        x=x, y=y,
        color=alt.Color("home:N", title="Lab in", legend=alt.Legend(orient="bottom"), scale=alt.Scale(domain=list(HOMES.values()), range=[charts.VERMILION, charts.BLUE, charts.GREEN])),
        shape=alt.Shape("family:N", title="Attention", legend=alt.Legend(orient="bottom", columns=3), scale=alt.Scale(domain=families, range=["circle", "square", "triangle-up", "diamond", "cross"])),
        tooltip=[alt.Tooltip("model:N"), alt.Tooltip("lab:N"), alt.Tooltip("day:T", title="released", format="%Y-%m-%d"), alt.Tooltip("bytes:Q", format=",.0f")],
    )  # fmt: skip
    words = [
        base.transform_filter(alt.FieldOneOfPredicate("model", names)).mark_text(align=align, dx=dx, dy=dy).encode(x=x, y=y, text="model:N")
        for names, align, dx, dy in _LABELS
    ]  # fmt: skip
    small, chinese = rows["bytes"] < 30_000, rows["home"] == HOMES["CN"]
    missing = frame[frame["attention"] == ""]["model"]
    return alt.layer(points, *words).properties(
        width=charts.WIDTH - 70,
        height=360,
        title=charts.title(
            f"Under 30 kB a token: {(small & chinese).sum()} of {chinese.sum()} models of Chinese labs, {(small & ~chinese).sum()} of {(~chinese).sum()} others",
            f"Log axis; small models need less for being small. Not counted, so without a mark: {', '.join(missing)}",
            "Source: data/models.csv, one source or more a model; count: helpers/llm/model.py",
        ),
        description=(
            f"Scatter chart of {len(rows)} open language models by release date, 2023 to 2026, and by the bytes their cache grows with each token"
            " on a logarithmic axis, 3 kB to 1 MB, with marks by kind of attention and colours by the country of the lab. The oldest need"
            f" {size_words(rows['bytes'].iloc[0])}; {small.sum()} need under 30 kB, {(small & chinese).sum()} of them from Chinese labs."
        ),
    )
