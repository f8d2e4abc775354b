"""What 12_rules_as_code asks of the classifier: chips in a plane, a design, margins, spells, the best free chip."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from helpers.chips import model as chips
from helpers.core.limits import one_of, shown
from helpers.rules import model as rules

FREE = "no licence needed"
# The review policies of data/rules/vocabulary.csv, gathered into what a reader asks.
STATUS_OF = {
    "no_license_required": FREE,
    "license_exception_no_notification": FREE,
    "no_license_as_enforced": FREE,
    "no_license_for_listed_entities": FREE,
    "license_exception_notify": "notice to the agency first",
    "presumption_of_approval": "licence, presumed granted",
    "case_by_case": "licence, case by case",
    "license_required": "licence, policy not published",
    "license_required_policy_not_published": "licence, policy not published",
    "presumption_of_denial": "licence, presumed refused",
    "policy_of_denial": "licence, presumed refused",
    "GP10_presumption": "made in breach, by guidance",
    "undecidable": "not decidable from public texts",
}
PLACES = ("China", "Macau", "Russia", "United Arab Emirates", "Malaysia", "Vietnam", "Germany")
# Plane of `model.regions` -> column of chips.table() on its upright axis.
PLANES = {"density": "performance_density", "memory": "memory_bandwidth_gb_s"}
# A chip cut down for China, and the test that its design answers.
HUGGED = (
    ("A800 SXM4 80GB", "oct-2022-3a090"),
    ("H800 SXM5 80GB", "oct-2022-3a090"),
    ("Gaudi 2 HL-225B", "oct-2022-3a090"),
    ("H20 96GB", "b1"),
    ("L20", "b2"),
    ("L2", "b2"),
    ("RTX 4090D", "a1"),
    ("RTX 5090D", "a1"),
    ("RTX 5090D V2", "letter-2025-04-dram"),
)
CEILING = "case-by-case ceiling"  # the name of a threshold without a paragraph of its own
# A test in words: what it asks for, and of what; the paragraph's own number where the text names it.
_TEST_WORDS = {
    "letter-2022-08-level": "letter: links",
    "oct-2022-3a090": "licence: links",
    "letter-2023-10-level": "letter: arithmetic",
    "a1": "licence: arithmetic (a.1)",
    "a2": "licence: density, arithmetic (a.2)",
    "b1": "notice: arithmetic, density (b.1)",
    "b2": "notice: density, arithmetic (b.2)",
    "letter-2025-04-dram": "letter: memory",
    "letter-2025-04-io": "letter: links",
    "letter-2025-04-sum": "letter: memory and links",
    "ceiling-2026": "review: under both ceilings",
    "tariff-window-1": "tariff: first window",
    "tariff-window-2": "tariff: second window",
}
_QUANTITIES = {
    "TPP": "arithmetic",
    "performance density": "density",
    "transfer rate": "links",
    "DRAM bandwidth": "memory",
    "DRAM bandwidth plus transfer rate": "memory and links",
}
# What a test that holds asks of a sale: by the first word of its name.
_EFFECTS = {
    "licence": "asks a licence",
    "letter": "by letter",
    "notice": "asks notice",
    "review": "opens review",
    "tariff": "asks a tariff",
}


def status(review_policy: str) -> str:
    """A review policy as a reader asks for it; one without a status of its own (a tariff) in plain words."""
    return STATUS_OF.get(review_policy, review_policy.replace("_", " "))


def quantity(limb: str) -> str:
    """What a limb measures, in the words of the pictures: arithmetic, density, links, memory; else its own name.

    Parameters
    ----------
    limb : str

    Raises
    ------
    ValueError
        Not a text.

    Examples
    --------
    >>> quantity("performance density, less than"), quantity("DRAM bandwidth plus transfer rate, at least")
    ('density', 'memory and links')
    """
    name = limb.split(",")[0]
    return _QUANTITIES.get(name, name)


def spoken(text: str) -> str:
    """Paragraphs that have no number of their own (letters, the rule of October 2022, the tariff) in words.

    Parameters
    ----------
    text : str
        Of any length; what names no such paragraph stays as it is.

    Raises
    ------
    ValueError
        Not a text.

    Examples
    --------
    >>> spoken("letter_2025-04: DRAM bandwidth"), spoken("3A090_2022"), spoken("3A090.a.1")
    ('letter of April 2025: DRAM bandwidth', '3A090 of October 2022', '3A090.a.1')
    """
    if not isinstance(text, str):
        raise ValueError(f"text = {shown(text)} is not a text.")
    text = re.sub(
        r"letter_(\d{4})-(\d{2})", lambda found: f"letter of {calendar.month_name[int(found[2])]} {found[1]}", text
    )
    return text.replace("3A090_2022", "3A090 of October 2022").replace("tariff_232", "tariff of section 232")


def short(chip: str) -> str:
    """A chip's name without form and memory: H100, A800, H200."""
    return chip.replace(" SXM4 80GB", "").replace(" SXM5 80GB", "").replace(" SXM 141GB", "").replace(" 96GB", "")


