"""Panels of 46_law_and_plans: the way through court, and who could bind whom."""

from __future__ import annotations

from datetime import date

from helpers.core import data
from helpers.core.words import listed
from helpers.law import figures, studies
from helpers.show.panel import Choice, Panel, State, Steps, Stops

# --- the way through court ----------------------------------------------------------------------

COURT = {
    "way": "Six gates",
    "DS431": "Rare earths",
    "DS512": "Transit",
    "DS544": "Steel",
    "DS611": "Unwritten policy",
    "DS615": "Chips",
    "S37": "Could China be sued?",
    "S38": "Can nobody sue China?",
    "S35": "A right to build at home?",
    "subsidy": "Who pays for chips?",
    "all": "All cases",
}
_TITLES = {
    "way": "Six gates stand between a complaint and a ruling that binds",
    "DS431": "Limits on exports can be sued: over rare earths China lost",
    "DS512": "A plea of security can win, and a panel checks it",
    "DS544": "Security refused: the United States appealed to an empty bench",
    "DS611": "A policy that nobody wrote down can be proved, and the award binds",
    "DS615": "China sued over chips, and has not asked for a panel",
    "S37": "If China limits exports, others can take it to court",
    "S38": "Nobody can sue China for a US ban; for its own acts, others can",
    "S35": "Building at home needs no excuse; for tied money one was refused, and hangs",
    "subsidy": "Governments pay for chips; our table has no case over money without strings",
    "all": "A ruling binds, unless an appeal finds no judges",
}


def _sentence(step: str) -> str:
    """One sentence of at most 20 words and one number."""
    cases = data.load("wto_cases")
    if step in ("DS431", "DS512", "DS611"):
        year = studies.walk_of(step).until.year
        return {
            "DS431": f"The United States, the EU and Japan sued; conservation was no defence; the ruling of {year} binds China.",
            "DS512": f"Russia pleaded an emergency; the panel looked, found one, and nobody appealed: adopted in {year}, it binds.",
            "DS611": "China’s unwritten policy was proved; the EU, China and others, not the US or Korea, agreed on appeal judges.",
        }[step]
    if step == "DS615":
        return f"To our record’s end China had {studies.days_not_used():,} days in which it could ask for a panel, and did not."
    if step == "all":
        return f"In our {len(cases)} cases every report became binding, unless the defendant appealed to a body with too few judges."
    return {
        "way": "Only governments sue, only over what the other government does, and only under a rule it has accepted.",
        "DS544": "The panel found no emergency in international relations; the United States appealed to a body without members.",
        "S37": "China has been sued over its own limits on exports and lost; today it would also plead security.",
        "S38": "Each member answers for its own acts; the EU can win what binds, Korea only if China lets it.",
        "subsidy": "Paying makers of chips is lawful until it harms another member; dashed: two ways to sue that nobody has taken.",
        "S35": "No rule forbids making chips at home, so no ban gives leave; and a breach excuses no breach.",
    }[step]


def _more(step: str) -> str:
    """The case, or the claim, at length."""
    if step.startswith("DS"):
        row = data.load("wto_cases").set_index("case_id").loc[step]
        also = f" (with {listed(row.also.split())})" if row.also else ""
        plea = f" Defence: {row.clause}, {row.plea}." if row.clause else " No exception was pleaded."
        return (
            f"{step}{also}, {row.title}: {row.complainants} against {row.respondent}. {row.measure}. Rules named: {row.articles}."
            f"{plea} Requested {row.requested:%Y-%m-%d}. {row.note} What we read: {row.read}."
        )
    if step == "S37":
        return "Today’s complaint over gallium and germanium would name GATT XI:1; China would plead security, XXI(b). No panel has ruled on such a plea for dual-use goods."
    if step == "S38":
        return (
            "A ruling that no appeal can stop could be had from China by members that agreed with it on appeal judges;"
            " from the United States by none. Korea or any other could by agreement for the one case (DSU 25), or if China does not appeal."
        )
    if step == "S35":
        return "A plea of security for money tied to home goods is untried. Subsidies without strings are lawful until they harm another member (SCM 5, 6). Money tied to local content is prohibited (SCM 3.1(b)); China itself says so against the United States (DS623, hangs) and India (DS642, pending)."
    if step == "subsidy":
        paid = studies.support()
        settled = data.load("wto_cases").set_index("case_id").loc["DS309", "ended"].year
        said = ", ".join(f"{r.member}: {r.programme} ({r.form}, {r.basis})" for r in paid.itertuples())
        return f"{said}. A tax refund for home-made chips was settled in {settled}. Shares bought by a state are a subsidy only if no private investor would have bought on such terms (SCM 14, from memory)."
    if step == "all":
        found = studies.ends(data.load("wto_cases"))
        return (
            "Ends: "
            + ", ".join(f"{name} {count}" for name, count in found.items())
            + ". A selection of ours, not a sample."
        )
    return "Gate 1, who complains; 2, of whom; 3, under which rule; 4, with which defence; 5, who judges last; 6, with what end. A firm must persuade its government."


def _names(members: list[str]) -> str:
    """Members in a list, without commas inside a name; none for an empty one."""
    return listed(member.split(",")[0] for member in members) if members else "none"


