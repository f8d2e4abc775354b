"""One call, and what it came to: an answer, a refusal in a sentence, or a fault."""

from __future__ import annotations

import contextlib
import dataclasses
import inspect
import io
import re
import signal
import time
import warnings
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from helpers.core.limits import shown

SECONDS = 2.0
LONGEST = 300


class TooSlow(BaseException):
    """Past the time that a call may take; no `except Exception` swallows it."""


def holds_nan(value: Any, depth: int = 0) -> bool:
    """Whether an answer holds NaN anywhere in its numbers (columns of text and dates aside)."""
    if depth > 6 or isinstance(value, (str, bytes)):
        return False
    if isinstance(value, (float, np.floating)):
        return bool(np.isnan(value))
    if isinstance(value, np.ndarray):
        if value.dtype.kind == "f":
            return bool(np.isnan(value).any())
        return value.dtype == object and any(holds_nan(item, depth + 1) for item in value.flat)
    if isinstance(value, pd.Series):
        return pd.api.types.is_float_dtype(value) and bool(value.isna().any())
    if isinstance(value, pd.DataFrame):
        return any(holds_nan(value[column], depth + 1) for column in value.columns)
    if isinstance(value, Mapping):
        return any(holds_nan(item, depth + 1) for item in value.values())
    if isinstance(value, (list, tuple, set)):
        return any(holds_nan(item, depth + 1) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return any(holds_nan(getattr(value, field.name), depth + 1) for field in dataclasses.fields(value))
    return False


def says_where(function: Callable[..., Any], result: Any) -> bool:
    """Whether the docstring, or that of the answer's class, says where NaN is an answer."""
    return any(re.search(r"\bNaN\b", inspect.getdoc(thing) or "") for thing in (function, type(result)))


def without(value: Any, tables: list[pd.DataFrame]) -> Any:
    """A table without the columns that it was given: what was empty there stays empty."""
    given = {column for frame in tables for column in frame.columns}
    return value[[c for c in value.columns if c not in given]] if isinstance(value, pd.DataFrame) else value


def names(message: str, parameters: set[str]) -> bool:
    return any(re.search(rf"\b{re.escape(name)}\b", message) for name in parameters)


def judge(
    function: Callable[..., Any], args: list, keywords: dict[str, Any], changed: set[str], kind: str
) -> tuple[str, str]:
    """Outcome ("answer", "refused" or the fault's name) and the words for it."""
    start = time.process_time()
    result: Any = None
    try:
        with warnings.catch_warnings(record=True) as warned, contextlib.redirect_stdout(io.StringIO()), alarm():
            warnings.simplefilter("always")
            result = function(*args, **keywords)
        outcome, words = "answer", ""
    except TooSlow:
        outcome, words = "hang", "stopped after two seconds"
    except (ValueError, KeyError, TypeError) as error:
        outcome, words = refused(error, changed)
    except MemoryError:
        outcome, words = "memory", ""
    except RecursionError:
        outcome, words = "another error", "RecursionError"
    except Exception as error:
        outcome, words = "another error", f"{type(error).__name__}: {shown(error, 200)}"
    if time.process_time() - start > SECONDS:
        return "hang", f"{time.process_time() - start:.1f} s"
    if outcome == "answer":
        tables = [value for value in (*args, *keywords.values()) if isinstance(value, pd.DataFrame)]
        if holds_nan(without(result, tables)) and not says_where(function, result):
            return "NaN", ""
        if warned:
            return "warning", f"{warned[0].category.__name__}: {str(warned[0].message)[:150]}"
        if kind in TAKEN_NEVER and changed and not isinstance(result, str):
            return "answer", "taken"
    return outcome, words


TAKEN_NEVER = ("complex", "masked", "raises", "nest")


def refused(error: Exception, changed: set[str]) -> tuple[str, str]:
    try:
        message = str(error)
    except Exception:  # an object of the reader's within it
        return "another error", f"{type(error).__name__} without words"
    if isinstance(error, TypeError) and not re.search(
        r"unexpected keyword|missing \d+ required|positional argument", message
    ):
        return "another error", f"TypeError: {message[:200]}"
    if isinstance(error, UnicodeError):
        return "another error", f"{type(error).__name__}: {message[:200]}"
    if len(message) >= LONGEST:
        return "long", f"{len(message)} letters: {message[:200]}"
    if changed and not names(message, changed):
        return "unnamed", f"{type(error).__name__}: {message[:200]}"
    return "refused", message


@contextlib.contextmanager
def alarm():
    """Stop a call that uses more processor time than it may; without such a clock (Windows), only measure it."""
    if not hasattr(signal, "SIGPROF"):
        yield
        return

    def ring(*_):
        raise TooSlow

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
