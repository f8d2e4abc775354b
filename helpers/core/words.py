"""Lists, ranges and signs in words, for the sentences that panels make."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from datetime import date

from helpers.core.limits import each, function, guard, one_number, one_of, shown, whole, within


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
    named = each("items", items, 10_000)
    if not named:
        raise ValueError("items are none: a list in a sentence needs one or more.")
    try:
        *first, last = map(str, named)
    except Exception:  # an item without a printable form
        raise ValueError(f"items = {shown(items)} holds something that cannot be printed.") from None
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


def _sized(name: str, value: float) -> float:
    """A number that can be written out in full: nought, or from 1e-60 to 1e60 in size."""
    if not (1e-60 <= abs(value) <= 1e60 or value == 0):
        raise ValueError(f"{name} = {value:g} is too large or too small to be written out: 1e-60 to 1e60, or 0.")
    return value


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


def date_words(day: date, precision: str) -> str:
    """A date as exactly as it is known.

    Parameters
    ----------
    day : date
    precision : str
        "day", "month", "quarter" or "year".

    Returns
    -------
    str

    Examples
    --------
    >>> [date_words(date(2022, 10, 7), p) for p in ("day", "month", "quarter", "year")]
    ['7 October 2022', 'October 2022', 'quarter 4 of 2022', '2022']
    """
    one_of("precision", precision, ("day", "month", "quarter", "year"))
    if precision == "day":
        return f"{day.day} {day:%B %Y}"
    if precision == "month":
        return f"{day:%B %Y}"
    return f"quarter {(day.month + 2) // 3} of {day.year}" if precision == "quarter" else str(day.year)


def figures(value: float, digits: int = 2) -> str:
    """A number to so many significant figures, with thousands and a true minus, never in powers of ten.

    Parameters
    ----------
    value : float
        Finite.
    digits : int
        Significant figures, 1 to 15; figures before the point are never lost to noughts beyond them: 1,234 at 2 is 1,200.

    Returns
    -------
    str

    Examples
    --------
    >>> figures(1234), figures(0.01234), figures(9.96), figures(-3.14159, 3)
    ('1,200', '0.012', '10', '−3.14')
    """
    _sized("value", value)
    digits = whole("digits", digits, 1, 15)
    rounded = float(f"{value:.{digits}g}")
    if rounded == 0:
        return "0"
    after = max(0, digits - 1 - math.floor(math.log10(abs(rounded))))
    text = f"{rounded:,.{after}f}"
    return true_minus(text.rstrip("0").rstrip(".") if "." in text else text)


def power_of_ten(value: float, digits: int = 2) -> str:
    """A very large or very small number as a power of ten.

    Parameters
    ----------
    value : float
        Above zero.
    digits : int
        Significant figures before the power, 1 to 15; 0 gives the nearest power alone.

    Returns
    -------
    str

    Examples
    --------
    >>> power_of_ten(3.7e24), power_of_ten(9.96e24), power_of_ten(2e13, 0)
    ('3.7 × 10²⁴', '1.0 × 10²⁵', '10¹³')
    """
    digits = whole("digits", digits, 0, 15)
    value = within("value", value, 1e-300, 1e300)
    exponent = round(math.log10(value)) if digits == 0 else int(f"{value:.{digits - 1}e}".partition("e")[2])
    power = "10" + str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return power if digits == 0 else f"{value / 10.0**exponent:.{digits - 1}f} × {power}"


def places(value: float, digits: int = 2) -> str:
    """A number with so many digits after the point, and one figure more where that would read as zero.

    Parameters
    ----------
    value : float
        Finite.
    digits : int
        0 to 15.

    Returns
    -------
    str

    Examples
    --------
    >>> places(0.16), places(0.004), places(1234.5, 0)
    ('0.16', '0.004', '1,234')
    """
    _sized("value", value)
    digits = whole("digits", digits, 0, 15)
    tiny = 0 < abs(value) < 10**-digits
    return true_minus(figures(value, 1) if tiny else f"{value:,.{digits}f}")


def times(ratio: float) -> str:
    """A ratio as sentences give it: two figures below ten, whole numbers from there.

    Parameters
    ----------
    ratio : float
        Zero or more.

    Returns
    -------
    str

    Examples
    --------
    >>> times(1.04), times(0.384), times(9.96), times(1234.5)
    ('1.0', '0.38', '10', '1,234')
    """
    _sized("ratio", ratio)
    if ratio >= 9.95:
        return f"{ratio:,.0f}"
    return f"{ratio:.1f}" if ratio >= 0.995 else figures(ratio)


def percent(share: float, digits: int = 0, signed: bool = False) -> str:
    """A share as a percentage; one above nothing that would read as zero is "under 1%".

    Parameters
    ----------
    share : float
        A fraction: 0.4 is 40%.
    digits : int
        After the point.
    signed : bool
        With its sign, for changes: +3%, −3%.

    Returns
    -------
    str

    Examples
    --------
    >>> percent(0.4), percent(0.002), percent(0), percent(-0.0142, 1, signed=True)
    ('40%', 'under 1%', '0%', '−1.4%')
    """
    _sized("share", share)
    digits = whole("digits", digits, 0, 15)
    least = 10.0**-digits
    if not signed and 1e-9 < share < least / 200:
        return f"under {least:.{digits}f}%"
    return true_minus(f"{100 * share:{'+' if signed else ''}.{digits}f}%")


def of_100(share: float) -> str:
    """A share of the draws, told as how many of 100; below one, "fewer than 1": thin tails are not to be read closely.

    Parameters
    ----------
    share : float, 0 to 1

    Returns
    -------
    str

    Raises
    ------
    ValueError
        A share out of range.

    Examples
    --------
    >>> of_100(0.85), of_100(0.0004), of_100(0.01)
    ('85 of 100', 'fewer than 1 of 100', '1 of 100')
    """
    share = within("share", share, 0, 1).item()
    return "fewer than 1 of 100" if share < 0.01 else f"{100 * share:.0f} of 100"


def usd(value: float, digits: int = 0) -> str:
    """Dollars in full below a million, then in millions, billions or trillions of two figures or more.

    Parameters
    ----------
    value : float
        US dollars.
    digits : int
        After the point, below a million.

    Returns
    -------
    str

    Examples
    --------
    >>> usd(14000), usd(0.5625, 2), usd(5.576e6), usd(1.24e9)
    ('14,000 USD', '0.56 USD', '5.6 million USD', '1.2 billion USD')
    """
    _sized("value", value)
    digits = whole("digits", digits, 0, 15)
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{figures(value / size, max(2, len(f'{abs(value) / size:.0f}')))} {name} USD"
    return true_minus(f"{value:,.{digits}f} USD")


def span(values: Iterable[float], words: Callable[[float], str] = figures) -> str:
    """The lowest and the highest of some values as a range in words.

    Parameters
    ----------
    values : iterable of float
        One or more, in any order.
    words : callable
        Puts one value into words.

    Returns
    -------
    str

    Examples
    --------
    >>> span([3, 1.21, 2]), span((0.2, 0.4), percent), span([5, 5])
    ('1.2 to 3', '20% to 40%', '5')
    """
    function("words", words)
    known = [one_number("values", value) for value in each("values", values, 200_000)]
    if not known:
        raise ValueError("values are none: a range needs one or more.")
    try:
        low, high = words(min(known)), words(max(known))
    except TypeError:
        low = high = None
    if not (isinstance(low, str) and isinstance(high, str)):
        raise ValueError("words must be a function that puts a number into words.")
    return from_to(low, high)


def counted(number: float, one: str, more: str = "") -> str:
    """A number of things, with the word for one or for several.

    Parameters
    ----------
    number : float
    one, more : str
        The noun; `more` is `one` with an s unless given.

    Returns
    -------
    str

    Examples
    --------
    >>> counted(1, "chip"), counted(1200, "die", "dies")
    ('1 chip', '1,200 dies')
    """
    _sized("number", number)
    amount = f"{number:,.0f}" if number == round(number) else f"{number:g}"
    return f"{amount} {one if number == 1 else more or one + 's'}"


guard(globals())
