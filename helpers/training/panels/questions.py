"""Panels of 32_experts_and_training_cost: controls, a study of training, a picture."""

from __future__ import annotations

from typing import Any

from helpers.chips.studies import short
from helpers.core.words import figures as number
from helpers.core.words import from_to, listed, percent, power_of_ten, span, times, usd
from helpers.show.panel import Choice, Number, Panel, State
from helpers.training import figures, studies
from helpers.training import model as training

MODELS = (
    "DeepSeek-V3", "DeepSeek-V2", "DeepSeek-LLM-67B", "DeepSeek-V4-Pro", "Kimi-K2", "Qwen2.5-72B", "Qwen3-235B-A22B",
    "Pangu-Ultra-MoE", "Llama-2-70B", "Llama-3.1-405B", "Llama-4-Maverick", "Llama-4-Scout",
)  # fmt: skip


_AS_BUSY = round(100 * studies.boxes().mfu, 1)  # per cent: V3's utilisation, as the picture has it


def _on(chip: str) -> str:
    """A chip with its article, as it is spoken: an H800, a B200."""
    name = short(chip)
    return f"{'an' if name[0] in 'AH' else 'a'} {name}"


# --- the chain ----------------------------------------------------------------------------------

_LINK_WORDS = {
    "All parameters": lambda v: f"{number(v / 1e9, 3)} billion",
    "Active parameters": lambda v: f"{number(v / 1e9, 3)} billion",
    "Tokens": lambda v: f"{number(v / 1e12, 3)} trillion",
    "Operations": power_of_ten,
    "Useful speed of a chip": lambda v: f"{number(v, 3)} TFLOP/s",
    "GPU-hours": lambda v: f"{number(v / 1e6, 3)} million",
    "Price of an hour": lambda v: usd(v, 2),
    "Cost": lambda v: usd(float(f"{v:.3g}")),
}


def _against_source(hours: float, model: str, tokens_t: float, chip: str) -> tuple[str, str]:
    """What a source says of the GPU-hours: for the reading, and for what is folded."""
    found = studies.published_hours(model, tokens_t)
    if found is None:
        return "No source in our table gives hours for this model and number of tokens.", ""
    reported, on = found
    more = f" The source reports {_LINK_WORDS['GPU-hours'](reported)} hours on {short(on)}."
    if chip != on:
        return f"Its source counts hours on {short(on)}.", more
    ratio = hours / reported
    if abs(ratio - 1) < 0.005:
        return "These are its source’s hours, from which this utilisation was worked out.", more
    if ratio > 2:
        return f"That is {times(ratio)} times the hours its source reports.", more
    return f"That is {percent(abs(ratio - 1))} {'more' if ratio > 1 else 'fewer'} hours than its source reports.", more


def _chain_state(model: str, tokens_t: float, chip: str, number_format: str, mfu_percent: float, price: float) -> State:
    links = studies.chain(model, tokens_t, chip, number_format, mfu_percent, price)
    reported = studies.chain_reported(model, tokens_t)
    rows: list[dict[str, Any]] = []
    for link, (low, central, high) in links.items():
        one, seen, words = studies.yardstick()[link][1], reported.get(link), _LINK_WORDS[link]
        rows.append(
            {
                "link": link,
                "times": central / one,
                "low": low / one,
                "high": high / one,
                "kind": "set or published" if link in studies.GIVEN else "computed",
                "label": words(central),
                "published": None if seen is None else seen / one,
                "published_label": "" if seen is None else words(seen),
                "right": max(high, seen or 0, one) / one,
            }
        )
    said = {link: _LINK_WORDS[link](values[1]) for link, values in links.items()}
    source, source_more = _against_source(links["GPU-hours"][1], model, tokens_t, chip)
    reading = f"{model} takes {said['GPU-hours']} hours of {_on(chip)} and costs {said['Cost']}. {source}"
    cost = span(links["Cost"], _LINK_WORDS["Cost"])
    more = (
        f"{said['Active parameters']} of {said['All parameters']} parameters work on each token; {said['Tokens']} tokens take"
        f" {said['Operations']} operations, at {mfu_percent:g}% of the chip’s {studies.FORMATS[number_format]} peak."
        f" By other ways of counting operations the cost is {cost}.{source_more}"
    )
    ends = [e for r in rows for e in (r["low"], r["high"], r["published"] or 1)]
    low, high = figures.axis_ends(min(ends), max(ends), (0.02, 0.002, 0.0002, 0.00002), (30, 300, 3000, 30000), 0.25)
    title = f"{model}: {said['Cost']} for {said['GPU-hours']} GPU-hours"
    return State(rows, reading, {"title": title, "low": low, "high": high}, more=more)