def _the(member: str) -> str:
    return f"the {member}" if member in ("United States", "United Kingdom", "EU") else member


def _own_sentence(way: studies.Walk) -> str:
    """What becomes of the reader's own complaint, in one sentence."""
    if way.stopped == "who":
        return "A firm cannot sue at the WTO: it must persuade its government, or go to a national court."
    if way.stopped == "whom":
        if way.who == way.whom:
            return f"{way.who} cannot sue itself: a complaint needs two members."
        return (
            f"{way.whom} does not answer for this measure: it is another member’s, and the complaint stops at gate two."
        )
    plea = "No exception would fit" if way.defence == "none" else f"The defence would be {way.clause}, untried here"
    if way.end == "award":
        return f"{plea}; {_the(way.who)} and {_the(way.whom)} are both in the arrangement, so a win would bind."
    return f"{plea}; if {_the(way.whom)} lost, it could appeal to a body without members, and nothing would bind."


def _own_more(way: studies.Walk, measure_id: str) -> str:
    row = data.load("trade_measures").set_index("measure_id").loc[measure_id]
    return (
        f"The case asked about, purple where it is drawn, is {way.who} against {way.whom}: {row.title}. Rules a complainant would name: {row.articles}. Published: {row.published}."
        f" Pleas open: {row.pleas}. Weak point: {row.weak_point} A path, not a forecast of who wins."
    )


def court_panel() -> Panel:
    """Who sues whom, over which measure, under which rule, with which defence, in which forum, to what end."""

    def compute(step: str, complainant: str, measure: str, whom: str) -> State:
        own = studies.walk(complainant, measure, whom) if complainant else None
        rows = figures.court_rows(step, own)
        said = _own_sentence(own) if own else _sentence(step)
        more = f"{_own_more(own, measure)} {_more(step)}" if own else _more(step)
        return State(rows, said, {"title": f"{list(COURT).index(step) + 1}. {_TITLES[step]}"}, more=more)

    members = data.load("wto_members")["member"].tolist()
    measures = data.load("trade_measures")
    return Panel(
        "The way through court",
        [
            Steps("step", "Step", [(words, step) for step, words in COURT.items()], "way"),
            Choice("complainant", "A complaint of your own: who sues", [("nobody yet", ""), *((m, m) for m in members), ("a firm", studies.FIRM)], ""),
            Choice("measure", "Over which measure", [(r.title, r.measure_id) for r in measures.itertuples()], "cn-dc-chips"),
        ],
        compute,
        figures.court_chart(),
        presets={
            "What did the rare-earth case need?": {"step": "DS431"},
            "Could the EU sue over home chips?": {"step": "all", "complainant": "EU"},
            "Could Korea?": {"step": "all", "complainant": "Korea"},
            "Can China be sued for the US ban?": {"step": "S38", "complainant": "EU", "measure": "us-chip-controls", "whom": "China"},
            "Could China win over the chip rules?": {"step": "DS615", "complainant": "China", "measure": "us-chip-controls"},
            "Can NVIDIA sue?": {"step": "way", "complainant": studies.FIRM, "measure": "us-chip-controls"},
        },
        more=[Choice("whom", "Defendant", [("whose measure it is", ""), ("China", "China"), ("United States", "United States")], "")],
    )  # fmt: skip


# --- who could bind whom ------------------------------------------------------------------------


def binds_panel() -> Panel:
    """On a day, from which defendants could which members get a ruling that no appeal can stop."""
    members = data.load("wto_members")["member"].tolist()
    stops = [(f"{when:%b %Y}: {words}", when) for words, when in studies.turns()]

    def compute(on: date, defendant: str) -> State:
        routes = studies.routes(on)
        found = studies.who_could_bind(defendant, on)
        said = (
            f"In {on:%B %Y}, {len(found)} of the {len(members) - 1} others could get a ruling from {_the(defendant)} that no appeal can stop."
            if found
            else f"In {on:%B %Y} none of the {len(members) - 1} others could get a ruling from {_the(defendant)} that no appeal can stop."
        )
        missing = [m for m in members if m not in found and m != defendant]
        more = f"Could: {_names(found)}. Could not: {_names(missing)}. Of the members in our table."
        other = "United States" if defendant != "United States" else "China"
        pairs = int(routes["binds"].sum())
        more += f" {pairs} of {len(routes) - len(members)} pairs have judges for an appeal."
        title = f"{on:%B %Y}: {len(found)} of {len(members) - 1} could bind {_the(defendant)}, {len(studies.who_could_bind(other, on)) or 'none'} {_the(other)}"
        return State(
            figures.binds_rows(routes, defendant),
            said,
            {"title": title, "shown": figures.routes_shown(routes)},
            more=more,
        )

    return Panel(
        "Who could bind whom",
        [
            Stops("on", "Day", stops, stops[-1][1]),
            Choice("defendant", "Defendant", members, "China"),
        ],
        compute,
        figures.binds_chart(members),
        presets={
            "Who could bind China today?": {},
            "And the United States?": {"defendant": "United States"},
            "How was it in 2019?": {"on": stops[0][1]},
            "Could Japan in April 2020?": {"on": stops[1][1]},
            "Who could bind Japan?": {"defendant": "Japan"},
        },
    )
