"""The decision: which paragraph, which policy for this place, buyer and origin, and which letter adds to it.

The order of evaluation is written in ``data/rules/README.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from helpers.chips import model as chips
from helpers.rules.model.book import Regime, vocabulary
from helpers.rules.model.limbs import binds, holds, is_named


@dataclass(frozen=True)
class Case:
    specs: chips.Specs
    datacenter: bool | None
    exporter: str
    exporter_given: bool
    to: str
    codes: frozenset[str]
    hq: frozenset[str]
    party: str  # "listed": named by a rule of the place as free of its licence; "unlisted"
    from_us: bool
    prc: bool
    regime: Regime


@dataclass
class Outcome:
    paragraph: str = "none"
    review: str = "no_license_required"
    written: str = "no_license_required"
    rests_on: str = "text"
    exceptions: str = ""
    item: Any = None  # row of thresholds that made it an item, a letter's item, ...
    policy: Any = None
    filing: Any = None  # row of statuses that says which paragraph, where the numbers are not public
    missing: frozenset[str] = frozenset()
    note: str = ""
    weaker: tuple[Any, ...] = ()  # letters that also speak but do not decide
    unbound: tuple[Any, ...] = ()  # letters that would speak to another exporter
    tariff: str = "no_tariff_232"


_ANYWHERE = frozenset({"ANY"})
_FAR = frozenset({"D5", "MO"})
_HOME = frozenset({"A5_A6_US"})


def _policy(case: Case, paragraph: str) -> tuple[Any, frozenset[str]]:
    """The first policy row that fits, or what is missing to tell."""
    for row in case.regime.policies:
        if paragraph not in row.of or not (row.where & case.codes) or (row.designer == "PRC") > case.prc:
            continue
        if row.hq == "D5_MO" and not (case.hq & _FAR) or row.hq == "A5_A6_US" and not (case.hq & _HOME):
            continue
        if row.shipped_from == "US" and not case.from_us or row.party not in ("any", case.party):
            continue
        missing: set[str] = set()
        if row.datacenter != "any":
            if case.datacenter is None:
                missing.add("datacenter")
            elif case.datacenter != (row.datacenter == "yes"):
                continue
        if row.needs:
            held, lacks = holds(case.regime.limits[row.needs], case.specs, case.datacenter)
            if held is False:
                continue
            missing |= lacks
        if missing:
            return None, frozenset(missing)
        return row, frozenset()
    return None, frozenset()


def _apply(outcome: Outcome, paragraph: str, item: Any, policy: Any, missing: frozenset[str]) -> Outcome:
    outcome.paragraph, outcome.item, outcome.policy = paragraph, item, policy
    if missing:
        outcome.review = outcome.written = "undecidable"
        outcome.missing = missing
    elif policy is not None:
        outcome.review, outcome.rests_on = policy.review_policy, policy.rests_on
        outcome.written = policy.as_written or policy.review_policy
        outcome.exceptions, outcome.note = policy.exceptions, policy.note
    return outcome


def _by_regulation(case: Case) -> Outcome:
    """Steps 1 and 3 to 5: which paragraph, and what it means for this place, buyer and origin."""
    fired, pending, missing = None, [], set()
    for row in case.regime.items:
        held, lacks = holds(row, case.specs, case.datacenter)
        if held:
            fired = row
            break
        if held is None:
            pending.append(row)
            missing |= lacks
    listed = next((row for row in case.regime.guidance if is_named(case.specs, row.names)), None)
    if listed is not None:
        policy, lacks = _policy(case, listed.paragraph)
        return _apply(Outcome(), listed.paragraph, listed, policy, lacks)
    if not pending:
        if fired is None:
            return Outcome()
        policy, lacks = _policy(case, fired.paragraph)
        paragraph = (
            "GP10_guidance" if policy is not None and policy.review_policy == "GP10_presumption" else fired.paragraph
        )
        return _apply(Outcome(), paragraph, fired, policy, lacks)
    if (known := case.regime.statuses.get(case.specs.product)) is not None:
        return _by_filing(case, known)
    # Not decidable which paragraph: perhaps it makes no difference.
    found = [_policy(case, row.paragraph) for row in [*pending, *([fired] if fired else [])]]
    answers = {
        ("undecidable" if lacks else policy.review_policy if policy else "no_license_required")
        for policy, lacks in found
    }
    if fired is None:
        answers.add("no_license_required")
    for _, lacks in found:
        missing |= lacks
    if answers == {"no_license_required"}:
        return Outcome(policy=found[0][0])
    return _apply(Outcome(), "none", pending[0], None, frozenset(missing))


def _by_filing(case: Case, known: Any) -> Outcome:
    """The paragraph, or none, that a filing gives an item whose numbers are not public."""
    if known.paragraph == "none":
        return Outcome(rests_on="filing", filing=known)
    policy, lacks = _policy(case, known.paragraph)
    outcome = _apply(Outcome(), known.paragraph, None, policy, lacks)
    outcome.rests_on, outcome.filing = "filing", known
    return outcome


def group_of(review: str) -> str:
    return vocabulary("review_policy")[review].group


def _outranks(row: Any, outcome: Outcome) -> bool:
    """Does a regulation outside the chip rules decide? The stricter of two does, and a denial whatever is open."""
    words = vocabulary("review_policy")
    asked = words[row.review_policy].strictness
    if group_of(outcome.review) == "open":
        return asked >= words["presumption_of_denial"].strictness
    return asked > words[outcome.review].strictness


def decide(case: Case) -> Outcome:
    outcome = Outcome() if case.to == "US-IMPORT" else _by_regulation(case)
    outcome.tariff, tariff_row, lacks = _tariff(case)
    if case.to == "US-IMPORT":
        if tariff_row is not None and outcome.tariff == "tariff_25_percent":
            return _apply(
                outcome, tariff_row.paragraph, tariff_row, _policy(case, tariff_row.paragraph)[0], frozenset()
            )
        outcome.review = outcome.written = outcome.tariff
        outcome.missing = lacks
        return outcome
    for row in case.regime.policies:  # regulations outside the chip rules
        if "other" in row.of and row.where & case.codes and _outranks(row, outcome):
            _apply(outcome, outcome.paragraph, outcome.item, row, frozenset())
            outcome.missing, outcome.filing = frozenset(), None
    _letters(case, outcome)
    if (
        case.exporter_given
        and not case.specs.is_hbm_stack
        and group_of(outcome.review) in ("free", "exception")
        and (row := next((row for row in case.regime.foundries if binds(row, case.exporter)), None))
    ):
        outcome.review = outcome.written = "undecidable"  # the presumption is in the text
        outcome.missing, outcome.item, outcome.filing = frozenset({"foundry"}), row, None
    return outcome


def _letters(case: Case, outcome: Outcome) -> None:
    """Step 4: letters add a licence where the regulation leaves an item free or under an exception.

    A letter of which it is not known whether it reaches the item leaves both open alike. Where a
    regulation outside the chip rules asks the licence, the letter still gives the item its paragraph.
    """
    lenient = group_of(outcome.review) in ("free", "exception")
    speaking, unbound, lacking = [], [], set()
    for row in case.regime.letters:
        held, lacks = holds(row, case.specs, case.datacenter)
        if held is False:
            continue
        policy, more = _policy(case, row.paragraph)
        if policy is None and not more:
            continue  # the letter does not reach this place
        if not binds(row, case.exporter):
            if held:
                unbound.append(row)
            continue
        if held and policy is not None:
            speaking.append((row, policy))
        else:
            lacking |= lacks | more
    settled = [pair for pair in speaking if pair[1].review_policy != "undecidable"]
    first = (settled or speaking or [None])[0]
    named = first is not None and bool(first[0].names)
    written = outcome.written
    if first is not None and (lenient or (outcome.review == "undecidable" and named and settled)):
        _apply(outcome, first[0].paragraph, first[0], first[1], frozenset())
        outcome.written = written
        outcome.missing = frozenset()
        speaking = []
    elif settled and outcome.paragraph == "none" and group_of(outcome.review) == "licence":
        outcome.paragraph, outcome.item = first[0].paragraph, first[0]
    elif lenient and lacking:
        outcome.review, outcome.missing = "undecidable", frozenset(lacking)
    outcome.weaker = tuple(dict.fromkeys(row for row, _ in speaking))
    if not outcome.weaker and group_of(outcome.review) in ("free", "exception"):
        outcome.unbound = tuple(unbound)


def _tariff(case: Case) -> tuple[str, Any, frozenset[str]]:
    missing: set[str] = set()
    for row in case.regime.tariffs:
        held, lacks = holds(row, case.specs, case.datacenter)
        if held:
            return "tariff_25_percent", row, frozenset()
        missing |= lacks
    if missing:
        return "undecidable", None, frozenset(missing)
    return "no_tariff_232", None, frozenset()


def case_of(
    specs: chips.Specs,
    datacenter: bool | None,
    exporter: str | None,
    to: str,
    hq: str,
    party: str,
    from_us: bool,
    regime: Regime,
) -> Case:
    """A question, ready for `decide`: `to` and `hq` are ISO codes, what is not said comes from the chip."""
    return Case(
        specs=specs,
        datacenter=specs.datacenter if datacenter is None else datacenter,
        exporter=(exporter or specs.vendor).strip(),
        exporter_given=exporter is not None,
        to=to,
        codes=frozenset({"US_IMPORT"}) if to == "US-IMPORT" else regime.scopes.get(to, _ANYWHERE),
        hq=regime.scopes.get(hq, _ANYWHERE),
        party=party,
        from_us=from_us,
        prc=specs.headquarters_prc_designer or any(is_named(specs, row.names) for row in regime.guidance),
        regime=regime,
    )