def chain_panel() -> Panel:
    """From a model's configuration to GPU-hours and dollars, each link against the run of Llama 3.1 405B."""
    return Panel(
        "From configuration to dollars",
        [
            Choice("model", "Model", list(MODELS), studies.V3),
            Number("tokens_t", "Tokens to train on", "trillion", 0.5, 50, 14.8, 0.1),
            Number("mfu_percent", "Utilisation (MFU)", "% of the peak", 5, 60, _AS_BUSY, 0.1),
        ],
        _chain_state,
        figures.chain_chart(),
        presets={
            "What did V3 cost?": {},
            "And a dense model of 67B?": {"model": "DeepSeek-LLM-67B", "tokens_t": 1},
            "And Llama 3.1 405B?": {
                "model": studies.LLAMA, "tokens_t": 15.6, "mfu_percent": 36, "chip": "H100 SXM5 80GB",
            },
            "And Llama 2 70B, on A100s?": {
                "model": "Llama-2-70B", "tokens_t": 2, "mfu_percent": 44, "chip": "A100 SXM4 80GB",
            },
            "V3 at the FP8 peak?": {"number_format": "fp8"},
            "V4-Pro, if as busy as V3?": {"model": "DeepSeek-V4-Pro", "tokens_t": 33},
        },
        more=[
            Choice("chip", "Chip", [(short(c), c) for c in studies.CHIPS], studies.H800),
            Choice("number_format", "Peak speed counted in", [(w, k) for k, w in studies.FORMATS.items()], "bf16"),
            Number("price", "Price of one chip for an hour", "USD", 0.5, 10, 2, 0.05),
        ],
    )  # fmt: skip


# --- bubbles ------------------------------------------------------------------------------------


def _bubbles_state(pipeline: float, micro_batches: float, weight: float, overlap: float) -> State:
    found = studies.bubbles(pipeline, micro_batches, weight, overlap)
    now = found.now
    rows = [
        {"schedule": schedule, "micro_batches": float(m), "percent": float(p), "here": bool(m == micro_batches)}
        for schedule, (counts, shares) in found.curves.items()
        for m, p in zip(counts, shares, strict=True)
    ]
    waits = [f"{percent(p / 100, 1)}{' of a step' if name == '1F1B' else ''} under {name}" for name, p in now.items()]
    fewest = f"DualPipe needs at least {found.dualpipe_fewest:g} micro-batches"
    reading = f"A chip waits {listed(waits)}." + ("" if "DualPipe" in now else f" {fewest}.")
    more = (
        f"{pipeline:g} stages and {micro_batches:g} micro-batches. {fewest} and holds 2 copies of the parameters and the"
        f" intermediate results of {pipeline + 1:g} of them; the others hold 1 copy and {pipeline:g}."
    )
    order = sorted(now, key=now.__getitem__)
    shares = [f"{name} {percent(now[name] / 100, 1)}" for name in order[1:]]
    title = f"{order[0]} waits {percent(now[order[0]] / 100, 1)} of a step, {', '.join(shares)}"
    if now[order[0]] == now["1F1B"]:
        title = f"no schedule waits less than 1F1B here: {percent(now['1F1B'] / 100, 1)} of a step"
    return State(rows, reading, {"title": f"{pipeline:g} stages, {micro_batches:g} micro-batches: {title}"}, more=more)


def bubbles_panel() -> Panel:
    """Share of a step lost to pipeline bubbles under three schedules."""
    return Panel(
        "Who waits in a pipeline?",
        [
            Number("pipeline", "Stages", "chips in a row", 2, 64, 16, 2),
            Number("micro_batches", "Micro-batches in a step", "", 2, 512, 64, 2),
            Number("overlap", "Time saved by DualPipe’s overlap", "%", 0, 40, 0, 5),
        ],
        _bubbles_state,
        figures.bubbles_chart(),
        presets={
            "How long do 16 stages wait?": {},
            "8 stages, 20 micro-batches?": {"pipeline": 8, "micro_batches": 20},
            "With few pieces, 32?": {"micro_batches": 32},
            "With many pieces, 256?": {"micro_batches": 256},
            "If traffic is hidden?": {"overlap": 20},
        },
        more=[Number("weight", "Weight gradients", "% of the backward time", 0, 60, 50, 5)],
    )


