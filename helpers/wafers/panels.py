"""Charts and panels of 20_dies_and_yield: a wafer, yields, implied densities, salvage, pieces, bills.

Wiring over `helpers.wafers.model`: values come from ``data/``, the arithmetic from there.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from helpers.core import chance, data
from helpers.core.words import from_to
from helpers.show import charts, page
from helpers.show.panel import Choice, Number, Panel, State
from helpers.wafers import model as wafers

_CLUSTERS = {"even": None, "some": 3.0, "strong": 0.5}  # spread of the wafer panel -> alpha
SOURCE = "Source: data/smic_evidence.csv; model in helpers/wafers/model.py."

# Name on the charts -> (model, alpha).
MODELS = {
    "Poisson: no clusters": ("poisson", 3.0),
    "Negative binomial, alpha 10": ("negative_binomial", 10.0),
    "Murphy": ("murphy", 3.0),
    "Negative binomial, alpha 3": ("negative_binomial", 3.0),
    "Negative binomial, alpha 2": ("negative_binomial", 2.0),
    "1/(1 + x): strong clusters": ("seeds", 1.0),
}
CORES = 25
CORE_SHARE = 0.6  # of a die's area, where a panel or a reading does not say otherwise: our assumption
PARTS = ("logic", "memory", "packaging", "lost in assembly", "other")


@cache
def evidence() -> pd.DataFrame:
    """Published statements on yields, dies and wafers, by id."""
    return data.load("smic_evidence").set_index("evidence_id")


def published(evidence_id: str) -> float:
    """The value of one statement."""
    return float(evidence().loc[evidence_id, "value"])


def products() -> dict[str, float]:
    """Dies drawn on the yield curves: name to area in mm2."""
    h100 = data.load("chips").set_index("chip").loc["H100 SXM5 80GB", "die_area_mm2_central"]
    areas = {"Kirin 9000S": "die-kirin-9000s", "Ascend 910": "die-910", "Ascend 910B": "die-910b"}
    return {**{name: published(key) for name, key in areas.items()}, "H100": float(h100)}


def _percent(share: float) -> str:
    return "under 1%" if 1e-9 < share < 0.005 else f"{100 * share:.0f}%"


def _range(values: Any, form: str = "{:.2f}") -> str:
    return from_to(form.format(np.min(values)), form.format(np.max(values)))


def _small(value: float, digits: int) -> str:
    """A number with so many digits after the point, and more where that would read as zero."""
    return f"{value:.{digits}f}" if value >= 10**-digits else f"{value:.1g}"


def _usd(value: float) -> str:
    return f"{value:,.0f} USD"


# --- a wafer ------------------------------------------------------------------------------------


def _boxes(x: np.ndarray, y: np.ndarray, width: float, height: float) -> str:
    """Rectangles as one SVG path in mm, y downwards: seven hundred dies are then one mark."""
    sides = f"h{width:.1f}v{-height:.1f}h{-width:.1f}z"
    return "".join(f"M{a:.1f},{-b:.1f}{sides}" for a, b in zip(x.tolist(), y.tolist(), strict=True))


def _field(placed: wafers.Placement) -> tuple[float, float, float, float]:
    """The largest exposure field, over dies by the wafer's centre and the way it holds more: left, bottom, sides; mm."""
    found = []
    for width, height in (wafers.FIELD_MM, wafers.FIELD_MM[::-1]):
        x, y = placed.x, placed.y
        at = np.argmin(np.hypot(x + width / 2, y + height / 2))
        across = (x >= x[at]) & (x + placed.width_mm <= x[at] + width + 1e-6)
        along = (y >= y[at]) & (y + placed.height_mm <= y[at] + height + 1e-6)
        found.append(((across & along).sum(), (float(x[at]), float(y[at]), width, height)))
    return max(found, key=lambda f: f[0])[1]


