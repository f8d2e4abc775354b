"""Would this chip have needed a US licence on that day, and under which paragraph?

`classify` answers for one chip, day and destination; `classify_all` for a grid; `history` for one
chip through time; `rule_versions` and `regions` show what was in force. Every number, date, place
and citation is a row of ``data/rules/``; this module only compares and looks up. The order of
evaluation is written in ``data/rules/README.md``. Teaching material, not legal advice.
"""

from __future__ import annotations

import difflib
import math
import operator
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import pandas as pd

from helpers.chips import model as chips
from helpers.core import data

IMPORT = "United States (import)"

# Column of thresholds.csv -> quantity, comparison, words, unit. The numbers are in the table.
_TESTS = {
    "tpp_ge": ("tpp", operator.ge, "TPP, at least", ""),
    "tpp_gt": ("tpp", operator.gt, "TPP, more than", ""),
    "tpp_lt": ("tpp", operator.lt, "TPP, less than", ""),
    "pd_ge": ("performance_density", operator.ge, "performance density, at least", "TPP per mm2"),
    "pd_lt": ("performance_density", operator.lt, "performance density, less than", "TPP per mm2"),
    "io_ge_gb_s": ("io_gb_s", operator.ge, "transfer rate, at least", "GB/s"),
    "dram_ge_gb_s": ("dram_bw_gb_s", operator.ge, "DRAM bandwidth, at least", "GB/s"),
    "dram_gt_gb_s": ("dram_bw_gb_s", operator.gt, "DRAM bandwidth, more than", "GB/s"),
    "dram_lt_gb_s": ("dram_bw_gb_s", operator.lt, "DRAM bandwidth, less than", "GB/s"),
    "dram_plus_io_ge_gb_s": ("dram_plus_io_gb_s", operator.ge, "DRAM bandwidth plus transfer rate, at least", "GB/s"),
    "mbd_gt_gb_s_per_mm2": ("hbm_mbd_gb_s_per_mm2", operator.gt, "memory bandwidth density, more than", "GB/s per mm2"),
    "mbd_lt_gb_s_per_mm2": ("hbm_mbd_gb_s_per_mm2", operator.lt, "memory bandwidth density, less than", "GB/s per mm2"),
}
_NEEDED = {
    "tpp": "the total processing performance (tpp, or dense_tops with bit_length)",
    "performance_density": "the applicable die area (die_area_mm2)",
    "no density": "a performance density: no die is on a non-planar process (die_area_mm2 is 0), and the text does not say what follows",
    "io_gb_s": "the whole transfer rate other than to memory (io_gb_s)",
    "dram_bw_gb_s": "the DRAM bandwidth (dram_bw_gb_s)",
    "dram_plus_io_gb_s": "the DRAM bandwidth and transfer rate (dram_bw_gb_s, io_gb_s)",
    "hbm_mbd_gb_s_per_mm2": "the memory bandwidth density of the stack (hbm_mbd_gb_s_per_mm2)",
    "datacenter": "whether the item is designed or marketed for data centres (datacenter)",
}


@dataclass(frozen=True)
class Limb:
    """One test of one paragraph: what was asked, what the chip has, and by how much it holds or not.

    `margin_percent` is the value's distance from the threshold: positive above it, negative below,
    NaN when the value is not known. `fired` is None when it cannot be decided.
    """

    name: str
    value: float
    threshold: float
    unit: str
    margin_percent: float
    fired: bool | None


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
        lines = "\n".join(f"- {sentence}" for sentence in self._sentences()[:-1])
        source = f"[{self.citation}]({self.url})" if self.url else self.citation
        return (
            f"**{self.chip} to {self.destination} on {self.on}: {self._head()}**\n\n{lines}"
            f"\n- Source: {source}. Confidence: {self.confidence}."
        )

    def _head(self) -> str:
        return f"{_words('review_policy')[self.review_policy].plain}{'' if self.paragraph == 'none' else f' ({self.paragraph})'}."

    def _sentences(self) -> list[str]:
        said = list(self.reasons)
        if self.undecidable:
            said.append(f"Open: {self.undecidable}")
        said += self.caveats
        said.append(f"Source: {self.citation}. Confidence: {self.confidence}. {self.url}".strip())
        return said


# --- the tables, ready for looking up ------------------------------------------------------------


@dataclass(frozen=True)
class _Word:
    group: str
    strictness: float
    meaning: str
    plain: str


@lru_cache(maxsize=None)
def _words(field: str) -> dict[str, _Word]:
    table = data.load("rules/vocabulary")
    return {
        row.word: _Word(row.group, row.strictness, row.meaning, row.word.replace("_", " "))
        for row in table[table["field"] == field].itertuples()
    }


class _Row:
    """A row of thresholds, policies or scopes with its dates as day numbers and its lists split."""

    def __init__(self, row: Any, first: str, last: str) -> None:
        self.__dict__.update(row._asdict())
        self.first = getattr(row, first).toordinal()
        end = getattr(row, last)
        self.last = date.max.toordinal() if pd.isna(end) else end.toordinal()


def _rows(table: str, first: str = "effective_from", last: str = "effective_to") -> list[Any]:
    return [_Row(row, first, last) for row in data.load(table).itertuples(index=False)]


