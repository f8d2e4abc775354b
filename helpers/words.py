"""Lists, ranges and signs in words, for the sentences that panels make."""

from __future__ import annotations

from collections.abc import Iterable


def listed(items: Iterable[object]) -> str:
    """Items as a list in a sentence.

    Parameters
    ----------
    items : iterable
        One or more; each is shown as ``str`` shows it.

    Returns
    -------
    str

    Examples
    --------
    >>> listed(["chips"]), listed(["chips", "power", 3])
    ('chips', 'chips, power and 3')
    """
    *first, last = map(str, items)
    return f"{', '.join(first)} and {last}" if first else last


def from_to(low: str, high: str) -> str:
    """Two ends, already in words, as a range; one when they read alike.

    Parameters
    ----------
    low, high : str

    Returns
    -------
    str

    Examples
    --------
    >>> from_to("1.2", "1.2"), from_to("1.2", "1.4")
    ('1.2', '1.2 to 1.4')
    """
    return low if low == high else f"{low} to {high}"


def true_minus(number: str) -> str:
    """A number already in words, with the sign for minus in place of the hyphen.

    Parameters
    ----------
    number : str

    Returns
    -------
    str

    Examples
    --------
    >>> true_minus("-1.4%")
    '−1.4%'
    """
    return number.replace("-", "−")
