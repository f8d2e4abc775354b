"""Panels of 34_serving that answer questions: rooflines, links, prices, margins."""

from __future__ import annotations

from functools import cache

from helpers.chips.studies import ratio_words, short
from helpers.core.words import counted, from_to, percent, span
from helpers.core.words import figures as figures_of
from helpers.serving import figures, studies
from helpers.serving import model as serving
from helpers.show.panel import Choice, Number, Panel, Span, State, Stops

_BINDS = {"compute": "compute", "memory": "memory bandwidth"}


def _contexts(value: int) -> Stops:
    return Stops("context", "Tokens in each", [(studies.token_words(v), v) for v in studies.CONTEXTS], value)


# --- the roofline ---------------------------------------------------------------------------------


def _bound_words(
    chip: str, phase: str, step: serving.Step, ridge: float, top: float, share: tuple[float, float]
) -> str:
    """One chip's bound, band and delay in a sentence."""
    found = serving.band(step, share)
    seconds = [float(s) for s in found["step_s"]]
    wait = (
        f"a token for each answer every {span(1e3 * s for s in seconds)} ms"
        if phase == "decode"
        else f"all read after {span(seconds)} s"
    )
    words = (
        f"{short(chip)}: {_BINDS[str(step.binds)]} binds ({figures_of(float(step.intensity), 3)} operations a byte, ridge"
        f" {figures_of(ridge, 3)} in the format of the weights{f'; attention in wider numbers lowers this work to {percent(top)} of the flat roof' if top < 0.995 else ''}); at most {figures_of(float(step.tokens_per_s), 3)} tokens/s, in the band {span(map(float, found['tokens_per_s']))}, {wait}"
    )
    if not bool(step.fits):
        words += (
            f". It does not fit: {figures_of(float(step.memory_gb), 3)} GB for {step.rates.memory_gb:g} GB of memory"
        )
    return words + "."


def _roofline_title(found: studies.UnderRoof, work: str) -> str:
    """Which limit binds which chip at what work, unless it fits none of them."""
    names, binds = [f"the {short(c)}" for c in found.chips], [_BINDS[b] for b in found.binds]
    alike = len(set(binds)) == 1
    if not any(found.fits):
        would = f"; if it did, {binds[0]} would bind" if alike else ""
        return f"Does not fit on {' or on '.join(names)}{would}"
    said = f"{binds[0].capitalize()} binds {' and '.join(names)}"
    if not alike:
        said = f"{binds[0].capitalize()} binds {names[0]}, {binds[1]} {names[1]}"
    too_small = [name for name, fits in zip(names, found.fits, strict=True) if not fits]
    if not too_small:
        return f"{said}, {work}"
    return said + "".join(f"; does not fit on {name}" for name in too_small)


def _roofline_reading(found: studies.UnderRoof, phase: str) -> str:
    """Which chip is ahead by its bound, what binds, what does not fit, and what was reached."""
    names, binds = [f"the {short(c).split(' (')[0]}" for c in found.chips], [_BINDS[b] for b in found.binds]
    verb = "writes" if phase == "decode" else "reads"
    if not any(found.fits):
        return f"This work does not fit on {' or on '.join(names)}: a copy of the weights needs more chips."
    if len(names) > 1 and all(found.fits):
        ahead, behind = found.order
        limits = (
            f"{binds[0]} binds both" if binds[0] == binds[1] else f"{binds[0]} binds {names[0]}, {binds[1]} {names[1]}"
        )
        said = f"At their bounds {names[ahead]} {verb} {ratio_words(found.times_ahead)} times as fast as {names[behind]}; {limits}"
    else:
        at = found.fits.index(True)
        rate = figures_of(float(found.steps[at].tokens_per_s), 3)
        said = f"At its bound {names[at]} {verb} {rate} tokens/s at most; {binds[at]} binds"
        said += "".join(
            f"; the work does not fit on {n}" for n, fits in zip(names, found.fits, strict=True) if not fits
        )
    reached = ""
    if found.measured:
        who = "machines of up to eight" if found.measured[0]["one_machine"] else "systems of many"
        work = "Writing" if phase == "decode" else "Reading"
        reached = f" {work}, {who} such chips reached at most {percent(found.most_reached)} of their bound."
    return f"{said}.{reached}"


def _roofline_more(found: studies.UnderRoof, phase: str, model: str, batch: int, context: int, group: int) -> str:
    verb, what = ("writing", "answer") if phase == "decode" else ("reading", "question")
    low, high = found.share
    more = (
        f"{model}, {verb}, {counted(batch, what)} at once on each chip, {studies.token_words(context)} tokens each,"
        f" {counted(group, 'chip')} to a copy of the weights; band {low:.0%} to {high:.0%}. "
    )
    steps = list(zip(found.chips, found.steps, found.ridges, found.tops, strict=True))
    more += " ".join(_bound_words(chip, phase, step, ridge, top, found.share) for chip, step, ridge, top in steps)
    return more + "".join(f" {short(c)}: {s.rates.words}." for c, s, _, _ in steps if s.rates.words.startswith("no"))