# --- the rules as regions -----------------------------------------------------------------------


@dataclass(frozen=True)
class Plane:
    """Chips and rules of one day in one plane.

    Attributes
    ----------
    chips : DataFrame
        chip, vendor, tpp, other (TPP per mm2, or GB/s), datacenter (made for data centres), status: accelerators of makers outside China, launched
        by then with both numbers public; status is what a sale to China, shipped from the United States, asked.
    regions : DataFrame
        As `model.regions` gives them: paragraphs, letters and limits of this plane.
    free : int
        Chips that could go to China without a licence.
    """

    chips: pd.DataFrame
    regions: pd.DataFrame
    free: int


@lru_cache(maxsize=1)
def _accelerators() -> pd.DataFrame:
    table = chips.table()
    table = table[
        (table["kind"] == "accelerator") & (table["vendor_home"] != "CN")
    ]  # the others are not shipped to China
    return table.assign(launch_date=pd.to_datetime(table["launch_date"]))


@lru_cache(maxsize=None)
def _to_china(on: str) -> pd.Series:
    answers = rules.classify_all(_accelerators(), [on], "China")
    return answers.set_index("chip")["review_policy"].map(STATUS_OF)


@lru_cache(maxsize=None)
def plane(on: str, name: str, tpp_max: float = 40_000, pd_max: float = 25, dram_max: float = 10_000) -> Plane:
    """Which chips lay inside which rule on a day.

    Parameters
    ----------
    on : str
        ISO date within the record.
    name : str
        "density" (TPP and performance density) or "memory" (TPP and memory bandwidth).
    tpp_max, pd_max, dram_max : float
        Where open sides of regions are cut off: TPP, TPP per mm2, GB/s.

    Raises
    ------
    ValueError
        Unknown plane, or a day outside the record.
    """
    if name not in PLANES:
        raise ValueError(f"name = {name!r} is not one of {', '.join(PLANES)}.")
    held = rules.regions(on, tpp_max=tpp_max, pd_max=pd_max, dram_max=dram_max)
    held = held[(held["plane"] == name) & held["role"].isin(["item", "letter", "limit"])]
    table = _accelerators().dropna(subset=["tpp", PLANES[name]])
    table = table[table["launch_date"] <= pd.Timestamp(on)]
    found = table[["chip", "vendor", "tpp"]].assign(
        other=table[PLANES[name]],
        datacenter=table["datacenter"].eq("yes"),
        status=table["chip"].map(_to_china(on)).to_numpy(),
    )
    return Plane(found.reset_index(drop=True), held.reset_index(drop=True), int((found["status"] == FREE).sum()))


