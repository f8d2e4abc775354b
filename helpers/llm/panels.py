"""Panels of 30_kv_cache: the shelf of keys, any two models, what fits beside the weights."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.core.words import counted, listed, percent, times
from helpers.llm import figures, studies
from helpers.llm import model as llm
from helpers.llm.studies import size_words
from helpers.show.panel import Choice, Number, Panel, State, Steps, Stops

CONTEXTS = [(f"{2**n:,}", 2**n) for n in range(10, 21)]
PRECISIONS = [("16 bits", 16), ("8 bits", 8), ("4 bits", 4)]
OWN = ("as its authors store it, where known; else 16 bits", llm.PACKED)

# --- the shelf of keys --------------------------------------------------------------------------

SHELF = {
    "one": "One head",
    "MHA": "Every head stores",
    "MQA": "All heads share",
    "GQA": "Groups share",
    "MLA": "Compress",
    "DSA": "Select",
    "Linear 3:1": "Fold",
    "all": "All six",
}
_TITLES = {
    "one": "One head files a key and a value for each token",
    "MHA": "Every head keeps its own row (MHA: multi-head attention)",
    "MQA": "All heads share one row (MQA: multi-query attention)",
    "GQA": "Groups of heads share a row each (GQA: grouped-query attention)",
    "MLA": "One compressed entry, the latent, serves every head (MLA: multi-head latent attention)",
    "DSA": "Small keys choose which entries are read (DSA: DeepSeek sparse attention)",
    "Linear 3:1": "Three layers of four fold the past into a table (linear attention)",
}


def _fixed_costs_most(found: dict[str, studies.Kept]) -> bool:
    return found["Linear 3:1"].summaries > found["GQA"].stored


def _shelf_finding(found: dict[str, studies.Kept]) -> str:
    if _fixed_costs_most(found):
        return "In a short talk fixed tables do not pay"
    least = _least(found)
    if least == "Sharing":
        return f"Sharing stores least, in one step; {_selecting(found)}"
    return f"{least} stores least; sharing alone saves {percent(1 - found['MQA'].stored / found['MHA'].stored)}; {_selecting(found)}"


_DOING = {"MQA": "Sharing", "GQA": "Grouping", "MLA": "Compressing", "DSA": "Selecting", "Linear 3:1": "Folding"}


def _least(found: dict[str, studies.Kept]) -> str:
    """What the step does after which least is stored."""
    return _DOING[min(_DOING, key=lambda name: found[name].stored)]


def _selecting(found: dict[str, studies.Kept]) -> str:
    every = found["DSA"].read > 0.995 * found["DSA"].stored
    return "selecting saves nothing yet" if every else "selecting saves reading, not storing"


def _shelf_sentence(found: dict[str, studies.Kept], step: str) -> str:
    """One sentence of at most 20 words and one number."""
    size = {name: size_words(k.stored) for name, k in found.items()}
    if step == "one":
        return "For each token of the text so far, one head files a key and a value."
    if step == "all":
        if _fixed_costs_most(found):
            return "In so short a talk the fixed tables weigh more than the shared rows of GQA."
        least = size_words(min(k.stored for k in found.values()))
        doing = _least(found)
        step = "in one step" if doing == "Sharing" else "sharing or compressing alone saves nearly as much"
        return f"{doing} keeps least, {least} stored; {step}; {_selecting(found)}."
    if step == "DSA":
        if found[step].read > 0.995 * found[step].stored:
            return "The talk is so short that every entry is chosen: nothing is saved."
        return f"Selecting stores more than MLA, but for each new token only small keys and chosen entries are read: {size_words(found[step].read)}."
    return {
        "MHA": f"All heads do so for every token, in every layer: {size[step]} stored for one conversation.",
        "MQA": f"If all heads share one row of keys and values, {size[step]} are stored.",
        "GQA": f"A compromise: each group of heads shares a row of its own, {size[step]} stored.",
        "MLA": f"One compressed entry a token, from which each head works out its own key and value: {size[step]} stored.",
        "Linear 3:1": f"Three layers of four fold each token into a table that never grows: {size[step]} stored.",
    }[step]


def _shelf_more(found: dict[str, studies.Kept], step: str, context: int, bits: int, prices: dict[str, str]) -> str:
    """What else a step tells: a token's share, the ratio to MHA and to the step before, what is read, summaries, price."""
    if step == "one":
        one = found["MHA"].stored / context / llm.model("DeepSeek-V3").n_layers / 128
        return f"Key and value of one token in one head take {size_words(one)} at {bits} bits a number."
    if step == "all":
        return "".join(
            f"{name}, {studies.STEPS[name]}: {size_words(k.stored)} stored, {size_words(k.read)} read for one more token. "
            for name, k in found.items()
        ).strip()
    this, names = found[step], list(found)
    said = f"{step} stores {size_words(this.stored)} for {context:,} tokens at {bits} bits, {size_words(this.stored / context)} a token"
    said += "." if step == "MHA" else f"; MHA stores {times(found['MHA'].stored / this.stored)} times that."
    if names.index(step) > 1:
        before = names[names.index(step) - 1]
        change = this.stored / found[before].stored
        part = percent(change) if change < 0.995 else f"{times(change)} times as much"
        said += f" Against {before}, the step before, it stores {'as much' if 0.995 <= change < 1.005 else part}."
    if this.read < this.stored * 0.995:
        said += f" For one more token it reads {size_words(this.read)}, {percent(this.read / this.stored)} of what it stores; {size_words(this.small_keys)} of that are small keys."
    if this.summaries:
        said += f" {size_words(this.summaries)} of it is running summaries, kept in 32 bits, which a conversation of any length needs."
    return f"{said} Price: {prices[step]}" if step in prices else said


