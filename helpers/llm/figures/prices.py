"""What each saving costs, in words: counted from the shape, or said by its authors; else that it is not in our data."""

from __future__ import annotations

from helpers.core.words import figures, percent, times
from helpers.llm import studies


def _dearer(found: studies.Prices) -> str:
    ratio = times(found.mla_arithmetic)
    return "no more arithmetic" if found.mla_arithmetic < 1.005 else f"{ratio} times the arithmetic"


def price_words(found: studies.Prices, folded_pays: bool = True) -> dict[str, str]:
    """One line a step, by the names of ``studies.STEPS``; MHA, which saves nothing, has none.

    Parameters
    ----------
    found : Prices
        ``studies.prices`` at the settings shown.
    folded_pays : bool
        Whether a table of fixed size is smaller than the entries it stands for.
    """
    return {
        "MQA": "a small loss of quality, in its authors’ own tests (Google, 2019).",
        "GQA": f"{figures(found.gqa_to_mqa)} times the memory of MQA. Authors report answers close to MHA’s.",
        "MLA": f"{_dearer(found)} of V3’s own, longer keys, ready. Authors report quality kept.",
        "DSA": f"about {percent(found.dsa_more)} more stored than MLA. Authors report answers level with the model before.",
        "Linear 3:1": "a table forgets details. One laboratory, MiniMax, used tables and then left them again."
        if folded_pays
        else "tables of fixed size, larger in so short a talk than entries.",
    }


def short_prices(found: studies.Prices) -> dict[str, str]:
    """The same in a few words, MHA included, for six beside each other."""
    return {
        "MHA": "price: the most memory",
        "MQA": "price: a small loss of quality",
        "GQA": f"price: {figures(found.gqa_to_mqa)} times MQA’s memory",
        "MLA": f"price: {_dearer(found)} *",
        "DSA": f"price: about {percent(found.dsa_more)} more than MLA",
        "Linear 3:1": "price: tables forget details",
    }


def length_words(context: int) -> str:
    """A number of tokens in words and pages of a book."""
    found = studies.yardstick(context, 0)
    book = "a book of " if found.pages >= 50 else ""
    pages = f", {book}{figures(found.pages)} pages"
    return f"{context:,} tokens (about {figures(found.words)} words{pages})"


def number_words(bits: int) -> str:
    """Room of one number, in bytes.

    Examples
    --------
    >>> number_words(16), number_words(4)
    ('2 bytes a number', 'half a byte a number')
    """
    room = {4: "half a byte", 8: "1 byte"}.get(bits) or f"{bits / 8:g} bytes"
    return f"{room} a number"


def small_keys_words(k: studies.Kept) -> str:
    """What a selecting cache reads for a new token, in its two parts."""
    if k.read < 1e9:
        return f"{studies.size_words(k.small_keys)} small keys + {studies.size_words(k.entries_read)} entries"
    return f"{k.small_keys / 1e9:.2f} small keys + {k.entries_read / 1e9:.2f} entries"


def size_of_chips(context: int, stored: float) -> str:
    """What a cache fills, in chips."""
    found = studies.yardstick(context, stored)
    if found.chips >= 1.005:
        return f"the memory of about {times(found.chips)} chips of {found.memory_gb:.0f} GB each (NVIDIA’s H800)."
    return f"{percent(found.chips)} of the memory of one chip of {found.memory_gb:.0f} GB (NVIDIA’s H800)."