def wafer_panel() -> Panel:
    """Dies in place on a 300 mm wafer, with random defects."""
    wafer_usd = published("wafer-smic-7")

    def compute(width: float, height: float, rim: float, d0: float, spread: str, number: float) -> State:
        placed, alpha = wafers.place_dies(width, height, edge_mm=rim), _CLUSTERS[spread]
        x, y = wafers.random_defects(d0, alpha, seed=int(number))
        hit = wafers.defects_on_dies(placed, x, y) > 0
        kinds = {"good": placed.whole & ~hit, "hit": placed.whole & hit, "cut by the rim": ~placed.whole}
        rows = [
            {"kind": kind, "path": _boxes(placed.x[these], placed.y[these], width, height)}
            for kind, these in kinds.items()
        ]
        left, bottom, *sides = _field(placed)
        rows.append({"kind": "field", "path": _boxes(np.array([left]), np.array([bottom]), *sides)})
        crosses = "".join(f"M{a - 1.3:.1f},{-b:.1f}h2.6m-1.3,-1.3v2.6" for a, b in zip(x.tolist(), y.tolist()))
        rows.append({"kind": "defect", "path": crosses})
        rows = [row for row in rows if row["path"]]  # an empty path would be drawn as a dot
        model = ("poisson",) if alpha is None else ("negative_binomial", alpha)
        expected = _percent(float(wafers.die_yield(width * height, d0, *model)))
        good, field = int(kinds["good"].sum()), int(wafers.dies_per_field(width, height, placed.scribe_mm))
        reading = (
            f"{placed.count} whole dies of {width:g} by {height:g} mm ({width * height:,.0f} mm²) fit; the rim cuts"
            f" {kinds['cut by the rim'].sum()} more. "
        )
        if good:
            reading += (
                f"{good} of them escaped all defects, {_percent(good / placed.count)} on this wafer, where the model"
                f" expects {expected}. At {_usd(wafer_usd)} a wafer, a good die costs {_usd(wafer_usd / good)} here. "
            )
        else:
            reading += f"None escaped all defects, where the model expects {expected}. "
        reading += (
            f"One exposure field (black outline) holds {field if field > 1 else 'one'} of them."
            if field
            else "A side exceeds the exposure field (black outline), so no scanner prints this die in one piece."
        )
        defects = "the one defect" if len(x) == 1 else f"{len(x)} defects"
        title = f"{good} of {placed.count} whole dies escape {defects}"
        if not len(x):
            title = f"Without a defect all {good} whole dies are good"
        return State(rows, reading, {"title": title, "usable": 150 - rim})

    rows, size = charts.live("kind", "path"), 460
    pixels = size / 306  # a millimetre
    middle = {"x": alt.value(size / 2), "y": alt.value(size / 2)}
    drawn = {**middle, "shape": alt.Shape("path:N", scale=None, legend=None), "size": alt.value((2 * pixels) ** 2)}
    kinds = ["good", "hit", "cut by the rim"]
    dies = (
        rows.transform_filter(alt.FieldOneOfPredicate("kind", kinds))
        .mark_point(filled=True, opacity=1, stroke="white", strokeWidth=0.5, clip=True)
        .encode(
            **drawn,
            color=alt.Color(
                "kind:N",
                title="Die",
                scale=alt.Scale(domain=kinds, range=[charts.SKY, charts.ORANGE, charts.RULE]),
                legend=alt.Legend(orient="right", symbolType="square", symbolSize=120),
            ),
        )
    )
    field, defects = (
        rows.transform_filter(f"datum.kind == '{kind}'")
        .mark_point(filled=False, opacity=1, stroke=charts.BLACK, strokeWidth=width, clip=True)
        .encode(**drawn)
        for kind, width in (("field", 2.5), ("defect", 1.4))
    )

    def circle(radius: Any, dash: list[int]) -> alt.Chart:
        return (
            alt.Chart(alt.InlineData(values=[{}]))
            .mark_arc(radius=radius, theta=0, theta2=6.2832, fill=None, stroke=charts.SOFT_INK, strokeDash=dash)
            .encode(**middle)
        )

    usable = alt.ExprRef(expr=f"panel.usable * {pixels:.6f}")
    chart = (dies + field + defects + circle(150 * pixels, [1, 0]) + circle(usable, [3, 3])).properties(
        width=size,
        height=size,
        title=charts.title(
            charts.signal("title"),
            "Crosses: killer defects; dashed circle: usable area; black outline: largest exposure field, 26 by 33 mm",
            "Wafer of 300 mm, streets of 0.1 mm. Source: helpers/wafers/model.py; die sides from data/smic_evidence.csv.",
        ),
        description="Map of a round wafer covered by a grid of dies. Good dies are light blue, dies hit by a defect orange, dies cut by the rim grey; crosses mark defects, and an outline the largest field that one exposure prints. The sentence above gives the counts.",
    )
    big = {"width": published("width-910b"), "height": published("height-910b")}
    phone = round(float(np.sqrt(products()["Kirin 9000S"])), 2)
    return Panel(
        "A wafer you can see",
        [
            Number("width", "Width of a die", "mm", 10, 34, big["width"], 0.01),
            Number("height", "Height of a die", "mm", 10, 34, big["height"], 0.01),
            Number("rim", "Rim left empty", "mm", 0, 8, 3, 0.25),
            Number("d0", "Defects, on average", "per cm²", 0, 0.5, 0.16, 0.01),
            Choice(
                "spread",
                "How they fall",
                [
                    ("evenly by chance", "even"),
                    ("in clusters (alpha 3)", "some"),
                    ("in strong clusters (alpha 0.5)", "strong"),
                ],
                "even",
            ),
            Number("number", "Number of the wafer", "draws it anew", 1, 200, 1, 1),
        ],
        compute,
        chart,
        presets={
            "910B die": {},
            "Phone chip": {"width": phone, "height": phone},
            "TSMC's density": {"d0": published("d0-tsmc-n7")},
            "Strong clusters": {"spread": "strong"},
            "Whole field": {"width": 26, "height": 33},
            "30 by 28 mm": {"width": 30, "height": 28},
        },
    )


