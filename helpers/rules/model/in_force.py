"""What was in force on a day: the rules, and the regions that they cut out of a plane."""

from __future__ import annotations

import operator
import reprlib
from datetime import date

import pandas as pd

from helpers.chips.model.limits import MOST_AREA, MOST_RATE, MOST_TPP, single
from helpers.core import data
from helpers.rules.model.book import regime_on, rule_book, vocabulary
from helpers.rules.model.doors import day_number
from helpers.rules.model.limbs import exact


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
    stamp = pd.Timestamp(date.fromordinal(day_number(on)))
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
        Where the picture ends: TPP (1 to 10,000,000), TPP per mm2 (0.1 to 100,000), GB/s (1 to 1,000,000).
        An open side is cut off there, and a rule wholly beyond is left out.

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
        Not a day, or outside the record; an end outside its range.
    """
    regime = regime_on(day_number(on))
    top = {
        "tpp": single("tpp_max", tpp_max, 1, MOST_TPP),
        "pd": single("pd_max", pd_max, 0.1, MOST_AREA, "TPP per mm2"),
        "dram": single("dram_max", dram_max, 1, MOST_RATE, "GB/s"),
    }
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
                    also.append(f"{words} {exact(threshold)} {unit}".strip())
                elif compare is operator.lt:
                    high[axis] = min(threshold, top[axis])
                else:
                    low[axis] = threshold
            if any(low[axis] >= high[axis] for axis in axes):
                continue
            version = regime.versions[row.rule] if row.rule in regime.versions else rule_book().versions[row.rule]
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
    book = rule_book()
    return [date.fromordinal(turn) for turn in book.turns if turn <= book.horizon]


def strictness(review_policy: str) -> float:
    """How strict a review policy is, 0 (free) to 9; NaN for ``undecidable``. Our ordering.

    Raises
    ------
    ValueError
        Not a word of the vocabulary.
    """
    words = vocabulary("review_policy")
    if not isinstance(review_policy, str) or review_policy not in words:
        raise ValueError(
            f"review_policy = {reprlib.repr(review_policy)} is not a word of data/rules/vocabulary.csv,"
            " such as 'no_license_required' or 'presumption_of_denial'."
        )
    return words[review_policy].strictness