@dataclass(frozen=True)
class _Book:
    """All tables of ``data/rules/``, and the days on which any of them changes."""

    versions: dict[str, Any]
    thresholds: list[Any]
    policies: list[Any]
    scopes: list[Any]
    turns: list[int]
    begins: int
    horizon: int
    ends: int


@lru_cache(maxsize=1)
def _book() -> _Book:
    versions = {row.version_id: row for row in _rows("rules/versions")}
    thresholds, policies = _rows("rules/thresholds"), _rows("rules/policies")
    for row in thresholds:
        row.tests = [
            (column, quantity, compare, words, unit, getattr(row, column))
            for column, (quantity, compare, words, unit) in _TESTS.items()
            if not math.isnan(getattr(row, column))
        ]
        row.names = [part for part in row.products.split(";") if part]
        row.bound = [part for part in row.exporters.split(";") if part]
        row.memory = any(quantity.startswith("hbm") for _, quantity, *_ in row.tests)
    for row in policies:
        row.of, row.where = frozenset(row.paragraphs.split()), frozenset(row.scope.split())
    policies.sort(key=lambda row: row.order)
    scopes = _rows("rules/scopes", "valid_from", "valid_to")
    settings = data.load("rules/settings").set_index("setting")["value"]
    begins, horizon, ends = (settings[key].toordinal() for key in ("record_begins", "evidence_horizon", "last_day"))
    dated = [*versions.values(), *thresholds, *policies, *scopes]
    turns = {begins} | {row.first for row in dated} | {row.last + 1 for row in dated if row.last < date.max.toordinal()}
    return _Book(
        versions, thresholds, policies, scopes, sorted(t for t in turns if begins <= t <= ends), begins, horizon, ends
    )


@dataclass(frozen=True)
class _Regime:
    """What holds between two days on which anything changes."""

    items: list[Any]
    letters: list[Any]
    guidance: list[Any]
    tariffs: list[Any]
    foundries: list[Any]
    limits: dict[str, Any]
    policies: list[Any]
    versions: dict[str, Any]
    scopes: dict[str, frozenset[str]]


@lru_cache(maxsize=None)
def _regime(turn: int) -> _Regime:
    book = _book()

    def active(rows: Iterable[Any]) -> list[Any]:
        return [row for row in rows if row.first <= turn <= row.last]

    by_role: dict[str, list[Any]] = {}
    for row in active(book.thresholds):
        by_role.setdefault(row.role, []).append(row)
    scopes: dict[str, set[str]] = {}
    for row in active(book.scopes):
        scopes.setdefault(row.iso2, {"ANY"}).add(row.scope)
    return _Regime(
        items=by_role.get("item", []),
        letters=by_role.get("letter", []),
        guidance=by_role.get("guidance", []),
        tariffs=by_role.get("tariff", []),
        foundries=by_role.get("foundry", []),
        limits={row.threshold_id: row for row in by_role.get("limit", [])},
        policies=active(book.policies),
        versions={row.version_id: row for row in active(book.versions.values())},
        scopes={iso2: frozenset(codes) for iso2, codes in scopes.items()},
    )


def _regime_of(day: int) -> _Regime:
    turns = _book().turns
    return _regime(turns[bisect_right(turns, day) - 1])


# --- checks at the door ---------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _gazetteer() -> tuple[dict[str, tuple[str, str]], list[str]]:
    known: dict[str, tuple[str, str]] = {}
    table = data.load("rules/places")
    for row in table.itertuples():
        for spelling in (row.iso2, row.place, *filter(None, row.also.split(";"))):
            known[_plain(spelling)] = (row.iso2, row.place)
    return known, table["place"].tolist()


def _plain(text: str) -> str:
    text = text.casefold().replace("&", " and ")
    text = re.sub(r"^the\s+", "", re.sub(r"[\s.,'’_-]+", " ", text).strip())
    return text


def place(name: str, parameter: str = "destination") -> tuple[str, str]:
    """The ISO code and plain name of a place.

    Parameters
    ----------
    name : str
        A plain name or ISO 3166-1 alpha-2 code, or "United States (import)"; case does not matter.
    parameter : str
        What the caller calls it, for the message.

    Returns
    -------
    tuple of str

    Raises
    ------
    ValueError
        Not a place of ``data/rules/places.csv``; near spellings are named.

    Examples
    --------
    >>> place("uae"), place("VN")
    (('AE', 'United Arab Emirates'), ('VN', 'Vietnam'))
    """
    known, names = _gazetteer()
    if isinstance(name, str) and (found := known.get(_plain(name))):
        return found
    near = difflib.get_close_matches(_plain(name), known, n=3, cutoff=0.7) if isinstance(name, str) else []
    hint = (
        f"Did you mean {', '.join(dict.fromkeys(known[n][1] for n in near))}?"
        if near
        else "Give a country or its two-letter ISO code."
    )
    raise ValueError(f"{parameter} = {name!r} is not a place of data/rules/places.csv ({len(names)} places). {hint}")