# --- yield against area -------------------------------------------------------------------------


def yields_chart() -> alt.LayerChart:
    """Yield against die area at three densities, from the lowest to the highest model."""
    dies = products()
    densities = {f"{d:g}": d for d in (published("d0-tsmc-n7"), 0.16, 0.32)}
    areas = np.linspace(10, 858, 54)
    band = []
    for name, d0 in densities.items():
        each = np.array([wafers.die_yield(areas, d0, model, alpha) for model, alpha in MODELS.values()])
        band.append(pd.DataFrame({"density": name, "area": areas, "low": each.min(axis=0), "high": each.max(axis=0)}))
    frame = pd.concat(band)
    x = alt.X(
        "area:Q",
        title="Area of the die (mm²)",
        scale=alt.Scale(domain=[0, 980], nice=False),
        axis=alt.Axis(values=list(range(0, 900, 100))),
    )
    colour = alt.Color(
        "density:N",
        scale=alt.Scale(domain=list(densities), range=[charts.BLUE, charts.ORANGE, charts.PURPLE]),
        legend=None,
    )

    def ys(field: str) -> alt.Y:
        axis = alt.Axis(format="%", values=[0, 0.2, 0.4, 0.6, 0.8, 1])
        return alt.Y(f"{field}:Q", title="Share of flawless dies", axis=axis, scale=alt.Scale(domain=[0, 1.1]))

    bands = alt.Chart(frame).mark_area(opacity=0.7).encode(x=x, y=ys("low"), y2="high", color=colour)
    ends = frame[frame["area"] == areas[-1]].assign(
        middle=lambda f: (f["low"] + f["high"]) / 2, words=lambda f: f["density"] + " per cm²"
    )
    words = alt.Chart(ends).mark_text(align="left", dx=6).encode(x=x, y=ys("middle"), text="words:N")
    marks = pd.DataFrame({"name": list(dies), "area": list(dies.values()), "foot": 0, "head": 1, "top": 1.05})
    lines = alt.Chart(marks).mark_rule(color=charts.SOFT_INK, strokeDash=[3, 3]).encode(x=x, y=ys("foot"), y2="head")
    names = alt.Chart(marks).mark_text(fontSize=12).encode(x=x, y=ys("top"), text="name:N")
    return (bands + lines + words + names).properties(
        width=620,
        height=310,
        title=charts.title(
            "The larger the die, the lower its yield, and the more the model matters",
            "Share of dies without a killer defect at three densities; band: from the lowest to the highest of six models",
            "Source: areas in data/smic_evidence.csv and data/chips.csv; models in helpers/wafers/model.py.",
        ),
        description=(
            "Area chart of the share of flawless dies, 0 to 100 per cent, against die area, 10 to 858 square millimetres: three falling bands, for"
            " 0.09, 0.16 and 0.32 defects per square centimetre, thin for small dies and wide for large ones. Vertical lines mark the phone chip"
            " Kirin 9000S, where nearly all models agree, the Ascend 910 and 910B, and the H100."
        ),
    )


# --- what a reported yield implies --------------------------------------------------------------


def implied_d0(area_mm2: float, good_share: float, counted: str, core_share: float = CORE_SHARE) -> dict[str, float]:
    """Defect density per cm2 behind a reported yield, by model; Murphy only where whole dies are counted.

    Parameters
    ----------
    area_mm2 : float
    good_share : float, a fraction
    counted : str
        "flawless" dies, "sellable" dies with at least 20 of 25 cores, or "pair": packages of two flawless dies.
    core_share : float
        Share of the area that lies in cores; only for "sellable".

    Returns
    -------
    dict of model name to defects per cm2
    """
    if counted == "sellable":
        core, shared = area_mm2 * core_share / CORES, area_mm2 * (1 - core_share)
        alphas = {
            name: 1e7 if model == "poisson" else alpha for name, (model, alpha) in MODELS.items() if model != "murphy"
        }
        return {
            name: float(wafers.infer_d0_from_bins(CORES, core, shared, 20, good_share, alpha))
            for name, alpha in alphas.items()
        }
    share = good_share**0.5 if counted == "pair" else good_share
    return {name: float(wafers.infer_d0(area_mm2, share, m, a)) for name, (m, a) in MODELS.items()}


