"""Charts and panels of 12_rules_as_code: regions of the rules, the chip designer, margins, the status map."""

from __future__ import annotations

import html
from datetime import date

import altair as alt
import pandas as pd

from helpers.chips import model as chips
from helpers.rules import model as rules
from helpers.show import charts, page
from helpers.show.panel import Choice, Number, Panel, State, Stops

# The review policies of data/rules/vocabulary.csv, gathered into what a reader asks.
STATUS_OF = {
    "no_license_required": "no licence needed",
    "license_exception_no_notification": "no licence needed",
    "no_license_as_enforced": "no licence needed",
    "no_license_for_listed_entities": "no licence needed",
    "license_exception_notify": "notice to the agency first",
    "presumption_of_approval": "licence, presumed granted",
    "case_by_case": "licence, case by case",
    "license_required": "licence, policy not published",
    "license_required_policy_not_published": "licence, policy not published",
    "presumption_of_denial": "licence, presumed refused",
    "GP10_presumption": "made in breach, by guidance",
    "undecidable": "not decidable from public texts",
}
STATUS_COLOURS = {
    "no licence needed": charts.SKY,
    "notice to the agency first": charts.BLUE,
    "licence, presumed granted": charts.GREEN,
    "licence, case by case": charts.YELLOW,
    "licence, policy not published": charts.ORANGE,
    "licence, presumed refused": charts.VERMILION,
    "made in breach, by guidance": charts.PURPLE,
    "not decidable from public texts": "#cccccc",
}
# Chips whose name is written beside their mark; all others show it on hover.
STORY = (
    "A100 SXM4 80GB",
    "A800 SXM4 80GB",
    "H100 SXM5 80GB",
    "H800 SXM5 80GB",
    "H20 96GB",
    "H200 SXM 141GB",
    "L20",
    "L2",
    "RTX 4090",
    "RTX 4090D",
    "B200",
    "B30A",
    "MI325X",
    "Ascend 910B",
    "Ascend 910C",
    "Ascend 950PR",
)
# Labels that would cover a neighbour's sit below their mark.
_BELOW = {"RTX 4090D", "Ascend 910C", "Ascend 910B", "H20"}
PLACES = ("China", "Macau", "Russia", "United Arab Emirates", "Malaysia", "Vietnam", "Germany")
_AXES = {
    "density": ("performance_density", "performance density, TPP per mm²"),
    "memory": ("memory_bandwidth_gb_s", "memory bandwidth, GB/s"),
}
_ENDS = {"density": (0.4, 40.0), "memory": (100.0, 30_000.0)}
_TPP = (400.0, 160_000.0)


def _status_scale() -> alt.Scale:
    return alt.Scale(domain=list(STATUS_COLOURS), range=list(STATUS_COLOURS.values()))


def short(chip: str) -> str:
    """A chip's name without form and memory: H100, A800, H200."""
    return chip.replace(" SXM4 80GB", "").replace(" SXM5 80GB", "").replace(" SXM 141GB", "").replace(" 96GB", "")