def _day(on: Any, parameter: str = "on") -> int:
    book = _book()
    span = f"{date.fromordinal(book.begins)} to {date.fromordinal(book.ends)}"
    try:
        if isinstance(on, str):
            day = date.fromisoformat(on.strip())
        elif isinstance(on, datetime):  # pandas timestamps too
            day = on.date()
        elif isinstance(on, date):
            day = on
        else:
            day = pd.Timestamp(on).date() if hasattr(on, "dtype") else None
        number = None if day is None or pd.isna(day) else day.toordinal()
    except (ValueError, TypeError, OverflowError):
        number = None
    if number is None:
        raise ValueError(f"{parameter} = {on!r} is not a day; write it YYYY-MM-DD, from {span}.")
    if number < book.begins:
        raise ValueError(f"{parameter} = {date.fromordinal(number)} is before the record, which runs from {span}.")
    if number > book.ends:
        raise ValueError(f"{parameter} = {date.fromordinal(number)} is after the record, which runs from {span}.")
    return number


def _endpoints(destination: Any, end_user_hq: Any, shipped_from: Any) -> tuple[str, str, str, bool]:
    """ISO code and name of the destination, ISO code of the headquarters, shipped from the US or not."""
    to, to_name = place(destination, "destination")
    if to == "US":
        raise ValueError(
            f"destination = {destination!r}: an export does not go there. For the duty on an import ask {IMPORT!r}."
        )
    hq = to if end_user_hq is None else place(end_user_hq, "end_user_hq")[0]
    origin = place(shipped_from, "shipped_from")[0]
    for parameter, given, code in (("end_user_hq", end_user_hq, hq), ("shipped_from", shipped_from, origin)):
        if given is not None and code == "US-IMPORT":
            raise ValueError(f"{parameter} = {given!r} is only a destination; give a country.")
    return to, to_name, hq, origin == "US"


def _specs(chip: Any) -> chips.Specs:
    return chip if isinstance(chip, chips.Specs) else chips.specifications(chip)


def _yes_no(datacenter: Any) -> None:
    if datacenter is not None and not isinstance(datacenter, bool):
        raise ValueError(f"datacenter = {datacenter!r} is not True, False or None.")


def _company(exporter: Any) -> None:
    if exporter is not None and not (isinstance(exporter, str) and exporter.strip()):
        raise ValueError(f"exporter = {exporter!r} is not a company's name; leave it out for the chip's maker.")


# --- the tests ------------------------------------------------------------------------------------


def _quantity(specs: chips.Specs, quantity: str) -> tuple[float, bool]:
    """The value, and whether it is only a lower bound."""
    if quantity == "io_gb_s":
        return specs.io_gb_s, specs.io_is_lower_bound
    if quantity == "dram_plus_io_gb_s":
        io, dram = specs.io_gb_s, specs.dram_bw_gb_s
        part = math.isnan(io) or math.isnan(dram)
        total = (0 if math.isnan(io) else io) + (0 if math.isnan(dram) else dram)
        return (math.nan, True) if part and total == 0 else (total, part or specs.io_is_lower_bound)
    return getattr(specs, quantity), False


def _test(specs: chips.Specs, test: tuple) -> bool | None:
    _, quantity, compare, _, _, threshold = test
    value, at_least = _quantity(specs, quantity)
    if math.isnan(value):
        return None
    holds = compare(value, threshold)
    return None if at_least and not holds and compare is operator.ge else holds


def _named(specs: chips.Specs, names: Iterable[str]) -> bool:
    """One of the names occurs in the chip's name, word for word ('*': and what follows in that word)."""
    words = re.findall(r"[a-z0-9]+", specs.name.lower())
    for name in names:
        parts = re.findall(r"[a-z0-9*]+", name.lower())
        for start in range(len(words) - len(parts) + 1):
            pairs = zip(parts, words[start:], strict=False)
            if all(word.startswith(part[:-1]) if part.endswith("*") else word == part for part, word in pairs):
                return True
    return False


def _holds(row: Any, specs: chips.Specs, datacenter: bool | None) -> tuple[bool | None, set[str]]:
    """Does a row of thresholds.csv fit the item? None: cannot be told, and what is missing."""
    if row.memory != specs.is_hbm_stack:
        return False, set()
    if row.names and not row.tests:
        return _named(specs, row.names), set()
    missing: set[str] = set()
    for test in row.tests:
        held = _test(specs, test)
        if held is False:
            return False, set()
        if held is None:
            missing.add("no density" if test[1] == "performance_density" and specs.die_area_mm2 == 0 else test[1])
    if row.datacenter != "any":
        if datacenter is None:
            missing.add("datacenter")
        elif datacenter != (row.datacenter == "yes"):
            return False, set()
    return (None, missing) if missing else (True, missing)


def _binds(row: Any, exporter: str) -> bool:
    return any(re.search(rf"\b{re.escape(name)}\b", exporter, re.IGNORECASE) for name in row.bound)


def _limbs(row: Any, specs: chips.Specs) -> list[Limb]:
    label = row.paragraph or row.threshold_id
    limbs = []
    for test in row.tests:
        _, quantity, _, words, unit, threshold = test
        value = _quantity(specs, quantity)[0]
        margin = (value / threshold - 1) * 100 if threshold else math.nan
        limbs.append(Limb(f"{label}: {words}", value, threshold, unit, margin, _test(specs, test)))
    if row.names:
        limbs.append(Limb(f"{label}: product named", math.nan, math.nan, "", math.nan, _named(specs, row.names)))
    return limbs


