"""Lists of words that several columns share, each in the order in which a page shows them."""

from __future__ import annotations

SIDES = ("US", "ally", "CN", "joint", "company", "research")
CAMPS = ("US and partners", "China", "both")
EFFECTS = ("tightens", "eases", "neither")
TRACKS = (
    "controls",
    "equipment",
    "chips",
    "memory",
    "models",
    "grey-market",
    "enforcement",
    "market",
    "rare-earths",
    "trade-law",
    "industrial-policy",
)
CONFIDENCES = ("primary", "reported", "estimate", "contested")
LINKS = ("firm", "reported", "disputed", "none found")
VERDICTS = ("supported", "mostly supported", "mixed", "unsupported", "not checkable", "opinion")
RULE_STATUSES = (
    "in_force",
    "superseded",
    "letter",
    "in_cfr_not_enforced",
    "suspended",
    "guidance",
    "tariff",
    "uncertain",
)
CHECKABLE_BY = ("anyone", "data", "insider", "nobody")
CLAIM_KINDS = ("fact", "mechanism", "counterfactual", "judgement")
CHOICES = ("a", "b", "c", "d")
GATE_STATES = ("open", "open by report", "by licence", "case by case", "discouraged", "shut")
HOMES = ("CN", "US", "FR", "SG")
FAMILIES = (
    "attention and cache",
    "sparse experts",
    "serving",
    "links and schedules",
    "memory and residuals",
    "number formats",
    "optimiser",
    "training objective",
    "kernels",
)
# The last two: the text was read for it and names none; nobody here read the text for it.
HARDWARE_KINDS = (
    "TPU",
    "other NVIDIA part",
    "NVIDIA part for China",
    "Ascend or mixed domestic",
    "not stated",
    "not read",
)
# How a gap between models was found: four that give months, and people's preferences, which give points.
GAP_KINDS = ("index", "government tests", "maker's tests", "judgement", "preferences")
ADOPTION_KINDS = ("paper", "company statement", "config", "library code", "none found")
# What of a study we read; and in which direction it found innovation, or a seller's fortune, to move.
READ = ("text", "abstract", "summary")
STUDY_FINDINGS = ("up", "down", "none")
# What the words quoted of an argument do: recommend a policy, state an aim, or describe what is; and what they recommend.
TIMING_STANCES = ("advocates", "aims", "describes")
TIMING_SIDES = ("sell", "deny", "threaten", "none")
OFFER_STEPS = ("offer", "no offer", "term", "doubt", "answer", "consent", "delivery")
# Cases at the WTO, each list in the order in which the way through court shows it. Of COURTS the last has no judges: an
# appeal there keeps a report from being adopted. ANSWERS: to another member's breach.
MEASURE_KINDS = ("border limit", "duty", "home goods", "subsidy", "patents", "other")
PLEAS = ("none", "general", "security", "other")
PLEA_RESULTS = ("not raised", "accepted", "accepted in part", "refused", "not ruled on")
COURTS = ("talks", "panel", "Appellate Body", "MPIA", "void")
CASE_ENDS = ("adopted", "award", "settled", "pending", "void", "talks only", "ended without ruling")
CASE_DATES = ("requested", "panel_set_up", "report", "ended")
SUPPORT_BASES = (
    "in law",
    "budgeted",
    "announced",
    "to be mobilised",
    "registered",
    "registered; raised",
    "paid or due",
)
READ_AS = ("findings", "summary", "request", "opening pages", "news or note")
ANSWERS = ("always", "if justified", "with leave", "no")
OUTCOME_KINDS = ("measured", "estimated", "claimed", "forecast", "open")
