"""Panels after the picture: effective protection, years to parity, who keeps the wedge."""

from __future__ import annotations

import numpy as np

from helpers.core.words import percent, places
from helpers.show.panel import Choice, Number, Panel, State, Stops
from helpers.trade import figures, studies

# --- effective protection -----------------------------------------------------------------------


def protection_panel() -> Panel:
    """When dearer inputs undo a dearer product."""
    usual = 100 * studies.central("input-share")
    # The teaching market's own rises of the chip's price, so that picture, panel and finding print the same rates.
    alone, both, half = (
        round(2000 * studies.stage(studies.usual_rate(), studies.central("doublings"), rise, None, coming).rise) / 20
        for rise, coming in ((0.0, 0.0), (studies.central("input-rise"), 0.0), (studies.central("input-rise"), 0.5))
    )

    def compute(output_rise: float, input_rise: float, input_share: float) -> State:
        found = studies.protection(output_rise / 100, input_rise / 100, input_share / 100, figures.MOST_RISE / 100)
        rows = [
            {"kind": "line", "rise": 100 * float(x), "rate": 100 * float(y), "sign": sign, "label": ""}
            for sign, side in (("more", found.line >= -1e-9), ("less", found.line <= 1e-9))
            for x, y in zip(found.rises[side], found.line[side], strict=True)
        ]
        less = found.here < -0.0005
        rows.append(
            {
                "kind": "point",
                "rise": input_rise,
                "rate": 100 * found.here,
                "sign": "less" if less else "more",
                "label": percent(found.here, signed=True),
            }  # fmt: skip
        )
        held = f"held: chips {percent(output_rise / 100)} dearer, inputs {input_share:g}% of the world price"
        rows.append({"kind": "held", "rise": 0.0, "rate": 0.0, "sign": "more", "label": held})
        if abs(found.here) < 0.0005:
            title, said = (
                "Protection is nil: dearer chips and dearer inputs cancel",
                "Makers keep as much for own work as at world prices",
            )
        elif less:
            title = f"Effective protection is {percent(found.here, signed=True)}: at these prices makers keep less"
            said = f"Makers keep {percent(-found.here)} less for own work than at world prices" if found.here > -1 else "Nothing is left for own work: makers cannot go on at these prices"  # fmt: skip
        else:
            title = f"Effective protection is {percent(found.here, signed=True)}: at these prices makers keep more"
            said = f"Makers keep {percent(found.here)} more for own work than at world prices"
        if output_rise == 0:
            reading = f"{said}. With chips on sale at the world price, any rise of inputs is a loss."
        else:
            reading = f"{said}. At this price of chips, inputs {percent(found.undone)} dearer would undo all protection"
            nils = {"undone at": found.undone}
            if abs(output_rise - both) < 1e-9 and abs(input_share - usual) < 1e-9:
                nils["in the market at"] = studies.undone_in_market()
                reading += f"; in the market, where the price follows, {percent(nils['in the market at'])}"
            reading += "."
            rows += [
                {"kind": "nil", "rise": 100 * at, "rate": 0.0, "sign": "more", "label": f"{words} {percent(at)}"}
                for words, at in nils.items()
                if at <= figures.MOST_RISE / 100 and abs(100 * at - input_rise) > 20  # else it hides the setting
            ]
        ends = [100 * float(v) for v in (found.line.min(), found.line.max(), found.here)]
        room = max(20.0, (max(ends) - min(ends)) * 0.14)
        signals = {"title": title, "low": min(*ends, 0) - room, "high": max(*ends, 0) + room}
        more = (
            f"({output_rise:g}% − {input_share / 100:g} × {input_rise:g}%) / (1 − {input_share / 100:g}) = {percent(found.here, 1, signed=True)}. The first"
            " is the rise of the product’s price, the second of its bought inputs, weighted by their share at world prices."
        )
        return State(rows, reading, signals, more=more)

    return Panel(
        "When protection turns negative",
        [
            Number("output_rise", "Chips are dearer by", "%", 0, 150, both, 0.05),
            Number("input_rise", "Inputs are dearer by", "%", 0, figures.MOST_RISE, 100, 5),
            Number("input_share", "Bought inputs", "% of the world price", 20, 70, usual, 5),
        ],
        compute,
        figures.protection_chart(),
        presets={
            "What if only chips are denied?": {"output_rise": alone, "input_rise": 0},
            "And chips and tools?": {},
            "And tools, while chips are sold?": {"output_rise": 0},
            "And if half the chips still come?": {"output_rise": half},
            "What if little is bought in?": {"input_share": 20},
            "Can −25% be had?": {"output_rise": 20, "input_rise": 50, "input_share": 60},
        },
    )