# --- the decision ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Case:
    specs: chips.Specs
    datacenter: bool | None
    exporter: str
    exporter_given: bool
    to: str
    codes: frozenset[str]
    hq: frozenset[str]
    from_us: bool
    prc: bool
    regime: _Regime


@dataclass
class _Outcome:
    paragraph: str = "none"
    review: str = "no_license_required"
    written: str = "no_license_required"
    rests_on: str = "text"
    exceptions: str = ""
    item: Any = None  # row of thresholds that made it an item, a letter's item, ...
    policy: Any = None
    missing: frozenset[str] = frozenset()
    note: str = ""
    weaker: tuple[Any, ...] = ()  # letters that also speak but do not decide
    unbound: tuple[Any, ...] = ()  # letters that would speak to another exporter
    tariff: str = "no_tariff_232"


_ANYWHERE = frozenset({"ANY"})
_FAR = frozenset({"D5", "MO"})
_HOME = frozenset({"A5_A6_US"})


def _policy(case: _Case, paragraph: str) -> tuple[Any, frozenset[str]]:
    """The first policy row that fits, or what is missing to tell."""
    for row in case.regime.policies:
        if paragraph not in row.of or not (row.where & case.codes) or (row.designer == "PRC") > case.prc:
            continue
        if row.hq == "D5_MO" and not (case.hq & _FAR) or row.hq == "A5_A6_US" and not (case.hq & _HOME):
            continue
        if row.shipped_from == "US" and not case.from_us:
            continue
        missing: set[str] = set()
        if row.datacenter != "any":
            if case.datacenter is None:
                missing.add("datacenter")
            elif case.datacenter != (row.datacenter == "yes"):
                continue
        if row.needs:
            held, lacks = _holds(case.regime.limits[row.needs], case.specs, case.datacenter)
            if held is False:
                continue
            missing |= lacks
        if missing:
            return None, frozenset(missing)
        return row, frozenset()
    return None, frozenset()


def _apply(outcome: _Outcome, paragraph: str, item: Any, policy: Any, missing: frozenset[str]) -> _Outcome:
    outcome.paragraph, outcome.item, outcome.policy = paragraph, item, policy
    if missing:
        outcome.review = outcome.written = "undecidable"
        outcome.missing = missing
    elif policy is not None:
        outcome.review, outcome.rests_on = policy.review_policy, policy.rests_on
        outcome.written = policy.as_written or policy.review_policy
        outcome.exceptions, outcome.note = policy.exceptions, policy.note
    return outcome


def _by_regulation(case: _Case) -> _Outcome:
    """Steps 1 and 3 to 5: which paragraph, and what it means for this place, buyer and origin."""
    fired, pending, missing = None, [], set()
    for row in case.regime.items:
        held, lacks = _holds(row, case.specs, case.datacenter)
        if held:
            fired = row
            break
        if held is None:
            pending.append(row)
            missing |= lacks
    listed = next((row for row in case.regime.guidance if _named(case.specs, row.names)), None)
    if listed is not None:
        policy, lacks = _policy(case, listed.paragraph)
        return _apply(_Outcome(), listed.paragraph, listed, policy, lacks)
    if not pending:
        if fired is None:
            return _Outcome()
        policy, lacks = _policy(case, fired.paragraph)
        paragraph = (
            "GP10_guidance" if policy is not None and policy.review_policy == "GP10_presumption" else fired.paragraph
        )
        return _apply(_Outcome(), paragraph, fired, policy, lacks)
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
        return _Outcome(policy=found[0][0])
    return _apply(_Outcome(), "none", pending[0], None, frozenset(missing))


def _group(review: str) -> str:
    return _words("review_policy")[review].group


def _decide(case: _Case) -> _Outcome:
    outcome = _Outcome() if case.to == "US-IMPORT" else _by_regulation(case)
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
        if "other" in row.of and row.where & case.codes and _group(outcome.review) in ("free", "exception", "open"):
            _apply(outcome, outcome.paragraph, outcome.item, row, frozenset())
            outcome.missing = frozenset()
    _letters(case, outcome)
    if (
        case.exporter_given
        and not case.specs.is_hbm_stack
        and _group(outcome.review) in ("free", "exception")
        and (row := next((row for row in case.regime.foundries if _binds(row, case.exporter)), None))
    ):
        outcome.review, outcome.missing, outcome.item = "undecidable", frozenset({"foundry"}), row
    return outcome


def _letters(case: _Case, outcome: _Outcome) -> None:
    """Step 4: letters add a licence where the regulation leaves an item free or under an exception."""
    lenient = _group(outcome.review) in ("free", "exception")
    speaking, unbound, lacking = [], [], set()
    for row in case.regime.letters:
        held, lacks = _holds(row, case.specs, case.datacenter)
        if held is False:
            continue
        policy, more = _policy(case, row.paragraph)
        if policy is None and not more:
            continue  # the letter does not reach this place
        if not _binds(row, case.exporter):
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
        if settled or _group(outcome.review) == "free":
            _apply(outcome, first[0].paragraph, first[0], first[1], frozenset())
            outcome.written = "undecidable" if written == "undecidable" else written
            outcome.missing = frozenset()
            speaking = []
    elif lenient and lacking:
        outcome.review, outcome.missing = "undecidable", frozenset(lacking)
    outcome.weaker = tuple(dict.fromkeys(row for row, _ in speaking))
    if not outcome.weaker and _group(outcome.review) in ("free", "exception"):
        outcome.unbound = tuple(unbound)