# What was counted -> words of the control, words of the title.
_COUNTED = {
    "flawless": ("flawless dies", "flawless dies"),
    "sellable": ("dies with at least 20 of 25 cores", "sellable dies"),
    "pair": ("packages of two flawless dies", "pairs"),
}


def implied_panel() -> Panel:
    """The defect density behind a reported yield, by model and by what was counted."""
    dies = products()
    low, high = published("d0-tsmc-n7"), float(evidence().loc["d0-tsmc-n5", "high"])

    def compute(reported: float, product: str, counted: str) -> State:
        if counted != "flawless" and product != "Ascend 910B":
            raise ValueError("only the Ascend 910B's die has 25 cores and goes into packages of two; choose it.")
        area = dies[product]
        densities = implied_d0(area, reported / 100, counted)
        what = _COUNTED[counted][0]
        if counted == "sellable":
            what += f" ({CORE_SHARE:.0%} of the area in cores, our assumption)"
        rows = [{"model": name, "d0": value, "label": _small(value, 2)} for name, value in densities.items()]
        values = np.array(list(densities.values()))
        span = from_to(*(_small(float(v), 2) for v in (values.min(), values.max())))
        times = from_to(*(_small(float(v) / low, 1) for v in (values.min(), values.max())))
        kirin = [float(wafers.die_yield(dies["Kirin 9000S"], d, *MODELS[name])) * 100 for name, d in densities.items()]
        reading = (
            f"A yield of {reported:g}% on dies of {area:,.0f} mm² ({product}), if {what} were counted, implies"
            f" {span} defects per cm², by model: {times} times the {low:g} that TSMC"
            f" gave for N7. The same process would make {_range(kirin, '{:.0f}')}% of phone chips flawless."
        )
        title = f"{reported:g}%, counting {_COUNTED[counted][1]}: {span} defects per cm²"
        return State(rows, reading, {"title": title, "top": max(0.5, float(values.max()) * 1.15)})

    rows = charts.live("model", "d0", "label")
    scale = alt.Scale(domain=[0, charts.signal("top")], nice=False)
    x = alt.X("d0:Q", title="Implied defects per cm²", scale=scale, axis=alt.Axis(tickCount=8))
    y = alt.Y(
        "model:N",
        title=None,
        sort=list(MODELS),
        axis=alt.Axis(labelLimit=240, domain=False, ticks=False, minExtent=170),
    )
    band = (
        alt.Chart(alt.InlineData(values=[{"from": low, "to": high}]))
        .mark_rect(color=charts.YELLOW, opacity=0.7)
        .encode(x=alt.X("from:Q", scale=scale), x2="to:Q")
    )
    points = rows.mark_point(filled=True, size=120, color=charts.BLUE).encode(
        x=x, y=y, tooltip=[alt.Tooltip("model:N", title="Model"), alt.Tooltip("d0:Q", title="Per cm²", format=".3f")]
    )
    words = rows.mark_text(align="left", dx=10, fontSize=12).encode(x=x, y=y, text="label:N")
    chart = (band + points + words).properties(
        width=480,
        height=230,
        title=charts.title(
            charts.signal("title"),
            f"Density that gives the reported share, by model; yellow: TSMC's own {low:g} (N7) to {high:g} (N5)",
            SOURCE,
        ),
        description="Dot for each yield model at the defect density that a reported yield implies, with a yellow band for the densities that TSMC published. The sentence above gives the numbers.",
    )
    return Panel(
        "What a reported yield implies",
        [
            Number("reported", "Reported yield", "%", 5, 95, 40, 1),
            Choice("product", "Die", list(dies), "Ascend 910B"),
            Choice("counted", "What was counted", [(words, key) for key, (words, _) in _COUNTED.items()], "flawless"),
        ],
        compute,
        chart,
        presets={
            "20% (June 2024)": {"reported": published("yield-910b-2024-06")},
            "50% (Nov 2024)": {"reported": published("yield-910b-2024-11")},
            "40% (Feb 2025)": {"reported": published("yield-910c-2025-02")},
            "40%, sellable": {"reported": published("yield-910c-2025-02"), "counted": "sellable"},
            "40%, pairs": {"reported": published("yield-910c-2025-02"), "counted": "pair"},
            "H100, 60%": {"reported": published("yield-h100-tsmc"), "product": "H100"},
        },
    )


def reports_table() -> page.Table:
    """Reported yields of the large dies, and the densities they would imply if flawless dies were counted."""
    rows = evidence()
    chosen = rows[(rows["metric"] == "yield") & rows["value"].notna() & rows["subject"].str.contains("Ascend|H100")]
    dies = products()
    out = []
    for row in chosen.sort_values("as_of").itertuples():
        area = dies.get(row.subject, dies["Ascend 910B"])
        values = list(implied_d0(area, row.value / 100, "flawless").values())
        out.append(
            {
                "For": f"{row.as_of:%b %Y}",
                "Die": row.subject,
                "Said by": row.claimed_by,
                "Yield": f"{row.value:.0f}%",
                "Defects per cm²": _range(values),
                "How sure": row.confidence,
            }
        )
    return page.table(
        pd.DataFrame(out).set_index("For"),
        "Reported yields, and the densities they imply if flawless dies were counted (a 910C is two dies, taken as 910B's)",
    )