# --- design a chip ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Design:
    """A designed chip before every dated test.

    Attributes
    ----------
    chip : str
        The chip sold whose values these are, or “A chip of TPP 2,000”.
    tpp, performance_density : float
        TPP; TPP per mm2.
    answer : Answer
        For the asked place and day.
    status : str
        The answer's review policy as a reader asks for it.
    tests : DataFrame
        As `model.every_test`, oldest first, with name (what it asks, and of what), effect (what it asks where
        it holds, else "does not hold" or "not decidable") and in_force (that day).
    """

    chip: str
    tpp: float
    performance_density: float
    answer: rules.Answer
    status: str
    tests: pd.DataFrame


def design(
    dense_tops: float,
    bits: int,
    die_area_mm2: float,
    io_gb_s: float,
    dram_bw_gb_s: float,
    destination: str,
    on: str,
    vendor: str = "NVIDIA",
) -> Design:
    """A chip for data centres put to every dated test, and to one place and day.

    Parameters
    ----------
    dense_tops : float
        Dense throughput, 10¹² operations a second.
    bits : int
        Of each operand.
    die_area_mm2, io_gb_s, dram_bw_gb_s : float
        All logic dies; links in both directions; memory.
    destination, on : str
        As in `model.classify`.
    vendor : str
        Letters bind the firm they were sent to.

    Raises
    ------
    ValueError
        As `model.classify`.
    """
    if not die_area_mm2 > 0:
        raise ValueError(
            f"die_area_mm2 = {die_area_mm2:g} must be above 0, or there is no density; at most 100,000 mm2."
        )
    made = {
        "name": "your chip",
        "vendor": vendor,
        "dense_tops": dense_tops,
        "bit_length": bits,
        "die_area_mm2": die_area_mm2,
        "io_gb_s": io_gb_s,
        "dram_bw_gb_s": dram_bw_gb_s,
        "datacenter": True,
    }
    chip = chips.specifications(made)  # read once, asked twice
    answer = rules.classify(chip, on, destination)
    tests = rules.every_test(chip)
    tests = tests[tests["margin_percent"].notna() & ~tests["test"].str.contains("named|amd|gaudi")]
    tests = tests.sort_values("effective_from", kind="stable")
    day = pd.Timestamp(on)
    tests["name"] = tests["test"].map(_TEST_WORDS)
    asks = tests["name"].str.split(":").str[0].map(_EFFECTS)
    held = [{True: ask, False: "does not hold"}.get(met, "not decidable") for ask, met in zip(asks, tests["met"], strict=True)]  # fmt: skip
    tests["effect"] = held
    tests["in_force"] = (tests["effective_from"] <= day) & ~(tests["effective_to"] < day)
    tpp = dense_tops * bits
    called = _sold().get((vendor, tpp, die_area_mm2, io_gb_s, dram_bw_gb_s), f"A chip of TPP {tpp:,.0f}")
    return Design(called, tpp, tpp / die_area_mm2, answer, status(answer.review_policy), tests.reset_index(drop=True))


@lru_cache(maxsize=1)
def _sold() -> dict[tuple[str, float, float, float, float], str]:
    """Names of chips that the story is about, by the values that a designer sets."""
    known = ((name, chips.specifications(name)) for name in ("H100", "H800", "H20", "H200"))
    return {(s.vendor, s.tpp, s.die_area_mm2, s.io_gb_s, s.dram_bw_gb_s): name for name, s in known}


def best_free(chip: Mapping[str, Any], key: str, values: range, on: str, destination: str = "China") -> int:
    """The largest whole value of one specification with which a chip needs no licence and no notice.

    Parameters
    ----------
    chip : mapping
        The other specifications, as `model.classify` takes them.
    key : str
        The specification that is raised: tpp, dram_bw_gb_s, ...
    values : range
        Where to look, step 1; free at its start, not free at its end, with one change between.
    on, destination : str
        As in `model.classify`.
    """
    one_of("key", key, chips.QUANTITIES)
    if not isinstance(values, range) or values.step != 1 or not 1 < len(values) < 10**7:
        raise ValueError(f"values = {shown(values)} must be a range of whole numbers, in steps of 1.")
    low, high = values.start, values.stop
    while high - low > 1:
        middle = (low + high) // 2
        free = rules.classify({**chip, key: middle}, on, destination).review_policy == "no_license_required"
        low, high = (middle, high) if free else (low, middle)
    return low


