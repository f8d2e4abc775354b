"""Charts and panels of 24_more_chips_more_power: equal work, its cost, its electricity, its supply.

Wiring over `helpers.clusters.model`: values come from ``data/``, the arithmetic from there.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import altair as alt
import numpy as np
import pandas as pd

from helpers.chips import model as chips
from helpers.clusters import model as clusters
from helpers.core import chance, data
from helpers.core.words import listed, true_minus
from helpers.show import charts, page
from helpers.show.panel import Choice, Number, Panel, State

Range = tuple[float, float, float]
ENDS = ("_low", "", "_high")  # of a column's name: low, central, high

SPENT_ON = {
    "hardware": "chips and servers",
    "network": "network",
    "energy": "electricity",
    "site": "site (building)",
}
_SPENT_COLOURS = [charts.BLUE, charts.SKY, charts.ORANGE, charts.GREY]
CAPITAL = {
    "straight_line": "straight line over 5 years",
    "annuity": "5 years, with 8% interest",
    "declining": "by the price of newer chips, over 5 years",
}
BANDS = "nine of ten draws, utilisation and links as set"


# --- values ---------------------------------------------------------------------------------------


@cache
def parameter(name: str, place: str = "all") -> Range:
    """Low, central and high value of a parameter of clusters, for a place ("US", "CN", "card" or "all")."""
    table = data.load("cluster_parameters").set_index(["parameter", "applies_to"])
    return tuple(float(table.loc[(name, place), end]) for end in ("low", "central", "high"))


@cache
def block(name: str) -> dict[str, Range]:
    """What one chip of a block has, costs and draws, its share of server or rack included.

    Parameters
    ----------
    name : str
        A row of ``data/cluster_blocks.csv``.

    Returns
    -------
    dict
        ``peak_tflops``, ``hardware_usd``, ``it_power_w``: low, central, high for each chip.
    """
    row = data.load("cluster_blocks").set_index("block").loc[name]
    chip = chips.table().set_index("chip").loc[row["chip"]]
    card = row["system"] == ""
    if card:  # it still needs its share of a server
        count, factors = 1, [parameter(k, "card") for k in ("server_overhead", "server_multiplier")]
        low, high = float(chip["price_usd_low"]), float(chip["price_usd_high"])
        usd, power = (low, (low + high) / 2, high), row
    else:
        system = data.load("systems").set_index("system").loc[row["system"]]
        count, factors = system["accelerator_count"], [(1.0, 1.0, 1.0)] * 2
        usd = tuple(float(system[f"price_usd{end}"]) for end in ENDS)
        power = system.add_prefix("it_") if np.isnan(row["it_power_kw"]) else row
    kw = (float(power[f"it_power_kw{end}"]) for end in ENDS)
    return {
        "peak_tflops": tuple(float(chip[f"fp16_bf16_tflops_dense{end}"]) for end in ENDS),
        "hardware_usd": tuple(v / count * f for v, f in zip(usd, factors[0], strict=True)),
        "it_power_w": tuple(1000 * v / count * f for v, f in zip(kw, factors[1], strict=True)),
    }


@cache
def place_of(name: str) -> str:
    """Where a block's chip is designed, and so which utilisation and PUE it starts with: "US" or "CN"."""
    chip = data.load("cluster_blocks").set_index("block").loc[name, "chip"]
    return str(data.load("chips").set_index("chip").loc[chip, "vendor_home"])


@cache
def _ranges(name: str) -> dict[str, Range]:
    """Low, central and high of all that one block and its site bring."""
    chip = chips.table().set_index("chip").loc[data.load("cluster_blocks").set_index("block").loc[name, "chip"]]
    site = {k: parameter(k, place_of(name)) for k in ("pue", "site_cost")}
    return {**block(name), **site, "memory_gb_s": tuple(float(chip[f"memory_bandwidth_gb_s{end}"]) for end in ENDS)}


@cache
def _drawn(name: str, seed: int) -> dict[str, np.ndarray]:
    """Draws for one block and its site."""
    return chance.sample(_ranges(name), seed=seed)


@cache
def _drawn_common() -> dict[str, np.ndarray]:
    """Draws that both sides share."""
    return chance.sample({k: parameter(k) for k in ("network_share", "load_factor")}, seed=1)