def roofline_panel() -> Panel:
    """Two chips, one piece of work: where it lies under each roof, and what was measured."""

    def compute(chip: str, other: str, phase: str, model: str, batch: int, context: int, group: int) -> State:
        found = studies.under_roof(chip, other, phase, model, batch, context, group)
        more = _roofline_more(found, phase, model, batch, context, group)
        signals = {"title": _roofline_title(found, f"{'writing' if phase == 'decode' else 'reading'} with {model}")}
        return State(figures.roofline_rows(found), _roofline_reading(found, phase), signals, more=more)

    h800, h20, c910 = "H800 SXM5 80GB", "H20 96GB", "Ascend 910C"
    fleet = {"phase": "decode", "model": "DeepSeek-V3"}
    works = [("writing answers (decode)", "decode"), ("reading questions (prefill)", "prefill")]
    return Panel(
        "Under the roof",
        [
            Choice("chip", "Chip", studies.drawable_chips(), h800),
            Choice("other", "Against", studies.drawable_chips(), h20),
            Stops("batch", "At once on each chip", studies.BATCHES, 2),
        ],
        compute,
        figures.roofline_chart(),
        presets={
            "Who writes faster for a few?": {},
            "Who writes faster for many?": {"batch": 128},
            "Who reads questions faster?": {"phase": "prefill", "batch": 4},
            "What did DeepSeek reach?": {**fleet, "batch": 88, "context": 4989, "group": 144, "other": c910},
            "What did Huawei reach?": {**fleet, "chip": c910, "other": h800, "batch": 96, "group": 160},
            "And with a dense model?": {"model": "Llama-3.1-405B", "batch": 4, "context": 8192, "group": 8},
        },
        more=[
            Choice("phase", "Work", works, "decode"),
            Choice("model", "Model", studies.countable_models(), "DeepSeek-V3"),
            _contexts(4096),
            Stops("group", "Chips to one copy of the weights", studies.GROUPS, 64),
        ],
    )


# --- links ----------------------------------------------------------------------------------------


def links_panel() -> Panel:
    """The ceiling that the exchange between experts puts on a user's speed, by bandwidth."""

    def compute(network: float, tokens: float, experts: float, layers: float) -> State:
        found = studies.exchange(network, tokens, experts, layers)
        micro, most = float(found.seconds) * 1e6, float(found.most_tokens_per_s)
        reading = (
            f"At {network:g} GB/s one exchange takes {micro:,.2f} microseconds,"
            f" so with the copies as set no user gets more than {most:,.1f} tokens/s, however fast the chips are."
        )
        more = (
            f"Each token is sent to {experts:g} places. Two exchanges in each of {layers:.0f} layers take"
            f" {1e3 * float(found.step_seconds):,.2f} ms."
        )
        ends = studies.exchange(figures.SPEED_ENDS, tokens, experts, layers).most_tokens_per_s
        signals = {
            "title": f"{network:g} GB/s, {counted(experts, 'copy', 'copies')} a token: at most {figures_of(most, 3)} tokens/s for a user",
            "low": min(5.0, float(ends[0]) / 1.5),
            "top": max(float(ends[1]), 10),
        }
        return State(figures.link_rows(network, tokens, experts, layers), reading, signals, more=more)

    return Panel(
        "The exchange between experts",
        [
            Stops("network", "Bandwidth, one direction (GB/s)", [(f"{s:g}", s) for s in studies.SPEEDS], 50),
            Number("tokens", "Tokens on each chip in half a batch", "", 4, 256, 32, 4),
            Number("experts", "Copies of each token sent", "", 1, 16, 9, 1),
        ],
        compute,
        figures.links_chart(),
        presets={
            "What does a 400G card allow?": {},
            "What does an NVL72 allow?": {"network": 900},
            "What would H800 links allow?": {"network": 200},
            "What do the 910C’s links allow?": {"network": 392},
            "What if four copies are enough?": {"experts": 4},
            "What if the batch is halved?": {"tokens": 16},
        },
        more=[Number("layers", "Layers", "", 10, 130, 61, 1)],
    )


# --- the price of a million tokens ----------------------------------------------------------------


@cache
def _listed_words(model: str) -> tuple[str, str]:
    """What is listed for writing, as a clause; and all list prices as a sentence."""
    found = studies.list_prices(model)
    if found[list(studies.SIDES)].isna().all().all():
        return "the course has no list price of it", "The course has no list price of it."
    read, written = (span(found[side].dropna(), "{:g}".format) for side in studies.SIDES)
    who = "V3 and R1 were" if found["model"].nunique() > 1 else "It was"
    least = found[found["output_usd"] == found["output_usd"].min()]
    kind = "list price" if (least["status"] == "list").any() else "price, a promotion,"
    lowest = f"the lowest {kind} was {least['output_usd'].iloc[0]:g} USD"
    return lowest, f"{who} listed at {read} USD to read and {written} USD to write."