def shelf_panel() -> Panel:
    """What one conversation keeps, from MHA to linear attention, in a model of one shape: the picture of 30."""

    def compute(step: str, context: int, bits: int, groups: int, latent: int) -> State:
        found = studies.kept(context, bits, groups, latent)
        sentence = _shelf_sentence(found, step)
        title = f"{list(SHELF).index(step) + 1}. {_TITLES.get(step) or _shelf_finding(found)}"
        rows = figures.shelf_rows(found, step, context, bits, groups, latent)
        pays = studies.summary_in_entries(context, bits, latent) < 1
        prices = figures.price_words(studies.prices(context, bits, groups, latent), pays)
        return State(rows, sentence, {"title": title}, more=_shelf_more(found, step, context, bits, prices))

    return Panel(
        "The shelf of keys",
        [
            Steps("step", "Step", [(words, step) for step, words in SHELF.items()], "one"),
            Stops("context", "Conversation (tokens)", CONTEXTS, studies.LONG),
        ],
        compute,
        figures.shelf_chart(),
        presets={
            "What does plain attention keep?": {"step": "MHA"},
            "How do the six compare?": {"step": "all"},
            "And in a short talk?": {"step": "all", "context": 1024},
            "And at a million tokens?": {"step": "all", "context": 2**20},
            "Do 4 bits do as much?": {"step": "all", "bits": 4},
        },
        more=[
            Choice("bits", "Each stored number", PRECISIONS, 16),
            Stops("groups", "Groups in GQA", [2, 4, 8, 16, 32, 64], 8),
            Stops("latent", "Width of the compressed entry", [128, 256, 512, 1024, 2048], 512),
        ],
    )


# --- any two models -----------------------------------------------------------------------------


def _compare_reading(two: studies.Pair, first: str, second: str, context: int, read: bool) -> tuple[str, str]:
    """The sentence, and the title of the chart."""
    verb = "reads" if read else "stores"
    size = size_words(two.here[two.more])
    if two.ratio < 1.0005:
        if first == second:
            return (
                f"{first}, chosen twice: it {verb} {size} at {context:,} tokens.",
                f"{first}, chosen twice: {size} at {context:,} tokens",
            )
        return (
            f"{first} and {second} need the same: each {verb} {size} at {context:,} tokens.",
            f"{first} and {second} need the same: {size} at {context:,} tokens",
        )
    what = "for each further token" if read else "for one conversation"
    return (
        f"At {context:,} tokens {two.more} {verb} {size} {what}, {times(two.ratio)} times as much as {two.less}.",
        f"At {context:,} tokens {two.more} {verb} {times(two.ratio)} times {two.less}’s",
    )