# --- salvage ------------------------------------------------------------------------------------

FATES = ["flawless", "sold with fewer cores", "scrap"]


def _times(ratio: float) -> str:
    return f", {ratio:.1f} times as many" if ratio >= 1.05 else ""


def salvage_panel() -> Panel:
    """Working cores on a die of 25, and what the need for cores does to the sellable share."""
    area, gross = published("die-910b"), published("gross-910b")
    wafer_usd = published("wafer-smic-7")

    def compute(d0: float, needed: float, core_share: float, alpha: float) -> State:
        need = int(needed)
        chances = wafers.working_cores(CORES, area * core_share / 100 / CORES, area * (1 - core_share / 100), d0, alpha)
        shared = 1 - float(chances.sum())
        fates = np.where(np.arange(CORES + 1) >= need, FATES[1], FATES[2])
        fates[CORES] = FATES[0]
        rows = [{"cores": k, "share": float(p), "fate": str(f)} for k, (p, f) in enumerate(zip(chances, fates))]
        rows.append({"cores": -2, "share": shared, "fate": FATES[2]})
        *bins, scrap = wafers.bin_shares(chances, sorted({CORES, need}, reverse=True)).tolist()
        flawless, sold = bins[0], sum(bins)
        cost = f"With {gross:.0f} dies on a wafer of {_usd(wafer_usd)}, "
        if need == CORES:
            reading = f"{_percent(flawless)} of dies are flawless, and only those can be sold. {cost}one costs {_usd(wafer_usd / gross / flawless)}."
        else:
            reading = (
                f"{_percent(flawless)} of dies are flawless; {_percent(sold)} have a working shared part and at least {need}"
                f" of {CORES} cores{_times(sold / flawless)}. {cost}a sellable one costs"
                f" {_usd(wafer_usd / gross / sold)}; if only flawless ones were sold, {_usd(wafer_usd / gross / flawless)}."
            )
        reading += f" A defect in the shared part ends {_percent(shared)} of dies."
        sold_words = (
            f"{_percent(sold)} sellable ({_percent(flawless)} flawless)"
            if need < CORES
            else f"{_percent(sold)} sellable"
        )
        title = f"{sold_words}, {_percent(scrap)} scrap at {need} of {CORES} cores"
        return State(rows, reading, {"title": title, "top": 0.6 if max(row["share"] for row in rows) <= 0.6 else 1.0})

    rows = charts.live("cores", "share", "fate")
    bars = rows.mark_bar(size=17).encode(
        x=alt.X(
            "cores:Q",
            title="Working cores on the die",
            scale=alt.Scale(domain=[-3, 26], nice=False),
            axis=alt.Axis(
                values=[-2, 0, 5, 10, 15, 20, 25],
                grid=False,
                labelExpr="datum.value < 0 ? 'shared' : datum.label",
            ),
        ),
        y=alt.Y(
            "share:Q",
            title="Share of dies",
            scale=alt.Scale(domain=[0, charts.signal("top")], nice=False),
            axis=alt.Axis(format="%", minExtent=40, tickCount=6),
        ),
        color=alt.Color(
            "fate:N",
            title="Fate",
            scale=alt.Scale(domain=FATES, range=[charts.BLUE, charts.SKY, charts.GREY]),
            legend=alt.Legend(orient="bottom"),
        ),
        tooltip=[
            alt.Tooltip("cores:Q", title="Working cores"),
            alt.Tooltip("share:Q", title="Share of dies", format=".1%"),
        ],
    )
    chart = bars.properties(
        width=600,
        height=270,
        title=charts.title(
            charts.signal("title"),
            f"Dies of {area:.0f} mm² by number of working cores; “shared”: a defect in the part that all cores need",
            SOURCE,
        ),
        description="Histogram of dies by number of working cores from 0 to 25, coloured by fate: flawless, sold with fewer cores, scrap; a bar at the left for dies whose shared part failed. The sentence above gives the shares.",
    )
    return Panel(
        "From flawless to sellable",
        [
            Number("d0", "Defects, on average", "per cm²", 0, 0.6, 0.32, 0.01),
            Number("needed", "Cores that a product needs", f"of {CORES}", 1, 25, 20, 1),
            Number("core_share", "Share of the die in cores", "%", 20, 90, 100 * CORE_SHARE, 5),
            Number("alpha", "Clustering, alpha (small: strong)", "", 0.5, 20, 3, 0.5),
        ],
        compute,
        chart,
        presets={
            "20 of 25": {},
            "All 25": {"needed": 25},
            "24 of 25": {"needed": 24},
            "Mostly shared": {"core_share": 30},
            "TSMC's density": {"d0": published("d0-tsmc-n7")},
        },
    )


