"""What the timing model is fed: home shares in print, the speed of the home tap that they imply, and assumptions."""

from __future__ import annotations

from functools import cache

from helpers.core import data
from helpers.core.limits import one_of, within
from helpers.timing import model as timing

Range = tuple[float, float, float]
FIRST, LAST = "idc-china-2023h1", "idc-china-2025"  # series of volumes.csv: cards shipped, by the same analyst
WHEN = {"2023": (FIRST, "fear_sold"), "2026": (LAST, "fear_now")}  # series of the home share, row of the fear
_SETTINGS = {
    "memory": "memory",
    "threat": "threat",
    "denial_worth": "denial_worth",
    "later_worth": "later_worth",
    "discount_rate": "discount_rate",
    "leak": "leak",
    "taken": "taken",
    "gives_in": "gives_in",
    "prize": "prize",
    "home_worth": "home_worth",
    "push_cost": "push_cost",
    "retire_per_year": "retire_per_year",
    "growth_per_year": "growth_per_year",
}


@cache
def parameter(name: str) -> Range:
    """Low, central and high value of an assumption.

    Parameters
    ----------
    name : str
        A row of ``data/timing_parameters.csv``.

    Returns
    -------
    tuple of float

    Raises
    ------
    ValueError
        No such row.

    Examples
    --------
    >>> parameter("retire_per_year")
    (0.1, 0.2, 0.33)
    """
    table = data.load("timing_parameters").set_index("parameter")
    one_of("name", name, list(table.index))
    return tuple(float(table.loc[name, end]) for end in ("low", "central", "high"))


@cache
def home_share(series: str = FIRST) -> float:
    """Share of Chinese makers in the AI cards that IDC counts as sold in China in one period.

    Parameters
    ----------
    series : str
        `FIRST` (first half of 2023) or `LAST` (2025).

    Returns
    -------
    float

    Raises
    ------
    ValueError
        Another series.

    Examples
    --------
    >>> round(home_share(), 3), round(home_share("idc-china-2025"), 3)
    (0.1, 0.412)
    """
    one_of("series", series, (FIRST, LAST))
    return _cards(series, "Chinese vendors") / _cards(series, "All vendors")


@cache
def middle_of(series: str = FIRST) -> float:
    """The middle of the period that a share of `home_share` stands for, as a year.

    Parameters
    ----------
    series : str
        `FIRST` or `LAST`.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        Another series.

    Examples
    --------
    >>> round(middle_of(), 2), round(middle_of("idc-china-2025"), 2)
    (2023.25, 2025.5)
    """
    one_of("series", series, (FIRST, LAST))
    row = _rows(series, "All vendors")
    middle = row["period_start"] + (row["period_end"] - row["period_start"]) / 2
    return float(middle.year + (middle.dayofyear - 1) / 365.25)


def need_share(series: str = FIRST, met: float | None = None) -> float:
    """Share of Chinese makers in what China wanted, which a denial makes smaller than their share of what was sold.

    Parameters
    ----------
    series : str
        `FIRST`, when cut-down chips were sold freely and all is counted as met, or `LAST`.
    met : float, 0.25 to 1, optional
        Part of the need of 2025 that was met; without it, the central value of its row.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        Another series, or out of range.

    Examples
    --------
    >>> round(need_share(), 2), round(need_share("idc-china-2025"), 2), round(need_share("idc-china-2025", 1), 2)
    (0.1, 0.33, 0.41)
    """
    part = within("met", parameter("need_met")[1] if met is None else met, 0.25, 1).item()
    return home_share(series) * (part if series == LAST else 1.0)


def speed(met: float | None = None) -> float:
    """How fast the home tap opened between IDC's two counts: growth of the log odds of its share of the need, a year.

    Parameters
    ----------
    met : float, 0.25 to 1, optional
        As in `need_share`; 1 takes the share of sales for the share of the need.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        Out of range.

    Examples
    --------
    >>> round(speed(), 2), round(speed(1), 2)
    (0.66, 0.82)
    """
    return float(timing.effort_between(need_share(FIRST), need_share(LAST, met), middle_of(LAST) - middle_of(FIRST)))


def tap(answer_part: float | None = None, of_speed: float | None = None) -> dict[str, float]:
    """The two efforts of the home tap that together give its speed under certain fear.

    Parameters
    ----------
    answer_part : float, 0 to 1, optional
        Part of the speed that is an answer to fear; without it the middle of its range, which is everything.
    of_speed : float, 0 to 5, optional
        Speed under denial, a year; without it, `speed`.

    Returns
    -------
    dict
        ``base`` and ``answer``, as `helpers.timing.model.effort` takes them.

    Raises
    ------
    ValueError
        Out of range.

    Examples
    --------
    >>> tap(0.5, 0.8)
    {'base': 0.4, 'answer': 0.4}
    """
    part = within("answer_part", parameter("answer_part")[1] if answer_part is None else answer_part, 0, 1).item()
    whole = within("of_speed", speed() if of_speed is None else of_speed, 0, 5).item()
    return {"base": (1 - part) * whole, "answer": part * whole}


def settings(
    answer_part: float | None = None,
    of_speed: float | None = None,
    share: float | None = None,
    fear_start: float | None = None,
    when: str = "2023",
) -> dict[str, float]:
    """Arguments of the two-period game, from the rows of ``data/timing_parameters.csv``.

    Parameters
    ----------
    answer_part, of_speed : float, optional
        As in `tap`.
    share : float, 0.0001 to 0.9999, optional
        Home share of the need at the start; without it, that of `when`.
    fear_start : float, 0 to 1, optional
        Without it, that of `when`.
    when : str
        "2023": home share of the first half of that year, a buyer not yet denied, which takes what it is sold. "2026":
        home share of 2025, fear of 2026, and a buyer that lets in what the row ``taken`` says, whatever the seller plans.

    Returns
    -------
    dict of str to float

    Raises
    ------
    ValueError
        Out of range, or another date.
    """
    one_of("when", when, WHEN)
    series, fear = WHEN[when]
    start = need_share(series) if share is None else within("share", share, 1e-4, 0.9999).item()
    begin = parameter(fear)[1] if fear_start is None else within("fear_start", fear_start, 0, 1).item()
    rest = {name: parameter(row)[1] for name, row in _SETTINGS.items()}
    return {
        **rest, **tap(answer_part, of_speed), "share": start, "fear_sold": parameter("fear_sold")[1], "fear_start": begin,
        "taken_first": rest["taken"] if when == "2026" else 1.0, "years": int(parameter("period_years")[1]), "lag_years": lag(),
    }  # fmt: skip


def lag() -> int:
    """Years until the home tap answers fear, in everything that 44 computes.

    Returns
    -------
    int
    """
    return int(parameter("lag_years")[1])


def _rows(series: str, entity: str):
    table = data.load("volumes")
    return table[(table["series"] == series) & (table["entity"] == entity)].iloc[0]


def _cards(series: str, entity: str) -> float:
    return float(_rows(series, entity)["central"])