def _compare_more(two: studies.Pair, precision: int | str, context: int, read: bool) -> str:
    """The other model's bytes, crossings, summaries, and what is not our own count."""
    said = [f"At {context:,} tokens: {listed(f'{name} {size_words(size)}' for name, size in two.here.items())}."]
    if two.met:
        low, high = studies.GRID[0], studies.GRID[-1]
        places = [f"{t:,.0f} tokens{'' if low <= t <= high else ' (outside the chart)'}" for t in two.met]
        said.append(
            f"The lines cross at about {listed(places)}: just below {two.met[0]:,.0f} {two.cheaper_before} needs less."
        )
    elif two.ratio >= 1.0005:
        said.append("The lines do not cross.")
    for name, size in two.summaries.items():
        said.append(f"{name} needs {size_words(size)} for its running summaries before the first word.")
    if precision == llm.PACKED:
        if any(llm.model(name).packed_entry_bytes for name in two.here):
            said.append("Formats of V3.2 and V4 are our reconstruction.")
        for name in two.here:
            if llm.model(name).attention is None:
                a_token = llm.kv_bytes_per_token(name, llm.PACKED)
                said.append(
                    f"{name} is not counted: the line is its published {a_token:,.0f} bytes a token, windows left out."
                )
        unknown = [name for name, bits in two.bits.items() if bits == 16]
        if unknown:
            said.append(f"Counted at 16 bits, since no format of its own is in our table: {' and '.join(unknown)}.")
    return " ".join(said)


def compare_panel() -> Panel:
    """Cache of any two models of the table over context, at one precision."""

    def compute(first: str, second: str, context: int, precision: int | str, measure: str) -> State:
        read = measure == "read"
        two = studies.pair(first, second, precision, context, read)
        rows: list[dict[str, Any]] = []
        for place, (name, line) in zip(("first", "second"), two.lines.items()):
            rows += [
                {"place": place, "name": name, "tokens": float(t), "bytes": float(b), "point": False}
                for t, b in zip(studies.GRID, line)
            ]
            rows.append(
                {"place": place, "name": name, "tokens": float(context), "bytes": two.here[name], "point": True}
            )
        ends = {name: float(line[-1]) for name, line in two.lines.items()}
        upper, lower = (first, second) if ends[first] >= ends[second] else (second, first)
        reading, title = _compare_reading(two, first, second, context, read)
        signals = {"title": title, "upper": upper, "lower": "" if first == second else lower}
        return State(rows, reading, signals, more=_compare_more(two, precision, context, read))

    models = studies.named()
    counted = [("stored for one conversation", "stored"), ("read for one more token", "read")]
    return Panel(
        "Any two models",
        [
            Choice("first", "First model (blue, solid)", models, "DeepSeek-V3"),
            Choice("second", "Second model (red, dashed)", models, "Llama-3.1-405B"),
            Stops("context", "Conversation (tokens)", CONTEXTS, studies.LONG),
        ],
        compute,
        figures.compare_chart(),
        presets={
            "Did MLA win its year?": {},
            "Where do the 93.3% come from?": {"first": "DeepSeek-V2", "second": "DeepSeek-LLM-67B"},
            "Is Kimi Linear always cheaper?": {"first": "Kimi-Linear-48B-A3B", "second": "Moonlight-16B-A3B", "context": 2**20},
            "What did MiniMax give up?": {"first": "MiniMax-M1", "second": "MiniMax-M2", "context": 1024},
            "What does V3.2 read?": {"first": "DeepSeek-V3.2", "second": "DeepSeek-V3", "measure": "read"},
            "How far did V4-Pro get?": {"first": "DeepSeek-V4-Pro", "second": "DeepSeek-V3.2", "precision": llm.PACKED, "context": 2**20},
        },
        more=[
            Choice("precision", "Each stored number", [*PRECISIONS, OWN], 16),
            Choice("measure", "What is counted", counted, "stored"),
        ],
    )  # fmt: skip


# --- what fits ----------------------------------------------------------------------------------