def price_panel() -> Panel:
    """What chips cost for a million tokens under the reader's assumptions, beside list prices."""

    def compute(model: str, chip: str, context: int, rent: float, share: tuple[int, int], used: float) -> State:
        rents, batch = studies.price_rows(model, chip, context, rent, share, used)
        rows = figures.price_marks(rents, model)
        cost_in, cost_out = (r["words"] for r in rows[:2])
        reached = from_to(str(share[0]), str(share[1])) + "%"
        lowest, listed_at = _listed_words(model)
        reading = f"A million tokens written take {cost_out} USD of rent; {lowest}."
        more = (
            f"{model} on {studies.price_group(model)} {short(chip)} at {rent:.2f} USD an hour each, {counted(batch, 'answer')} at once on each chip,"
            f" {studies.token_words(context)} tokens each, {reached} of the roofline, busy {used:.0f}% of the time: {cost_in} USD of rent for a million tokens read,"
            f" {cost_out} USD for a million written. {listed_at}"
        )
        lows, highs = [r["low"] for r in rows], [r["high"] for r in rows]
        signals = {
            "title": f"At {reached} of the roofline a million tokens written take {cost_out} USD of rent",
            "low": min(*lows, 0.01) / 1.5,
            "top": max(*highs, 1) * 2.5,
        }
        return State(rows, reading, signals, more=more)

    return Panel(
        "Price of a million tokens",
        [
            Choice("model", "Model", studies.countable_models(), "DeepSeek-V3"),
            Choice("chip", "Chip", studies.drawable_chips(), "H800 SXM5 80GB"),
            Span("share", "Share of the roofline reached", "%", 5, 90, (15, 45), 5),
        ],
        compute,
        figures.price_chart(),
        presets={
            "What does DeepSeek’s case cost?": {},
            "What if 40 to 80% is reached?": {"share": (40, 80)},
            "What if chips idle two thirds?": {"used": 35},
            "What if a 910C rents at 1 USD?": {"chip": "Ascend 910C", "rent": 1},
            "What does Kimi K3 take on H200?": {"model": "Kimi-K3", "chip": "H200 SXM 141GB", "context": 32768, "rent": 2.5},
            "What does a dense model take?": {"model": "Llama-3.1-405B", "share": (25, 80)},
        },
        more=[
            _contexts(4989),
            Number("rent", "Rent of one chip", "USD an hour", 0.25, 10, 2, 0.25),
            Number("used", "Hours in which it works", "%", 5, 100, 100, 5),
        ],
    )  # fmt: skip


# --- the margin -----------------------------------------------------------------------------------


def _left_over(day: studies.Day) -> str:
    if day.revenue_usd < day.cost_usd:
        return f"a loss of {percent(-day.on_cost)} of cost"
    return f"{day.on_cost:,.0%} of cost, which is {percent(day.of_revenue)} of revenue"


def margin_panel() -> Panel:
    """DeepSeek's disclosed day with its caveats as dials."""
    told = studies.day_after()

    def compute(prices: str, free: float, discount: float, rent: float) -> State:
        day = studies.day_after(prices, free / 100, discount / 100, rent)
        words = _left_over(day)
        turns = "would not break even if every token were paid for"
        if day.free_at_break_even is not None:
            turns = f"breaks even at {percent(day.free_at_break_even)} free"
        reading = f"What is left after the rent: {words}. With everything else as set, the day {turns}."
        more = (
            f"All at {prices.removeprefix('DeepSeek-')} prices, {free:g}% of the tokens free, {discount:g}% off the rest,"
            f" {rent:g} USD for a GPU-hour: revenue {day.revenue_usd:,.0f} USD, cost {day.cost_usd:,.0f} USD a day."
        )
        earns = day.revenue_usd >= day.cost_usd
        title = f"Left over if paid so: {words}" if earns else f"Revenue does not cover the rent: {words}"
        top = max(day.revenue_usd, day.cost_usd, told.revenue_usd) * 1.15
        return State(figures.margin_rows(day, told), reading, {"title": title, "top": top}, more=more)

    models = ["DeepSeek-R1", "DeepSeek-V3"]
    return Panel(
        "The 545% day",
        [
            Choice("prices", "Prices of", [(m, m) for m in models], models[0]),
            Number("free", "Tokens that nobody pays for", "%", 0, 95, 0, 5),
            Number("rent", "Rent of a GPU-hour", "USD", 0.5, 6, 2, 0.25),
        ],
        compute,
        figures.margin_chart(),
        presets={
            "What did DeepSeek disclose?": {},
            "What if all paid V3’s prices?": {"prices": "DeepSeek-V3"},
            "What if half is free?": {"free": 50},
            "What if most is free?": {"prices": "DeepSeek-V3", "free": 70, "discount": 25},
            "What if the rent is 4 USD?": {"rent": 4},
        },
        more=[Number("discount", "Average discount on the rest", "%", 0, 75, 0, 5)],
    )