# --- years to parity ----------------------------------------------------------------------------

_NO_END = 1e15
_ENDS = [("no end", _NO_END), ("10,000 times", 1e4), ("1,000 times", 1e3), ("100 times", 1e2), ("10 times", 10.0)]


def parity_panel() -> Panel:
    """How long an infant industry takes, if ever."""

    def compute(rate: float, growth: float, rival_fall: float, cost_ratio: float, discount: float, most_growth: float) -> State:  # fmt: skip
        found = studies.growing(rate / 100, growth, rival_fall / 100, cost_ratio, discount / 100, most_growth)
        rows = [
            {"kind": "line", "whose": whose, "year": float(t), "value": max(float(v), 1e-6), "label": ""}
            for whose, values in (("home cost", found.cost), ("rival’s price", found.price))
            for t, v in zip(found.years, values, strict=True)
        ]
        for whose, values in (("home cost", found.cost), ("rival’s price", found.price)):
            rows.append({"kind": "name", "whose": whose, "year": 0.2 if whose == "home cost" else 16.0, "value": float(values[0 if whose == "home cost" else 16]), "label": whose})  # fmt: skip
        years = found.parity
        if np.isinf(years):
            why = "their output stops growing first" if found.ends else "the rival’s price falls at least as fast"
            title, reading = "Parity: never", f"At these rates home makers never catch up: {why}."
        elif years == 0:
            title, reading = "Parity: already", "Home makers are at the rival’s price already."
        else:
            if years <= studies.YEARS:
                rows.append({"kind": "parity", "whose": "home cost", "year": years, "value": max(found.price_then, 1e-6), "label": f"parity: {years:.1f} years"})  # fmt: skip
            title = f"Parity after {places(years, 1)} years, if such growth lasts"
            reading = f"Home makers catch up after {places(years, 1)} years, if cumulative output grows {growth:g} times each year until then."
        low = max(1e-5, min(float(found.cost.min()), float(found.price.min())) * 0.6)
        high = max(float(found.cost.max()), 1.0) * 2.2
        if not np.isinf(years):
            alone, weighted = ("" if good else " not" for good in (found.bastable, found.by_output >= 0))
            reading += f" At constant volume gains do{alone} repay the shelter (Bastable’s test); weighted by output, they do{weighted}."
        multiple = growth ** min(years, 60) if np.isfinite(years) else np.nan
        grown = "" if np.isnan(multiple) or years == 0 else f" By then output has grown {multiple:,.0f} times."
        more = (
            f"Just to keep up with the rival, output must double {places(found.doublings_needed, 2)} times a year.{grown}"
            f" Mill’s test (at or below the rival’s price in year {studies.YEARS}): {'passed' if found.mill else 'failed'}. Bastable’s (benefits less costs, at"
            f" {discount:g}% a year, not below nought): per chip, with one chip in each year, {'passed' if found.bastable else 'failed'}, the sum being {places(found.value, 2)} times the rival’s first price;"
            f" weighted by output, which grows as cumulative output does, {'passed' if found.by_output >= 0 else 'failed'}."
        )
        return State(rows, reading, {"title": title, "low": low, "high": high}, more=more)

    def ends(name: str) -> tuple[float, float, float]:
        return studies.parameter(name)

    low, central, high = (100 * v for v in ends("learning-rate"))
    return Panel(
        "Years to parity",
        [
            Number("rate", "Learning rate", "% for each doubling", low, high, central, 1),
            Number("growth", "Cumulative output grows", "times a year", 1.2, 5, ends("output-growth")[1], 0.1),
            Number("rival_fall", "Rival’s price falls", "% a year", 0, 40, 100 * ends("rival-fall")[1], 1),
        ],
        compute,
        figures.parity_chart(),
        presets={
            "How long at 20%?": {},
            "And if output only doubles?": {"growth": 2},
            "And at 10%?": {"rate": 10},
            "And if the rival slows?": {"rival_fall": 10},
            "And if the market is finite?": {"most_growth": 100.0},
        },
        more=[
            Number("cost_ratio", "Cost at home now", "times the rival’s price", 1, 4, ends("cost-ratio")[1], 0.1),
            Number("discount", "Discount rate", "% a year", 0, 20, 100 * ends("discount")[1], 1),
            Stops("most_growth", "Output can grow at most", _ENDS, _NO_END),
        ],
    )


