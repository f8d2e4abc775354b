"""Tables for readers: a printed saving taken apart, and every printed figure beside our count."""

from __future__ import annotations

import pandas as pd

from helpers.core.words import percent
from helpers.llm import studies
from helpers.show import page


def v2_table() -> page.Table:
    """`v2_split` for readers."""
    rows = studies.v2_split()
    shown = pd.DataFrame(
        {
            "Numbers a token": rows["numbers"].map("{:,.0f}".format),
            "Bits each": rows["bits"].astype(str),
            "Bytes a token": rows["bytes"].map("{:,.0f}".format),
            "Saved": rows["saved"].map("{:.1%}".format),
        }
    )
    return page.table(shown, "DeepSeek-V2's saving of 93.3%, taken apart")


def recounted_table() -> page.Table:
    """`recounted` for readers, with the deviation."""
    rows = studies.recounted()
    shown = pd.DataFrame(
        {
            "What": rows["quantity"],
            "Printed": [f"{v:,.10g} {u}" for v, u in zip(rows["published"], rows["unit"])],
            "Our count": rows["counted"].map(lambda v: f"{v:,.0f}" if v >= 1000 else f"{v:.1f}"),
            "Off by": (rows["counted"] / rows["published"] - 1).map(
                lambda v: percent(v, 1, signed=True) if abs(v) >= 5e-4 else "0"
            ),
            "Counted from": [
                "our reconstruction (estimate)" if r.startswith("v4-") else "published shape" for r in rows.index
            ],
        }
    )
    shown.index = pd.Index(rows["subject"], name="Model")
    return page.table(shown, "Figures as printed, and counted again from the shapes")
