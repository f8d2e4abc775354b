"""Panels on prices: a million tokens of mixed use, and hardware beside its rent."""

from __future__ import annotations

from helpers.core.words import percent, places, usd
from helpers.markets import figures, studies
from helpers.show.panel import Number, Panel, State


def tokens_panel() -> Panel:
    """List prices mixed to one, and a resold call beside them."""

    def compute(hits: float, resold: float, parts: float) -> State:
        frame = studies.blended(hits / 100, parts, resold / 100)
        by = frame.set_index("service")
        sold = by.loc[studies.RESOLD, "usd"]
        lists = frame[frame["home"] != "resold"]
        least, most = lists.loc[lists["usd"].idxmin()], lists.loc[lists["usd"].idxmax()]
        rows = [
            {"service": r.service, "home": r.home, "usd": r.usd, "label": places(r.usd)}
            for r in frame.itertuples(index=False)
        ]
        reading = (
            f"Mixed so, DeepSeek V4-Pro cost {places(by.loc['DeepSeek V4-Pro, May 2026', 'usd'])} USD in May and Kimi K3"
            f" {places(by.loc['Kimi K3', 'usd'])}; Claude resold is offered for {places(sold)}."
        )
        title = "List prices differ more than the resale discount" if most["usd"] * resold / 100 > least["usd"] else "The resale discount is the larger gap"  # fmt: skip
        more = "; ".join(f"{r.service} {places(r.usd)}" for r in frame.itertuples(index=False))
        more = f"USD for a million tokens, {parts:g} read for each written, {percent(hits / 100)} of what is read from the cache: {more}."
        return State(rows, reading, {"title": title, "top": float(max(r["usd"] for r in rows)) * 1.2}, more=more)

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
            "How cheap is a resold call offered?": {},
            "And with half from the cache?": {"hits": 50},
            "What if all is read from the cache?": {"hits": 100, "parts": 20},
            "And a resold call at half of list?": {"resold": 50},
        },
    )


def rent_panel() -> Panel:
    """Hardware at a mark-up beside what its hire pays for."""

    def compute(mark_up: float, use: float, years: float, running: float) -> State:
        hired = studies.latest_hire()
        given = use / 100, years, running
        at = {place: studies.parity(up, hired[place].usd, *given) for place, up in (("China", mark_up / 100), ("world", 0))}  # fmt: skip
        rows = figures.rent_rows(mark_up / 100, *given)
        here, there = at["China"], at["world"]
        pays = here.carried_usd >= here.hardware_usd
        reading = (
            f"China’s hire price pays for {percent(here.carried_usd / here.hardware_usd)} of what hardware costs there;"
            f" the world’s, at list price, for {percent(there.carried_usd / there.hardware_usd)}."
        )
        title = f"China’s hire price {'pays' if pays else 'does not pay'} for hardware {f'at {mark_up:g}% above list' if mark_up else 'at list price'}"
        back = [f"{place}: {'never' if p.years is None else f'after {p.years:.1f} years'}" for place, p in at.items()]
        prices = "; ".join(f"{place} {h.usd:.2f} USD ({h.basis}, {h.day:%B %Y})" for place, h in hired.items())
        pays_for = "; ".join(f"{place} {usd(p.carried_usd)} of {usd(p.hardware_usd)}" for place, p in at.items())
        more = (
            f"The latest hire prices of an H100 hour at most a month apart: {prices}. They pay for: {pays_for}."
            f" Paid back, {'; '.join(back)}. Hardware is a chip with its share of server and network. No interest is counted, which would lower what hire pays for; who"
            " has bought already gains by any hire price above running cost."
        )
        return State(rows, reading, {"title": title}, more=more)

    return Panel(
        "Dear hardware, common hire price",
        [
            Number("mark_up", "Mark-up on hardware in China", "%", 0, 150, 50, 5),
            Number("use", "Hours that somebody pays for", "%", *_percents("utilisation"), 5),
            Number("years", "Years for which it earns", "years", *_with("life_years"), 0.5),
        ],
        compute,
        figures.rent_panel_chart(),
        presets={
            "Does hire pay at half above list?": {},
            "And at twice the list price?": {"mark_up": 100},
            "What if it is hired 90% of the time?": {"use": 90},
            "What if it was bought at list?": {"mark_up": 0},
        },
        more=[Number("running", "Power, site and staff", "USD an hour", *_with("running_usd"), 0.05)],
    )


def _with(name: str) -> tuple[float, float, float]:
    low, middle, high = studies.assumed(name)
    return low, high, middle


def _percents(name: str) -> tuple[int, int, int]:
    return tuple(round(100 * v) for v in _with(name))