# --- what is left out ---------------------------------------------------------------------------


def _left_out_state(price: float, share: float, staff: float) -> State:
    found = studies.left_out(price, share, staff)
    run, both, computing, whole, span_computing, span_whole, fleet, firms = found
    servers = f"{from_to(*(number(v / 1e9) for v in fleet))} billion USD"
    steps = (
        (run, run, figures.STATED, (run, run), usd(run)),
        (run, both, figures.STATED, (both, both), usd(both)),
        (
            both,
            computing,
            figures.ASSUMED,
            span_computing,
            f"{usd(computing)} by your share"
            if share < 100
            else f"none at your 100%; others’ shares: {from_to(*(number(v / 1e6) for v in sorted(span_computing)))} million",
        ),
        (
            computing,
            whole,
            figures.ASSUMED,
            span_whole,
            f"{usd(whole)} by your shares" if staff else f"{usd(whole)}: your staff is set to 0%",
        ),
        (*fleet, figures.CONTESTED, fleet[1:], servers),
    )
    rows = [
        {
            "step": name, "before": before / 1e6, "after": after / 1e6, "low": min(band) / 1e6, "high": max(band) / 1e6,
            "group": group, "label": label, "right": max(after, *band) / 1e6,
        }
        for name, (before, after, group, band, label) in zip(figures.LAYERS, steps, strict=True)
    ]  # fmt: skip
    people = f"with staff at {staff:g}% of the cost" if staff else "staff left out"
    with_what = (
        f"With R1’s stages{' and your share of staff' if staff else ''}, but no experiments,"
        if share == 100
        else f"With R1’s stages, and all experiments{' and staff' if staff else ''} by your shares,"
    )
    reading = (
        f"V3’s last run costs {usd(run)}. {with_what}"
        f" the work comes to {usd(whole)}, {times(whole / run)} times as much."
    )
    more = (
        f"At {usd(price, 2)} an hour R1 adds {usd(both - run)}. V3 and R1 are taken as {share:g}% of all computing for research, {people}."
        f" At the shares that Epoch AI estimates for three firms, {percent(firms[0], 1)} to {percent(firms[-1], 1)}, computing alone would be"
        f" {from_to(*(number(v / 1e6) for v in span_computing))} million USD"
        + (
            f", with your share of staff {from_to(*(number(v / 1e6) for v in span_whole))} million USD."
            if staff
            else "."
        )
    )
    title = f"{usd(run)} is V3’s last run; with your shares the whole work is {usd(whole)}"
    if share == 100:
        title = f"{usd(run)} is V3’s last run; with R1{' and staff' if staff else ''} {usd(whole)}, at others’ shares {from_to(*(number(v / 1e6) for v in sorted(span_whole)))} million"
    return State(rows, reading, {"title": title}, more=more)


def left_out_panel() -> Panel:
    """From the official run to all experiments and staff, with the reader's shares."""
    return Panel(
        "What the headline leaves out",
        [
            Number("price", "Price of one H800 for an hour", "USD", 0.5, 10, 2, 0.05),
            Number("share", "V3 and R1 in all computing for research", "%", 5, 100, 100, 0.1),
            Number("staff", "Staff in the whole cost", "%", 0, 60, 0, 1),
        ],
        _left_out_state,
        figures.left_out_chart(),
        presets={
            "What do the runs alone cost?": {},
            "At MiniMax’s share?": {"share": 22.6},
            "At Z.ai’s share?": {"share": 12.3},
            "At OpenAI’s share?": {"share": 9.6},
            "With staff?": {"share": 22.6, "staff": 39},
            "With staff, at 4 USD an hour?": {"price": 4, "share": 22.6, "staff": 39},
        },
    )


# --- other chips --------------------------------------------------------------------------------

# Ends of the two axes, and the share kept free for labels.
_OTHER_AXES = {
    "hours": ((1,), (100, 1000), 0.36),
    "usd": ((3, 0.5), (150, 600, 2500, 10000, 40000), 0.2),
}


