"""The questions of 14_chips_compared as panels: one chip against another, chips by two measures, a reader's weights."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.chips import figures, studies
from helpers.chips import model as chips
from helpers.chips.studies import AXIS_WORDS, CHINESE, CUT, GROUPS, MEASURES, PLAN, US, ratio_words, short, tagged
from helpers.core.words import listed
from helpers.show.panel import Choice, Number, Panel, State

# --- one chip against another ---------------------------------------------------------------------


def _in_words(row: dict[str, Any]) -> str:
    """A row of `studies.ratio_rows`, with its whole range."""
    words = MEASURES[row["key"]][2]
    if row["label"] == "none":
        return f"no {words}"
    return f"equal {words}" if row["label"] == "1.00" else f"{row['label']} times the {words}"


def _at_least(row: dict[str, Any]) -> str:
    """A row of `studies.ratio_rows` as one number: "at least" the lowest where sources or bins differ."""
    words = MEASURES[row["key"]][2]
    return f"no {words}" if row["label"] == "none" else f"{_lowest(row['low'], row['high'])} times the {words}"


def _lowest(low: float, high: float) -> str:
    words = ratio_words(low)
    return words if words == ratio_words(high) else f"at least {words}"


def _ratio_title(name: str, base: str, rows: list[dict[str, Any]], equal_compute: bool) -> str:
    if equal_compute:
        known = {r["key"]: r for r in rows if r["central"] is not None}
        dear = [f"{k} {ratio_words(known[k]['low'], known[k]['high'])}" for k in ("power", "price") if k in known]
        return f"{name} to match one {base}" + (f": times {listed(dear)}" if dear else ", power and price not known")
    least, most = studies.extremes(rows)
    words = [f"least {MEASURES[least['key']][2]} ({least['label']})"] if least else []
    words += [f"most {MEASURES[most['key']][2]} ({most['label']})"] if most else []
    return f"{name} against {base}: " + (", ".join(words) if words else "equal in all that is known of it")


def _one_for_one(name: str, base: str, rows: list[dict[str, Any]]) -> tuple[str, str]:
    """The finding in one sentence, and all ratios."""
    least, most = studies.extremes(rows)
    if least and most:
        finding = (
            f"One {name} has {_at_least(least)} of one {base}, its lowest ratio, and {_at_least(most)}, its highest."
        )
    elif least:
        finding = f"One {name} has {_at_least(least)} of one {base}, its lowest ratio, and is ahead in nothing known."
    elif most:
        finding = f"One {name} has {_at_least(most)} of one {base}, its highest ratio, and is behind in nothing known."
    else:
        finding = f"One {name} equals one {base} in all performance that is known of both."
    said = listed(_in_words(r) for r in rows if r["central"] is not None)
    return finding, f"One {name} has, against one {base}, {said}."


def _equal_compute(frame: pd.DataFrame, chip: str, reference: str, rows: list[dict[str, Any]]) -> tuple[str, str]:
    """How many chips match, with their power where one number counts them; and all they bring together."""
    count = studies.matching_count(frame, chip, reference)
    many = ratio_words(count[0], count[-1])
    match = f"One {short(chip)} matches" if many == "1.00" else f"{many} {short(chip)} match"
    finding = f"{match} the dense BF16 compute of one {short(reference)}"
    others = [r for r in rows if r["central"] is not None and r["key"] != "bf16"]
    power = next((r for r in others if r["key"] == "power"), None)
    if power and ratio_words(count[0]) == many:
        finding += ", at equal power" if power["label"] == "1.00" else f", at {power['label']} times the power"
    said = listed(_in_words(r) for r in others)
    return f"{finding}.", f"All told, that is, against one {short(reference)}, {said}."


def ratio_panel(frame: pd.DataFrame) -> Panel:
    """One chip as multiples of another, one for one or for equal compute.

    Parameters
    ----------
    frame : DataFrame
        ``chips.table()``.
    """

    def compute(chip: str, reference: str, equal_compute: bool) -> State:
        name, base = short(chip), short(reference)
        rows = studies.ratio_rows(frame, chip, reference, equal_compute)
        finding, more = (
            _equal_compute(frame, chip, reference, rows) if equal_compute else _one_for_one(name, base, rows)
        )
        missing = [MEASURES[r["key"]][2] for r in rows if r["central"] is None]
        if missing:
            more += f" Not known for one of the two, or a format it lacks: {listed(missing)}."
        top = max([1.0, *(r["high"] for r in rows if r["central"] is not None)]) * 1.25
        signals = {"title": _ratio_title(name, base, rows, equal_compute), "top": top}
        return State(rows, finding, signals, figures.contested_card(chip, reference), more)

    counts = [("one for one", False), ("as many as match its BF16 compute", True)]
    return Panel(
        "What it has, against another chip",
        [
            Choice("chip", "Chip", [(short(c), c) for c in studies.COMPARED], "H20 96GB"),
            Choice("reference", "Against", [(short(c), c) for c in studies.REFERENCES], chips.REFERENCE),
            Choice("equal_compute", "How many", counts, False),
        ],
        compute,
        figures.ratio_chart(),
        presets={
            "What did the H800 give up?": {"chip": "H800 SXM5 80GB"},
            "What did the H20 give up?": {},
            "How many H20 match one H100?": {"equal_compute": True},
            "What does the H200 add?": {"chip": "H200 SXM 141GB"},
            "How near is Huawei’s 910C?": {"chip": "Ascend 910C"},
            "What is planned for the 950DT?": {"chip": "Ascend 950DT"},
        },
    )


# --- chips by two measures ------------------------------------------------------------------------

_KINDS = {US: "US designs sold widely", CUT: "US designs made for China", CHINESE: "Chinese designs"}


def _map_words(found: studies.Placed, x: str, y: str) -> tuple[str, str]:
    """The finding in one sentence, and the counts of each kind."""
    measures = f"{MEASURES[x][2]} and {MEASURES[y][2]}"
    kinds = [kind for kind in GROUPS if found.drawn[kind]]
    if x == y:
        reading = f"Both axes show {MEASURES[x][2]}, so all chips lie on one line; choose two measures."
    elif not kinds:
        reading = f"No chip of this kind has both {measures} published."
    else:
        last = kinds[-1]
        verb = "lies" if found.above[last] == 1 else "lie"
        plans = ", plans among them," if any(p["plan"] and p["group"] == last for p in found.points) else ""
        reading = (
            f"{found.above[last]} of {found.drawn[last]} {_KINDS[last]}{plans} {verb} above the H100 in both {measures}"
        )
        others = sum(found.above[kind] for kind in kinds[:-1])
        us = "US design does" if others == 1 else "US designs do"
        reading += f"; {others} {us}." if kinds[:-1] else "."
    parts = [f"{found.above[kind]} of {found.drawn[kind]} {_KINDS[kind]}" for kind in kinds]
    more = f"Above the H100 in both {measures}: {listed(parts)}." if parts and x != y else ""
    if found.missing:
        verb = "is" if found.missing == 1 else "are"
        more += f" {found.missing} more {verb} not drawn: a value is not published, or there is no link or no such format. Gaming cards are left out."
    return reading, more.strip()


def map_panel(frame: pd.DataFrame) -> Panel:
    """Chips by two measures on log axes, ranges as rules, the H100 as cross-hairs.

    Parameters
    ----------
    frame : DataFrame
        ``chips.table()``; accelerators for data centres are drawn.
    """
    drawn = studies.data_centre_chips(frame)

    def compute(x: str, y: str, which: str, with_plans: bool) -> State:
        found = studies.placed(drawn, x, y, which, with_plans)
        ends = figures.axis_ends(found.points, found.reference)
        reading, more = _map_words(found, x, y)
        total, of = sum(found.above.values()), sum(found.drawn.values())
        title = "One measure, one line"
        if x != y:
            hollow = sum(p["plan"] for p in found.over)
            title = f"{total} of {of} chips beat the H100 in {MEASURES[x][2]} and {MEASURES[y][2]}"
            if total and found.drawn[CHINESE] and not found.above[CHINESE]:
                title += ", no Chinese design"
            elif hollow:
                title += f", {hollow} of them hollow"
        signals: dict[str, Any] = {"title": title, "hx": found.reference[0], "hy": found.reference[1]}
        for axis, measure in (("x", x), ("y", y)):
            signals[f"{axis}_title"] = f"{AXIS_WORDS[measure]} ({MEASURES[measure][1]}, log scale)"
            signals[f"{axis}_from"], signals[f"{axis}_to"] = ends[axis]
        return State(figures.named(found.points, ends), reading, signals, more=more)

    choices = [(f"{AXIS_WORDS[m]} ({MEASURES[m][1]})", m) for m in AXIS_WORDS]
    return Panel(
        "Chips by two measures",
        [
            Choice("x", "Across", choices, "bf16"),
            Choice("y", "Up", choices, "memory_bandwidth"),
            Choice("which", "Chips", [("all", ""), *((g, g) for g in GROUPS)], ""),
        ],
        compute,
        figures.map_chart(),
        presets={
            "Who beats the H100 in both?": {},
            "Who, by compute and link?": {"y": "link"},
            "Who, by memory and bandwidth?": {"x": "memory"},
            "Where are parts made for China?": {"which": CUT},
            "Which Chinese designs ship?": {"which": CHINESE, "with_plans": False},
        },
        more=[
            Choice(
                "with_plans", "Plans, reports, stopped designs", [("drawn, hollow", True), ("left out", False)], True
            )
        ],
    )


# --- the reader's weights -------------------------------------------------------------------------

_WEIGHTS = {"bf16": "compute", "memory": "memory", "memory_bandwidth": "bandwidth", "link": "link"}


def _weights_words(found: studies.Standing, weights: dict[str, float], names: dict[str, str]) -> tuple[str, str]:
    """The finding in one sentence, and where every chip stands."""

    def named(rows: pd.DataFrame) -> str:
        columns = (rows[name].tolist() for name in ("chip", "low", "high"))
        said = [f"{names[chip]} {ratio_words(low, high)}" for chip, low, high in zip(*columns, strict=True)]
        return listed(said) if said else "none"

    best, chinese = ((names[r["chip"]], _lowest(r["low"], r["high"])) for r in (found.best(), found.best(CHINESE)))
    reading = f"The {best[0]} scores highest, {best[1]} times the H100"
    reading += (
        ", a Chinese design."
        if best == chinese
        else f"; the best Chinese design listed, {chinese[0]}, has {chinese[1]}."
    )
    shares = listed(f"{_WEIGHTS[m]} {s:.0%}" for m, s in chips.normalised(weights).items() if s > 0)
    more = f"Weights: {shares}. Above the H100: {named(found.above)}."
    if len(found.level):
        more += f" Level with it, or either way within the sources: {named(found.level)}."
    more += f" Below: {named(found.below)}."
    if len(found.unranked):
        more += f" Not ranked, since a value is missing: {listed(names[c] for c in found.unranked['chip'])}."
    return reading, more


def _chinese_above(found: studies.Standing, plans: set[str]) -> str:
    """The end of the title: how many above the H100 are Chinese designs, and how many of those are on paper."""
    if not (of := found.chinese_above):
        return "; no Chinese design does"
    paper = len(plans.intersection(found.above.loc[found.above["group"] == CHINESE, "chip"]))
    said = "" if not paper else ", on paper" if paper == of else f" ({paper} on paper)"
    return f", {of} of Chinese design{said}"


def _weights_rows(found: studies.Standing, names: dict[str, str], plans: set[str]) -> list[dict[str, Any]]:
    fields = ("chip", "group", "rank", "low", "score", "high", "missing")
    return [
        {
            "chip": names[chip], "plan": chip in plans, "group": kind, "rank": rank,
            "low": None if missing else low, "score": None if missing else score, "high": None if missing else high,
            "label": f"no score: {listed(missing)} not known" if missing else ratio_words(low, high),
        }
        for chip, kind, rank, low, score, high, missing in zip(*(found.table[f].tolist() for f in fields), strict=True)
    ]  # fmt: skip


def weighting_panel(frame: pd.DataFrame) -> Panel:
    """The reader weighs compute, memory, memory bandwidth and link; chips are ranked against the H100.

    Parameters
    ----------
    frame : DataFrame
        ``chips.table()``.
    """
    names = {row.chip: tagged(row.chip, row.status) for row in frame.itertuples()}
    plans = {row.chip for row in frame.itertuples() if PLAN.search(row.status)}

    def compute(bf16: float, memory: float, memory_bandwidth: float, link: float, field: str) -> State:
        weights = {"bf16": bf16, "memory": memory, "memory_bandwidth": memory_bandwidth, "link": link}
        found = studies.standing(frame, studies.STORY if field == "story" else studies.FIELD, weights)
        reading, more = _weights_words(found, weights, names)
        given = "/".join(f"{weight:g}" for weight in weights.values())
        level = f" ({len(found.level)} level)" if len(found.level) else ""
        title = f"Weights {given}: {len(found.above)} of {found.compared} beat the H100{level}"
        title += _chinese_above(found, plans)
        rows = _weights_rows(found, names, plans)
        top = max(1.0, *(r["high"] for r in rows if r["high"] is not None)) * 1.3
        return State(rows, reading, {"title": title, "top": top, "last": len(rows) + 0.6}, more=more)

    def weight(name: str, words: str) -> Number:
        return Number(name, f"Weight of {words}", "", 0, 10, 5, 1)

    return Panel(
        "What “more powerful” weighs",
        [
            weight("bf16", "compute (dense BF16)"),
            weight("memory", "memory capacity"),
            weight("memory_bandwidth", "memory bandwidth"),
        ],
        compute,
        figures.weighting_chart(),
        presets={
            "What if only compute counts?": {"memory": 0, "memory_bandwidth": 0, "link": 0},
            "What if only memory counts?": {"bf16": 0, "memory_bandwidth": 0, "link": 0},
            "What if only the link counts?": {"bf16": 0, "memory": 0, "memory_bandwidth": 0},
            "What suits writing an answer?": {"bf16": 0, "memory": 2, "memory_bandwidth": 8, "link": 0},
            "What suits training on many?": {"bf16": 6, "memory": 2, "memory_bandwidth": 2, "link": 4},
        },
        more=[
            weight("link", "the link"),
            Choice("field", "Chips", [("NVIDIA and Huawei", "story"), ("more makers", "all")], "story"),
        ],
    )