# --- pieces -------------------------------------------------------------------------------------


def split_panel() -> Panel:
    """One large die against two or four small ones that are joined."""
    wafer_usd = published("wafer-smic-7")
    limit = wafers.FIELD_MM[0] * wafers.FIELD_MM[1]
    areas = np.sort(np.append(np.arange(40, 1601, 40.0), limit))
    kinds = {"one die": 1, "two pieces": 2, "four pieces": 4}

    def compute(d0: float, joining: float, link: float, bond: float) -> State:
        keys = {"joining_usd": joining, "link_share": link / 100, "bond_yield": bond / 100}
        cost = wafers.split_cost(areas[:, None], list(kinds.values()), wafer_usd, d0, **keys)
        rows = []
        for column, (name, pieces) in enumerate(kinds.items()):
            own = areas / pieces / (1 - (link / 100 if pieces > 1 else 0))
            rows += [
                {"kind": name, "area": float(a), "usd": float(c)}
                for a, c, o in zip(areas, cost[:, column], own, strict=True)
                if o <= limit
            ]
        cross = wafers.crossover_area(2, wafer_usd, d0, **keys)
        at = wafers.split_cost(800.0, [1, 2], wafer_usd, d0, **keys)
        if np.isnan(cross):
            title = f"One die is cheaper than two pieces at every area up to {limit:.0f} mm²"
            reading = f"Two pieces cost more than one die at every area up to {limit:.0f} mm², the largest that one exposure prints."
        else:
            title = f"Two pieces are cheaper than one die from {cross:.0f} mm²"
            reading = f"Two pieces become the cheaper way from {cross:.0f} mm² of logic."
        reading += (
            f" At 800 mm², one die costs {_usd(float(at[0]))} and two pieces {_usd(float(at[1]))}, joining included. Beyond"
            f" {limit:.0f} mm² there is no single die to compare with."
        )
        return State(rows, reading, {"title": title})

    rows = charts.live("kind", "area", "usd")
    lines = rows.mark_line(strokeWidth=2.5).encode(
        x=alt.X("area:Q", title="Logic of the product (mm²)", scale=alt.Scale(domain=[0, 1600], nice=False)),
        y=alt.Y(
            "usd:Q",
            title="Cost of the good logic (USD, log scale)",
            scale=alt.Scale(type="log", nice=False),
            axis=alt.Axis(minExtent=50, values=[k * 10**n for n in range(5) for k in (1, 2, 5)], format=",.0f"),
        ),
        color=alt.Color(
            "kind:N",
            title="Made as",
            scale=alt.Scale(domain=list(kinds), range=[charts.VERMILION, charts.BLUE, charts.GREEN]),
            legend=alt.Legend(orient="bottom", symbolSize=300),
        ),
        strokeDash=alt.StrokeDash(
            "kind:N", title="Made as", scale=alt.Scale(domain=list(kinds), range=[[1, 0], [7, 3], [2, 2]])
        ),
    )
    wall = (
        alt.Chart(alt.InlineData(values=[{"limit": limit}]))
        .mark_rule(color=charts.INK, strokeDash=[4, 3])
        .encode(x="limit:Q")
    )
    chart = (lines + wall).properties(
        width=600,
        height=300,
        title=charts.title(
            charts.signal("title"),
            f"Cost against area at {wafer_usd:,.0f} USD a wafer, alpha 3; dashed line: largest die of one exposure, {limit:.0f} mm²",
            SOURCE,
        ),
        description="Three rising curves of cost against logic area: one die, which ends at 858 mm2, two pieces and four pieces. Where the curves cross, splitting begins to pay. The sentence above gives the crossing.",
    )
    return Panel(
        "One big die or several small",
        [
            Number("d0", "Defects, on average", "per cm²", 0.01, 0.5, 0.16, 0.01),
            Number("joining", "Cost of joining the pieces", "USD", 0, 300, 60, 5),
            Number("link", "Area of a piece spent on links", "%", 0, 30, 10, 1),
            Number("bond", "Pieces bonded without harm, each", "%", 80, 100, 98, 1),
        ],
        compute,
        chart,
        presets={
            "0.16 per cm²": {},
            "TSMC's density": {"d0": published("d0-tsmc-n7")},
            "0.32 per cm²": {"d0": 0.32},
            "Dear joining": {"joining": 250},
            "One in ten lost": {"bond": 90},
        },
    )


