"""How the tests of the classifier put their questions.

Numbers in these tests are the official ones, written out again on purpose: 87 FR 62186 (600 GB/s and
4,800), 88 FR 73458 (a.1, a.2, b.1, b.2), 89 FR 96790 (2 and 3.3 GB/s per mm2), 91 FR 1684 (21,000
and 6,500), CBP CSMS 67400472 (tariff windows), FT on Intel's e-mail of April 2025 (1,400, 1,100, 1,700).
"""

from __future__ import annotations

from helpers.rules import model as rules

NEITHER = "Nobody Ltd"  # an exporter to whom no letter was sent
BASE = {"die_area_mm2": 800.0, "io_gb_s": 500.0, "dram_bw_gb_s": 1000.0, "datacenter": True}


def ask(spec, on, to="China", **more):
    return rules.classify(spec, on, to, **more)


def chip(tpp, density=None, **more):
    """A made-up data-centre part; `density` sets the die area."""
    made = {**BASE, "tpp": tpp, **more}
    if density is not None:
        made["die_area_mm2"] = tpp / density
    return made


def words(answer):
    return answer.paragraph, answer.review_policy


FREE = ("none", "no_license_required")
