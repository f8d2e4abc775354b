"""Panels of 26_memory_wall after its picture: from wafers to gigabytes, and DRAM or HBM."""

from __future__ import annotations

from helpers.core.words import times
from helpers.memory import figures, studies
from helpers.show.panel import Number, Panel, State, Stops


def wafers_panel() -> Panel:
    """What a plan of wafers gives in gigabytes, beside what is counted and planned."""

    def compute(wafers: float, dies: float, layer: float, layers: int, gb: float) -> State:
        p = studies.plan(1000 * wafers, dies / 100, layer / 100, layers, gb)
        count, need = studies.home_gb("analyst"), studies.need_gb()
        used = studies.dies_of_2025() / 2 * studies.gb_of(studies.BEFORE) / 1e6
        mine, by_count, by_plan, in_2025 = figures.ROWS
        rows = [
            {"what": mine, "gb": p.gigabytes_m, "role": "yours", "label": f"{p.gigabytes_m:,.0f}"},
            {"what": by_count, "gb": count, "role": "from home", "label": f"{count:.0f}"},
            {"what": by_plan, "gb": need, "role": "needed", "label": f"{need:.0f}"},
            {"what": in_2025, "gb": used, "role": "used", "label": f"{used:.0f}"},
        ]
        plan = f"{1000 * wafers:,.0f} wafers a month"
        if p.gigabytes_m >= need:
            title = f"{plan} would cover what Huawei’s plan needs"
        elif p.gigabytes_m >= count:
            title = f"{plan} give more than the analyst counts, less than the plan needs"
        else:
            title = f"{plan} give less than the analyst counts"
        reading = f"{plan} give {p.stacks_m:.1f} million stacks a year, {p.gigabytes_m:,.0f} million GB."
        more = (
            f"That fills {p.chips / 1e6:.2f} million 910C. The yields in print are those of HBM3E, eight layers; the plans of wafers were for HBM3, 16 GB for eight layers, where HBM3E has 24. {studies.dies_per_wafer():.0f} dies a wafer; good dies {dies:g}%, good layers {layer:g}%,"
            f" {layers} layers, {gb:g} GB for eight. The analyst’s two million stacks would take {studies.wafers_of_the_count():,.0f} wafers a month at the yields in print."
        )
        return State(rows, reading, {"title": title, "to": max(120.0, 1.1 * p.gigabytes_m)}, more=more)

    return Panel(
        "From wafers to gigabytes",
        [
            Number("wafers", "Wafers for this memory", "thousand a month", 0, 60, 30, 1),
            Number("dies", "Good dies", "%", 10, 95, 30, 1),
            Number("layer", "Yield of one layer", "%", 90, 100, 100 * studies.parts().held, 0.1),
        ],
        compute,
        figures.wafers_chart(),
        presets={
            "What would 30,000 wafers give?": {},
            "And the 60,000 of the other report?": {"wafers": 60},
            "And as HBM3E, 24 GB a stack?": {"gb": 24},
            "What do the leaders’ yields do?": {"dies": 90, "layer": 99},
            "What does the analyst’s count take?": {"wafers": 12},
            "Are twelve layers better than eight?": {"layers": 12},
        },
        more=[
            Stops("layers", "Layers of a stack", [4, 8, 12, 16], 8),
            Stops("gb", "GB of a stack of eight", [16, 24], 16),
        ],
    )


def earns_panel() -> Panel:
    """What a wafer earns as DRAM, and as HBM under yearly contracts."""

    def compute(ratio: float, premium: float) -> State:
        e = studies.earns(ratio, premium)
        by_day, by_year, followed = figures.LINES
        rows = []
        for line, name in ((by_day, "dram"), (followed, "follows"), (by_year, "hbm")):
            for drawn, quarters in studies.stretches(name):
                rows += [
                    {"quarter": q, "value": float(getattr(e, name)[e.quarters.index(q)]), "line": line, "drawn": drawn, "end": int(q == e.quarters[-1])}
                    for q in quarters
                ]  # fmt: skip
        top = max(max(e.dram), max(e.follows), max(e.hbm)) * 1.1
        last = e.dram[-1] / e.hbm[-1]
        if not e.crossed:
            reading = "At this setting a wafer earns more as HBM throughout."
            title = "A wafer earns more as HBM throughout"
        elif e.crossed == e.quarters[0]:
            reading = f"At this setting a wafer earned more as DRAM from the start; in 2027 {times(last)} times as much as under the HBM contract."
            title = "A wafer earned more as DRAM before the rise began"
        else:
            reading = f"From {e.crossed} a wafer earns more as DRAM, so the simple model has wafers drift back. The yearly HBM contract follows only in 2027."
            title = f"From {e.crossed} DRAM pays better; HBM contracts follow a year later"
        more = (
            f"The two are equal where DRAM’s rise equals premium over wafer ratio, {premium / ratio:.2f}. In 2027, with HBM up 121% as expected and DRAM level,"
            f" a wafer of DRAM still brings {times(last)} times as much. The lines are income, not wafers: TrendForce sees HBM’s share of wafers"
            " rise from 18% to 30% by the end of 2027."
        )
        return State(rows, reading, {"title": title, "to": top}, more=more)

    return Panel(
        "DRAM or HBM",
        [
            Number("ratio", "Wafers HBM takes for the same bits", "times", 2, 5, 3, 0.1),
            Number("premium", "HBM’s price a bit before the rise", "times DRAM’s", 2, 8, 4.5, 0.1),
        ],
        compute,
        figures.earns_chart(),
        presets={
            "When did DRAM begin to pay better?": {},
            "And at the ratio of the shares?": {"ratio": 2.5},
            "What if HBM takes five wafers?": {"ratio": 5},
            "What keeps HBM ahead for longer?": {"premium": 8, "ratio": 2},
        },
    )