# --- who keeps the wedge ------------------------------------------------------------------------

_INSTRUMENTS = [
    ("an import tariff of China", "import tariff"),
    ("a charge of the United States", "export charge"),
    ("licences, held by the seller", "seller's licence"),
    ("licences, held by importers", "buyer's licence"),
    ("a ban that leaks by smuggling", "smuggling"),
]
_BY = {
    "import tariff": "China’s tariff",
    "export charge": "a US charge",
    "seller's licence": "seller’s licences",
    "buyer's licence": "importers’ licences",
    "smuggling": "a leaking ban",
}
_PARTIES = {
    "buyers": "China’s buyers",
    "home makers": "home makers",
    "importer's treasury": "China’s treasury",
    "exporter's treasury": "US treasury",
    "foreign seller": "US seller",
    "licensed importers": "licensed importers",
    "smugglers": "smugglers before losses",
    "nobody": "gained by nobody",
}


def _sign(party: str, share: float, keeper: str) -> str:
    """The colour of a bar: a gain, a loss, the wedge, or what nobody gains."""
    if party == "nobody":
        return "nobody"
    if party == keeper and share > 0 and party != "foreign seller":
        return "wedge"
    return "gain" if share >= 0 else "loss"


def split_panel() -> Panel:
    """The same cut by five instruments: who keeps the difference of price."""

    def compute(instrument: str, let_in: float) -> State:
        found = studies.split(instrument, let_in / 100)
        rows = [
            {
                "party": _PARTIES[party],
                "share": 100 * share,
                "sign": _sign(party, share, found.keeper),
                "label": "0" if abs(share) < 0.0005 else percent(share, signed=party != "nobody"),
            }
            for party, share in found.parties.items()
        ]  # fmt: skip
        if found.buyers_lose < 1e-9:
            return State(
                rows,
                "All imports come in as before, so nothing changes and nobody gains or loses.",
                {"title": "Nothing is cut, and nobody pays", "low": -120, "high": 120},
                more="The price is the world price.",
            )
        who = _PARTIES[found.keeper]
        who = f"the {who}" if who.startswith("US") else who
        if found.wedge < 0.0005:
            title = "A full ban: no chip comes in, and no one has a wedge to keep"
            reading = f"Nothing comes in, so the instrument no longer matters: the price is up {percent(found.rise)}, and home makers gain {percent(found.parties['home makers'])} of what buyers lose."
        else:
            by = _BY[instrument]
            title = f"Under {by} the wedge, {percent(found.wedge)} of the buyers’ loss, goes to {who}"
            reading = f"Under {by} the price is up {percent(found.rise)}; {percent(found.wedge)} of what buyers lose goes to {who}, and home makers gain {percent(found.parties['home makers'])}."
        ends = [100 * v for v in found.parties.values()]
        signals = {"title": title, "low": min(ends) - 22, "high": max(ends) + 22}
        more = "In per cent of what buyers lose: " + ", ".join(f"{_PARTIES[p]} {percent(v, signed=True)}" for p, v in found.parties.items()) + "."  # fmt: skip
        return State(rows, reading, signals, more=more)

    return Panel(
        "Who keeps the wedge",
        [
            Choice("instrument", "Imports are cut by", _INSTRUMENTS, "import tariff"),
            Number("let_in", "Chips that still come in", "% of free imports", 0, 100, 40, 5),
        ],
        compute,
        figures.split_chart(),
        presets={
            "Who gains from a tariff?": {},
            "And from a US charge?": {"instrument": "export charge"},
            "And from a leaking ban?": {"instrument": "smuggling"},
            "And from licences for the seller?": {"instrument": "seller's licence"},
            "And from a full ban?": {"instrument": "smuggling", "let_in": 0},
        },
    )
