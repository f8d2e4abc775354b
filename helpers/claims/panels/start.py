"""The panels of 00_start_here: the claims, and a first panel to play with."""

from __future__ import annotations

import pandas as pd

from helpers.claims import figures, studies
from helpers.claims.studies import CHECKABLE_WORDS
from helpers.core import safe
from helpers.core.words import counted, listed
from helpers.core.words import figures as rounded
from helpers.show.panel import Choice, Number, Panel, State


def claims_panel(claims: pd.DataFrame) -> Panel:
    """The claims by topic and by who could check them; a click or the list opens one.

    Parameters
    ----------
    claims : DataFrame
        As ``data.load("claims")`` gives it.
    """
    topics = studies.topics(claims)
    table = claims.assign(place=claims.groupby("topic").cumcount() + 1)

    def compute(topic: str, checkable_by: str, claim_id: str) -> State:
        chosen = studies.in_filter(table, topic, checkable_by)
        rows = [
            {
                "claim_id": c.claim_id,
                "topic": c.topic,
                "place": c.place,
                "checkable_by": c.checkable_by,
                "claim": c.claim,
                "in_filter": bool(keep),
                "picked": c.claim_id == claim_id,
            }
            for c, keep in zip(table.itertuples(), chosen, strict=True)
        ]
        found = table[chosen]
        if found.empty:
            said = f"No claim on {topic} is of the kind “{CHECKABLE_WORDS[checkable_by]}”. Widen one list."
            return State(rows, said, {"title": "No claim fits these lists"})
        where = f" on {topic}" if topic else ""
        reading = f"{len(found)} of {counted(len(table), 'claim')}{where}" + (
            f", to be checked by {CHECKABLE_WORDS[checkable_by]}."
            if checkable_by
            else ". Choose by whom they could be checked, and the count appears."
        )
        title = _claims_title(found, len(table))
        return State(rows, reading, {"title": title}, _claims_html(found, claims, claim_id))

    listing = [("none chosen", "")] + [(f"{c.claim_id}: {c.claim}", c.claim_id) for c in claims.itertuples()]
    kinds = [("all kinds", ""), *((words, kind) for kind, words in CHECKABLE_WORDS.items())]
    return Panel(
        "What the thread claims",
        [
            Choice("topic", "Topic", [("all topics", ""), *topics], ""),
            Choice("checkable_by", "Could be checked by", kinds, ""),
            Choice("claim_id", "Open a claim (or click its mark)", listing, ""),
        ],
        compute,
        figures.claims_chart(claims),
        presets={
            "What can a public text settle?": {"checkable_by": "anyone"},
            "Which claims are about trade law?": {"topic": "trade-law"},
            "Which claims can nobody check?": {"checkable_by": "nobody"},
        },
        pick="claim_id",
    )


_CHECKED = {
    "anyone": "a public text could settle each",
    "data": "each waits for data that could be published",
    "insider": "each rests with insiders",
    "nobody": "nobody could check them",
}


def _claims_title(found: pd.DataFrame, of: int) -> str:
    """Who could check the claims in the filter: on which topics anyone, while all are shown; a count, of fewer."""
    if len(found) == of:
        anyone = (found["checkable_by"] == "anyone").groupby(found["topic"]).all()
        return f"As we sort, anyone could check every claim on {listed([topic for topic in anyone.index if anyone[topic]])}"
    kinds, topics = found["checkable_by"].unique(), found["topic"].unique()
    on = f", on {topics[0]}" if len(topics) == 1 else ""
    count = f"{len(found)} of {counted(of, 'claim')}"
    if len(kinds) == 1:
        return f"{count}{on}: {_CHECKED[kinds[0]]}"
    return f"{count}{on}: anyone could check {(found['checkable_by'] == 'anyone').sum()}"


def _claims_html(found: pd.DataFrame, claims: pd.DataFrame, claim_id: str) -> safe.Html:
    opened = safe.Html()
    if claim_id:
        claim = claims.set_index("claim_id").loc[claim_id]
        others = [name for name in claim.notebook.split() if name != claim.decided_in]
        opened = safe.html(
            "<p><b>{}</b> in the thread’s words: “{}”<br>Would settle it: {}<br>Judged in: {}{}</p>",
            claim_id,
            claim.quote,
            claim.would_settle_it,
            claim.decided_in,
            f"; also treated in {listed(others)}" if others else "",
        )
    rows = [
        safe.html(
            "<tr><td style='text-align:left;vertical-align:top;padding:2px 8px'>{}</td>"
            "<td style='text-align:left;padding:2px 8px'>{}</td></tr>",
            c.claim_id,
            c.claim,
        )
        for c in found.itertuples()
    ]
    return safe.html(
        "<div style='font-size:13px;line-height:1.4;max-width:760px;color:var(--jp-ui-font-color1)'>{}"
        "<div tabindex='0' role='region' aria-label='The claims in the filter' style='max-height:220px;overflow:auto'><table><caption style='text-align:left'>The claims in the filter</caption>"
        "<thead><tr><th style='text-align:left;padding:2px 8px'>Id</th><th style='text-align:left;padding:2px 8px'>Claim</th></tr></thead>"
        "<tbody>{}</tbody></table></div></div>",
        opened,
        safe.joined("", rows),
    )


def _as_many(times: float, what: str) -> str:
    """ "3.03 times as many chips", or "as many chips"; three figures, as on the bars."""
    return f"as {what}" if rounded(times, 3) == "1" else f"{rounded(times, 3)} times as {what}"


def more_chips_panel() -> Panel:
    """The course's central claim as a toy: fewer operations per chip, so more chips and more power."""
    chips = 1000

    def compute(relative_speed: float, relative_power: float) -> State:
        made = studies.equal_work(relative_speed / 100, relative_power / 100, chips)
        more, power = _as_many(made.chips_times, "many chips"), _as_many(made.power_times, "much electricity")
        pairs = (("Chips", made.chips_times), ("Electric power", made.power_times))
        rows = [
            {"measure": measure, "kind": kind, "times": times}
            for measure, other in pairs
            for kind, times in (("reference chip", 1.0), ("other chip", other))
        ]
        return State(
            rows,
            f"At {relative_speed:g}% of the speed each, equal work takes {more} and {power}.",
            {"title": f"At {relative_speed:g}% of the speed, {relative_power:g}% of the power: {more}, {power}"},
            more=(
                f"{made.needed:,.0f} of the other chip do the work of {chips:,}; at {relative_power:g}% of the power each,"
                f" they take {power}."
            ),
        )

    return Panel(
        "More chips, more electricity",
        [
            Number("relative_speed", "Speed of the other chip", "% of the reference", 10, 150, 50, 1),
            Number("relative_power", "Power of the other chip", "% of the reference", 10, 200, 100, 1),
        ],
        compute,
        figures.equal_work_chart(),
        presets={
            "What if it is half as fast?": {},
            "A quarter as fast, at half the power?": {"relative_speed": 25, "relative_power": 50},
            "What if the chips are equal?": {"relative_speed": 100},
        },
    )