# --- bills --------------------------------------------------------------------------------------


def bills() -> pd.DataFrame:
    """Published bills as shares in per cent: one row a part of a product."""
    table = data.load("bill_of_materials")
    total = table.groupby(["product", "period"])["usd"].transform("sum")
    share = table["share"].where(table["share"].notna(), 100 * table["usd"] / total)
    name = table["product"].where(table["usd"].notna(), "Four makers, " + table["period"])
    part = table["component"].replace({"assembly losses": "lost in assembly"})
    return pd.DataFrame({"bill": name, "part": part, "share": share})


_PART_COLOURS = [charts.BLUE, charts.ORANGE, charts.GREEN, charts.VERMILION, charts.GREY]


def bills_chart() -> alt.LayerChart:
    """Published bills of AI chips, as shares."""
    frame = bills()
    frame["rank"] = frame["part"].map({part: place for place, part in enumerate(PARTS)})
    frame = frame.sort_values(["bill", "rank"])
    end = frame.groupby("bill")["share"].cumsum()
    frame = frame.assign(start=end - frame["share"], end=end, label=frame["share"].map("{:.0f}".format))
    bars = (
        alt.Chart(frame)
        .mark_bar(height=26)
        .encode(
            x=alt.X("start:Q", title="Share of the bill (%)", scale=alt.Scale(domain=[0, 100.1], nice=False)),
            x2="end",
            y=alt.Y(
                "bill:N", title=None, sort=frame["bill"].unique().tolist(), axis=alt.Axis(domain=False, ticks=False)
            ),
            color=alt.Color(
                "part:N",
                title="Part",
                sort=list(PARTS),
                scale=alt.Scale(domain=list(PARTS), range=_PART_COLOURS),
                legend=alt.Legend(orient="bottom"),
            ),
        )
    )
    words = (
        alt.Chart(frame.assign(middle=(frame["start"] + frame["end"]) / 2))
        .mark_text(fontSize=12, color="black", fontWeight="bold")
        .encode(x="middle:Q", y=alt.Y("bill:N", sort=frame["bill"].unique().tolist()), text="label:N")
    )
    parts = {part: frame.loc[frame["part"] == part, "share"] for part in ("memory", "logic", "packaging")}
    logic = parts["logic"]
    return (bars + words).properties(
        width=540,
        height=200,
        title=charts.title(
            f"Logic is {logic.min():.0f} to {logic.max():.0f}% of the bill of chips made at TSMC; memory is the largest part",
            "Estimated cost of parts, in per cent; four makers: NVIDIA, AMD, Google and Amazon",
            "Source: Epoch AI (CC BY) and Silicon Analysts, rows in data/bill_of_materials.csv.",
        ),
        description=(
            "Stacked bar chart, from 0 to 100 per cent of the cost of parts, of five published bills of AI chips."
            f" Shares: {', '.join(f'{part} {of.min():.0f} to {of.max():.0f}' for part, of in parts.items())}; the rest is test, board and losses."
        ),
    )


# Inputs of one package of two 910B-size dies: low, central, high. Only the wafer's price and the packaging
# loss rest on published figures; the others are assumptions that the panel lets a reader move.
_FIXED = {
    "interposer_usd": (200.0, 400.0, 750.0),
    "substrate_usd": (30.0, 60.0, 120.0),
    "other_usd": (100.0, 250.0, 500.0),
    "attach_yield": (0.97, 0.99, 1.0),
}


def simulate_package(
    d0: float, critical: float, wafer_usd: float, stack_usd: float, loss: float, draws: int = 4000, seed: int = 1
) -> np.ndarray:
    """Draws of the parts of one package of two 910B-size dies and eight stacks, USD; parts in the order of `PARTS`.

    Parameters
    ----------
    d0 : float
        Central defects per cm2; drawn from 0.6 to 1.6 times.
    critical : float
        Central share of the die in which a defect ends the sale; drawn within 0.15 of it.
    wafer_usd, stack_usd : float
        Central prices; drawn within 10% and from 0.6 to 1.6 times.
    loss : float
        Central share of packages lost in bonding; drawn from 0.4 to 1.6 times.
    draws, seed : int
        As in `wafers.simulate`.
    """
    pair = int(published("pair-910c"))
    stacks, area = 8, published("die-910b")
    bond = [(1 - min(loss * k, 0.9)) ** (1 / (pair + stacks)) for k in (1.6, 1.0, 0.4)]
    ends = {
        "d0_per_cm2": (0.6 * d0, d0, 1.6 * d0),
        "critical_share": (max(critical - 0.15, 0), critical, min(critical + 0.15, 1)),
        "wafer_usd": (0.9 * wafer_usd, wafer_usd, 1.1 * wafer_usd),
        "hbm_usd": (0.6 * stack_usd, stack_usd, 1.6 * stack_usd),
        "bond_yield": bond,
        **_FIXED,
    }

    def parts(**drawn: np.ndarray) -> np.ndarray:
        cost = wafers.accelerator_cost(area, dies=pair, stacks=stacks, **drawn)
        return np.stack(
            [cost.logic_usd, cost.memory_usd, cost.packaging_usd, cost.scrap_usd + cost.wasted_usd, cost.other_usd],
            axis=-1,
        )

    return chance.simulate(parts, ends, draws, seed)


