"""Panels on prices: a million tokens of mixed use, and hardware beside its rent."""

from __future__ import annotations

from helpers.core.words import percent, places, times, usd
from helpers.markets import figures, studies
from helpers.show.panel import Number, Panel, State


def tokens_panel() -> Panel:
    """List prices mixed to one, a resold call beside them, and that call corrected for quality."""

    def compute(hits: float, resold: float, parts: float) -> State:
        frame = studies.blended(hits / 100, parts, resold / 100)
        by = frame.set_index("service")
        official, sold = by.loc["Claude Sonnet 5", "usd"], by.loc[studies.RESOLD]
        lists = frame[frame["home"] != "resold"]
        least, most = lists.loc[lists["usd"].idxmin()], lists.loc[lists["usd"].idxmax()]
        rows = [
            {"service": r.service, "home": r.home, "usd": r.usd, "kind": "price", "label": places(r.usd)}
            for r in frame.itertuples(index=False)
        ]
        rows.append(
            {"service": studies.RESOLD, "home": "resold", "usd": float(sold["for_quality"]), "kind": "for equal quality",
             "label": f"{places(sold['usd'])}; for equal quality {places(sold['for_quality'])}"}
        )  # fmt: skip
        rows[-2]["label"] = ""
        share = float(sold["for_quality"] / official) if official else 0.0
        reading = (
            f"Mixed so, DeepSeek’s price of May is {places(by.loc['DeepSeek V4-Pro, May 2026', 'usd'])} USD and Moonshot’s of July {places(by.loc['Kimi K3', 'usd'])};"
            f" the resold call costs {percent(share)} of its list price for equal quality."
        )
        title = "List prices differ more than the resale discount" if most["usd"] * resold / 100 > least["usd"] else "The resale discount is the larger gap"  # fmt: skip
        more = "; ".join(f"{r.service} {places(r.usd)}" for r in frame.itertuples(index=False))
        more = (
            f"USD for a million tokens, {parts:g} read for each written, {percent(hits / 100)} of what is read from the cache: {more}."
            f" Equal quality: as many right answers beyond guessing as the official service, {times(studies.quality_factor())} times"
            " the price, on one test and model; other services may be better or worse."
        )
        return State(rows, reading, {"title": title, "top": float(max(r["usd"] for r in rows)) * 1.45}, more=more)

    return Panel(
        "What a mixed token costs",
        [
            Number("hits", "Read from the cache", "% of what is read", 0, 100, 0, 5),
            Number("resold", "Resold at", "% of list", 5, 100, round(studies.estimate("resale-price")[0]), 5),
            Number("parts", "Read for each written", "tokens", 0, 20, 3, 1),
        ],
        compute,
        figures.tokens_chart(),
        presets={
            "How cheap is a resold call?": {},
            "And with half from the cache?": {"hits": 50},
            "What if all is read from the cache?": {"hits": 100, "parts": 20},
            "At half of list, is it a bargain?": {"resold": 50},
        },
    )


def rent_panel() -> Panel:
    """Hardware at a mark-up beside what its rent pays for."""

    def compute(mark_up: float, use: float, years: float, running: float) -> State:
        china, world = studies.rent_of("China"), studies.rent_of("world")
        given = use / 100, years, running
        at = {place: studies.parity(up, rent, *given) for place, up, rent in (("China", mark_up / 100, china), ("world", 0, world))}  # fmt: skip
        rows = figures.rent_rows(mark_up / 100, *given)
        here, there = at["China"], at["world"]
        pays = here.carried_usd >= here.hardware_usd
        reading = (
            f"China’s rent pays for {usd(here.carried_usd)} of hardware that costs {usd(here.hardware_usd)};"
            f" the world’s pays for {usd(there.carried_usd)}."
        )
        title = "China’s rent pays for the hardware" if pays else "China’s rent does not pay for hardware at that price"
        back = [f"{place}: {'never' if p.years is None else f'after {p.years:.1f} years'}" for place, p in at.items()]
        more = (
            f"Rents of an H100 hour: China {china:.2f} (April 2026), world {world:.2f} USD (October 2026). Paid back, {'; '.join(back)}."
            f" Hardware is a chip with its share of server and network, {usd(studies.hardware_usd())} outside China; no interest."
        )
        return State(rows, reading, {"title": title}, more=more)

    return Panel(
        "Dear hardware, common rent",
        [
            Number("mark_up", "Mark-up on hardware in China", "%", 0, 150, 50, 5),
            Number("use", "Hours that somebody pays for", "%", *_percents("utilisation"), 5),
            Number("years", "Years for which it earns", "years", *_with("life_years"), 0.5),
        ],
        compute,
        figures.rent_panel_chart(),
        presets={
            "Does the rent pay at half above list?": {},
            "And at twice the list price?": {"mark_up": 100},
            "What if it is let 90% of the time?": {"use": 90},
            "What if it was bought at list?": {"mark_up": 0},
        },
        more=[Number("running", "Power, site and staff", "USD an hour", *_with("running_usd"), 0.05)],
    )


def _with(name: str) -> tuple[float, float, float]:
    low, middle, high = studies.assumed(name)
    return low, high, middle


def _percents(name: str) -> tuple[int, int, int]:
    return tuple(round(100 * v) for v in _with(name))
