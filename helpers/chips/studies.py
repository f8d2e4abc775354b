"""The questions of 14_chips_compared: rows of ``data/`` put into the model."""

from __future__ import annotations

import re

PLAN = re.compile(r"roadmap|announced|ramping|reported in|reported;|never licensed|on no road map")


def tagged(chip: str, status: str) -> str:
    """A chip's short name, marked when it is a plan or only a report."""
    kind = "" if not PLAN.search(status) else " (report)" if "reported" in status else " (plan)"
    return short(chip) + kind


def short(chip: str) -> str:
    """A chip's name as people say it: H100 for "H100 SXM5 80GB"."""
    name = re.sub(r" SXM\d?", "", chip)
    return name if name.startswith("A100") else re.sub(r" \d+GB$", "", name)
