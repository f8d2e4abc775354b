"""Panels of 80_compute_gap after the picture: which gap, the fan with its switches, which dial matters."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from helpers.core import chance
from helpers.core.words import figures as two
from helpers.core.words import times
from helpers.scenario import figures, studies
from helpers.scenario.panels.picture import UNITS
from helpers.show.controls import Choice, Number, Stops
from helpers.show.panel import Panel, State
from helpers.show.patient import PatientPanel, Tell

# --- which gap ----------------------------------------------------------------------------------

_WHOSE = [("used by their firms", "used"), ("owned by their firms", "owned"), ("standing on their soil", "located")]
_FLOW = [("all there is", "stock"), ("what a year added", "flow")]
_DARK = [("counted", True), ("left out", False)]


def which_panel() -> Panel:
    """One gap, many honest answers."""

    def compute(whose: str, flow: str, unit: str, smuggled: bool, year: int) -> State:
        low, mid, high = studies.one_answer(whose, flow, unit, smuggled, year).tolist()
        what = dict((value, words) for words, value in _WHOSE)[whose]
        words = f"{what}, {dict((v, w) for w, v in _FLOW)[flow]}, {studies.UNITS[unit]}"
        reading = f"By this definition the US has {two(mid)} times as much: computing {words}."
        more = f"Nine of ten draws lie between {two(low)} and {two(high)}; end of {year}, smuggled chips {'counted' if smuggled else 'left out'}."  # fmt: skip
        known = studies.answers()
        within = known[known["one_count"]]["central"]
        title = f"The same world: {two(mid)} times, or {two(within.min())} to {two(within.max())} by other definitions"
        return State(figures.gap_rows((low, mid, high), words), reading, {"title": title}, more=more)

    return Panel(
        "Which gap?",
        [
            Choice("whose", "Computing", _WHOSE, "used"),
            Choice("flow", "Stock or flow", _FLOW, "stock"),
            Choice("unit", "Unit", UNITS, "8-bit"),
        ],
        compute,
        figures.gap_chart(),
        presets={
            "What do firms use?": {},
            "What do firms own, by Epoch’s way?": {"whose": "owned", "smuggled": False},
            "What did a year add?": {"whose": "owned", "flow": "flow", "smuggled": False},
            "And by memory bandwidth?": {"unit": "bandwidth"},
            "Whose soil does it stand on?": {"whose": "located"},
        },
        more=[
            Choice("smuggled", "Smuggled chips", _DARK, True),
            Stops("year", "End of (after 2025 a forecast)", list(studies.SHOWN), studies.NOW),
        ],
    )


# --- the fan ------------------------------------------------------------------------------------

_ACCESS = [("both as now", "now"), ("a law on renting", "law"), ("a crackdown on smuggling", "crackdown"), ("both from 2027", "law crackdown")]  # fmt: skip
_LICENCES = [("denied from 2027", "deny"), ("as now", "now"), ("sold from 2027", "sell")]


def fan_panel() -> PatientPanel:
    """The fan, with what is chosen as switches and what is not as chance."""

    def compute(
        correlation: float, licences: str, unit: str, access: str, power: float, bottom_up: float,
        common: float, quick: bool, tell: Tell,
    ) -> State:  # fmt: skip
        draws = studies.FAST if quick else studies.FULL
        setting = studies.Setting(
            licences, "law" in access, "crackdown" in access, power, unit, correlation, 0.0, common, bottom_up / 100
        )
        found, start = studies.fan(setting, draws), studies.fan(studies.Setting(), draws)
        low, mid, high = found.at(2030)
        reading = f"By 2030 US firms use {two(low)} to {two(high)} times as much as Chinese firms, in nine of ten draws."  # fmt: skip
        more = (
            f"{draws:,} draws, {two(mid)} times in their middle. The upper end is {times(high / low)} times the lower. The gap is wider than in 2025 in {100 * found.higher:.0f} of 100 draws, and below 5 in"
            f" {100 * found.below_5:.0f}. In 2030 US firms own {two(found.us[2, 5])} million H100s ({two(found.us[0, 5])} to {two(found.us[4, 5])});"
            f" in China stand {two(found.china[2, 5])} ({two(found.china[0, 5])} to {two(found.china[4, 5])}). Conditional on the dials, which are judgement after 2027."
        )
        by = "" if unit == "8-bit" else f" by {studies.UNITS[unit]}"
        title = f"2030{by}: US over China {two(low)} to {two(high)} times, middle {two(mid)}" + ("" if setting == studies.Setting() else "; dashed: start, " + two(start.at(2030)[1]))  # fmt: skip
        return State(figures.fan_rows(found, start), reading, {"title": title}, more=more)

    return PatientPanel(
        "The fan",
        [
            Number("correlation", "Correlation between years", "", 0, 0.95, 0.7, 0.05),
            Choice("licences", "Licensed chips for China", _LICENCES, "now"),
            Choice("unit", "Unit", UNITS, "8-bit"),
        ],
        compute,
        figures.fan_chart(),
        presets={
            "How far apart, how sure?": {},
            "If each year were drawn by itself?": {"correlation": 0},
            "What if chips are sold?": {"licences": "sell"},
            "What if power limits the US?": {"power": 12},
            "If a boom lifts both sides?": {"common": 0.5},
            "Output from wafers and memory?": {"bottom_up": 100},
        },
        more=[
            Choice("access", "Renting abroad, smuggling", _ACCESS, "now"),
            Number("power", "Power of new US sites, 0: no limit", "GW a year", 0, 40, 0, 4),
            Number("bottom_up", "Weight: wafers and memory against plans", "%", 0, 100, 0, 25),
            Number("common", "Growth abroad with China’s output", "", -0.75, 0.75, 0, 0.25),
        ],
    )


# --- the dials ----------------------------------------------------------------------------------

_VIEWS = [("share of the variance (Sobol)", "share"), ("alone, from end to end (tornado)", "alone"), ("rank correlation", "rank")]  # fmt: skip
_DRAWS = [("1,024", 1024), ("4,096", 4096), ("16,384", 16_384)]


def _shares(setting: studies.Setting, year: int, draws: int, tell: Tell) -> pd.DataFrame:
    at = studies.HORIZONS.index(year)

    def so_far(done: int, whole: int, found: chance.Indices) -> None:
        first = int(np.argmax(found.total[:, at]))
        tell(done, whole, f"{done:,} of {whole:,} draws: {studies.WORDS[found.names[first]].lower()}, {100 * found.total[first, at]:.0f}% so far.")  # fmt: skip

    return studies.shares(setting, year, draws, so_far)


def dials_panel() -> PatientPanel:
    """Which dial matters, seen in three ways."""

    def compute(year: int, view: str, draws: int, licences: str, quick: bool, tell: Tell) -> State:
        setting = studies.Setting(licences=licences)
        signals: dict[str, Any]
        if view == "share":
            table = _shares(setting, year, draws, tell)
            first, second = table.iloc[0], table.iloc[1]
            tie = studies.tied(table)
            reading = f"For {year} the dial that matters most is “{first.words}”, {100 * first.total:.0f}% of the variance; then “{second.words}”."  # fmt: skip
            if tie:
                reading = f"For {year} two dials tie: “{first.words}” and “{second.words}”, each about {50 * (first.total + second.total):.0f}% of the variance; their errors overlap."  # fmt: skip
            signals = {
                "least": 0.0,
                "most": 100.0,
                "axis": "Part of the variance that hangs on the dial, %; what two dials do together counts for both",
            }
            title = f"{year}: “{first.words}” and “{second.words}” tie" if tie else f"{year}: “{first.words}” carries {100 * first.total:.0f}% of the variance"  # fmt: skip
            more = f"Of the variance of the ratio’s logarithm. It reflects how wide each dial was made: a dial drawn wider carries more. What two dials do together counts for both, and draws have errors: here the parts add up to {sum(round(100 * max(total, 0)) for total in table['total'])}%. Where “in all” is below “alone”, that is the error of the draws. " + "; ".join(f"{r.words}: {100 * max(r.total, 0):.0f}% in all, {100 * max(r.first, 0):.0f}% alone" for r in table.itertuples()) + "."  # fmt: skip
        elif view == "alone":
            table = studies.tornado(setting, year)
            first = table.iloc[0]
            reading = f"At its ends in every year, “{first.words}” moves the ratio of {year} from {two(min(first.low, first.high))} to {two(max(first.low, first.high))}: rarer than the fan’s ends."  # fmt: skip
            signals = {"least": 0.0, "most": float(table[["low", "high"]].max().max()) * 1.15, "axis": "US over Chinese firms, used, with the dial at its 5 and at its 95% end in every year"}  # fmt: skip
            title = f"{year}, one dial at a time: “{first.words}” reaches furthest"
            more = "A tornado holds a dial at its 5 or 95% end in all years at once. In the fan hardly one draw in twenty stays so far out all along, so the fan’s ends can lie inside. This view is blind to dials that work together, and depends on how wide each pair of ends was made. Orange: a larger value narrows the gap."  # fmt: skip
        else:
            ranks = studies.ranks(setting, year)
            table = pd.DataFrame({"words": [studies.WORDS[n] for n in ranks.index], "rank": ranks.to_numpy()}, index=ranks.index)  # fmt: skip
            first = table.iloc[int(table["rank"].abs().argmax())]
            reading = (
                f"In {year} the ratio goes most closely with “{first.words}”: rank correlation {two(first['rank'])}."
            )
            signals = {"least": -1.0, "most": 1.0, "axis": "Rank correlation of the dial with the ratio"}
            title = f"{year}, by rank: “{first.words}” leads"
            more = "It costs nothing beyond the draws, and misses what falls and rises again. Orange: a larger value narrows the gap."  # fmt: skip
        return State(figures.dial_rows(table, view, setting, year), reading, {**signals, "title": title}, more=more)

    return PatientPanel(
        "Which dial matters?",
        [
            Stops("year", "For the end of", list(studies.HORIZONS), 2026),
            Choice("view", "Seen by", _VIEWS, "share"),
            Stops("draws", "Draws for Sobol", _DRAWS, 4096),
        ],
        compute,
        figures.dial_chart(),
        presets={
            "What matters in 2026?": {},
            "What matters in 2030?": {"year": 2030},
            "What does a tornado say of 2030?": {"year": 2030, "view": "alone"},
            "And do ranks agree?": {"year": 2030, "view": "rank"},
            "Are a thousand draws enough?": {"year": 2030, "draws": 1024},
        },
        more=[Choice("licences", "Licensed chips for China", _LICENCES, "now")],
    )
