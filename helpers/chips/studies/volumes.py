"""What was sold, and who counted."""

from __future__ import annotations

import pandas as pd

BASES = {
    "nvidia-china-revenue-billing": "by billing address, as first reported",
    "nvidia-china-revenue-headquarters": "by customer’s headquarters, recast",
}
UNITS = {
    "nvidia-h20-08": "H20 in China, 2024 (analyst)",
    "nvidia-h20-09": "H20 implied by revenue to October 2025 (ours)",
    "idc-china-2025-02": "NVIDIA cards of all kinds, 2025 (IDC)",
    "nvidia-h200-china-01": "H200 approved on paper, January 2026 (press)",
    "nvidia-h200-china-03": "H200 delivered by August 2026 (press)",
    "ascend-production-02": "Ascend, 2025 (mark: SemiAnalysis)",
    "ascend-production-04": "910C alone, 2025 (mark: Bloomberg)",
    "ascend-production-05": "910C planned, 2026 (press)",
    "ascend-production-08": "Ascend if memory limits, 2026 (analyst)",
    "cambricon-02": "Cambricon, 2025 (IDC, Goldman Sachs)",
}
NATURES = {
    "counted": "counted",
    "estimate": "estimated",
    "derived": "estimated",
    "plan": "planned, forecast or reported",
    "forecast": "planned, forecast or reported",
    "claim": "planned, forecast or reported",
}


def revenue_points(volumes: pd.DataFrame) -> pd.DataFrame:
    """NVIDIA's China revenue by quarter, each basis by itself; `run` changes where a quarter is missing.

    Parameters
    ----------
    volumes : DataFrame
        ``data.load("volumes")``.
    """
    rows = volumes[volumes["series"].isin(list(BASES)) & (volumes["period_kind"] == "quarter")]
    rows = rows.sort_values(["series", "period_end"]).assign(basis_words=rows["series"].map(BASES))
    gap = rows.groupby("series")["period_start"].transform(lambda s: s.diff().dt.days.gt(100).cumsum())
    return rows.assign(run=rows["series"] + "-" + gap.astype(int).astype(str))


def both_bases(volumes: pd.DataFrame) -> pd.DataFrame:
    """Periods known on both bases, with the two revenues in billion USD and headquarters over billing.

    Parameters
    ----------
    volumes : DataFrame
        ``data.load("volumes")``.
    """
    rows = volumes[volumes["series"].isin(list(BASES))]
    wide = rows.pivot(index=["period_end", "period_kind", "period_label"], columns="series", values="central")
    wide = wide[list(BASES)].dropna().set_axis(["billing", "headquarters"], axis=1)
    return wide.assign(times=wide["headquarters"] / wide["billing"]).reset_index()


def yearly_revenue(volumes: pd.DataFrame, series: str = "nvidia-china-revenue-headquarters") -> pd.Series:
    """NVIDIA's China revenue of its fiscal years on one basis, billion USD, by label.

    Parameters
    ----------
    volumes : DataFrame
        ``data.load("volumes")``.
    series : str
        A key of `BASES`.
    """
    rows = volumes[(volumes["series"] == series) & (volumes["period_kind"] == "year")]
    return rows.set_index("period_label")["central"]


def units(volumes: pd.DataFrame) -> pd.DataFrame:
    """Statements on units of chips for China, in the order of `UNITS`.

    Parameters
    ----------
    volumes : DataFrame
        ``data.load("volumes")``.

    Returns
    -------
    DataFrame
        words, low, central, high (chips or cards; equal where one number is given), nature (counted,
        estimated or planned), note.
    """
    rows = volumes.set_index("volume_id").loc[list(UNITS)]
    return pd.DataFrame(
        {
            "words": list(UNITS.values()),
            "low": rows["low"].fillna(rows["central"]).to_numpy(),
            "central": rows["central"].to_numpy(),
            "high": rows["high"].fillna(rows["central"]).to_numpy(),
            "nature": rows["nature"].map(NATURES).to_numpy(),
            "note": rows["note"].to_numpy(),
        },
        index=rows.index,
    )
