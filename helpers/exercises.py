"""The checked exercises: what each expects, computed from the course's own data, and its hints.

A question is put, and its solution written, once, in ``notebooks/source``; this register only
lets `helpers.checks` tell right from wrong. ``tests/test_notebooks.py`` fails when the solution in
a source is not what is expected here.
"""

from __future__ import annotations

from helpers import chips, clusters, data, lithography, llm, progress, rules, serving, timeline, training, wafers
from helpers.checks import DAY_SLIPS, Exercise


def _h20_stopped_days() -> int:
    dates = data.load("events").set_index("event_id")["date"]
    return (dates["h20-return"] - dates["h20-licence-letter"]).days


def _turns_in_order() -> list[str]:
    eras = data.load("eras").set_index("era_id")
    turns = eras.loc[["era-6", "era-3", "era-5", "era-1"], "turn_event"]
    return data.load("events").set_index("event_id").loc[turns].sort_values("date").index.tolist()


def _largest_free(values: range, chip: dict[str, object], key: str, on: str) -> int:
    """The largest of `values` for which the chip goes to China without licence or notice (they are free up to some value)."""
    low, high = values.start, values.stop
    while high - low > 1:
        middle = (low + high) // 2
        free = rules.classify({**chip, key: middle}, on, "China").review_policy == "no_license_required"
        low, high = (middle, high) if free else (low, middle)
    return low


def _best_free_tpp() -> int:
    return _largest_free(range(1000, 6000), {"die_area_mm2": 858, "datacenter": True}, "tpp", "2024-03-01")


def _best_free_bandwidth() -> int:
    chip = {"tpp": 2000, "die_area_mm2": 800, "io_gb_s": 200, "datacenter": True, "vendor": "NVIDIA"}
    return _largest_free(range(100, 9000), chip, "dram_bw_gb_s", "2025-05-01")


def _by_bandwidth_per_compute() -> list[str]:
    per_compute = {
        c: chips.h100_equivalents(c, by="memory_bandwidth") / chips.h100_equivalents(c)
        for c in ("H100", "H200", "H20", "Ascend 910C")
    }
    return sorted(per_compute, key=per_compute.get, reverse=True)


def _unexplained_share_of_k3() -> float:
    gains = data.load("progress_estimates").set_index("estimate_id")["value"]
    return gains["k3-over-k2"] / float(progress.gain_bounds(gains[["kda", "attnres"]].to_numpy())["product"])


def _months_behind_at_900() -> float:
    scores = data.load("index_scores")
    leader = scores[scores["home"] == "US"]
    follower = scores.loc[scores["home"] == "CN", "released"].iloc[0]
    return float(progress.months_behind(leader["released"].to_numpy(), leader["score"].to_numpy(), follower, 900))


def _v3_hours() -> float:
    runs = data.load("training_runs")
    return 1e3 * float(runs.loc[(runs["model"] == "DeepSeek-V3") & (runs["stage"] != "speed"), "hours_k"].sum())


def _v2_utilisation() -> float:
    run = data.load("training_runs").set_index("run_id").loc["deepseek-v2-per-trillion"]
    flops = float(llm.flops_per_token("DeepSeek-V2", 4096, "training")) * float(run["tokens_t"]) * 1e12
    peak = chips.table().set_index("chip").loc[run["chip"], "fp16_bf16_tflops_dense"]
    return 100 * float(training.mfu_from_hours(flops, run["hours_k"] * 1e3, peak))


def _fewest_micro_batches() -> int:
    return next(m for m in range(1, 1000) if training.bubble_fraction("1F1B", 16, m) <= 0.1 + 1e-12)


def _by_training_hours() -> list[str]:
    useful = {c: chips.h100_equivalents(c) * 0.39 for c in ("H800", "H20")}
    useful |= {c: chips.h100_equivalents(c) * 0.25 for c in ("A100", "Ascend 910C")}
    return sorted(useful, key=useful.get, reverse=True)


def _area_910b() -> float:
    return float(data.load("smic_evidence").set_index("evidence_id").loc["die-910b", "value"])


def _sellable_910b() -> float:
    area = _area_910b()
    chances = wafers.working_cores(25, 0.6 * area / 25, 0.4 * area, float(wafers.infer_d0(area, 0.20)))
    return 100 * float(chances[22:].sum())


