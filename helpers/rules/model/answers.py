"""The answer: one chip, day and destination put to the decision, and what it rests on, in plain sentences."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from helpers.chips import model as chips
from helpers.core import data
from helpers.core.safe import as_markdown, link
from helpers.rules.model.book import NEEDED, Regime, regime_on, rule_book, vocabulary
from helpers.rules.model.decision import Case, Outcome, case_of, decide, group_of
from helpers.rules.model.doors import check_datacenter, check_exporter, check_party, day_number, endpoints, specs_of
from helpers.rules.model.limbs import Limb, binds, holds, limbs_of, row_words


@dataclass(frozen=True)
class Answer:
    """What the record says about one chip, day and destination. Prints as plain sentences.

    `paragraph`, `review_policy` and `rests_on` use the words of ``data/rules/vocabulary.csv``.
    `as_written` is what the published regulation alone asks, `as_enforced` what was asked in
    practice that day (the same as `review_policy`). `tariff` is the Section 232 duty that bringing
    the chip into the United States on that day would meet. `undecidable` is empty, or says what
    public information leaves open. `limbs` are all tests that were tried, `fired` those of the
    paragraph that decided, `rules` the rows of ``data/rules/versions.csv`` it rests on.
    """

    chip: str
    on: str
    destination: str
    paragraph: str
    limbs: tuple[Limb, ...]
    review_policy: str
    exceptions: tuple[str, ...]
    rests_on: str
    as_written: str
    as_enforced: str
    tariff: str
    citation: str
    url: str
    confidence: str
    undecidable: str
    reasons: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    fired: tuple[Limb, ...] = ()

    def __str__(self) -> str:
        return "\n".join([f"{self.chip} to {self.destination} on {self.on}: {self._head()}", *self._sentences()])

    def _repr_markdown_(self) -> str:
        lines = "\n".join(f"- {as_markdown(sentence)}" for sentence in self._sentences()[:-1])
        asked = as_markdown(f"{self.chip} to {self.destination} on {self.on}: {self._head()}")
        return (
            f"**{asked}**\n\n{lines}"
            f"\n- Source: {link(self.citation, self.url)}. Confidence: {as_markdown(self.confidence)}."
        )

    def _head(self) -> str:
        return f"{vocabulary('review_policy')[self.review_policy].plain}{'' if self.paragraph == 'none' else f' ({self.paragraph})'}."

    def _sentences(self) -> list[str]:
        said = list(self.reasons)
        if self.undecidable:
            said.append(f"Open: {self.undecidable}")
        said += self.caveats
        said.append(f"Source: {self.citation}. Confidence: {self.confidence}. {self.url}".strip())
        return said


def _worst(*words: str) -> str:
    order = vocabulary("confidence")
    return max((word for word in words if word), key=lambda word: order[word].strictness)


def _tested(regime: Regime) -> Any:
    """The rule to cite when nothing applies: the newest regulation on items, else a letter."""
    tested = [regime.versions[row.rule] for row in [*regime.items, *regime.letters] if row.rule in regime.versions]
    regulations = [version for version in tested if version.instrument == "regulation"]
    return max(regulations or tested, key=lambda version: version.first)


def _considered(case: Case, outcome: Outcome) -> list[Any]:
    """The rows of thresholds.csv that the answer reports on: tests of the day, letters that speak, the ceiling."""
    regime, memory = case.regime, case.specs.is_hbm_stack
    if case.to == "US-IMPORT":
        rows = list(regime.tariffs)
    else:
        rows = [
            *regime.items,
            *(row for row in regime.guidance if row is outcome.item),
            *(row for row in regime.letters if binds(row, case.exporter) or row in outcome.unbound),
        ]
    rows = [row for row in rows if row.memory == memory]
    if outcome.policy is not None and outcome.policy.needs:
        rows.append(regime.limits[outcome.policy.needs])
    elif outcome.review == "presumption_of_denial" and not memory:
        rows += [row for row in regime.limits.values() if not row.memory]
    return rows


def _cited(case: Case, outcome: Outcome) -> list[str]:
    """The rules that the answer rests on, the first of them first."""
    cited = [row.rule for row in (outcome.policy, outcome.item) if row is not None]
    if outcome.rests_on == "letter":
        cited = [outcome.item.rule]
    elif outcome.rests_on == "filing":
        cited = [*cited, outcome.filing.rule]
    elif case.to == "US-IMPORT" and not cited:
        cited = [row.rule for row in case.regime.tariffs[:1]]
    elif not cited:
        cited = [_tested(case.regime).version_id]
    return list(dict.fromkeys(cited))


def _reasons(case: Case, outcome: Outcome, considered: list[Any], versions: list[Any]) -> list[str]:
    """Why: the rule, each test tried, what the policy means, and where text and enforcement part."""
    regime, specs = case.regime, case.specs
    importing = case.to == "US-IMPORT"
    said = [(row, row_words(row, specs, case.datacenter)) for row in considered]
    reasons = [f"{version.name} ({version.citation})." for version in versions[:1]] or [
        "No tariff of this kind was in force."
    ]
    reasons += [text for row, text in said if text and row.role != "limit"]
    if (
        not importing
        and case.datacenter is False
        and outcome.paragraph == "none"
        and any(row.datacenter == "yes" for row in regime.items)
    ):
        reasons.append(
            "It is not designed or marketed for data centres, so the density tests do not apply (Note 2 to 3A090)."
        )
    reasons.append(vocabulary("review_policy")[outcome.review].meaning)
    reasons += [text for row, text in said if text and row.role == "limit"]
    if outcome.note and outcome.review != "undecidable":
        reasons.append(outcome.note)
    if outcome.filing is not None:
        reasons.append(f"{outcome.filing.note} ({outcome.filing.citation})")
    if "foundry" in outcome.missing:
        reasons.append(outcome.item.note)
    if outcome.exceptions:
        reasons.append(f"Exceptions in the text: {outcome.exceptions.replace(';', ', ')}.")
    if outcome.written != outcome.review:
        written, enforced = (vocabulary("review_policy")[word].plain for word in (outcome.written, outcome.review))
        reasons.append(f"The regulation as written: {written}. As enforced that day: {enforced}.")
    if outcome.tariff == "tariff_25_percent" and not importing:
        reasons.append(
            "Brought into the United States first (the test has to be made there), it meets the 25 per cent tariff."
        )
    return reasons


def _open_points(case: Case, outcome: Outcome) -> list[str]:
    """What public information leaves open when the answer is "undecidable"."""
    if outcome.review != "undecidable":
        return []
    if "foundry" in outcome.missing:
        return [
            f"{case.exporter} is a fabricator or packager and must presume 3A090.a for logic at 16/14 nm or below"
            " unless the presumption is overcome, which depends on the designer, the transistor count and the memory."
        ]
    if outcome.missing:
        return [f"the answer needs {' and '.join(NEEDED[m] for m in sorted(outcome.missing))}."]
    return [outcome.note] if outcome.note else []


def _caveats(case: Case, outcome: Outcome, contested: str) -> list[str]:
    """What makes the answer less sure, or would change it."""
    specs, caveats = case.specs, []
    if contested:
        caveats.append(f"Published specifications differ: {contested}")
    if specs.confidence in ("estimate", "contested"):
        caveats.append(
            f"The chip's specifications are {'an estimate' if specs.confidence == 'estimate' else 'contested'}."
        )
    if case.party == "listed" and not _parties_named(case):
        caveats.append(
            "No rule of that day names parties as free of a licence there, so who is listed makes no difference."
        )
    if outcome.review == "case_by_case" and specs.product in _made_for_china():
        caveats.append(
            "It is made for China and not on sale in the United States, so whether it can meet the conditions is doubtful."
        )
    if outcome.weaker:
        letters = ", ".join(dict.fromkeys(row.paragraph for row in outcome.weaker))
        caveats.append(f"{letters} also speaks to this exporter and item; the regulation decides here.")
    if outcome.unbound:
        first = outcome.unbound[0]
        who = case.exporter or "an exporter who is not named"
        caveats.append(
            f"{first.paragraph} binds only {' and '.join(first.bound)}: it is not asked of {who}, and would be of them."
        )
    return caveats


def _fired(case: Case, outcome: Outcome, considered: list[Any]) -> tuple[Limb, ...]:
    """The limbs of the paragraph that decided."""
    if outcome.item is None:
        return ()
    deciding = [row for row in considered if row.paragraph == outcome.item.paragraph]
    return tuple(
        limb for row in deciding if holds(row, case.specs, case.datacenter)[0] for limb in limbs_of(row, case.specs)
    )


def _confidence(outcome: Outcome, versions: list[Any], contested: str) -> str:
    rows = [row for row in (outcome.policy, outcome.item, outcome.filing) if row is not None]
    found = _worst(*(row.confidence for row in [*rows, *versions[:1]]), "primary")
    return _worst(found, "contested") if contested else found


def _answer(case: Case, outcome: Outcome, day: int, to_name: str, contested: str) -> Answer:
    book, specs = rule_book(), case.specs
    considered = _considered(case, outcome)
    cited = _cited(case, outcome)
    versions = [book.versions[rule] for rule in cited]
    filing = outcome.filing if outcome.rests_on == "filing" else None
    open_points, caveats = _open_points(case, outcome), _caveats(case, outcome, contested)
    if case.to != "US-IMPORT":
        open_points += _affiliates(case.regime, outcome, caveats)
    if day > book.horizon:
        caveats.append(
            f"The record was audited up to {date.fromordinal(book.horizon)}; what held then is assumed to hold on this day."
        )
    return Answer(
        chip=specs.name,
        on=date.fromordinal(day).isoformat(),
        destination=to_name,
        paragraph=outcome.paragraph,
        limbs=tuple(limb for row in considered for limb in limbs_of(row, specs)),
        review_policy=outcome.review,
        exceptions=tuple(part for part in outcome.exceptions.split(";") if part),
        rests_on=outcome.rests_on,
        as_written=outcome.written,
        as_enforced=outcome.review,
        tariff=outcome.tariff,
        citation="; ".join(source.citation for source in [*versions, filing] if source) or "nothing in force",
        url=filing.url if filing else versions[0].url if versions else "",
        confidence=_confidence(outcome, versions, contested),
        undecidable=" ".join(open_points),
        reasons=tuple(_reasons(case, outcome, considered, versions)),
        caveats=tuple(caveats),
        rules=tuple(cited),
        fired=_fired(case, outcome, considered),
    )


def _parties_named(case: Case) -> bool:
    """Does a rule of the day name parties for this place?"""
    return any(row.party == "listed" and row.where & case.codes for row in case.regime.policies)


@lru_cache(maxsize=1)
def _made_for_china() -> frozenset[str]:
    table = data.load("chips")
    return frozenset(table.loc[table["china_part"], "chip"])


def _affiliates(regime: Regime, outcome: Outcome, caveats: list[str]) -> list[str]:
    """The 50 per cent rule looks at owners, which nobody states here."""
    if group_of(outcome.review) not in ("free", "exception") and outcome.review != "presumption_of_approval":
        return []
    for version in regime.versions.values():
        if version.version_id.startswith("affiliates") and version.status == "in_force":
            caveats.append(f"{version.name}: {version.what} ({version.citation})")
        if version.version_id.startswith("affiliates") and version.status == "uncertain":
            return [f"whether a buyer owned 50 per cent or more by listed parties needs a licence. {version.what}"]
    return []


def classify(
    chip: str | Mapping[str, Any] | chips.Specs,
    on: str | date,
    destination: str,
    *,
    end_user_hq: str | None = None,
    shipped_from: str = "United States",
    exporter: str | None = None,
    datacenter: bool | None = None,
    party: str = "unlisted",
) -> Answer:
    """What the US rules asked for this chip, on that day, to that place.

    Parameters
    ----------
    chip : str, mapping or Specs
        A name of ``data/chips.csv``, or specifications: see `chips.specifications`.
    on : str or date
        The day, YYYY-MM-DD, within the record (2022-08-26 to 2027-12-31).
    destination : str
        Country or two-letter ISO code; "United States (import)" asks for the tariff.
    end_user_hq : str, optional
        Where the buyer, or its ultimate parent, has its headquarters; the destination by default.
    shipped_from : str
        Where the shipment starts.
    exporter : str, optional
        Who exports: letters bind the company they were sent to. The chip's maker by default.
    datacenter : bool, optional
        Designed or marketed for data centres; overrides the chip's own entry.
    party : {"unlisted", "listed"}
        "listed": the buyer is one whom a rule of the place names as free of its licence (since July
        2026 the UAE Government, G42, Core42 and named US firms in the UAE). It is not the Entity List.

    Returns
    -------
    Answer
        A quantity of the chip that is not known is NaN.

    Raises
    ------
    ValueError
        An unknown chip or place, a day outside the record, a value outside its range: the message
        names the parameter, the value and what is valid.

    Examples
    --------
    >>> classify("A800", "2023-06-01", "China").review_policy
    'no_license_required'
    >>> classify("A800", "2023-12-01", "China").paragraph
    '3A090.a.1'
    >>> classify("H20", "2025-05-01", "China").rests_on
    'letter'
    >>> classify("H100", "2026-08-01", "UAE").review_policy, classify("H100", "2026-08-01", "UAE", party="listed").review_policy
    ('license_required', 'no_license_for_listed_entities')
    """
    day = day_number(on)
    to, to_name, hq, from_us = endpoints(destination, end_user_hq, shipped_from)
    check_datacenter(datacenter)
    check_exporter(exporter)
    check_party(party)
    specs = specs_of(chip)
    case = case_of(specs, datacenter, exporter, to, hq, party, from_us, regime_on(day))
    return _answer(case, decide(case), day, to_name, _contested(case))


def _contested(case: Case) -> str:
    """Where published values differ: does the answer differ too?"""
    specs, answers = case.specs, {}
    for end in ("low", "high"):
        values = {
            "tpp": getattr(specs, f"tpp_{end}"),
            "performance_density": getattr(specs, f"performance_density_{end}"),
            "dram_bw_gb_s": getattr(specs, f"dram_bw_{end}_gb_s"),
        }
        values = {key: value for key, value in values.items() if not math.isnan(value) and value != getattr(specs, key)}
        if values:
            outcome = decide(replace(case, specs=replace(specs, **values)))
            answers[end] = outcome.review if case.to != "US-IMPORT" else outcome.tariff
    if not answers:
        return ""
    middle = decide(case)
    middle_answer = middle.review if case.to != "US-IMPORT" else middle.tariff
    other = {end: review for end, review in answers.items() if review != middle_answer}
    return "; ".join(
        f"the {end} end gives {vocabulary('review_policy')[review].plain}" for end, review in other.items()
    ) + ("." if other else "")