def _day_words(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _day_control(value: date) -> Stops:
    days = rules.days_of_change()
    return Stops(
        "on", "Day on which something changes", [(_day_words(d), d.isoformat()) for d in days], value.isoformat()
    )


# --- the rules as regions -----------------------------------------------------------------------


def regions_panel() -> Panel:
    """Each rule as a region in a plane, with the chips in it or out of it, day by day."""
    table = chips.table()
    table = table[table["kind"] == "accelerator"] if "accelerator" in set(table["kind"]) else table
    answers: dict[str, pd.DataFrame] = {}

    def status(on: str) -> pd.Series:
        if on not in answers:
            answers[on] = rules.classify_all(table, [on], "China").set_index("chip")["review_policy"].map(STATUS_OF)
        return answers[on]

    def compute(on: str, plane: str) -> State:
        column, words = _AXES[plane]
        found = table.dropna(subset=["tpp", column])
        found = found[pd.to_datetime(found["launch_date"]) <= pd.Timestamp(on)]
        state = status(on)
        rows = [
            {
                "chip": short(c.chip),
                "tpp": float(c.tpp),
                "y": float(getattr(c, column)),
                "status": state[c.chip],
                "label": short(c.chip) if c.chip in STORY else "",
                "vendor": c.vendor,
            }
            for c in found.itertuples()
        ]
        # Chips at one point (H100, H800, H200) share one label.
        spots: dict[tuple[float, float], list[str]] = {}
        for row in rows:
            if row["label"]:
                spots.setdefault((round(row["tpp"], -2), round(row["y"], 1)), []).append(row["label"])
        for row in rows:
            names = spots.get((round(row["tpp"], -2), round(row["y"], 1)), [])
            row["label"] = ", ".join(names) if names and row["label"] == names[0] else ""
            row["label_y"] = row["y"] * (0.86 if row["label"] in _BELOW else 1.1)
        held = rules.regions(on)
        held = held[(held["plane"] == plane) & held["role"].isin(["item", "letter", "limit"])]
        low, high = _ENDS[plane]
        boxes = [
            {
                "region": (r.paragraph or "case-by-case ceiling") + (f", and {r.also}" if r.also else ""),
                "x1": max(r.x_low, _TPP[0]),
                "x2": min(r.x_high, _TPP[1]) if r.x_high < 40_000 else _TPP[1],
                "y1": max(r.y_low, low),
                "y2": high if r.y_high in (25, 10_000) else min(r.y_high, high),
                "kind": r.role,
                "data_centre": {"yes": "data-centre chips only", "any": "all chips"}.get(r.datacenter, r.datacenter),
                "citation": r.citation,
            }
            for r in held.itertuples()
        ]
        counts = pd.Series([row["status"] for row in rows]).value_counts()
        free = int(counts.get("no licence needed", 0))
        day = date.fromisoformat(on)
        inside = (
            ", ".join(sorted({b["region"].split(",")[0] for b in boxes}))
            or "no numerical test that this plane can show"
        )
        reading = (
            f"On {day.day} {day:%B %Y}: {inside}. Of the {len(rows)} chips launched by then with both numbers public, {free} could go to"
            f" China without a licence and {len(rows) - free} not, or not surely."
        )
        return State(
            rows,
            reading,
            {
                "boxes": boxes,
                "y_low": low,
                "y_high": high,
                "y_words": f"↑ {words} (log scale)",
                "title": f"{_day_words(day)}: {free} of {len(rows)} chips could go to China without a licence",
            },
        )

    points = charts.live("chip", "tpp", "y", "status", "label", "label_y", "vendor")
    box = (
        alt.Chart(alt.InlineData(values=[{}]))
        .transform_calculate(row="panel.boxes")
        .transform_flatten(["row"])
        .transform_filter("isValid(datum.row)")
        .transform_calculate(
            **{f: f"datum.row.{f}" for f in ("region", "x1", "x2", "y1", "y2", "kind", "data_centre", "citation")}
        )
    )
    x_scale = alt.Scale(type="log", domain=list(_TPP))
    y_scale = alt.Scale(type="log", domain=[charts.signal("y_low"), charts.signal("y_high")])
    x = alt.X(
        "tpp:Q",
        title="Total processing performance, TPP (log scale)",
        scale=x_scale,
        axis=alt.Axis(values=[500, 1600, 2400, 4800, 10000, 21000, 50000], format=",", grid=False),
    )
    y = alt.Y("y:Q", title=None, scale=y_scale, axis=alt.Axis(grid=False, tickCount=6, format="~g", minExtent=46))
    rects = box.mark_rect(opacity=0.16, stroke=charts.SOFT_INK, strokeOpacity=0.9).encode(
        x=alt.X("x1:Q", scale=x_scale),
        x2="x2:Q",
        y=alt.Y("y1:Q", scale=y_scale),
        y2="y2:Q",
        color=alt.Color(
            "kind:N",
            legend=None,
            scale=alt.Scale(domain=["item", "letter", "limit"], range=[charts.VERMILION, charts.ORANGE, charts.GREEN]),
        ),
        tooltip=[
            alt.Tooltip("region:N", title="Region"),
            alt.Tooltip("data_centre:N", title="For"),
            alt.Tooltip("citation:N", title="Source"),
        ],
    )
    dots = points.mark_point(filled=True, size=80, stroke=charts.INK, strokeWidth=0.6, opacity=1).encode(
        x=x,
        y=y,
        color=alt.Color(
            "status:N", title="To China, that day", scale=_status_scale(), legend=alt.Legend(orient="bottom", columns=3)
        ),
        tooltip=[
            alt.Tooltip("chip:N", title="Chip"),
            alt.Tooltip("vendor:N", title="Maker"),
            alt.Tooltip("tpp:Q", title="TPP", format=",.0f"),
            alt.Tooltip("y:Q", title="Other axis", format=",.3~g"),
            alt.Tooltip("status:N", title="To China"),
        ],
    )
    names = points.mark_text(align="left", dx=7, fontSize=12).encode(
        x=x, y=alt.Y("label_y:Q", scale=y_scale), text="label:N"
    )
    y_words = (
        alt.Chart(alt.InlineData(values=[{}]))
        .transform_calculate(words="panel.y_words")
        .mark_text(align="left", baseline="top", fontSize=13, color=charts.INK)
        .encode(x=alt.value(4), y=alt.value(3), text="words:N")
    )
    chart = (
        (rects + dots + names + y_words)
        .resolve_scale(color="independent")
        .properties(
            width=charts.WIDTH - 60,
            height=360,
            title=charts.title(
                charts.signal("title"),
                "Shaded red: what a rule names; orange: a letter; green: the ceiling for case-by-case review; dots: chips",
                "Source: data/chips.csv, data/rules/; dense figures; place: China, shipped from the US, buyer at home there.",
            ),
            description=(
                "Scatter of chips by total processing performance and either performance density or memory bandwidth, both on log"
                " scales, over shaded regions that the rules of the chosen day name; colour says what a sale to China asked."
            ),
        )
    )
    return Panel(
        "The rules as regions",
        [
            _day_control(date(2023, 11, 17)),
            Choice(
                "plane",
                "Plane",
                [("TPP and performance density", "density"), ("TPP and memory bandwidth", "memory")],
                "density",
            ),
        ],
        compute,
        chart,
        presets={
            "October 2022": {"on": "2022-10-21"},
            "October 2023": {"on": "2023-11-17"},
            "April 2025 letters": {"on": "2025-04-09", "plane": "memory"},
            "January 2026": {"on": "2026-01-15", "plane": "memory"},
        },
    )


# --- design a chip ------------------------------------------------------------------------------


def designer_panel() -> Panel:
    """Design a chip; every dated test answers, and one place and day give the verdict."""

    def compute(
        dense_tops: float,
        bits: int,
        die_area_mm2: float,
        io_gb_s: float,
        dram_bw_gb_s: float,
        destination: str,
        on: str,
    ) -> State:
        chip = {
            "name": "your chip",
            "vendor": "NVIDIA",
            "dense_tops": dense_tops,
            "bit_length": bits,
            "die_area_mm2": die_area_mm2,
            "io_gb_s": io_gb_s,
            "dram_bw_gb_s": dram_bw_gb_s,
            "datacenter": True,
        }
        answer = rules.classify(chip, on, destination)
        tests = rules.every_test(chip)
        tests = tests[tests["margin_percent"].notna() & ~tests["test"].str.contains("named|amd|gaudi")]
        tpp = dense_tops * bits
        tests["name"] = tests["paragraph"].replace("", "case-by-case ceiling")
        tests["name"] += (
            tests["test"]
            .map(
                {
                    "letter-2025-04-dram": ": DRAM bandwidth",
                    "letter-2025-04-io": ": transfer rate",
                    "letter-2025-04-sum": ": sum of both",
                    "tariff-window-1": ": window 1",
                    "tariff-window-2": ": window 2",
                }
            )
            .fillna("")
        )
        tests = tests.sort_values("effective_from", kind="stable")
        met = {True: "met", False: "not met"}
        rows = [
            {
                "test": f"{t.effective_from:%b %Y}  {t.name}",
                "order": i,
                "margin": max(-100.0, min(200.0, float(t.margin_percent))),
                "exact": f"{t.margin_percent:+,.1f}%",
                "met": met.get(t.met, "not decidable"),
                "words": t.words,
                "limb": t.limb,
                "citation": t.citation,
                "now": t.effective_from <= pd.Timestamp(on)
                and not (pd.notna(t.effective_to) and t.effective_to < pd.Timestamp(on)),
            }
            for i, t in enumerate(tests.itertuples())
        ]
        status = STATUS_OF.get(answer.review_policy, answer.review_policy.replace("_", " "))
        day = date.fromisoformat(on)
        decided = rules.decisive(answer)
        if decided.startswith("nearest: "):
            decided = "The nearest line it stays under: " + decided.removeprefix("nearest: ")
        elif decided:
            decided = "Decided by " + decided
        reading = (
            f"TPP {tpp:,.0f}, performance density {tpp / die_area_mm2:.2f}. To {destination} on {day.day} {day:%B %Y}: {status}"
            + (f" ({answer.paragraph})" if answer.paragraph != "none" else "")
            + (f". {decided}" if decided else "")
            + "."
        )
        detail = (
            "<div style='font-size:13px;line-height:1.45;max-width:760px;overflow-wrap:anywhere;color:var(--jp-ui-font-color1)'>"
            + "".join(f"<p style='margin:2px 0'>{html.escape(line)}</p>" for line in str(answer).split("\n")[1:])
            + "</div>"
        )
        return State(rows, reading, {"title": f"{destination}, {_day_words(day)}: {status}"}, detail)

    bars = charts.live("test", "order", "margin", "exact", "met", "words", "limb", "citation", "now")
    y = alt.Y("test:N", title=None, sort=alt.EncodingSortField("order", op="min"), axis=alt.Axis(labelLimit=280))
    x = alt.X(
        "margin:Q",
        title="Distance of the deciding limb from its line, per cent (cut off at -100 and 200)",
        scale=alt.Scale(domain=[-100, 200]),
    )
    colour = alt.Color(
        "met:N",
        title="The test, for your chip, is",
        scale=alt.Scale(domain=["met", "not met", "not decidable"], range=[charts.VERMILION, charts.SKY, "#cccccc"]),
        legend=alt.Legend(orient="bottom"),
    )
    tooltip = [
        alt.Tooltip("words:N", title="Test"),
        alt.Tooltip("limb:N", title="Tightest limb"),
        alt.Tooltip("exact:N", title="Distance"),
        alt.Tooltip("citation:N", title="Source"),
    ]
    drawn = bars.mark_bar(height=14).encode(
        x=x, y=y, color=colour, opacity=alt.condition("datum.now", alt.value(1), alt.value(0.35)), tooltip=tooltip
    )
    labels = (
        bars.transform_calculate(at="datum.margin < 0 ? 2 : datum.margin + 2")
        .mark_text(align="left", fontSize=12)
        .encode(x=alt.X("at:Q", scale=alt.Scale(domain=[-100, 200])), y=y, text="exact:N")
    )
    zero = (
        alt.Chart(alt.InlineData(values=[{"zero": 0}]))
        .mark_rule(color=charts.INK)
        .encode(x=alt.X("zero:Q", scale=alt.Scale(domain=[-100, 200])))
    )
    chart = (drawn + zero + labels).properties(
        width=charts.WIDTH - 290,
        height=330,
        title=charts.title(
            charts.signal("title"),
            "Every dated test against your chip; faint bars are not in force that day; a chip of NVIDIA for data centres",
            "Source: data/rules/thresholds.csv with its citations; below the chart: the answer in sentences.",
        ),
        description=(
            "Bar chart: for each dated test of the rules, how far the designed chip lies from the line of the limb that decides,"
            " in per cent, and whether the test is met. The sentences below the chart give paragraph, limbs and source."
        ),
    )
    return Panel(
        "Design a chip",
        [
            Number("dense_tops", "Dense throughput", "10¹² operations/s", 10, 10_000, 989, 1),
            Choice("bits", "Number format", [("4 bits", 4), ("8 bits", 8), ("16 bits", 16)], 16),
            Number("die_area_mm2", "Die area, all logic dies", "mm²", 50, 3_000, 814, 1),
            Number("io_gb_s", "Links, both directions, with host bus", "GB/s", 0, 4_000, 1_028, 1),
            Number("dram_bw_gb_s", "Memory bandwidth", "GB/s", 50, 20_000, 3_350, 10),
            Choice("destination", "Destination", list(PLACES), "China"),
            _day_control(date(2023, 11, 17)),
        ],
        compute,
        chart,
        presets={
            "An H100": {},
            "An H800, March 2023": {"io_gb_s": 528, "on": "2023-01-17"},
            "An H20, 2024": {"dense_tops": 148, "dram_bw_gb_s": 4_000, "on": "2024-04-04"},
            "An H20, after the letter": {"dense_tops": 148, "dram_bw_gb_s": 4_000, "on": "2025-04-09"},
            "An H200, 2026": {"dram_bw_gb_s": 4_800, "on": "2026-01-15"},
        },
    )


# --- how close did they sail? -------------------------------------------------------------------

# Chip, the test that its design answers, and that test's limb.
HUGGED = (
    ("A800 SXM4 80GB", "oct-2022-3a090"),
    ("H800 SXM5 80GB", "oct-2022-3a090"),
    ("Gaudi 2 HL-225B", "oct-2022-3a090"),
    ("H20 96GB", "b1"),
    ("L20", "b2"),
    ("L2", "b2"),
    ("RTX 4090D", "a1"),
    ("RTX 5090D", "a1"),
    ("RTX 5090D V2", "letter-2025-04-dram"),
    ("MI325X", "ceiling-2026"),
)


def margins() -> pd.DataFrame:
    """How far each cut-down chip stays from the line that its design answers.

    Returns
    -------
    DataFrame
        chip, paragraph, limb, below_percent (positive: on the free side of the line), words, citation.
    """
    rows = []
    for chip, test in HUGGED:
        tests = rules.every_test(chip).set_index("test")
        row = tests.loc[test]
        rows.append(
            {
                "chip": short(chip),
                "paragraph": row["paragraph"] or "case-by-case ceiling",
                "limb": row["limb"].replace(", at least", "").replace(", less than", ""),
                "below_percent": abs(float(row["margin_percent"])),
                "words": row["words"],
                "citation": row["citation"],
            }
        )
    return pd.DataFrame(rows)


def margins_chart() -> alt.Chart:
    """The margins of the cut-down chips, each to its own line."""
    table = margins().dropna(subset=["below_percent"])
    table["what"] = table["limb"] + " (" + table["paragraph"] + ")"
    closest = table.loc[table["below_percent"].idxmin()]
    order = table["chip"].tolist()
    base = alt.Chart(alt.InlineData(values=table.to_dict("records")))
    y = alt.Y("chip:N", title=None, sort=order)
    x = alt.X("below_percent:Q", title="Per cent below the line", scale=alt.Scale(domainMin=0))
    bars = base.mark_bar(height=16, color=charts.BLUE).encode(
        x=x,
        y=y,
        tooltip=[
            alt.Tooltip("chip:N", title="Chip"),
            alt.Tooltip("words:N", title="Test"),
            alt.Tooltip("citation:N", title="Source"),
        ],
    )
    words = (
        base.transform_calculate(text="format(datum.below_percent, '.1f') + '%  ' + datum.what")
        .mark_text(align="left", dx=5)
        .encode(x=x, y=y, text="text:N")
    )
    return (bars + words).properties(
        width=charts.WIDTH - 330,
        height=26 * len(order),
        title=charts.title(
            f"Each cut-down chip hugs another line; the {closest['chip']} stays {closest['below_percent']:.1f}% below its own",
            "Distance of the chip from the line that its design answers, per cent of the line",
            "Source: data/chips.csv, data/rules/thresholds.csv; several inputs are reported or estimated.",
        ),
        description=(
            "Bar chart of how far each China part stays below the line it was designed for: "
            + "; ".join(f"{r.chip} {r.below_percent:.1f}% ({r.limb})" for r in table.itertuples())
            + "."
        ),
    )


# --- the status map -----------------------------------------------------------------------------


def spells(destination: str = "China") -> pd.DataFrame:
    """Runs of months with one status: chip, status, start, end, months, sorted by vendor and launch."""
    grid = rules.classify_all(destination=destination)
    begins = pd.Timestamp(rules.days_of_change()[0])  # the first month after the record begins
    table = chips.table().set_index("chip")
    grid = grid[(grid["date"] >= begins) & (grid["date"] <= pd.Timestamp(rules.days_of_change()[-1]))]
    launched = pd.to_datetime(table["launch_date"]).reindex(grid["chip"]).to_numpy()
    grid = grid[grid["date"].to_numpy() >= launched].copy()
    grid["status"] = grid["review_policy"].map(STATUS_OF)
    run = (grid["chip"] != grid["chip"].shift()) | (grid["status"] != grid["status"].shift())
    grouped = grid.groupby(run.cumsum())
    out = grouped.agg(
        chip=("chip", "first"),
        status=("status", "first"),
        start=("date", "min"),
        last=("date", "max"),
        paragraph=("paragraph", "last"),
    )
    out["end"] = out["last"] + pd.offsets.MonthBegin(1)
    out["months"] = grouped.size()
    home = table["vendor_home"].reindex(out["chip"]).eq("CN").to_numpy()
    order = table.reset_index().sort_values(["vendor", "launch_date", "chip"])["chip"].tolist()
    out["rank"] = out["chip"].map({chip: i for i, chip in enumerate(order)}) + 1000 * home
    return out.sort_values(["rank", "start"]).reset_index(drop=True)


def status_map(destination: str = "China") -> alt.Chart:
    """All chips, month by month: what a sale to one place asked."""
    runs = spells(destination)
    months = runs.groupby("status")["months"].sum()
    h20 = runs[(runs["chip"] == "H20 96GB") & (runs["status"] == "no licence needed")]["months"].sum()
    rows = runs.assign(
        name=runs["chip"].map(short),
        start=runs["start"].dt.strftime("%Y-%m-%d"),
        end=runs["end"].dt.strftime("%Y-%m-%d"),
    )[["name", "status", "start", "end", "paragraph"]]
    order = rows["name"].drop_duplicates().tolist()
    chart = (
        alt.Chart(alt.InlineData(values=rows.to_dict("records")))
        .mark_bar(height=9)
        .encode(
            x=alt.X(
                "start:T",
                title=None,
                scale=alt.Scale(type="utc"),
                axis=alt.Axis(format="%Y", tickCount="year", orient="top"),
            ),
            x2="end:T",
            y=alt.Y("name:N", title=None, sort=order, axis=alt.Axis(labelFontSize=12, ticks=False, domain=False)),
            color=alt.Color(
                "status:N",
                title=f"A sale to {destination}",
                scale=_status_scale(),
                legend=alt.Legend(orient="bottom", columns=3),
            ),
            tooltip=[
                alt.Tooltip("name:N", title="Chip"),
                alt.Tooltip("status:N", title="Status"),
                alt.Tooltip("paragraph:N", title="Paragraph"),
                alt.Tooltip("start:N", title="From"),
                alt.Tooltip("end:N", title="To"),
            ],
        )
    )
    return chart.properties(
        width=charts.WIDTH - 180,
        height=14 * len(order),
        title=charts.title(
            f"The H20 was free for {h20} months; most chips changed status without changing themselves",
            f"What a sale to {destination} from the US asked, by month from launch; US makers above, Chinese makers below",
            "Source: our classifier over data/chips.csv and data/rules/; state at the first day of each month.",
        ),
        description=(
            f"Map of {len(order)} chips by month from August 2022: what a sale to {destination} asked. Chip-months: "
            + "; ".join(f"{status} {count}" for status, count in months.items())
            + "."
        ),
    )


def answers_table(cases: list[dict[str, object]], caption: str) -> page.Table:
    """Several questions to `rules.classify` as a table.

    Parameters
    ----------
    cases : list of dict
        Arguments of `rules.classify`, at least chip, on and destination.
    caption : str
    """
    rows = []
    for case in cases:
        answer = rules.classify(**case)  # type: ignore[arg-type]
        extra = "; ".join(
            f"{k.replace('_', ' ')}: {v}" for k, v in case.items() if k not in ("chip", "on", "destination")
        )
        rows.append(
            {
                "Chip": short(answer.chip),
                "Day": answer.on,
                "To": answer.destination + (f" ({extra})" if extra else ""),
                "Answer": STATUS_OF.get(answer.review_policy, answer.review_policy.replace("_", " ")),
                "Paragraph": answer.paragraph,
                "Rests on": answer.rests_on,
                "Decided by": rules.decisive(answer),
            }
        )
    return page.table(pd.DataFrame(rows).set_index("Chip"), caption)
