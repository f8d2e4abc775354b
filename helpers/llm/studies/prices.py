"""What each saving of the picture of 30 costs, and yardsticks for its length and its size."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.core import data
from helpers.llm import model as llm
from helpers.llm.studies import doors
from helpers.llm.studies.steps import LONG, kept, stepped

WORDS_A_TOKEN = 0.75  # English, a rule of thumb
WORDS_A_PAGE = 300  # assumed: a printed page
YARDSTICK = "H800 SXM5 80GB"


@dataclass(frozen=True)
class Prices:
    """What is given up at a step, as far as it can be counted from the shape.

    Attributes
    ----------
    gqa_to_mqa : float
        Stored by GQA, as a multiple of MQA.
    mla_arithmetic : float
        Arithmetic of working in the compressed entry, as a multiple of keys and values written out.
    dsa_more : float
        Stored by DSA beyond MLA, as a share of MLA.
    """

    gqa_to_mqa: float
    mla_arithmetic: float
    dsa_more: float


def prices(context: int = LONG, bits: int = 16, groups: int = 8, latent: int = 512) -> Prices:
    """The countable prices of GQA, MLA and DSA.

    Parameters
    ----------
    context, bits, groups, latent : int
        As in `kept`; `context` 1 or more.

    Returns
    -------
    Prices

    Examples
    --------
    >>> found = prices()
    >>> found.gqa_to_mqa, found.mla_arithmetic, round(found.dsa_more, 2)
    (8.0, 3.4, 0.22)
    """
    doors.tokens(context, 1)
    found = kept(context, bits, groups, latent)
    mla = stepped(groups, latent)["MLA"]
    out, inside = (float(llm.attention_flops_per_token(mla, context, mla=form)) for form in ("expand", "absorb"))
    return Prices(
        found["GQA"].stored / found["MQA"].stored,
        inside / out,
        found["DSA"].stored / found["MLA"].stored - 1,
    )


@dataclass(frozen=True)
class Yardstick:
    """A conversation beside things of known size.

    Attributes
    ----------
    words, pages : float
        Of English, at `WORDS_A_TOKEN`; of print, at `WORDS_A_PAGE`.
    chips : float
        Chips of the kind `YARDSTICK` whose whole memory it fills.
    memory_gb : float
        Of one such chip.
    """

    words: float
    pages: float
    chips: float
    memory_gb: float


def yardstick(context: int, stored: float) -> Yardstick:
    """What a length and a size amount to.

    Parameters
    ----------
    context : int
        Tokens.
    stored : float
        Bytes, zero or more.

    Returns
    -------
    Yardstick

    Examples
    --------
    >>> found = yardstick(131_072, kept()["MHA"].stored)
    >>> round(found.words), round(found.pages), round(found.chips, 2), found.memory_gb
    (98304, 328, 6.55, 80.0)
    """
    doors.tokens(context)
    doors.number("stored", stored, 0, 1e30, "bytes")
    chips = data.load("chips").set_index("chip")
    memory = float(chips.loc[YARDSTICK, "memory_gb"])
    words = context * WORDS_A_TOKEN
    return Yardstick(words, words / WORDS_A_PAGE, stored / (memory * 1e9), memory)