_SAID = {"H20 96GB": "H20", "Ascend 910C": "Ascend 910C", "H800 SXM5 80GB": "H800"}


def _fits_reading(fits: pd.Series, model: str, together: int) -> str:
    held = [f"{fits[chip]:,.0f} on {short}" for chip, short in _SAID.items() if fits[chip] >= 0]
    short = [name for chip, name in _SAID.items() if fits[chip] < 0]
    if not held:
        return f"The weights of {model} alone do not fit on {counted(together, 'chip')} of {' or '.join(short)}."
    said = f"Conversations that fit beside the weights of {model}: {listed(held)}"
    return f"{said}; on {listed(short)} not even the weights fit." if short else f"{said}."


def _fits_title(rows: pd.DataFrame, model: str, together: int, context: int) -> str:
    fits = rows["fits"]
    most = int(fits.max())
    if most < 0:
        return f"The weights of {model} fit on none of these chips" + (
            "" if together == 1 else f", {together} together"
        )
    if most == 0:
        return f"No conversation of {context:,} tokens fits beside the weights"
    verb = "holds" if together == 1 else "hold"
    ascend, h20 = (f"{fits[chip]:,.0f}" if fits[chip] > 0 else "none" for chip in ("Ascend 910C", "H20 96GB"))
    return f"{model}, {context:,} tokens: {together} Ascend 910C {verb} {ascend}, H20 {h20}"


def fits_panel(frame: pd.DataFrame) -> Panel:
    """Conversations that fit beside the weights, on several chips.

    Parameters
    ----------
    frame : DataFrame
        ``chips.table()``.
    """

    def compute(model: str, together: int, context: int, weight_bits: int, cache_bits: int, used: float) -> State:
        found = studies.fits_on_chips(frame, model, together, context, weight_bits, cache_bits, used / 100)
        rows = [
            {"chip": r.name, "fits": float(max(r.fits, 0)), "home": r.home, "memory": float(r.memory_gb),
             "label": "weights do not fit" if r.fits < 0 else f"{r.fits:,.0f}"}
            for r in found.itertuples(index=False)
        ]  # fmt: skip
        each, weights = float(llm.kv_bytes(model, context, cache_bits)), float(llm.weight_bytes(model, weight_bits))
        more = (
            f"{model}: weights {size_words(weights)} at {weight_bits} bits, {size_words(each)} for each conversation of"
            f" {context:,} tokens at {cache_bits} bits. {percent(1 - used / 100)} of the memory is kept free."
        )
        top = max(4.0, float(found["fits"].max()))  # fewer would put halves on the axis
        signals = {"title": _fits_title(found, model, together, context), "top": top * 1.18}
        return State(rows, _fits_reading(found["fits"], model, together), signals, more=more)

    # A model of which only the cache is published cannot be placed beside its weights.
    placed = [(words, name) for words, name in studies.named() if llm.model(name).attention is not None]
    return Panel(
        "What fits beside the weights",
        [
            Choice("model", "Model", placed, "DeepSeek-V3"),
            Stops("together", "Chips together", [1, 2, 4, 8, 16, 32, 72, 144, 384], 8),
            Stops("context", "Each conversation (tokens)", CONTEXTS, studies.LONG),
        ],
        compute,
        figures.fits_chart(),
        presets={
            "Does V3 fit on one node?": {},
            "Do two nodes hold twice as much?": {"together": 16},
            "And Llama 3.1 405B, weights and cache?": {"model": "Llama-3.1-405B"},
            "A million tokens on one chip?": {"model": "Kimi-Linear-48B-A3B", "together": 1, "context": 2**20},
            "Does a small model fit on one?": {"model": "Qwen3-32B", "together": 1},
            "How many at a million tokens?": {"model": "DeepSeek-V4-Flash", "weight_bits": 4, "cache_bits": 8, "context": 2**20},
        },
        more=[
            Choice("weight_bits", "Each weight", PRECISIONS, 8),
            Choice("cache_bits", "Each stored number", PRECISIONS, 16),
            Number("used", "Memory that may be filled", "%", 50, 100, 90, 5),
        ],
    )  # fmt: skip