def package_panel() -> Panel:
    """Parts of the bill of a package of two 910B-size dies, with everything uncertain."""
    smic, tsmc = published("wafer-smic-7"), published("wafer-tsmc-7-digitimes")

    def compute(d0: float, critical: float, wafer_usd: float, stack_usd: float, loss: float) -> State:
        parts = simulate_package(d0, critical / 100, wafer_usd, stack_usd, loss / 100)
        total = parts.sum(axis=1)
        columns = {**dict(zip(PARTS, parts.T, strict=True)), "whole package": total}
        rows = []
        for name, values in columns.items():
            low, middle, high = (float(v) for v in np.percentile(values, [5, 50, 95]))
            rows.append(
                {"part": name, "low": low, "middle": middle, "high": high, "label": f"{round(middle, -1):,.0f}"}
            )
        low, middle, high = (f"{round(rows[-1][key], -2):,.0f}" for key in ("low", "middle", "high"))
        logic = _range(100 * np.percentile(parts[:, 0] / total, [5, 95]), "{:.0f}")
        dearer = simulate_package(d0, critical / 100, 2 * wafer_usd, stack_usd, loss / 100).sum(axis=1)
        reading = (
            f"In nine of ten draws the package costs {low} to {high} USD, half of them below {middle}. Logic is {logic}% of"
            f" it and memory {_percent(float(np.median(parts[:, 1] / total)))}. Dies at twice the cost would raise the bill"
            f" by {_percent(float(np.median(dearer / total - 1)))}, the good ones lost in assembly included."
        )
        title = f"{low} to {high} USD a package; logic {logic}% of it"
        return State(rows, reading, {"title": title, "top": rows[-1]["high"] * 1.15})

    rows = charts.live("part", "low", "middle", "high", "label")
    order = [*PARTS, "whole package"]
    scale = alt.Scale(domain=[0, charts.signal("top")], nice=False)

    axis = alt.Axis(tickCount=7, format=",.0f", labelBound=True)

    def xs(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title="USD a good package", scale=scale, axis=axis)

    y = alt.Y(
        "part:N",
        title=None,
        sort=order,
        scale=alt.Scale(domain=order),
        axis=alt.Axis(domain=False, ticks=False, minExtent=110),
    )
    bars = rows.mark_bar(height=18).encode(
        x=xs("middle"),
        y=y,
        color=alt.Color("part:N", legend=None, scale=alt.Scale(domain=order, range=[*_PART_COLOURS, charts.SOFT_INK])),
    )
    spans = rows.mark_rule(strokeWidth=3, color=charts.INK).encode(x=xs("low"), x2="high", y=y)
    words = rows.mark_text(align="left", dx=6, fontSize=12).encode(x=xs("high"), y=y, text="label:N")
    chart = (bars + spans + words).properties(
        width=540,
        height=230,
        title=charts.title(
            charts.signal("title"),
            "Two dies of 666 mm² and eight stacks of memory; bars: median; black: 90% of 4,000 seeded draws",
            SOURCE + " HBM, interposer and test: assumptions.",
        ),
        description="Bars of the cost of each part of a package with two large dies and eight memory stacks, with black ranges from a simulation: logic, memory, packaging, losses in assembly, other, and the whole package. The sentence above gives the numbers.",
    )
    return Panel(
        "A package with everything uncertain",
        [
            Number("d0", "Defects, central", "per cm²", 0.02, 0.5, 0.22, 0.01),
            Number("critical", "Part of the die in which a defect kills", "%", 30, 100, 100, 5),
            Number("wafer_usd", "Price of a wafer, central", "USD", 6000, 30000, smic, 250),
            Number("stack_usd", "Price of a memory stack, central", "USD", 50, 800, 200, 10),
            Number("loss", "Packages lost in bonding, central", "%", 0, 30, 15, 1),
        ],
        compute,
        chart,
        presets={
            "Morgan Stanley's 30%": {},
            "With salvage": {"critical": 60},
            "TSMC's process": {"d0": published("d0-tsmc-n7"), "wafer_usd": tsmc, "critical": 60, "loss": 5},
            "Wafer twice as dear": {"wafer_usd": 2 * smic},
            "Memory twice as dear": {"stack_usd": 400},
        },
    )