def _pair(a: str, b: str) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Draws of two blocks, the central values first. One block against itself shares its draws."""
    values = []
    for name, seed in ((a, 2), (b, 2 if a == b else 3)):
        central = {k: v[1] for k, v in _ranges(name).items()}
        values.append({k: np.append(central[k], v) for k, v in _drawn(name, seed).items()})
    return values[0], values[1]


def _common() -> dict[str, np.ndarray]:
    return {k: np.append(parameter(k)[1], v) for k, v in _drawn_common().items()}


def _band(values: np.ndarray) -> Range:
    """Central value (the first) and the 5th and 95th percentile, the centre always inside."""
    low, high = np.percentile(values[1:], [5, 95])
    return float(min(low, values[0])), float(values[0]), float(max(high, values[0]))


def _n(value: float) -> str:
    if 0 < value < 0.001:
        return "under 0.001"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2g}"


def _x(ratio: float) -> str:
    if 0.905 < ratio < 1.095:
        return f"{ratio:.2f}"
    return f"{ratio:.1f}" if 1 < ratio < 9.95 else f"{ratio:#.2g}" if 0.001 <= ratio < 1 else _n(ratio)


def _span(band: Range) -> str:
    low, central, high = (_x(v) for v in band)
    return central if low == high else f"{central} ({low} to {high})"


def _money(usd: float) -> str:
    return f"{usd / 1e9:,.1f} billion" if usd >= 1e9 else f"{usd / 1e6:.0f} million"


_BESIDE = {"align": "left", "dx": 10}  # where the label of a mark stands


def _choices(name: str, label: str, value: str) -> Choice:
    return Choice(name, label, list(data.load("cluster_blocks")["block"]), value)


# --- equal work -----------------------------------------------------------------------------------

CHIPS_OF_A = 10_000
_MEASURES = ("Chips", "Power at the meter", "Links of the network", "Capital")
# What limits the work -> (words of the control, what the utilisation is a share of).
_LIMITED_BY = {
    "peak_tflops": ("arithmetic (training)", "peak"),
    "memory_gb_s": ("memory speed (writing an answer)", "memory’s peak speed"),
}


def equal_work_state(
    a: str, b: str, use_a: float, use_b: float, exponent: float, limited_by: str = "peak_tflops"
) -> State:
    """Clusters of B that do the work of 10,000 chips of A; utilisations in per cent of what limits the work."""
    of_a, of_b = _pair(a, b)
    n = clusters.equal_work(of_a[limited_by], use_a / 100, of_b[limited_by], use_b / 100)
    ratios = (
        n,
        clusters.energy_ratio(n, of_a["it_power_w"], of_b["it_power_w"], of_a["pue"], of_b["pue"]),
        clusters.network_growth(n, exponent),
        clusters.capital_ratio(n, of_a["hardware_usd"], of_b["hardware_usd"], _common()["network_share"], exponent),
    )
    mw = float(clusters.facility_power_kw(CHIPS_OF_A, of_a["it_power_w"][0], 1, of_a["pue"][0])) / 1000
    hardware = CHIPS_OF_A * of_a["hardware_usd"][0]
    usd = float(hardware + clusters.network_usd(hardware, parameter("network_share")[1]))
    words = (
        lambda r: f"{CHIPS_OF_A * r:,.0f} chips",
        lambda r: f"{_n(mw * r)} MW",
        lambda r: "between servers",
        lambda r: f"{_money(usd * r)} USD",
    )
    rows = []
    for measure, ratio, say in zip(_MEASURES, ratios, words, strict=True):
        low, central, high = _band(ratio)
        label = f"{_span((low, central, high))}: {say(central)}"
        rows.append({"measure": measure, "low": low, "central": central, "high": high, "label": label})
    chips_x, power_x, links_x, capital_x = ((r["low"], r["central"], r["high"]) for r in rows)
    year = mw * power_x[1] * parameter("load_factor")[1] * clusters.HOURS_PER_YEAR / 1000
    reading = (
        f"{CHIPS_OF_A:,} chips of {a} at {use_a:g}% of their {_LIMITED_BY[limited_by][1]} take {_n(mw)} MW and {_money(usd)} USD. The same work on"
        f" {b} at {use_b:g}% takes {_span(chips_x)} times the chips, {_span(power_x)} times the power"
        f" ({_n(mw * power_x[1])} MW, about {_n(year)} GWh a year), {_span(links_x)} times the links and"
        f" {_span(capital_x)} times the capital."
    )
    title = f"{b} for {a}: chips {_x(chips_x[1])} times, power {_x(power_x[1])}"
    title = f"{title}, capital {_x(capital_x[1])}" if limited_by == "peak_tflops" else f"By memory, {title}"
    ends = [v for r in rows for v in (r["low"], r["high"])]
    start, top = min(0.5, min(ends) / 1.3), max(1.5, *ends)
    signals = {"title": title, "from": start, "to": start * (top / start) ** 1.8}  # the words need 4 parts of 9
    return State(rows, reading, signals)


def equal_work_panel() -> Panel:
    """The flagship: chips, power, links and capital of equal delivered work."""
    base = charts.live("measure", "low", "central", "high", "label")
    scale = alt.Scale(type="log", domain=[charts.signal("from"), charts.signal("to")], nice=False)

    def xs(field: str) -> alt.X:
        return alt.X(
            f"{field}:Q",
            title="Times cluster A (log scale; dashed: equal)",
            scale=scale,
            axis=alt.Axis(
                values=[0.001, 0.01, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 1000, 10000, 100_000],
                format="~g",
                labelOverlap=True,
            ),
        )

    y = alt.Y(
        "measure:N", title=None, sort=list(_MEASURES), scale=alt.Scale(domain=list(_MEASURES)),
        axis=alt.Axis(ticks=False, domain=False, labelLimit=170, minExtent=150),
    )  # fmt: skip
    one = alt.Chart(alt.InlineData(values=[{"one": 1}])).mark_rule(color=charts.INK, strokeDash=[4, 3])
    spans = base.mark_rule(strokeWidth=5, color=charts.SKY).encode(x=xs("low"), x2="high", y=y)
    dots = base.mark_point(filled=True, size=110, opacity=1, color=charts.BLUE).encode(
        x=xs("central"), y=y, tooltip=[alt.Tooltip("measure:N", title="Measure"), alt.Tooltip("label:N", title="B over A")]
    )  # fmt: skip
    chart = (
        one.encode(x=xs("one")) + spans + dots + charts.edged_words(base, _BESIDE, x=xs("high"), y=y, text="label:N")
    ).properties(
        width=charts.WIDTH - 180,
        height=180,
        title=charts.title(
            charts.signal("title"),
            f"Cluster B over {CHIPS_OF_A:,} chips of A, for equal delivered work; bars: {BANDS}",
            "Source: data/systems.csv, data/chips.csv, data/cluster_parameters.csv.",
        ),
        description="Dot chart on a log axis of four ratios of cluster B to cluster A for equal delivered work: chips, power, links of the network and capital, with ranges. The sentence above gives the numbers.",
    )
    use = {"unit": "% of peak", "low": 10, "high": 90, "step": 0.5}
    return Panel(
        "Equal work with other chips",
        [
            _choices("a", "Cluster A", "GB200 NVL72"),
            _choices("b", "Cluster B", "CloudMatrix 384"),
            Choice("limited_by", "What limits the work", [(w, k) for k, (w, _) in _LIMITED_BY.items()], "peak_tflops"),
            Number("use_a", "Utilisation of A", value=37.5, **use),
            Number("use_b", "Utilisation of B", value=35.5, **use),
            Number("exponent", "Growth of links, exponent of chips", "", 0, 2, 1, 0.25),
        ],
        equal_work_state,
        chart,
        presets={
            "CloudMatrix": {},
            "By memory": {"limited_by": "memory_gb_s", "use_b": 37.5},
            "All to all": {"exponent": 2},
            "H20 for H100": {"a": "HGX H100", "b": "HGX H20", "use_b": 37.5},
            "H20, by memory": {"a": "HGX H100", "b": "HGX H20", "limited_by": "memory_gb_s", "use_b": 37.5},
            "910B for H100": {"a": "HGX H100", "b": "Ascend 910B"},
            "Atlas 350": {"a": "HGX H100", "b": "Atlas 350"},
        },
    )


# --- cost of delivered work -----------------------------------------------------------------------


def cost_parts(name: str, of: dict[str, np.ndarray], common: dict[str, np.ndarray], **given: Any) -> dict[str, Any]:
    """Cost per delivered petaFLOP-hour of one side, by `SPENT_ON`."""
    usd = clusters.cost_per_pflop_hour(
        of["peak_tflops"],
        given["use"],
        of["hardware_usd"],
        of["it_power_w"],
        given["usd_per_kwh"],
        charge=given["charge"],
        network_usd=given["network_usd"],
        load_factor=common["load_factor"],
        pue=of["pue"],
        site_usd_per_kw_month=of["site_cost"],
    )
    return {"hardware": usd["chips"] + usd["server"], **{k: usd[k] for k in ("network", "energy", "site")}}


def cost_state(a: str, b: str, cents_a: float, cents_b: float, use_b: float, capital: str) -> State:
    """What a delivered petaFLOP-hour costs on both sides; electricity in US cents, use in per cent."""
    of_a, of_b = _pair(a, b)
    common = _common()
    use_a = parameter("utilisation", place_of(a))[1]
    n = clusters.equal_work(of_a["peak_tflops"], use_a, of_b["peak_tflops"], use_b / 100)
    link = clusters.network_usd(of_a["hardware_usd"], common["network_share"])  # a link costs the same on both sides
    charge = clusters.capital_charge(capital, *(parameter(k)[1] for k in ("years", "interest", "value_decline")))
    exponent = parameter("network_exponent")[1]
    sides = {}
    for side, name, of, cents, use, network in (
        ("A", a, of_a, cents_a, use_a, link),
        ("B", b, of_b, cents_b, use_b / 100, link * clusters.network_growth(n, exponent) / n),
    ):
        sides[side] = (name, cost_parts(name, of, common, use=use, usd_per_kwh=cents / 100, charge=charge, network_usd=network))  # fmt: skip
    rows, said = [], []
    totals = {}
    for side, (name, parts) in sides.items():
        who = f"{side}: {name}"
        total = _band(sum(parts.values()))
        totals[side] = total
        share = float(clusters.shares({k: float(v[0]) for k, v in parts.items()})["energy"])
        at = 0.0
        for part, usd in parts.items():
            value = float(usd[0])
            rows.append(
                {"kind": "part", "who": who, "part": SPENT_ON[part], "start": at, "end": at + value, "usd": value}
            )
            at += value
        label = f"{total[1]:.2f} ({total[0]:.2f} to {total[2]:.2f})"
        rows.append({"kind": "total", "who": who, "start": total[0], "end": total[2], "usd": total[1], "part": label})
        said.append(
            f"{total[1]:.2f} USD ({total[0]:.2f} to {total[2]:.2f}) on {name}, {share:.0%} of it for electricity"
        )
    ratio = _band(sum(sides["B"][1].values()) / sum(sides["A"][1].values()))
    energy = [float(parts["energy"][0]) for _, parts in sides.values()]
    reading = f"A delivered petaFLOP-hour costs {said[0]}, and {said[1]}. B over A: {_span(ratio)}."
    if energy[0] > 0:
        reading += (
            f" Electricity alone: {_x(energy[1] / energy[0])} times." if energy[1] > 0 else " B's electricity is free."
        )
    share_b = energy[1] / totals["B"][1]
    title = f"{b} costs {_x(ratio[1])} times {a}; electricity is {share_b:.0%} of its bill"
    top = max(t[2] for t in totals.values())
    return State(rows, reading, {"title": title, "to": top * 1.42})


def bill_at(cents_b: float) -> tuple[float, float]:
    """CloudMatrix over NVL72 in cost, and electricity's share of CloudMatrix's, when it pays `cents_b` and all else is central."""
    use_b = 100 * parameter("utilisation", "CN")[1]
    cents_a = 100 * parameter("electricity_price", "US")[1]
    rows = cost_state("GB200 NVL72", "CloudMatrix 384", cents_a, cents_b, use_b, "straight_line").rows
    total_a, total_b = (row["usd"] for row in rows if row["kind"] == "total")
    energy_b = next(r["usd"] for r in rows if r["part"] == SPENT_ON["energy"] and r["who"].startswith("B"))
    return total_b / total_a, energy_b / total_b


def yearly_usd_per_kw(place: str) -> dict[str, float]:
    """What a kilowatt of computers costs a year at central values, as ``energy`` and as ``site``, in "US" or "CN"."""
    price, pue, site = (parameter(k, place)[1] for k in ("electricity_price", "pue", "site_cost"))
    drawn = clusters.facility_power_kw(1, 1000, 1, pue, parameter("load_factor")[1])
    return {"energy": float(clusters.energy_cost_usd(drawn, price)), "site": site * 12}


def cost_panel() -> Panel:
    """Cost per delivered petaFLOP-hour of two clusters, stacked by what it is spent on."""
    base = charts.live("kind", "who", "part", "start", "end", "usd")
    scale = alt.Scale(domain=[0, charts.signal("to")], nice=False)

    def xs(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title="USD per delivered petaFLOP-hour", scale=scale, axis=alt.Axis(tickCount=7))

    y = alt.Y("who:N", title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=170, minExtent=150))
    bars = (
        base.transform_filter("datum.kind == 'part'")
        .mark_bar(height=30)
        .encode(
            x=xs("start"),
            x2="end",
            y=y,
            color=alt.Color(
                "part:N",
                title=None,
                scale=alt.Scale(domain=list(SPENT_ON.values()), range=_SPENT_COLOURS),
                legend=alt.Legend(orient="bottom", labelLimit=200),
            ),
            tooltip=[
                alt.Tooltip("who:N", title="Cluster"),
                alt.Tooltip("part:N", title="Spent on"),
                alt.Tooltip("usd:Q", title="USD", format=".3f"),
            ],
        )
    )
    total = base.transform_filter("datum.kind == 'total'")
    rule = total.mark_rule(strokeWidth=3, color=charts.INK).encode(x=xs("start"), x2="end", y=y)
    words = total.mark_text(align="left", dx=8, fontSize=12).encode(x=xs("end"), y=y, text="part:N")
    chart = (bars + rule + words).properties(
        width=charts.WIDTH - 180,
        height=130,
        title=charts.title(
            charts.signal("title"),
            f"An hour of one useful petaFLOP/s, dense BF16; black bars: {BANDS}",
            "Source: data/systems.csv, data/chips.csv, data/cluster_parameters.csv; electricity prices are yours to set.",
        ),
        description="Two stacked bars: cost of a delivered petaFLOP-hour on cluster A and on cluster B, split into chips and servers, network, electricity, and site, with a range on each total.",
    )
    cents = {"unit": "US cents per kWh", "low": 0, "high": 30, "step": 0.1}
    return Panel(
        "What a delivered petaFLOP-hour costs",
        [
            _choices("a", "Cluster A", "GB200 NVL72"),
            _choices("b", "Cluster B", "CloudMatrix 384"),
            Number("cents_a", "A pays for electricity", value=9.1, **cents),
            Number("cents_b", "B pays for electricity", value=5.6, **cents),
            Number("use_b", "Utilisation of B", "% of peak", 10, 90, 35.5, 0.5),
            Choice("capital", "Capital by the year", [(w, k) for k, w in CAPITAL.items()], "straight_line"),
        ],
        cost_state,
        chart,
        presets={
            "Subsidised": {},
            "Equal price": {"cents_b": 9.1},
            "Free power": {"cents_b": 0},
            "Interest": {"capital": "annuity"},
            "910B for H100": {"a": "HGX H100", "b": "Ascend 910B"},
            "H20 for H100": {"a": "HGX H100", "b": "HGX H20", "cents_b": 9.1, "use_b": 37.5},
        },
    )


# --- where electricity is cheap -------------------------------------------------------------------

_STATES = (
    "Louisiana", "New Mexico", "Washington", "Texas", "Georgia", "Iowa", "Ohio", "Oregon", "Virginia", "Arizona", "Illinois",
    "Nevada", "New Jersey", "Massachusetts", "California",
)  # fmt: skip
_CN_ROWS = {
    "cn-west-subsidised-2025": "The three provinces after subsidy, 2025",
    "cn-guizhou-2026": "Gui'an in Guizhou, data centres, 2026",
    "cn-qingyang-2026": "Qingyang in Gansu, lowest, 2026",
    "cn-zhongwei-2020": "Zhongwei, data centres, 2020",
    "cn-hohhot-2015": "Hohhot, standard charge, 2015",
    "cn-industrial-2024": "China, industry, 2024",
}


def systems_tie() -> Range:
    """Price of electricity, USD per kWh, at which CloudMatrix 384 runs as cheaply as an NVL72 at the US price.

    Low and high: one system at the other power figure in print.
    """
    (low_a, a, _), (low_b, b, _) = (_kw_per_pflop(name) for name in ("GB200 NVL72", "CloudMatrix 384"))
    price = parameter("electricity_price", "US")[1]
    return tuple(float(clusters.tie_price(price, *kw)) for kw in ((low_a, b), (a, b), (a, low_b)))


@cache
def _kw_per_pflop(name: str) -> Range:
    """Power of a system for each dense BF16 petaFLOP/s: low, central, high."""
    row = data.load("systems").set_index("system").loc[name]
    return tuple(float(row[f"power_kw{end}"] / row["bf16_pflops_dense"]) for end in ENDS)


def price_before(row: pd.DataFrame) -> float:
    """The price that a full cut by half would have had to start from, USD per kWh."""
    return float(row.loc["cn-west-subsidised-2025", "central"] / (1 - row.loc["cn-west-cut-2025", "high"] / 100))


def prices_chart() -> alt.LayerChart:
    """Electricity by state and province, in US cents, with the price that would tie."""
    table = data.load("electricity").set_index("row_id")
    cents = table["central"] * 100
    rows = [
        {"where": f"{state}, 2023", "low": cents[f"us-{slug}-industrial-2023"], "high": cents[f"us-{slug}-commercial-2023"], "side": "United States: industry to commerce"}
        for state in _STATES
        for slug in [state.lower().replace(" ", "-")]
    ]  # fmt: skip
    rows += [{"where": words, "low": cents[key], "high": cents[key], "side": "China: as reported"} for key, words in _CN_ROWS.items()]  # fmt: skip
    before = price_before(table) * 100
    rows.append({"where": "The three provinces before, if the cut was half", "low": before, "high": before, "side": "China: implied, not reported"})  # fmt: skip
    rows.sort(key=lambda r: r["low"])
    for row in rows:
        row["label"] = " to ".join(dict.fromkeys(f"{row[end]:.1f}" for end in ("low", "high")))
    order = [r["where"] for r in rows]
    tie_low, tie, tie_high = (100 * v for v in systems_tie())
    sides = ["United States: industry to commerce", "China: as reported", "China: implied, not reported"]
    base = alt.Chart(alt.InlineData(values=rows))
    scale = alt.Scale(domain=[0, 29.5], nice=False)

    def xs(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title="US cents per kWh", scale=scale, axis=alt.Axis(tickCount=8))

    y = alt.Y("where:N", title=None, sort=order, axis=alt.Axis(ticks=False, domain=False, labelLimit=310))
    colour = alt.Color(
        "side:N", title=None, scale=alt.Scale(domain=sides, range=[charts.BLUE, charts.VERMILION, charts.PURPLE]),
        legend=alt.Legend(orient="bottom", labelLimit=260, columns=2, symbolSize=110),
    )  # fmt: skip
    shape = alt.Shape("side:N", title=None, scale=alt.Scale(domain=sides, range=["circle", "square", "diamond"]))
    spans = base.mark_rule(strokeWidth=3).encode(x=xs("low"), x2="high", y=y, color=colour)
    dots = base.mark_point(filled=True, size=80, opacity=1).encode(x=xs("low"), y=y, color=colour, shape=shape)
    ends = base.transform_filter("datum.high > datum.low").mark_tick(thickness=3, size=9).encode(x=xs("high"), y=y, color=colour)  # fmt: skip
    words = base.mark_text(align="left", dx=8, fontSize=12).encode(x=xs("high"), y=y, text="label:N")
    line = alt.Chart(alt.InlineData(values=[{"tie": tie, "low": tie_low, "high": tie_high, "words": "tie"}]))
    band = line.mark_rect(color=charts.GREY, opacity=0.35).encode(x=xs("low"), x2="high")
    rule = band + line.mark_rule(color=charts.INK, strokeDash=[4, 3]).encode(x=xs("tie"))
    mark = line.mark_text(align="right", dx=-4, fontSize=12, baseline="top").encode(x=xs("low"), y=alt.value(2), text="words:N")  # fmt: skip
    subsidised = cents["cn-west-subsidised-2025"]
    return (rule + mark + spans + ends + dots + words).properties(
        width=charts.WIDTH - 340,
        height=22 * len(rows),
        title=charts.title(
            f"Subsidised power at {subsidised:.1f} cents is cheap, and above the {tie_low:.1f} to {tie_high:.1f} that would tie",
            "What large users pay; grey: where a CloudMatrix runs as cheaply as an NVL72 at 9.1 cents (dashed: central)",
            "Source: data/electricity.csv (EIA by state; Financial Times and others for China).",
        ),
        description=(
            f"Dot chart of electricity prices in {len(rows)} places. US states run from {cents['us-new-mexico-industrial-2023']:.1f} cents for industry in New Mexico to"
            f" {cents['us-california-commercial-2023']:.1f} for commerce in California; three subsidised Chinese provinces pay about {subsidised:.1f}. A grey band marks {tie_low:.1f} to {tie_high:.1f} cents."
        ),
    )


def bills_table() -> page.Table:
    """Electricity for a petaFLOP-year on each system, by what the place pays."""
    table = data.load("electricity").set_index("row_id")
    places = {
        "Three provinces, after subsidy": "cn-west-subsidised-2025", "Louisiana, industry": "us-louisiana-industrial-2023",
        "Texas, industry": "us-texas-industrial-2023", "China, industry": "cn-industrial-2024", "Virginia, industry": "us-virginia-industrial-2023",
        "US figure of the report": "us-average-2025", "California, industry": "us-california-industrial-2023",
    }  # fmt: skip
    rows = {}
    for words, key in places.items():
        price = table.loc[key, "central"]
        bills = [
            float(clusters.energy_cost_usd(_kw_per_pflop(s)[1], price)) for s in ("GB200 NVL72", "CloudMatrix 384")
        ]
        rows[words] = [f"{100 * price:.1f}", *(f"{b:,.0f}" for b in bills)]
    frame = pd.DataFrame.from_dict(
        rows, "index", columns=["US cents per kWh", "GB200 NVL72, USD", "CloudMatrix 384, USD"]
    )
    return page.table(
        frame.rename_axis("Paid in"), "Electricity of one petaFLOP for a year at full power, without cooling"
    )


def places_table() -> page.Table:
    """All costs of the same work, CloudMatrix 384 over GB200 NVL72, by what each pays for electricity."""
    cents = 100 * data.load("electricity").set_index("row_id")["central"]
    paid_b = {"Three provinces, after subsidy": "cn-west-subsidised-2025", "China, industry": "cn-industrial-2024"}
    paid_a = {
        "Louisiana": "us-louisiana-industrial-2023", "Texas": "us-texas-industrial-2023",
        "US figure of the report": "us-average-2025", "California": "us-california-industrial-2023",
    }  # fmt: skip
    rows = {
        f"{words}, {cents[b]:.1f} cents": {
            f"{name}, {cents[a]:.1f}": f"{ratio_at(usd_kwh_a=cents[a] / 100, usd_kwh_b=cents[b] / 100):.2f}"
            for name, a in paid_a.items()
        }
        for words, b in paid_b.items()
    }
    frame = pd.DataFrame.from_dict(rows, "index").rename_axis("CloudMatrix in … / NVL72 in …")
    return page.table(
        frame,
        "All costs of the same work, CloudMatrix over NVL72: chips, network, electricity and site, central values",
    )


# --- the price that ties --------------------------------------------------------------------------

_MOST_CENTS = 15.0


def tie_state(cm_kw: float, nvl_kw: float, cents_a: float, cm_usd: float, nvl_usd: float, years: float) -> State:
    """CloudMatrix 384 against NVL72 for each petaFLOP-year, by what CloudMatrix pays for electricity."""
    systems = data.load("systems").set_index("system")["bf16_pflops_dense"]
    kwh_b, kwh_a = (
        kw / systems[name] * clusters.HOURS_PER_YEAR
        for kw, name in ((cm_kw, "CloudMatrix 384"), (nvl_kw, "GB200 NVL72"))
    )
    charge = float(clusters.capital_charge("straight_line", years))
    capital_b, capital_a = (
        cm_usd * 1e6 / systems["CloudMatrix 384"] * charge,
        nvl_usd * 1e6 / systems["GB200 NVL72"] * charge,
    )
    running_a = kwh_a * cents_a / 100
    running_tie = float(clusters.tie_price(cents_a / 100, kwh_a, kwh_b)) * 100
    total_tie = float(clusters.tie_price(cents_a / 100, kwh_a, kwh_b, capital_a, capital_b)) * 100
    ends = np.array([0.0, _MOST_CENTS])
    lines = {
        "CloudMatrix, all": capital_b + kwh_b * ends / 100,
        "CloudMatrix, electricity": kwh_b * ends / 100,
        "NVL72, all": np.full(2, capital_a + running_a),
        "NVL72, electricity": np.full(2, running_a),
    }
    rows: list[dict[str, Any]] = [
        {"kind": "line", "line": name, "cents": float(x), "usd": float(y), "label": ""}
        for name, values in lines.items()
        for x, y in zip(ends, values, strict=True)
    ]
    if running_tie <= _MOST_CENTS:
        rows.append({"kind": "tie", "line": "tie", "cents": running_tie, "usd": running_a, "label": f"{running_tie:.1f} cents"})  # fmt: skip
    if 0 <= total_tie <= _MOST_CENTS:
        rows.append({"kind": "tie", "line": "tie", "cents": total_tie, "usd": capital_a + running_a, "label": f"{total_tie:.1f} cents"})  # fmt: skip
    subsidised = parameter("electricity_price", "CN")[1] * 100
    bill = kwh_b * subsidised / 100
    reading = (
        f"For each petaFLOP CloudMatrix uses {_x(kwh_b / kwh_a)} times the electricity. If NVL72 pays {cents_a:g} cents, running costs tie at"
        f" {running_tie:.1f} cents; at {subsidised:.1f} the bill is {bill:,.0f} USD a year against {running_a:,.0f},"
        f" {_x(bill / running_a)} times."
    )  # fmt: skip
    if total_tie < 0:
        reading += (
            f" In all no price ties: with free electricity CloudMatrix still costs {capital_b:,.0f} USD a year against"
            f" {capital_a + running_a:,.0f}."
        )
        title = f"Running costs tie at {running_tie:.1f} cents; total costs tie at no price"
    else:
        beyond = " (beyond the chart)" if total_tie > _MOST_CENTS else ""
        reading += f" In all the two tie at {total_tie:.1f} cents{beyond}."
        title = f"Running costs tie at {running_tie:.1f} cents, total costs at {total_tie:.1f}"
    share = bill / (bill + capital_b)
    reading += f" At {subsidised:.1f} cents electricity is {share:.0%} of its capital and electricity together."
    top = max(float(np.max(v)) for v in lines.values())
    return State(rows, reading, {"title": title, "to": top * 1.08})


def tie_panel() -> Panel:
    """At what price of electricity CloudMatrix 384 ties with GB200 NVL72."""
    base = charts.live("kind", "line", "cents", "usd", "label")
    names = ["CloudMatrix, all", "CloudMatrix, electricity", "NVL72, all", "NVL72, electricity"]
    x_scale = alt.Scale(domain=[0, _MOST_CENTS], nice=False)
    y_scale = alt.Scale(domain=[0, charts.signal("to")], nice=False)

    def xy(layer: alt.Chart) -> alt.Chart:
        return layer.encode(
            x=alt.X("cents:Q", title="US cents per kWh that CloudMatrix pays", scale=x_scale),
            y=alt.Y("usd:Q", title="USD per petaFLOP-year", scale=y_scale, axis=alt.Axis(minExtent=45, format=",.0f")),
        )

    legend = alt.Legend(orient="bottom", symbolStrokeWidth=3, symbolSize=300, columns=2, labelLimit=220)
    lines = xy(base.transform_filter("datum.kind == 'line'").mark_line(strokeWidth=3)).encode(
        color=alt.Color(
            "line:N", title=None, legend=legend,
            scale=alt.Scale(domain=names, range=[charts.VERMILION, charts.VERMILION, charts.BLUE, charts.BLUE]),
        ),
        strokeDash=alt.StrokeDash(
            "line:N", title=None, legend=legend, scale=alt.Scale(domain=names, range=[[1, 0], [5, 4], [1, 0], [5, 4]])
        ),
    )  # fmt: skip
    ties = base.transform_filter("datum.kind == 'tie'")
    points = xy(ties.mark_point(filled=True, size=130, opacity=1, color=charts.INK))
    words = xy(ties.mark_text(dy=-14, fontSize=12)).encode(text="label:N")
    paid = parameter("electricity_price", "CN")[1] * 100
    line = alt.Chart(alt.InlineData(values=[{"cents": paid, "words": f"subsidised: {paid:.1f}"}]))
    at = alt.X("cents:Q", scale=x_scale)
    rule = line.mark_rule(color=charts.SOFT_INK, strokeDash=[2, 3]).encode(x=at)
    rule_words = line.mark_text(align="left", dx=4, fontSize=12, baseline="top").encode(x=at, y=alt.value(2), text="words:N")  # fmt: skip
    chart = (rule + rule_words + lines + points + words).properties(
        width=charts.WIDTH - 110,
        height=270,
        title=charts.title(
            charts.signal("title"),
            "Cost of one dense BF16 petaFLOP for a year at full power: capital by straight line, electricity, no cooling",
            "Source: SemiAnalysis (power), Financial Times (prices of systems and power); data/systems.csv.",
        ),
        description="Line chart of yearly cost per petaFLOP against the price of electricity that CloudMatrix 384 pays: its electricity and its total cost rise, NVL72's are level lines. Points mark where they meet.",
    )
    return Panel(
        "At what price does it tie",
        [
            Number("cm_kw", "Power of a CloudMatrix 384", "kW", 450, 600, 559, 1),
            Number("nvl_kw", "Power of a GB200 NVL72", "kW", 110, 150, 145, 1),
            Number("cents_a", "NVL72 pays for electricity", "US cents per kWh", 3, 25, 9.1, 0.1),
            Number("cm_usd", "Price of a CloudMatrix 384", "million USD", 3, 10, 8.2, 0.1),
            Number("nvl_usd", "Price of a GB200 NVL72", "million USD", 2, 8, 3.0, 0.1),
            Number("years", "Capital spread over", "years", 3, 8, 5, 1),
        ],
        tie_state,
        chart,
        presets={
            "As published": {},
            "500 kW": {"cm_kw": 500},
            "120 kW": {"nvl_kw": 120},
            "3.9 million": {"nvl_usd": 3.9},
            "California": {"cents_a": 18.6},
            "5 million": {"cm_usd": 5.0},
        },
    )


def baselines_table() -> page.Table:
    """One system, several baselines: what CloudMatrix 384 takes against each."""
    systems = data.load("systems").set_index("system")
    cm, nvl = systems.loc["CloudMatrix 384"], systems.loc["GB200 NVL72"]
    per_cm, per_nvl = _kw_per_pflop("CloudMatrix 384"), _kw_per_pflop("GB200 NVL72")
    against = []
    for name in ("HGX H100", "HGX H20"):
        of = block(name)
        against.append([w / p for w, p in zip(of["it_power_w"], (of["peak_tflops"][1],) * 3, strict=True)])
    extra = data.load("electricity").set_index("row_id").loc["cn-extra-energy-2025"]

    def span(low: float, high: float) -> str:
        return f"{_x(low)} to {_x(high)}"

    bandwidth = (cm["power_kw"] / cm["hbm_bandwidth_tb_s"]) / (nvl["power_kw"] / nvl["hbm_bandwidth_tb_s"])
    rows = [
        ("Power for each petaFLOP", "GB200 NVL72 (2024)", span(per_cm[0] / per_nvl[2], per_cm[2] / per_nvl[0]), "estimates of two analysts"),
        ("Power for each TB/s of memory", "GB200 NVL72 (2024)", _x(bandwidth), "estimate of one analyst"),
        ("Power for each petaFLOP", "HGX H100 (2022)", span(per_cm[0] / against[0][2], per_cm[2] / against[0][0]), "estimate over a maker’s maximum"),
        ("Power for each petaFLOP", "HGX H20 (2023)", span(per_cm[0] / against[1][2], per_cm[2] / against[1][0]), "estimate over our derivation"),
        ("Electricity for each token", "H20 (2023)", span(1 + extra["low"] / 100, 1 + extra["high"] / 100), "experts in the Financial Times"),
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["Measured by", "Baseline", "Times the baseline", "How known"]).set_index(
        "Measured by"
    )
    return page.table(frame, "One Chinese system against several baselines (last row: current Chinese chips)")


# --- supply ---------------------------------------------------------------------------------------

_LIMIT_WORDS = {"dies": "Dies (wafers, yield)", "memory": "Memory (HBM stacks)", "packaging": "Packaging"}
_BINDS = {"dies": "dies bind", "memory": "memory binds", "packaging": "packaging binds"}
STACKS_PER_CHIP, DIES_PER_CHIP, DIES_PER_WAFER = 8, 2, 78


def _or_yield(wafers: float, wafers_for: float, yield_pct: float) -> str:
    """The yield that would do in place of more wafers; nothing where there are no wafers."""
    if wafers == 0:
        return ""
    good = yield_pct * wafers_for / wafers
    return f" (or {good:.0f}% good dies)" if good < 99.5 else " (no yield alone would do)"


def supply_state(
    wafers: float, dies: float, yield_pct: float, stacks: float, packages: float, packaged_pct: float, target: float
) -> State:
    """910C-like chips of a year by each limit; stacks in millions, packages and target in thousands."""
    made = clusters.supply(
        wafers, dies, yield_pct / 100, DIES_PER_CHIP, stacks * 1e6, STACKS_PER_CHIP, packages * 1e3, packaged_pct / 100
    )
    wanted = target * 1e3
    total, binding = float(made.chips), str(made.binding)
    rows = [
        {"limit": _LIMIT_WORDS[k], "chips": float(v) / 1e3, "role": "binds" if k == binding else "has slack", "label": f"{float(v) / 1e3:,.0f}"}
        for k, v in made.limits.items()
    ]  # fmt: skip
    wafers_for = float(clusters.wafers_needed(wanted, dies, yield_pct / 100, DIES_PER_CHIP, packaged_pct / 100))
    needed = {
        "dies": f"{wafers_for:,.0f} wafers a month instead of {wafers:,.0f}{_or_yield(wafers, wafers_for, yield_pct)}",
        "memory": f"{wanted * STACKS_PER_CHIP / packaged_pct * 100 / 1e6:.1f} million stacks instead of {stacks:g} million",
        "packaging": f"{target / packaged_pct * 100:,.0f} thousand packages instead of {packages:,.0f} thousand",
    }
    short = [k for k, v in made.limits.items() if float(v) < wanted]
    if total >= wanted:
        reading = (
            f"All three limits allow the {target:,.0f} thousand chips wanted: here the question is cost. The tightest is"
            f" {binding}, at {total / 1e3:,.0f} thousand."
        )
        title = f"A cost problem: {total / 1e3:,.0f} thousand can be made, {target:,.0f} thousand are wanted"
    else:
        reading = (
            f"{total / 1e3:,.0f} thousand chips can be made of {target:,.0f} thousand wanted: here the question is supply, and"
            f" {_BINDS[binding]}. The target takes {listed(needed[k] for k in short)}."
        )
        title = f"A supply problem: {_BINDS[binding]} at {total / 1e3:,.0f} thousand chips of {target:,.0f} wanted"
    top = max([target, *(r["chips"] for r in rows)])
    return State(rows, reading, {"title": title, "target": target, "to": top * 1.18})


def supply_panel() -> Panel:
    """The "break it" panel: move the inputs until the cost problem becomes a supply problem, or back."""
    base = charts.live("limit", "chips", "role", "label")
    scale = alt.Scale(domain=[0, charts.signal("to")], nice=False)

    def xs(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title="Thousand chips a year (dashed: wanted)", scale=scale, axis=alt.Axis(tickCount=7, format=",.0f"))  # fmt: skip

    y = alt.Y(
        "limit:N", title=None, sort=list(_LIMIT_WORDS.values()), scale=alt.Scale(domain=list(_LIMIT_WORDS.values())),
        axis=alt.Axis(ticks=False, domain=False, labelLimit=180, minExtent=150),
    )  # fmt: skip
    bars = base.mark_bar(height=26).encode(
        x=xs("chips"),
        y=y,
        color=alt.Color(
            "role:N",
            title="This limit",
            scale=alt.Scale(domain=["binds", "has slack"], range=[charts.VERMILION, charts.GREY]),
            legend=alt.Legend(orient="bottom"),
        ),
        tooltip=[alt.Tooltip("limit:N", title="Limit"), alt.Tooltip("label:N", title="Thousand chips")],
    )
    words = base.mark_text(align="left", dx=6, fontSize=12).encode(x=xs("chips"), y=y, text="label:N")
    one = alt.Chart(alt.InlineData(values=[{}])).transform_calculate(target="panel.target")
    rule = one.mark_rule(color=charts.INK, strokeWidth=2, strokeDash=[5, 3]).encode(x=xs("target"))
    chart = (bars + rule + words).properties(
        width=charts.WIDTH - 180,
        height=130,
        title=charts.title(
            charts.signal("title"),
            f"Chips with {DIES_PER_CHIP} dies and {STACKS_PER_CHIP} stacks each (910C) that a year’s inputs allow, by limit",
            "Source: data/supply_scenarios.csv; packaging capacity is unpublished and ours.",
        ),
        description="Bar chart of how many chips a year three limits allow: dies, memory and packaging, with a dashed line at the number wanted. The limit that binds is in another colour.",
    )
    return Panel(
        "What can be made",
        [
            Number("wafers", "Wafers for these chips", "a month", 0, 60_000, 7000, 500),
            Number("dies", "Whole dies on a wafer", "dies", 20, 120, DIES_PER_WAFER, 1),
            Number("yield_pct", "Good dies", "%", 5, 95, 30, 1),
            Number("stacks", "Memory stacks", "million a year", 0, 40, 13, 0.2),
            Number("packages", "Packages", "thousand a year", 100, 5000, 2000, 50),
            Number("packaged_pct", "Packages that come out good", "%", 50, 100, 100, 1),
            Number("target", "Chips wanted", "thousand a year", 50, 5000, 1500, 50),
        ],
        supply_state,
        chart,
        presets={
            "Morgan Stanley": {},
            "25% lost": {"packaged_pct": 75},
            "SemiAnalysis": {"wafers": 5000, "stacks": 2.4},
            "More wafers": {"wafers": 10_000, "stacks": 2.4},
            "Plan of 2026": {"wafers": 13_000, "stacks": 2.4, "target": 600},
            "Yield 60%": {"yield_pct": 60},
        },
    )


def scenarios_table() -> page.Table:
    """What published accounts give in `clusters.supply`, beside what their authors said."""
    rows = {}
    for r in data.load("supply_scenarios").itertuples():
        made = clusters.supply(
            r.wafers_per_month, r.dies_per_wafer, r.die_yield, r.dies_per_chip, r.hbm_stacks, r.stacks_per_chip,
            r.packages, r.package_yield, r.banked_dies,
        )  # fmt: skip
        said = "not said" if np.isnan(r.published_chips) else f"{r.published_chips / 1e3:,.0f}"
        rows[r.name] = [
            f"{r.wafers_per_month:,.0f}", f"{r.die_yield:.0%}", f"{r.banked_dies / 1e6:.1f}", f"{r.hbm_stacks / 1e6:.1f}",
            f"{float(made.chips) / 1e3:,.0f}", str(made.binding), said, r.ours,
        ]  # fmt: skip
    columns = ["Wafers a month", "Good dies", "Dies in stock, million", "Stacks, million", "Thousand chips, here", "Binds", "Thousand, published", "Filled in by us"]  # fmt: skip
    frame = pd.DataFrame.from_dict(rows, "index", columns=columns).rename_axis("Account")
    return page.table(frame, "Accounts of Ascend supply, put through the same arithmetic")


# --- the scale of a country -----------------------------------------------------------------------


def nation_state(target: float, yield_pct: float, wafers: float, stacks: float, sun_pct: float) -> State:
    """A year's new compute against a year's new power, and against dies and memory; target in million H100s."""
    electricity = data.load("electricity").set_index("row_id")
    h100, of = _pair("HGX H100", "CloudMatrix 384")
    drawn_chips = target * 1e6 * clusters.equal_work(h100["peak_tflops"], 1, of["peak_tflops"], 1)
    drawn_kw = clusters.facility_power_kw(drawn_chips, of["it_power_w"], 1, of["pue"], _common()["load_factor"])
    china = clusters.grid_share(drawn_kw, electricity.loc["cn-wind-solar-added-2025", "central"], sun_pct / 100)
    us = clusters.grid_share(drawn_kw, electricity.loc["us-wind-solar-added-2025", "central"], electricity.loc["us-capacity-factor", "central"])  # fmt: skip
    drawn_wafers = clusters.wafers_needed(drawn_chips, DIES_PER_WAFER, yield_pct / 100, DIES_PER_CHIP)
    drawn_stacks = drawn_chips * STACKS_PER_CHIP / 1e6
    chips_needed, kw, wafers_for, stacks_for = (
        float(v[0]) for v in (drawn_chips, drawn_kw, drawn_wafers, drawn_stacks)
    )
    bands = {
        "Power, of China’s new wind and sun": _band(100 * china),
        "Power, of the US’s new wind and sun": _band(100 * us),
        "Wafers, of those for AI chips": _band(100 * drawn_wafers / wafers),
        "Memory stacks, of those to be had": _band(100 * drawn_stacks / stacks),
    }
    rows = [
        {"measure": k, "low": low, "percent": v, "high": high, "what": "power" if k.startswith("Power") else "parts", "label": f"{_n(v)}%"}
        for k, (low, v, high) in bands.items()
    ]  # fmt: skip
    percent = {k: v for k, (_, v, _) in bands.items()}
    power, parts = list(percent.values())[0], list(percent.items())[2:]
    over = [k.split(",")[0].lower() for k, v in (("new wind and sun", power), *parts) if v > 100]
    reading = (
        f"{target:g} million H100s’ worth of 910C is {chips_needed / 1e6:.2f} million chips. They draw {kw / 1e6:.1f} GW on average, cooling included:"
        f" {_n(power)}% of what the wind and solar plants that China added in 2025 yield. They take {wafers_for:,.0f} wafers a month"
        f" where {wafers:,.0f} can be had, and {stacks_for:.1f} million stacks where {stacks:g} million can."
    )
    if over:
        reading += f" Short: {listed(over)}."
    worst, most = max(parts, key=lambda kv: kv[1])
    title = f"Power: {_n(power)}% of China’s new wind and sun; {worst.split(',')[0].lower()}: {_n(most)}% of supply"
    start, end = min(r["low"] for r in rows), max(r["high"] for r in rows)
    return State(rows, reading, {"title": title, "from": min(0.5, start / 2), "to": max(200.0, end * 4)})


def nation_panel() -> Panel:
    """Two ceilings of a country: power against grid growth, dies and memory against supply."""
    base = charts.live("measure", "low", "percent", "high", "what", "label")
    order = ["Power, of China’s new wind and sun", "Power, of the US’s new wind and sun", "Wafers, of those for AI chips", "Memory stacks, of those to be had"]  # fmt: skip
    scale = alt.Scale(type="log", domain=[charts.signal("from"), charts.signal("to")], nice=False)

    def xs(field: str) -> alt.X:
        return alt.X(
            f"{field}:Q", title="Per cent of what a year has (log scale; dashed: all of it)", scale=scale,
            axis=alt.Axis(values=[0.01, 0.1, 1, 10, 100, 1000, 10_000, 100_000], format=",~g"),
        )  # fmt: skip

    y = alt.Y("measure:N", title=None, sort=order, scale=alt.Scale(domain=order), axis=alt.Axis(ticks=False, domain=False, labelLimit=240, minExtent=220))  # fmt: skip
    rule = alt.Chart(alt.InlineData(values=[{"all": 100}])).mark_rule(color=charts.INK, strokeDash=[5, 3], strokeWidth=2).encode(x=xs("all"))  # fmt: skip
    dots = base.mark_point(filled=True, size=150, opacity=1).encode(
        x=xs("percent"),
        y=y,
        color=alt.Color("what:N", title=None, scale=alt.Scale(domain=["power", "parts"], range=[charts.ORANGE, charts.VERMILION]), legend=None),
        shape=alt.Shape("what:N", scale=alt.Scale(domain=["power", "parts"], range=["circle", "square"]), legend=None),
        tooltip=[alt.Tooltip("measure:N", title="Measure"), alt.Tooltip("label:N", title="Share")],
    )  # fmt: skip
    spans = base.mark_rule(strokeWidth=5, color=charts.GREY).encode(x=xs("low"), x2="high", y=y)
    chart = (rule + spans + dots + charts.edged_words(base, _BESIDE, x=xs("high"), y=y, text="label:N")).properties(
        width=charts.WIDTH - 250,
        height=170,
        title=charts.title(
            charts.signal("title"),
            "New compute of a year, built of 910C, against one year’s new power, wafers and memory; bars: nine of ten draws",
            "Source: NEA (430 GW in 2025), ACP and EIA (40 GW), Morgan Stanley, SemiAnalysis; data/electricity.csv.",
        ),
        description="Dot chart on a log axis of what a year of new compute would take: as a share of the wind and solar power added in China and in the United States, of wafers for AI chips, and of memory stacks, with ranges and a line at 100 per cent.",
    )
    return Panel(
        "Two ceilings",
        [
            Number("target", "New compute", "million H100s", 0.1, 12, 1, 0.1),
            Number("yield_pct", "Good dies", "%", 5, 95, 30, 1),
            Number("wafers", "Wafers for AI chips", "a month", 1000, 60_000, 7000, 500),
            Number("stacks", "Memory stacks", "million a year", 0.2, 40, 2.4, 0.2),
            Number("sun_pct", "New plants in China run at", "% of name plate", 5, 60, 16, 1),
        ],
        nation_state,
        chart,
        presets={
            "One million": {},
            "Huawei’s pace": {"target": 0.5},
            "NVIDIA’s pace": {"target": 11.8},
            "Wafers of 2027": {"wafers": 18_000, "yield_pct": 60},
            "More memory": {"stacks": 13},
        },
    )


# --- what flips it --------------------------------------------------------------------------------

# Input of `cost_ratio` -> (words, parameter, place, factor and unit of its label).
_INPUTS = {
    "use_a": ("Use of peak, NVL72", "utilisation", "US", 100, "%"),
    "use_b": ("Use of peak, CloudMatrix", "utilisation", "CN", 100, "%"),
    "usd_kwh_a": ("Electricity price, NVL72", "electricity_price", "US", 100, " cents"),
    "usd_kwh_b": ("Electricity price, CloudMatrix", "electricity_price", "CN", 100, " cents"),
    "pue_a": ("Site over computers (PUE), NVL72", "pue", "US", 1, ""),
    "pue_b": ("Site over computers (PUE), CloudMatrix", "pue", "CN", 1, ""),
    "exponent": ("Growth of links, exponent of chips", "network_exponent", "all", 1, ""),
    "share": ("Network’s share of NVL72’s cluster", "network_share", "all", 100, "%"),
    "years": ("Years of use", "years", "all", 1, " years"),
    "load": ("Average over highest power", "load_factor", "all", 100, "%"),
    "site_a": ("Site, NVL72", "site_cost", "US", 1, " USD per kW and month"),
    "site_b": ("Site, CloudMatrix", "site_cost", "CN", 1, " USD per kW and month"),
}
# The same for what a block has: (words, block, quantity, factor and unit).
_HARDWARE = {
    "peak_b": ("Peak of a 910C", "CloudMatrix 384", "peak_tflops", 1, " TFLOPS"),
    "watts_a": ("Power, NVL72", "GB200 NVL72", "it_power_w", 72 / 1000, " kW"),
    "watts_b": ("Power, CloudMatrix", "CloudMatrix 384", "it_power_w", 384 / 1000, " kW"),
    "usd_a": ("Price, NVL72", "GB200 NVL72", "hardware_usd", 72 / 1e6, " million USD"),
}


def cost_ratio(**v: Any) -> Any:
    """Cost of a delivered petaFLOP-hour on CloudMatrix 384 over NVL72; names as in `ratio_inputs`."""
    peak_a, usd_b = block("GB200 NVL72")["peak_tflops"][1], v.get("usd_b", block("CloudMatrix 384")["hardware_usd"][1])
    n = clusters.equal_work(peak_a, v["use_a"], v["peak_b"], v["use_b"])
    link = clusters.network_usd(block("GB200 NVL72")["hardware_usd"][1], v["share"])
    charge = clusters.capital_charge("straight_line", v["years"])
    both = {"charge": charge, "load_factor": v["load"]}
    cost_a = clusters.cost_per_pflop_hour(
        peak_a, v["use_a"], v["usd_a"], v["watts_a"], v["usd_kwh_a"], pue=v["pue_a"],
        network_usd=link, site_usd_per_kw_month=v["site_a"], **both,
    )  # fmt: skip
    cost_b = clusters.cost_per_pflop_hour(
        v["peak_b"], v["use_b"], usd_b, v["watts_b"], v["usd_kwh_b"], pue=v["pue_b"],
        network_usd=link * clusters.network_growth(n, v["exponent"]) / n, site_usd_per_kw_month=v["site_b"], **both,
    )  # fmt: skip
    return sum(cost_b.values()) / sum(cost_a.values())


@cache
def ratio_inputs() -> dict[str, Range]:
    """Low, central and high of each input of `cost_ratio`."""
    inputs = {key: parameter(name, place) for key, (_, name, place, *_) in _INPUTS.items()}
    return inputs | {key: block(name)[quantity] for key, (_, name, quantity, *_) in _HARDWARE.items()}


def ratio_at(**changes: float) -> float:
    """`cost_ratio` with every input at its central value, except those given."""
    return float(cost_ratio(**{k: v[1] for k, v in ratio_inputs().items()} | changes))


class Spread(NamedTuple):
    """`cost_ratio` with its inputs moving together.

    Attributes
    ----------
    low, middle, high : float
        5th, 50th and 95th percentile of draws.
    below : float
        Share of the draws below 1.
    together : int
        How many inputs, the one that moves most first, must stand at the end that favours CloudMatrix for a ratio below 1;
        the others are central.
    best : float
        The ratio with all inputs at that end.
    """

    low: float
    middle: float
    high: float
    below: float
    together: int
    best: float


def ratio_spread() -> Spread:
    """How far the ratio of costs goes when all assumptions move at once."""
    ranges = ratio_inputs()
    drawn = np.asarray(cost_ratio(**chance.sample(ranges)))
    best = [min((ratio_at(**{k: end}), k, end) for end in (low, high)) for k, (low, _, high) in ranges.items()]
    ends = {k: end for _, k, end in sorted(best)}
    path = [ratio_at(**dict(list(ends.items())[: n + 1])) for n in range(len(ends))]
    low, middle, high = (float(v) for v in np.percentile(drawn, [5, 50, 95]))
    together = 1 + next(n for n, ratio in enumerate(path) if ratio < 1)
    return Spread(low, middle, high, float((drawn < 1).mean()), together, path[-1])


# What must hold for equal cost: words -> (changes from the central values, input that moves, span, factor, format).
_FLIPS = {
    "Price of a GB200 NVL72": ({}, "usd_a", (20_000, 300_000), 72 / 1e6, "{:.1f} million USD"),
    "Price of a CloudMatrix 384": ({}, "usd_b", (0, 30_000), 384 / 1e6, "{:.1f} million USD"),
    "The same, if links follow the work": ({"exponent": 0.0}, "usd_b", (0, 30_000), 384 / 1e6, "{:.1f} million USD"),
    "Share of its peak that CloudMatrix gets": ({}, "use_b", (0.1, 1), 100, "{:.1f}%"),
    "Electricity price of CloudMatrix": ({}, "usd_kwh_b", (-1, 0.5), 100, "{:.1f} US cents per kWh"),
    "Electricity price of NVL72": ({}, "usd_kwh_a", (0, 3), 100, "{:.1f} US cents per kWh"),
    "Power of a CloudMatrix 384": ({}, "watts_b", (1, 1500), 384 / 1000, "{:,.0f} kW"),
    "Years of use": ({}, "years", (0.5, 100), 1, "{:.0f} years"),
}  # fmt: skip


def flips() -> pd.DataFrame:
    """Value of one assumption, the others central, at which CloudMatrix would cost as much as NVL72.

    Returns
    -------
    DataFrame
        By assumption: ``now`` and ``at`` in the unit of its words; ``at`` is NaN where no value searched ties.
    """
    central = {k: v[1] for k, v in ratio_inputs().items()} | {"usd_b": block("CloudMatrix 384")["hardware_usd"][1]}
    rows = {
        words: (factor * central[key], factor * chance.flips_at(cost_ratio, central | changes, key, *span))
        for words, (changes, key, span, factor, _) in _FLIPS.items()
    }
    return pd.DataFrame.from_dict(rows, "index", columns=["now", "at"]).rename_axis("Assumption")


def flips_table() -> page.Table:
    """`flips` in words."""
    rows = []
    for words, now, at in flips().itertuples():
        say = _FLIPS[words][-1].format
        found = "no value" if np.isnan(at) else true_minus(say(at)) + (" (paid to take it)" if at < 0 else "")
        rows.append((words, say(now), found))
    frame = pd.DataFrame(rows, columns=["Assumption", "Now", "Ties at"]).set_index("Assumption")
    return page.table(
        frame, "What would make a delivered petaFLOP-hour cost the same on both, one assumption at a time"
    )


def tornado_chart() -> alt.LayerChart:
    """What each assumption alone does to the ratio of costs."""
    ranges = ratio_inputs()
    centre = ratio_at()
    rows = []
    for key, ends in chance.one_at_a_time(cost_ratio, ranges).items():
        words, *_, factor, unit = (_INPUTS | _HARDWARE)[key]
        low, high = (f"{ranges[key][end] * factor:,.3g}" for end in (0, 2))
        rows.append({"input": words, "low": min(ends), "high": max(ends), "label": f"{low} to {high}{unit}"})
    rows = sorted((r for r in rows if r["high"] - r["low"] > 0.02), key=lambda r: r["low"] - r["high"])
    order = [r["input"] for r in rows]
    base = alt.Chart(alt.InlineData(values=rows))
    scale = alt.Scale(domain=[0.8, round(max(r["high"] for r in rows) * 1.15, 1)], nice=False)

    def xs(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title="Cost of a delivered petaFLOP-hour, CloudMatrix over NVL72", scale=scale, axis=alt.Axis(tickCount=8))  # fmt: skip

    y = alt.Y("input:N", title=None, sort=order, axis=alt.Axis(ticks=False, domain=False, labelLimit=270))
    bars = base.mark_bar(height=15, color=charts.SKY).encode(x=xs("low"), x2="high", y=y)
    labels = base.mark_text(align="left", dx=6, fontSize=12).encode(x=xs("high"), y=y, text="label:N")
    lines = alt.Chart(alt.InlineData(values=[{"at": 1.0, "what": "equal"}, {"at": centre, "what": "central"}]))
    rules = lines.mark_rule(strokeWidth=2).encode(
        x=xs("at"),
        strokeDash=alt.StrokeDash("what:N", title="Line", scale=alt.Scale(domain=["equal", "central"], range=[[5, 3], [1, 0]]), legend=alt.Legend(orient="bottom")),
    )  # fmt: skip
    lowest = min(r["low"] for r in rows)
    finding = "no one range makes them equal" if lowest > 1 else "some ranges make them equal"
    return (bars + rules + labels).properties(
        width=charts.WIDTH - 280,
        height=24 * len(rows),
        title=charts.title(
            f"CloudMatrix costs {centre:.1f} times NVL72 for equal work; {finding}",
            "Each bar: one assumption moved from its lowest to its highest value, all others central",
            "Source: data/cluster_parameters.csv, data/systems.csv, data/chips.csv, each row with its source.",
        ),
        description=(
            f"Bar chart of how the ratio of costs, {centre:.2f} at central values, moves when each of {len(rows)} assumptions runs over its range;"
            f" the longest bar belongs to {order[0]}."
        ),
    )