def _other_axes(rows: list[dict[str, Any]]) -> dict[str, float]:
    """Ends of both axes for these rows."""
    signals = {}
    for axis, (lows, highs, room) in _OTHER_AXES.items():
        mine = [r for r in rows if (r["kind"] == "hours") == (axis == "hours")]
        ends = min(r["low"] for r in mine), max(r["high"] for r in mine)
        signals[f"low_{axis}"], signals[f"high_{axis}"] = figures.axis_ends(*ends, lows, highs, room)
    return signals


def _other_chips_state(mfu_fp8: float, mfu_bf16: float, use: float, lifetime: float, price: float) -> State:
    found = studies.other_chips(mfu_fp8, mfu_bf16, use, lifetime, price)
    ranges = {"hours": found.hours, "rented": found.rented, "owned": found.owned}
    rows = [
        {"chip": short(c), "kind": kind, "low": ends[0], "value": ends[1], "high": ends[2],
         "label": from_to(number(ends[0], 3), number(ends[2], 3))}
        for c in studies.CHIPS
        for kind, by_chip in ranges.items()
        if (ends := by_chip.get(c))
    ]  # fmt: skip
    h800, h20, c910 = (found.hours[c][1] for c in (studies.H800, "H20 96GB", "Ascend 910C"))
    pays = (
        f"owning an H800 pays above {percent(found.break_even / 100)} of hours used"
        if found.break_even <= 100
        else "renting an H800 is cheaper than owning one that never rests"
    )
    used = ", if less used" if mfu_bf16 < mfu_fp8 else ""
    equal = studies.other_chips(mfu_fp8, mfu_fp8, use, lifetime, price).hours["Ascend 910C"]
    shares = (
        f"H800 and H20 are used at {mfu_fp8:g}% of their BF16 peak, chips without FP8 (A100, 910B, 910C) at {mfu_bf16:g}%; used alike a 910C takes"
        f" {from_to(*(times(equal[end] / h800) for end in (0, 2)))} times the hours."
    )
    reading = (
        f"V3’s pre-training takes {times(h20 / h800)} times an H800’s hours on H20, at most {times(found.hours['Ascend 910C'][2] / h800)} times on Ascend 910C{used}."
        f" At the report’s rent, {pays}."
    )
    days = [f"{float(training.run_days(h * 1e6, 2048)):,.0f}" for h in (h800, h20, c910)]
    own = [
        f"{from_to(*(number(v, 3) for v in found.owned[c][::2]))} on {short(c)}"
        for c in (studies.H800, "H20 96GB", "Ascend 910C")
    ]
    more = (
        f"{shares} It takes {number(h800, 3)} million hours of an H800, {number(h20, 3)} of an H20 and {number(c910, 3)} of an Ascend 910C; on 2,048 chips"
        f" {listed(days)} days. On chips one owns, used {use:g}% of {lifetime:g} years, it costs in million USD {listed(own)}."
        f" The report’s rent is {usd(found.rent)} an hour."
    )
    on_910c = from_to(*(times(found.hours["Ascend 910C"][end] / h800) for end in (0, 2)))
    title = f"At {mfu_fp8:g}% of peak H20s take {times(h20 / h800)} times the H800’s hours; 910Cs, at {mfu_bf16:g}%, {on_910c} times"
    return State(rows, reading, {"title": title, **_other_axes(rows)}, more=more)


def other_chips_panel() -> Panel:
    """DeepSeek-V3's pre-training on other chips: hours, and cost by rent and by ownership."""
    return Panel(
        "The same run on other chips",
        [
            Number("mfu_bf16", "MFU, chips without FP8", "% of BF16 peak", 5, 60, 25, 0.1),
            Number("use", "Hours in which an owned chip is used", "%", 10, 100, 80, 5),
            Number("lifetime", "Years an owned chip lasts", "years", 2, 8, 4, 0.5),
        ],
        _other_chips_state,
        figures.other_chips_chart(),
        presets={
            "What do other chips cost?": {},
            "If all reach 39%?": {"mfu_bf16": _AS_BUSY},
            "If owned chips never idle?": {"use": 100},
            "If they last six years?": {"lifetime": 6},
            "At half the purchase price?": {"price": 50},
        },
        more=[
            Number("mfu_fp8", "MFU, chips with FP8", "% of BF16 peak", 5, 60, _AS_BUSY, 0.1),
            Number("price", "Purchase prices", "% of those in print", 20, 200, 100, 10),
        ],
    )