def _tariff(case: _Case) -> tuple[str, Any, frozenset[str]]:
    missing: set[str] = set()
    for row in case.regime.tariffs:
        held, lacks = _holds(row, case.specs, case.datacenter)
        if held:
            return "tariff_25_percent", row, frozenset()
        missing |= lacks
    if missing:
        return "undecidable", None, frozenset(missing)
    return "no_tariff_232", None, frozenset()


def _case(specs, datacenter, exporter, to, hq, from_us, regime) -> _Case:
    none = _ANYWHERE
    prc = specs.headquarters_prc_designer or any(_named(specs, row.names) for row in regime.guidance)
    codes = frozenset({"US_IMPORT"}) if to == "US-IMPORT" else regime.scopes.get(to, none)
    return _Case(
        specs, specs.datacenter if datacenter is None else datacenter, (exporter or specs.vendor).strip(), exporter is not None,
        to, codes, regime.scopes.get(hq, none), from_us, prc, regime,
    )  # fmt: skip


# --- the answer, in words -------------------------------------------------------------------------


def _number(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _limb_words(limb: Limb) -> str:
    what = limb.name.split(": ", 1)[1]
    unit = f" {limb.unit}" if limb.unit else ""
    if what == "product named":
        return "the product is named" if limb.fired else "the product is not named"
    if math.isnan(limb.value):
        return f"{what} {_number(limb.threshold)}{unit}: not known"
    side = "above" if limb.margin_percent > 0 else "below"
    gap = "exactly on it" if limb.margin_percent == 0 else f"{abs(limb.margin_percent):.1f} per cent {side}"
    return f"{what} {_number(limb.threshold)}{unit}: it has {_number(limb.value)}, {gap}"


def _row_words(row: Any, specs: chips.Specs, datacenter: bool | None) -> str:
    held, missing = _holds(row, specs, datacenter)
    label = row.paragraph or row.threshold_id
    if row.memory != specs.is_hbm_stack:
        return ""
    limbs = _limbs(row, specs)
    if held:
        return f"{label} is met ({'; '.join(map(_limb_words, limbs))})."
    if held is None:
        return f"{label} cannot be told: it needs {' and '.join(_NEEDED[m] for m in sorted(missing))}."
    failed = next((limb for limb in limbs if limb.fired is False), None)
    return (
        f"{label} is not met ({_limb_words(failed)})."
        if failed
        else f"{label} is not met (only for items designed or marketed for data centres)."
    )


def _worst(*words: str) -> str:
    order = _words("confidence")
    return max((word for word in words if word), key=lambda word: order[word].strictness)


def _tested(regime: _Regime) -> Any:
    """The rule to cite when nothing applies: the newest regulation on items, else a letter."""
    tested = [regime.versions[row.rule] for row in [*regime.items, *regime.letters] if row.rule in regime.versions]
    regulations = [version for version in tested if version.instrument == "regulation"]
    return max(regulations or tested, key=lambda version: version.first)


def _answer(case: _Case, outcome: _Outcome, day: int, to_name: str, contested: str) -> Answer:
    regime, specs, book = case.regime, case.specs, _book()
    importing = case.to == "US-IMPORT"
    considered = (
        regime.tariffs
        if importing
        else [
            *regime.items,
            *(row for row in regime.guidance if row is outcome.item),
            *(row for row in regime.letters if _binds(row, case.exporter) or row in outcome.unbound),
        ]
    )
    considered = [row for row in considered if row.memory == specs.is_hbm_stack]
    if outcome.policy is not None and outcome.policy.needs:
        considered.append(regime.limits[outcome.policy.needs])
    elif outcome.review == "presumption_of_denial" and not specs.is_hbm_stack:
        considered += [row for row in regime.limits.values() if not row.memory]
    limbs = tuple(limb for row in considered for limb in _limbs(row, specs))
    fired = tuple(
        limb
        for row in considered
        if outcome.item is not None
        and row.paragraph == outcome.item.paragraph
        and _holds(row, specs, case.datacenter)[0]
        for limb in _limbs(row, specs)
    )

    cited = [row.rule for row in (outcome.policy, outcome.item) if row is not None]
    if outcome.rests_on == "letter":
        cited = [outcome.item.rule]
    elif importing and not cited:
        cited = [row.rule for row in regime.tariffs[:1]]
    elif not cited:
        cited = [_tested(regime).version_id]
    cited = list(dict.fromkeys(cited))
    versions = [book.versions[rule] for rule in cited]
    confidence = _worst(
        *(row.confidence for row in (outcome.policy, outcome.item) if row is not None),
        *(v.confidence for v in versions[:1]),
        "primary",
    )
    if contested:
        confidence = _worst(confidence, "contested")

    reasons = [f"{version.name} ({version.citation})." for version in versions[:1]] or [
        "No tariff of this kind was in force."
    ]
    reasons += [text for row in considered if row.role != "limit" and (text := _row_words(row, specs, case.datacenter))]
    if (
        not importing
        and case.datacenter is False
        and outcome.paragraph == "none"
        and any(row.datacenter == "yes" for row in regime.items)
    ):
        reasons.append(
            "It is not designed or marketed for data centres, so the density tests do not apply (Note 2 to 3A090)."
        )
    reasons.append(_words("review_policy")[outcome.review].meaning)
    reasons += [text for row in considered if row.role == "limit" and (text := _row_words(row, specs, case.datacenter))]
    if outcome.note and outcome.review != "undecidable":
        reasons.append(outcome.note)
    if outcome.exceptions:
        reasons.append(f"Exceptions in the text: {outcome.exceptions.replace(';', ', ')}.")
    if outcome.written != outcome.review:
        written = _words("review_policy")[outcome.written].plain
        reasons.append(
            f"The regulation as written: {written}. As enforced that day: {_words('review_policy')[outcome.review].plain}."
        )
    if outcome.tariff == "tariff_25_percent" and not importing:
        reasons.append(
            "Brought into the United States first (the test has to be made there), it meets the 25 per cent tariff."
        )

    open_points = []
    if outcome.review == "undecidable":
        if "foundry" in outcome.missing:
            open_points.append(
                f"{case.exporter} is a fabricator or packager and must presume 3A090.a for logic at 16/14 nm or below"
                " unless the presumption is overcome, which depends on the designer, the transistor count and the memory."
            )
        elif outcome.missing:
            open_points.append(f"the answer needs {' and '.join(_NEEDED[m] for m in sorted(outcome.missing))}.")
        elif outcome.note:
            open_points.append(outcome.note)
    caveats = []
    if contested:
        caveats.append(f"Published specifications differ: {contested}")
    if specs.confidence in ("estimate", "contested"):
        caveats.append(
            f"The chip's specifications are {'an estimate' if specs.confidence == 'estimate' else 'contested'}."
        )
    if outcome.review == "case_by_case" and specs.name in _made_for_china():
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
    if not importing:
        open_points += _affiliates(regime, outcome, caveats)
    if day > book.horizon:
        caveats.append(
            f"The record was audited up to {date.fromordinal(book.horizon)}; what held then is assumed to hold on this day."
        )
    return Answer(
        chip=specs.name,
        on=date.fromordinal(day).isoformat(),
        destination=to_name,
        paragraph=outcome.paragraph,
        limbs=limbs,
        review_policy=outcome.review,
        exceptions=tuple(part for part in outcome.exceptions.split(";") if part),
        rests_on=outcome.rests_on,
        as_written=outcome.written,
        as_enforced=outcome.review,
        tariff=outcome.tariff,
        citation="; ".join(version.citation for version in versions) or "nothing in force",
        url=versions[0].url if versions else "",
        confidence=confidence,
        undecidable=" ".join(open_points),
        reasons=tuple(reasons),
        caveats=tuple(caveats),
        rules=tuple(cited),
        fired=fired,
    )


@lru_cache(maxsize=1)
def _made_for_china() -> frozenset[str]:
    table = data.load("chips")
    return frozenset(table.loc[table["china_part"], "chip"])


def _affiliates(regime: _Regime, outcome: _Outcome, caveats: list[str]) -> list[str]:
    """The 50 per cent rule looks at owners, which nobody states here."""
    if _group(outcome.review) not in ("free", "exception") and outcome.review != "presumption_of_approval":
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

    Returns
    -------
    Answer

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
    """
    day = _day(on)
    to, to_name, hq, from_us = _endpoints(destination, end_user_hq, shipped_from)
    _yes_no(datacenter)
    _company(exporter)
    specs = _specs(chip)
    case = _case(specs, datacenter, exporter, to, hq, from_us, _regime_of(day))
    return _answer(case, _decide(case), day, to_name, _contested(case))


def _contested(case: _Case) -> str:
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
            outcome = _decide(replace(case, specs=replace(specs, **values)))
            answers[end] = outcome.review if case.to != "US-IMPORT" else outcome.tariff
    if not answers:
        return ""
    middle = _decide(case)
    middle_answer = middle.review if case.to != "US-IMPORT" else middle.tariff
    other = {end: review for end, review in answers.items() if review != middle_answer}
    return "; ".join(
        f"the {end} end gives {_words('review_policy')[review].plain}" for end, review in other.items()
    ) + ("." if other else "")


# --- many chips, many days ------------------------------------------------------------------------


def months(first: str = "2022-01", last: str = "2026-12") -> list[date]:
    """The first day of every month from `first` to `last` (YYYY-MM)."""
    return [stamp.date() for stamp in pd.date_range(f"{first}-01", f"{last}-01", freq="MS")]


def classify_all(
    items: Iterable[Any] | pd.DataFrame | None = None,
    dates: Iterable[Any] | None = None,
    destination: str = "China",
    *,
    end_user_hq: str | None = None,
    shipped_from: str = "United States",
    exporter: str | None = None,
    datacenter: bool | None = None,
) -> pd.DataFrame:
    """The answers for many chips on many days, without the words: one row a chip and day.

    Days between two changes of any rule share one decision, so a grid costs no more than the
    number of changes in it.

    Parameters
    ----------
    items : iterable or DataFrame, optional
        Names, mappings or Specs; or a frame with a column ``chip``. All of ``data/chips.csv`` by default.
    dates : iterable of days, optional
        The months of 2022 to 2026 by default. Days before the record are kept, as undecidable.
    destination, end_user_hq, shipped_from, exporter, datacenter
        As in `classify`.

    Returns
    -------
    DataFrame
        chip, date (datetime64), paragraph, review_policy, rests_on, as_written, tariff, rule, undecidable.

    Raises
    ------
    ValueError
        As `classify`, except for days before the record.
    """
    to, _, hq, from_us = _endpoints(destination, end_user_hq, shipped_from)
    _yes_no(datacenter)
    _company(exporter)
    if items is None:
        items = chips.known_chips()
    elif isinstance(items, pd.DataFrame):
        items = items["chip"]
    elif isinstance(items, (str, Mapping, chips.Specs)):
        items = [items]
    all_specs = [_specs(item) for item in items]
    begins, turns = _book().begins, _book().turns
    stamps = pd.to_datetime(list(months() if dates is None else dates))
    days = [stamp.toordinal() if stamp.toordinal() < begins else _day(stamp, "dates") for stamp in stamps]
    early = (
        "none",
        "undecidable",
        "text",
        "undecidable",
        "no_tariff_232",
        "",
        f"before the record, which begins on {date.fromordinal(begins)}",
    )
    columns: list[list[Any]] = [[] for _ in range(9)]
    for specs in all_specs:
        cells: dict[int, tuple] = {-1: early}
        for day, stamp in zip(days, stamps, strict=True):
            turn = -1 if day < begins else turns[bisect_right(turns, day) - 1]
            if turn not in cells:
                case = _case(specs, datacenter, exporter, to, hq, from_us, _regime(turn))
                cells[turn] = _cell(case, _decide(case))
            for column, value in zip(columns, (specs.name, stamp, *cells[turn]), strict=True):
                column.append(value)
    names = ["chip", "date", "paragraph", "review_policy", "rests_on", "as_written", "tariff", "rule", "undecidable"]
    return pd.DataFrame(dict(zip(names, columns, strict=True)))


def _cell(case: _Case, outcome: _Outcome) -> tuple:
    rule = next((row.rule for row in (outcome.policy, outcome.item) if row is not None), "")
    missing = ", ".join(sorted(outcome.missing)) or (outcome.note if outcome.review == "undecidable" else "")
    return outcome.paragraph, outcome.review, outcome.rests_on, outcome.written, outcome.tariff, rule, missing


def history(chip: Any, destination: str, **settings: Any) -> pd.DataFrame:
    """How the answer for one chip and place changed, from the first letters on: one row a spell.

    Parameters
    ----------
    chip, destination, **settings
        As in `classify`.

    Returns
    -------
    DataFrame
        start, end (datetime64; the last spell ends with the evidence horizon), paragraph,
        review_policy, rests_on, as_written, confidence, fired (the limbs of the deciding paragraph,
        or the nearest miss), citation, url.
    """
    specs = _specs(chip)
    book = _book()
    rows: list[dict[str, Any]] = []
    for turn in [turn for turn in book.turns if turn <= book.horizon]:
        answer = classify(specs, date.fromordinal(turn), destination, **settings)
        key = (answer.paragraph, answer.review_policy, answer.rests_on, answer.as_written)
        if rows and rows[-1]["key"] == key:
            rows[-1]["end"] = None
        else:
            if rows:
                rows[-1]["end"] = turn - 1
            rows.append({"key": key, "start": turn, "end": None, "answer": answer})
    out = []
    for row in rows:
        answer = row["answer"]
        out.append(
            {
                "start": pd.Timestamp(date.fromordinal(row["start"])),
                "end": pd.Timestamp(date.fromordinal(row["end"] or book.horizon)),
                "paragraph": answer.paragraph,
                "review_policy": answer.review_policy,
                "rests_on": answer.rests_on,
                "as_written": answer.as_written,
                "confidence": answer.confidence,
                "fired": decisive(answer),
                "citation": answer.citation,
                "url": answer.url,
            }
        )
    return pd.DataFrame(out)


def decisive(answer: Answer) -> str:
    """The limb that decided, in words: what fired, or the nearest miss when nothing did."""
    if answer.fired:
        return "; ".join(f"{limb.name.split(': ')[0]}: {_limb_words(limb)}" for limb in answer.fired)
    misses = [limb for limb in answer.limbs if limb.fired is False and not math.isnan(limb.margin_percent)]
    if not misses:
        return ""
    nearest = min(misses, key=lambda limb: abs(limb.margin_percent))
    return f"nearest: {nearest.name.split(': ')[0]}: {_limb_words(nearest)}"


def every_test(chip: Any, *, datacenter: bool | None = None) -> pd.DataFrame:
    """Every test of the record, whatever its date, against one chip: what fired and by how much.

    Parameters
    ----------
    chip, datacenter
        As in `classify`.

    Returns
    -------
    DataFrame
        test (the threshold row), paragraph, rule, effective_from, effective_to, exporters, met
        (True, False, or None where something is missing), limb (the tightest: the nearest of those
        that fail, else of those that hold), margin_percent (of that limb), words, citation, url.
        Tests on memory stacks are shown for memory stacks only.
    """
    _yes_no(datacenter)
    specs = _specs(chip)
    datacenter = specs.datacenter if datacenter is None else datacenter
    table = data.load("rules/thresholds").set_index("threshold_id")
    rows = []
    for row in _book().thresholds:
        if row.memory != specs.is_hbm_stack or row.role == "foundry":
            continue
        met, _ = _holds(row, specs, datacenter)
        limbs = _limbs(row, specs)
        failing = [limb for limb in limbs if limb.fired is False]
        tightest = min(
            failing or limbs, key=lambda limb: math.inf if math.isnan(limb.margin_percent) else abs(limb.margin_percent)
        )
        version = _book().versions[row.rule]
        rows.append(
            {
                "test": row.threshold_id,
                "paragraph": row.paragraph,
                "rule": version.name,
                "effective_from": table.loc[row.threshold_id, "effective_from"],
                "effective_to": table.loc[row.threshold_id, "effective_to"],
                "exporters": row.exporters,
                "met": met,
                "limb": tightest.name.split(": ", 1)[1],
                "margin_percent": tightest.margin_percent,
                "words": _row_words(row, specs, datacenter),
                "citation": version.citation,
                "url": version.url,
            }
        )
    return pd.DataFrame(rows)


# --- what was in force ----------------------------------------------------------------------------


def rule_versions(on: str | date) -> pd.DataFrame:
    """The rules, letters, guidance and tariffs of the record that were effective on a day.

    Parameters
    ----------
    on : str or date
        Within the record.

    Returns
    -------
    DataFrame
        As ``data/rules/versions.csv``, oldest first.

    Raises
    ------
    ValueError
        Not a day, or outside the record.
    """
    stamp = pd.Timestamp(date.fromordinal(_day(on)))
    table = data.load("rules/versions")
    held = (table["effective_from"] <= stamp) & (table["effective_to"].isna() | (table["effective_to"] >= stamp))
    return table[held].sort_values(["effective_from", "version_id"]).reset_index(drop=True)


_PLANES = {"density": ("tpp", "pd"), "memory": ("tpp", "dram")}


def regions(on: str | date, *, tpp_max: float = 40_000, pd_max: float = 25, dram_max: float = 10_000) -> pd.DataFrame:
    """The rules in force that day as rectangles, for drawing.

    Parameters
    ----------
    on : str or date
        Within the record.
    tpp_max, pd_max, dram_max : float
        Where an open side is cut off for the chart: TPP, TPP per mm2, GB/s.

    Returns
    -------
    DataFrame
        plane ("density": TPP and performance density; "memory": TPP and DRAM bandwidth), region
        (the threshold row), paragraph, role, datacenter, x_low, x_high, y_low, y_high, also (a test
        on a quantity that the plane does not show), exporters, citation, url. Limits named "less
        than" and "more than" are open, "at least" closed; paragraphs are in the order of testing.

    Raises
    ------
    ValueError
        Not a day, or outside the record.
    """
    regime = _regime_of(_day(on))
    top = {"tpp": tpp_max, "pd": pd_max, "dram": dram_max}
    rows = []
    for plane, axes in _PLANES.items():
        for row in [*regime.items, *regime.letters, *regime.limits.values(), *regime.tariffs]:
            if not row.tests or row.memory:
                continue
            shown = {"sum" if column.startswith("dram_plus") else column.split("_")[0] for column, *_ in row.tests}
            if not shown & set(axes) or shown - {*axes, "io"}:
                continue
            low, high = dict.fromkeys(axes, 0.0), {axis: top[axis] for axis in axes}
            also = []
            for column, _, compare, words, unit, threshold in row.tests:
                axis = column.split("_")[0]
                if axis not in axes:
                    also.append(f"{words} {_number(threshold)} {unit}".strip())
                elif compare is operator.lt:
                    high[axis] = min(threshold, top[axis])
                else:
                    low[axis] = threshold
            version = regime.versions[row.rule] if row.rule in regime.versions else _book().versions[row.rule]
            rows.append(
                {
                    "plane": plane,
                    "region": row.threshold_id,
                    "paragraph": row.paragraph,
                    "role": row.role,
                    "datacenter": row.datacenter,
                    "x_low": low[axes[0]],
                    "x_high": high[axes[0]],
                    "y_low": low[axes[1]],
                    "y_high": high[axes[1]],
                    "also": "; ".join(also),
                    "exporters": row.exporters,
                    "citation": version.citation,
                    "url": version.url,
                }
            )
    return pd.DataFrame(
        rows,
        columns=[
            "plane",
            "region",
            "paragraph",
            "role",
            "datacenter",
            "x_low",
            "x_high",
            "y_low",
            "y_high",
            "also",
            "exporters",
            "citation",
            "url",
        ],
    )


def days_of_change() -> list[date]:
    """The days, within the record and its evidence, on which anything in it changes: for a slider."""
    book = _book()
    return [date.fromordinal(turn) for turn in book.turns if turn <= book.horizon]


def strictness(review_policy: str) -> float:
    """How strict a review policy is, 0 (free) to 8; NaN for ``undecidable``. Our ordering.

    Raises
    ------
    ValueError
        Not a word of the vocabulary.
    """
    words = _words("review_policy")
    if review_policy not in words:
        raise ValueError(f"review_policy = {review_policy!r} is not one of {', '.join(words)}.")
    return words[review_policy].strictness
