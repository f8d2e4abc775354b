"""Ten thousand settings of every function of many parts, each as counted by hand."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from helpers.llm import model as llm
from helpers.serving import model as serving
from helpers.serving import studies
from tests.serving.draws import BAD, RNG, N, draw, kept

V3 = "DeepSeek-V3"


@np.vectorize
def copies(experts, top_k, group):
    """Chips beside its own that a token reaches: with C ways to choose all k of its experts on the other chips."""
    held = int(experts // group)
    with_more = experts - group * held
    reached = [1 - math.comb(experts - n, top_k) / math.comb(experts, top_k) for n in (held, held + 1)]
    return ((group - with_more) * reached[0] + with_more * reached[1]) * (1 - 1 / group)


def step_by_hand(m, r, tokens, look_back, cache_bytes, group, bits, network):
    """Seconds of computing, reading and sending for one chip of a group, from the model's shape and the chip's peaks."""
    p = llm.parameters(m)
    multiplied = p.active - p.embedding_input
    compute = tokens * (2 * multiplied / (r.tflops * 1e12) + look_back / (r.attention_tflops * 1e12))
    if m.moe_layers:
        unused = (1 - m.top_k / m.n_experts) ** (tokens * group)
        weights = p.total - p.routed_experts - p.embedding_input + p.routed_experts / group * (1 - unused)
        sent = m.moe_layers * copies(m.n_experts, m.top_k, group) * tokens * (m.moe_latent_dim or m.hidden_size) * 3
    else:
        weights = (p.total - p.embedding_input) / group
        # A ring sum sends each number twice but for a part of 1/G; two sums a layer; 2 bytes a number.
        sent = 2 * m.n_layers * 2 * (group - 1) / group * tokens * group * m.hidden_size * 2
    memory = (weights * bits / 8 + cache_bytes) / (r.bandwidth_gb_s * 1e9)
    return compute, memory, math.nan if network is None else sent / (network * 1e9)


SHAPES = [llm.model(n) for n in llm.models() if llm.model(n).attention]
DRAWABLE = [chip for _, chip in studies.drawable_chips()]


def settings():
    """Every model with a shape on six chips, in random formats: 240 settings each, 10,000 in all."""
    for m in SHAPES:
        for chip in RNG.choice(DRAWABLE, 6, replace=False):
            formats = {"bits": int(RNG.choice([4, 8, 16])), "attention_bits": int(RNG.choice([4, 8, 16]))}
            formats["kv_bits"] = float(RNG.uniform(1, 32))
            yield m, str(chip), formats, *(10 ** RNG.uniform(*ends, 40) for ends in ((-3, 5), (0, 7), (0, 4)))


def same_step(step, times, group, room):
    found = [step.compute_s, step.memory_s, step.network_s]
    np.testing.assert_allclose(found, np.broadcast_arrays(*times), rtol=1e-9)
    np.testing.assert_allclose(step.seconds, np.nanmax(np.broadcast_arrays(*times), axis=0), rtol=1e-9)
    at = [serving.LIMITS.index(word) for word in step.binds]
    assert (np.choose(at, found) == step.seconds).all()
    np.testing.assert_allclose(step.memory_gb, room, rtol=1e-9)
    assert (step.fits == (step.memory_gb <= step.rates.memory_gb)).all()


def test_ten_thousand_steps_of_any_model_on_any_chip_are_as_counted_by_hand():
    bound = set()
    for m, chip, formats, batch, context, group in settings():
        bits, kv_bits, r = (
            formats["bits"],
            formats["kv_bits"],
            serving.rates(chip, formats["bits"], formats["attention_bits"]),
        )
        network = [None, 10 ** RNG.uniform(-2, 4, 40)][RNG.integers(2)]
        drafts, acceptance = RNG.integers(0, 6, 40), RNG.uniform(0, 0.99, 40)
        weights = llm.parameters(m).total * bits / 8 / group
        kept_bytes = llm.kv_bytes(m, context, kv_bits)

        step = serving.decode(
            m, chip, batch, context, group, **formats, drafts=drafts, acceptance=acceptance, network_gb_s=network
        )
        cache = batch * llm.kv_read_bytes(m, context, kv_bits)
        back = llm.attention_flops_per_token(m, context, "decode")
        times = step_by_hand(m, r, batch * (1 + drafts), back, cache, group, bits, network)
        same_step(step, times, group, (weights + batch * kept_bytes) / 1e9)
        np.testing.assert_allclose(step.tokens, batch * kept(drafts, acceptance))
        bound |= set(step.binds)

        tokens = 1000 * batch
        cache = tokens / context * kept_bytes
        back = llm.attention_flops_per_token(m, context, "prefill")
        step = serving.prefill(m, chip, tokens, context, group, **formats, network_gb_s=network)
        same_step(step, step_by_hand(m, r, tokens, back, cache, group, bits, network), group, (weights + cache) / 1e9)
        np.testing.assert_array_equal(step.tokens, tokens)
    assert bound == set(serving.LIMITS)


def test_ten_thousand_crossovers_lie_where_computing_first_takes_longer():
    kinds = set()
    for m, chip, formats, _, context, group in settings():
        found = np.array([serving.crossover_batch(m, chip, c, g, **formats) for c, g in zip(context, group)])
        at = np.minimum(found, 65_536)
        over, before = (
            step.compute_s >= step.memory_s
            for step in (serving.decode(m, chip, b, context, group, **formats) for b in (at, np.maximum(at - 1, 1e-4)))
        )
        assert (over == np.isfinite(found)).all() and not before.any()
        kinds |= {"none" if f == math.inf else "one" if f == 1 else "more" for f in found}
    assert kinds == {"none", "one", "more"}


def test_ten_thousand_settings_fit_on_as_many_chips_as_needed_and_on_no_fewer():
    batch, context = draw(1e-3, 10, log=True), draw(1, 1e5, log=True)
    for model, chip in ((V3, "H200"), ("Llama-3.1-405B", "H20"), ("Kimi-K3", "B300")):
        asked = np.minimum(batch, 1) if model == "Llama-3.1-405B" else batch  # its cache is large
        needed = serving.chips_needed(model, chip, asked, context)
        assert (needed == np.round(needed)).all() and needed.min() >= 1
        assert serving.decode(model, chip, asked, context, needed).fits.all()
        more = needed > 1
        fewer = serving.decode(model, chip, asked[more], context[more], needed[more] - 1)
        assert not fewer.fits.any() and more.any()


def test_ten_thousand_answers_and_bands():
    n_in, n_out, batch = draw(1, 1e6, log=True), draw(1, 1e6, log=True), draw(0.01, 100, log=True)
    read, write = serving.answer("Qwen3-32B", "H20", batch, n_in, n_out, 4, bits=16, kv_bits=8, network_gb_s=50)
    formats = {"bits": 16, "kv_bits": 8, "network_gb_s": 50}
    np.testing.assert_array_equal(read, serving.prefill("Qwen3-32B", "H20", batch * n_in, n_in, 4, **formats).seconds)
    step = serving.decode("Qwen3-32B", "H20", batch, n_in + n_out / 2, 4, **formats)
    np.testing.assert_array_equal(write, n_out * step.seconds)
    for parameter in ("batch", "input_tokens", "output_tokens", "group"):
        good = {"batch": 1, "input_tokens": 10, "output_tokens": 10, "group": 8}
        for value in [*BAD, "x", None]:
            with pytest.raises(ValueError, match=f"^{parameter} = "):
                serving.answer(V3, "H20", **{**good, parameter: value})
    ends = np.sort([draw(0.01, 1), draw(0.01, 1)], axis=0)
    rent, used = draw(0, 100), draw(0.01, 1)
    found = serving.band(step, ends, rent, used)
    rate = batch / step.seconds
    np.testing.assert_allclose(found["tokens_per_s"], ends * rate)
    np.testing.assert_allclose(found["step_s"], step.seconds / ends[::-1])
    np.testing.assert_allclose(found["usd_per_million"], rent * 1e6 / 3600 / (ends[::-1] * rate * used))
    groups = draw(1, 1e5, log=True)
    assert [serving.usual_share(g) == serving.ONE_MACHINE for g in groups] == (groups <= 8).tolist()
    assert {serving.usual_share(g) for g in groups} == {serving.ONE_MACHINE, serving.MANY_CHIPS}


def test_ten_thousand_cases_get_the_bound_of_their_own_step():
    """`measured`: rows made up of two models, two chips and the three phases."""
    phases = RNG.choice(["decode", "prefill", "both"], N)
    cases = pd.DataFrame(
        {
            "model": RNG.choice([V3, "Llama-2-7B"], N), "chip": RNG.choice(["H20", "H800"], N), "phase": phases,
            "group": RNG.choice([1, 8, 64], N), "batch": draw(0.1, 1e3, log=True), "context_tokens": draw(1, 1e5, log=True),
            "output_tokens": draw(1, 1e5, log=True), "bits": 8, "attention_bits": 16, "kv_bits": 16,
            "drafts": np.where(phases == "decode", RNG.integers(0, 4, N), 0), "tokens_per_s": draw(1, 1e4, log=True),
        }
    )  # fmt: skip
    cases["tokens_per_step"] = 1 + cases["drafts"] * RNG.uniform(0, 1, N)
    found = serving.measured(cases)
    for (model, chip, phase), rows in found.groupby(["model", "chip", "phase"]):
        given = [rows[c].to_numpy() for c in ("batch", "context_tokens", "group")]
        if phase == "prefill":
            step = serving.prefill(model, chip, *given)
            expected, binds = rows["batch"] / step.seconds, step.binds
        elif phase == "decode":
            step = serving.decode(model, chip, *given, drafts=rows["drafts"])
            expected, binds = rows["batch"] * rows["tokens_per_step"] / step.seconds, step.binds
        else:
            batch, n_in, group = given
            n_out = rows["output_tokens"].to_numpy()
            read, write = serving.answer(model, chip, batch, n_in, n_out, group)
            reads = serving.prefill(model, chip, batch * n_in, n_in, group).binds
            writes = serving.decode(model, chip, batch, n_in + n_out / 2, group).binds
            expected, binds = batch * n_out / (read + write), np.where(write > read, writes, reads)
        np.testing.assert_allclose(rows["bound"], expected)
        assert (rows["binds"] == binds).all()
    np.testing.assert_allclose(found["share"] * found["bound"], cases["tokens_per_s"])