def _electricity_share() -> float:
    """Per cent of capital and electricity that CloudMatrix spends on electricity at the Chinese industrial price."""
    price = data.load("electricity").set_index("row_id").loc["cn-industrial-2024", "central"]
    energy = float(clusters.energy_cost_usd(559 / 300, price))
    return 100 * float(clusters.shares({"capital": 8.2e6 / 300 / 5, "energy": energy})["energy"])


def _ridge_of_910c() -> float:
    row = chips.table().set_index("chip").loc["Ascend 910C"]
    return float(serving.ridge_point(row["fp16_bf16_tflops_dense"], row["memory_bandwidth_gb_s"]))


EXERCISES: dict[str, Exercise] = {
    "00-1": Exercise(
        expected=lambda: float(clusters.chips_to_match(1000, 0.4)),
        unit="a number of chips",
        hints=(
            "Equal work per second: many slow chips against few fast ones.",
            "Chips needed = chips of the reference kind divided by the relative speed.",
            "Begin with 1000 / ...",
        ),
    ),
    "10-1": Exercise(
        expected=_h20_stopped_days,
        unit="days",
        hints=(
            "Two events bound the time: the letter that stopped the chip, and the word that it would be licensed again.",
            "Subtract the date of the letter from that of the return.",
            "Begin with (when['h20-return'] - ...) and ask for .days",
        ),
        tolerance=0.005,
        slips=DAY_SLIPS,
    ),
    "10-2": Exercise(
        expected=lambda: 100 * float(timeline.delivery_probability(6, 0.4, 0.15)),
        unit="per cent",
        hints=(
            "Both must say yes in the same month; multiply the two chances, then think of six tries.",
            "1 - (1 - p q)^months, with p and q as fractions.",
            "Begin with p_both = 0.40 * 0.15",
        ),
    ),
    "10-3": Exercise(
        expected=_turns_in_order,
        unit="four event ids, the earliest first",
        hints=(
            "Each of them ends an era: find the four in the table of eras.",
            "Or look the dates up: when['busan-truce'] and so on, or sort a list with key=when.get.",
            "sorted([...], key=when.get) puts event ids in order of their dates.",
        ),
    ),
    "12-1": Exercise(
        expected=lambda: float(chips.max_tpp([148, 296], [16, 8])),
        unit="a TPP, without unit",
        hints=(
            "One number, although the chip has two formats.",
            "Operations times bits for each format; take the larger, not the sum.",
            "Begin with max(148 * 16, ...",
        ),
        tolerance=0.001,
    ),
    "12-2": Exercise(
        expected=_best_free_tpp,
        unit="a whole number of TPP",
        hints=(
            "Two lines could stop it: one on TPP, one on density. See which comes first for so large a die.",
            "Paragraph b.1 begins at a TPP; below it only the density of b.2 matters.",
            "Try rules.classify({'tpp': 2000, 'die_area_mm2': 858, 'datacenter': True}, '2024-03-01', 'China')",
        ),
        tolerance=0.0002,
    ),
    "12-3": Exercise(
        expected=_best_free_bandwidth,
        unit="a whole number of GB/s",
        hints=(
            "The published rule has no line in memory bandwidth; the letter has one, and one on a sum.",
            "Check both: bandwidth alone, and bandwidth plus links.",
            "Try rules.classify({'tpp': 2000, 'die_area_mm2': 800, 'io_gb_s': 200, 'dram_bw_gb_s': 1000, 'datacenter': True, 'vendor': 'NVIDIA'}, '2025-05-01', 'China')",
        ),
        tolerance=0.0003,
    ),
    "14-1": Exercise(
        expected=lambda: 1000 / float(chips.h100_equivalents("Ascend 910B4")),
        unit="a number of chips",
        hints=(
            "Equal work per second: the weaker each chip, the more of them.",
            "Chips needed = chips of the reference kind divided by what one is worth.",
            "Begin with 1000 / float(chips.h100_equivalents(...",
        ),
    ),
    "14-2": Exercise(
        expected=lambda: float(
            chips.weighted_score(chips.table(), {"bf16": 2, "memory": 1, "memory_bandwidth": 3})["Ascend 910C"]
        ),
        unit="a score, with the H100 at 1",
        hints=(
            "The mean is geometric: ratios are multiplied, not added.",
            "Each ratio to the H100 is raised to its weight divided by the sum of the weights.",
            "Begin with chips.weighted_score(table, {'bf16': 2, ...})['Ascend 910C']",
        ),
        tolerance=0.005,
    ),
    "14-3": Exercise(
        expected=_by_bandwidth_per_compute,
        unit="four chips, the highest ratio first",
        hints=(
            "Divide what the chip can read by what it can compute.",
            "GB/s of memory bandwidth over TFLOPS of dense BF16; the H100-equivalents give the same order.",
            "Begin with table.set_index('chip') and its columns memory_bandwidth_gb_s and fp16_bf16_tflops_dense.",
        ),
    ),
    "20-1": Exercise(
        expected=lambda: float(wafers.infer_d0(_area_910b(), 0.30)),
        unit="defects per cm2",
        hints=(
            "A yield and an area fix a density, once the model is chosen; here it has alpha 3.",
            "Turn (1 + x / alpha) ** -alpha = share round; wafers.infer_d0 does it.",
            "Begin with wafers.infer_d0(area, ...",
        ),
    ),
    "20-2": Exercise(
        expected=lambda: float(wafers.dies_per_wafer(10)),
        unit="a number of dies",
        hints=(
            "A count has no unit; write the unit of each term beside it.",
            "The first term is an area over an area: that of the wafer is pi times the radius squared.",
            "Begin with 3.14159265 * (300 / 2) ** 2 / 10 - ...",
        ),
        tolerance=0.001,
    ),
    "20-3": Exercise(
        expected=_sellable_910b,
        unit="per cent",
        hints=(
            "First the density behind 20% flawless, then the chances of 25, 24, 23 and 22 cores.",
            "A core has 0.6 * area / 25, the shared part 0.4 * area; add the last four chances.",
            "Begin with at_20 = float(wafers.infer_d0(area, 0.20))",
        ),
    ),
    "20-4": Exercise(
        expected=lambda: 100 * float(wafers.die_yield(400, 0.5, alpha=2)),
        unit="per cent",
        hints=(
            "A square centimetre holds 100 square millimetres, and so 100 times the defects.",
            "Yield = (1 + x / 2) ** -2 with x the mean number of defects on the die.",
            "Begin with wafers.die_yield(400, 0.005 * 100, ...",
        ),
    ),
    "22-1": Exercise(
        expected=lambda: float(lithography.smallest_pitch_nm("SADP", 0.28)),
        unit="nm",
        hints=(
            "First the pitch of one exposure, then divide it.",
            "Pitch of one exposure = 2 k1 wavelength / NA; the scheme halves it.",
            "Begin with 2 * 0.28 * 193 / ...",
        ),
        tolerance=0.005,
        slips=(2, 4, 1e3),
    ),
    "22-2": Exercise(
        expected=lambda: float(lithography.scanners_needed(45_000, 14 * 4, 275)),
        unit="a number of scanners",
        hints=(
            "Count exposures a month, then what one scanner exposes in a month.",
            "Starts x passes / (720 hours x 0.85 x wafers an hour).",
            "Begin with 45_000 * 14 * 4 / (720 * ...",
        ),
    ),
    "22-3": Exercise(
        expected=lambda: float(lithography.cset_wafer_price(14_267, 1.5)),
        unit="USD a wafer",
        hints=(
            "Capital that is consumed in the year, and then the price of which it is a fixed share.",
            "Consumed = 14,267 x 0.2529 x 0.7471 ** 1.5; price = consumed / 0.2493.",
            "Begin with 14267 * 0.2529 * ...",
        ),
        tolerance=0.005,
    ),
    "22-4": Exercise(
        expected=lambda: (float(wafers.infer_d0(665.61, 0.30)) - 0.10) / 42,
        unit="killer defects per cm2 and pass",
        hints=(
            "Two defect densities: the one the yield implies, and the one before the passes were added.",
            "(D0 at a yield of 30% - 0.10) / 42 passes.",
            "Begin with (wafers.infer_d0(665.61, 0.30) - ...",
        ),
        tolerance=0.03,
    ),
    "24-1": Exercise(
        expected=lambda: 1000 * float(clusters.equal_work(989.5, 0.40, 752, 0.30)),
        unit="a number of chips",
        hints=(
            "Both the peak and the share of it that is used count, and of the weaker chip it takes more than 1,000.",
            "Chips of B for each chip of A: peak of A times use of A, over peak of B times use of B.",
            "Begin with 1000 * clusters.equal_work(989.5, 0.40, ...",
        ),
    ),
    "24-2": Exercise(
        expected=lambda: 100 * float(clusters.tie_price(0.066, 145 / 180, 559 / 300)),
        unit="US cents per kWh",
        hints=(
            "Who uses more electricity for the same work must pay less for each kWh, by the same factor.",
            "Price of A over the ratio of energies, where each energy is kW for each petaFLOP.",
            "Begin with 6.6 / ((559 / 300) / (145 / ...",
        ),
    ),
    "24-3": Exercise(
        expected=lambda: float(clusters.supply(10_000, 78, 0.40, 2, 6e6, 8, 1.5e6, 0.9).chips),
        unit="chips a year",
        hints=(
            "Count chips by each input alone; the smallest decides; then not all packages come out good.",
            "Dies: wafers x 12 x dies x yield / 2. Memory: stacks / 8. Packaging: packages. All times 0.9.",
            "Begin with clusters.supply(10_000, 78, 0.40, 2, 6e6, 8, ...).chips",
        ),
    ),
    "24-4": Exercise(
        expected=_electricity_share,
        unit="per cent",
        hints=(
            "A share needs both parts in the same unit: USD for one petaFLOP and one year.",
            "Electricity: 559 / 300 kW x 8,760 h x price. Capital: 8.2 million / 300 / 5.",
            "Begin with energy = 559 / 300 * 8760 * 0.088",
        ),
    ),
    "30-1": Exercise(
        expected=lambda: llm.kv_bytes_per_token("DeepSeek-V3"),
        unit="bytes for each token",
        hints=(
            "Each layer files one latent for a token, key and value in one, and one position part, and nothing else.",
            "Bytes = layers x (latent + position part) x bytes for each number.",
            "v3.n_layers * (v3.kv_lora_rank + v3.qk_rope_head_dim) * ...",
        ),
        slips=(8, 1000, 1024),
    ),
    "30-2": Exercise(
        expected=lambda: 100 * (1 - llm.kv_bytes_per_token("DeepSeek-V2") / llm.kv_bytes_per_token("DeepSeek-LLM-67B")),
        unit="per cent",
        hints=(
            "At equal bits, the ratio of bytes is the ratio of numbers.",
            "Saved = 1 - new / old, in per cent.",
            '100 * (1 - llm.kv_bytes_per_token("DeepSeek-V2") / ...)',
        ),
    ),
    "30-3": Exercise(
        expected=lambda: float(
            (96e9 - llm.weight_bytes("Moonlight-16B-A3B", 16)) // llm.kv_bytes("Moonlight-16B-A3B", 131072)
        ),
        unit="whole conversations",
        hints=(
            "First the weights, then as many whole caches as fit into what is left.",
            "(memory - weights) / cache of one conversation, rounded down.",
            '(96e9 - llm.weight_bytes("Moonlight-16B-A3B", 16)) // ...',
        ),
    ),
    "30-4": Exercise(
        expected=lambda: (lambda m: m.head_dim * m.n_heads / m.hidden_size)(llm.model("Qwen3-32B")),
        unit="a factor above 1",
        hints=(
            "The cache is proportional to the size of a head, and the calculator takes one that is too small.",
            "True size of a head over the size the calculator takes.",
            'qwen.head_dim / (...), with qwen = llm.model("Qwen3-32B")',
        ),
    ),
    "32-1": Exercise(
        expected=lambda: 10e6 / _v3_hours(),
        unit="USD an hour",
        hints=(
            "Cost is hours times rent; here the cost is given and the rent is asked.",
            "Add the hours of the three stages, in thousands, and divide 10 million USD by them.",
            "Begin with 10e6 / (stages['hours_k'].sum() * ...",
        ),
    ),
    "32-2": Exercise(
        expected=_v2_utilisation,
        unit="per cent",
        hints=(
            "Operations needed, over operations the chips could have done in those hours.",
            "A trillion tokens times the operations of one; 172.8 thousand hours; the BF16 peak of the H800.",
            "Begin with 100 * training.mfu_from_hours(llm.flops_per_token('DeepSeek-V2', 4096, 'training') * 1e12, ...",
        ),
        slips=(100, 1000, 2),
    ),
    "32-3": Exercise(
        expected=_fewest_micro_batches,
        unit="a whole number of micro-batches",
        hints=(
            "The more pieces the batch is cut into, the smaller the share of waiting.",
            "Under 1F1B the share is (stages - 1) / (m + stages - 1).",
            "Solve 15 / (m + 15) = 0.1, or try training.bubble_fraction('1F1B', 16, 100).",
        ),
        tolerance=0.002,
    ),
    "32-4": Exercise(
        expected=_by_training_hours,
        unit="four chips, the fewest hours first",
        hints=(
            "Equal work: the faster the useful speed, the fewer the hours. Write the four names as the question does.",
            "Useful speed is peak times utilisation; two of the four have FP8.",
            "Begin with peak['H800 SXM5 80GB'] * 0.39 and the same for the others.",
        ),
    ),
    "34-1": Exercise(
        expected=_ridge_of_910c,
        unit="operations a byte",
        hints=(
            "At the ridge, computing and reading take equally long.",
            "Compute over memory bandwidth, in operations and bytes a second.",
            "Begin with serving.ridge_point(752, ...",
        ),
        tolerance=0.01,
        slips=(1e3, 1e6, 2),
    ),
    "34-2": Exercise(
        expected=lambda: serving.crossover_batch("DeepSeek-V3", "H20", 4096, 64) - 1,
        unit="answers on each chip, a whole number",
        hints=(
            "The function gives the first batch on the other side.",
            "One less than the smallest batch at which compute binds.",
            "Begin with serving.crossover_batch('DeepSeek-V3', 'H20', 4096, 64)",
        ),
        tolerance=0.001,
        slips=(64,),
    ),
    "34-3": Exercise(
        expected=lambda: 100 * float(serving.day(**{**serving.disclosed_day(), "usd_per_gpu_hour": 3}).of_revenue),
        unit="per cent",
        hints=(
            "The question asks for a share of revenue, not of cost. Rent enters the cost only; revenue stays as it is.",
            "100 x (revenue - cost) / revenue, with the cost half as high again.",
            "Begin with serving.day(**{**serving.disclosed_day(), 'usd_per_gpu_hour': 3})",
        ),
        tolerance=0.005,
    ),
    "34-4": Exercise(
        expected=lambda: float(serving.exchange_bound(serving.all_to_all_seconds(32, 9, 7000, 160), 61)),
        unit="tokens a second",
        hints=(
            "Faster links shorten the exchange in proportion.",
            "1 / (2 x 61 x time of one exchange).",
            "Begin with serving.all_to_all_seconds(32, 9, 7000, 160)",
        ),
        tolerance=0.01,
        slips=(1e3, 1e6, 2),
    ),
    "36-1": Exercise(
        expected=lambda: float(
            progress.factor_per_year(
                data.load("progress_estimates").set_index("estimate_id").loc["ho-2024-conference", "high"]
            )
        ),
        unit="times a year",
        hints=(
            "Halving in 12 months would be a factor of 2 a year; a longer time is a smaller factor.",
            "Factor a year = 2 to the power of 12 over the months.",
            "Begin with 2 ** (12 / ...",
        ),
        slips=(12, 2),
    ),
    "36-2": Exercise(
        expected=lambda: progress.crossing(
            progress.power_law("kimi-linear-mla"),
            progress.PowerLaw(progress.power_law("kimi-linear-kda").a, 0.0530),
        ),
        unit="PFLOP/s-days",
        hints=(
            "At the crossing both curves give the same loss.",
            "C = (a_old / a_new) to the power 1 / (b_old - b_new).",
            "Begin with (2.3092 / 2.2879) ** (1 / ...",
        ),
        tolerance=0.03,
    ),
    "36-3": Exercise(
        expected=_unexplained_share_of_k3,
        unit="times",
        hints=(
            "Gains that do not overlap multiply; so what is left over is a quotient, not a difference.",
            "The whole divided by the product of the two parts.",
            "Begin with 2.5 / (1.16 * ...",
        ),
        slips=(100,),
    ),
    "36-4": Exercise(
        expected=_months_behind_at_900,
        unit="months",
        hints=(
            "Find the two releases of the leader between whose scores 900 lies, then the day on the straight line between them.",
            "Share of the way = (900 - 800) / (999 - 800), of the days from August 2025 to February 2026.",
            "Begin with progress.months_behind(leader['released'], leader['score'], '2026-04-24', ...",
        ),
        slips=DAY_SLIPS,
    ),
}