# --- how close did they sail, and what became of each ---------------------------------------------


def margins() -> pd.DataFrame:
    """How far each cut-down chip stays from the line that its design answers.

    Returns
    -------
    DataFrame
        chip, paragraph, limb, below_percent (positive: on the free side of the line), words, citation.
    """
    rows = []
    for chip, test in HUGGED:
        row = rules.every_test(chip).set_index("test").loc[test]
        rows.append(
            {
                "chip": short(chip),
                "paragraph": spoken(row["paragraph"] or CEILING),
                "limb": row["limb"].replace(", at least", "").replace(", less than", ""),
                "below_percent": abs(float(row["margin_percent"])),
                "words": row["words"],
                "citation": row["citation"],
            }
        )
    return pd.DataFrame(rows)


def spells(destination: str = "China") -> pd.DataFrame:
    """Runs of months with one status: chip, status, start, end, months, chinese; by vendor and launch, Chinese makers last."""
    grid = rules.classify_all(destination=destination)
    begins = pd.Timestamp(rules.days_of_change()[0])  # the first month after the record begins
    table = chips.table().set_index("chip")
    grid = grid[(grid["date"] >= begins) & (grid["date"] <= pd.Timestamp(rules.days_of_change()[-1]))]
    launched = pd.to_datetime(table["launch_date"]).reindex(grid["chip"]).to_numpy()
    grid = grid[grid["date"].to_numpy() >= launched].copy()
    grid["status"] = grid["review_policy"].map(STATUS_OF)
    run = (grid["chip"] != grid["chip"].shift()) | (grid["status"] != grid["status"].shift())
    grouped = grid.groupby(run.cumsum())
    out = grouped.agg(
        chip=("chip", "first"),
        status=("status", "first"),
        start=("date", "min"),
        last=("date", "max"),
        paragraph=("paragraph", "last"),
    )
    out["end"] = out["last"] + pd.offsets.MonthBegin(1)
    out["months"] = grouped.size()
    out["chinese"] = table["vendor_home"].reindex(out["chip"]).eq("CN").to_numpy()
    order = table.reset_index().sort_values(["vendor", "launch_date", "chip"])["chip"].tolist()
    out["rank"] = out["chip"].map({chip: i for i, chip in enumerate(order)}) + 1000 * out["chinese"]
    return out.sort_values(["rank", "start"]).reset_index(drop=True)


def answers(cases: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Several questions to `model.classify`, one row each, in words.

    Parameters
    ----------
    cases : iterable of mappings
        Arguments of `model.classify`, at least chip, on and destination.

    Returns
    -------
    DataFrame
        Chip (index), Day, To, Answer, Paragraph, Rests on, Decided by.
    """
    cases = list(cases)
    if not cases:
        raise ValueError("cases are none; give one or more.")
    rows = []
    for case in cases:
        answer = rules.classify(**case)
        extra = "; ".join(
            f"{k.replace('_', ' ')}: {v}" for k, v in case.items() if k not in ("chip", "on", "destination")
        )
        rows.append(
            {
                "Chip": short(answer.chip),
                "Day": answer.on,
                "To": answer.destination + (f" ({extra})" if extra else ""),
                "Answer": status(answer.review_policy),
                "Paragraph": spoken(answer.paragraph),
                "Rests on": answer.rests_on,
                "Decided by": spoken(rules.decisive(answer)),
            }
        )
    return pd.DataFrame(rows).set_index("Chip")
