"""The course's panels and static charts, listed once for every test and benchmark."""

from __future__ import annotations

from importlib import import_module

from helpers.chips import figures as chips_figures
from helpers.chips import model as chips
from helpers.chips import panels as chips_panels
from helpers.claims import figures as claims_figures
from helpers.claims import panels as claims_panels
from helpers.clusters import figures as clusters_figures
from helpers.clusters import panels as clusters_panels
from helpers.core import data
from helpers.law import figures as law_figures
from helpers.law import panels as law_panels
from helpers.lithography import figures as lithography_figures
from helpers.lithography import panels as lithography_panels
from helpers.llm import figures as llm_figures
from helpers.llm import panels as llm_panels
from helpers.markets import figures as markets_figures
from helpers.markets import panels as markets_panels
from helpers.memory import figures as memory_figures
from helpers.memory import panels as memory_panels
from helpers.progress import figures as progress_figures
from helpers.progress import panels as progress_panels
from helpers.rules import figures as rules_figures
from helpers.rules import panels as rules_panels
from helpers.scenario import figures as scenario_figures
from helpers.scenario import panels as scenario_panels
from helpers.serving import figures as serving_figures
from helpers.serving import panels as serving_panels
from helpers.timeline import figures as timeline_figures
from helpers.timeline import panels as timeline_panels
from helpers.timing import figures as timing_figures
from helpers.timing import panels as timing_panels
from helpers.trade import figures as trade_figures
from helpers.trade import panels as trade_panels
from helpers.training import figures as training_figures
from helpers.training import panels as training_panels
from helpers.wafers import figures as wafers_figures
from helpers.wafers import panels as wafers_panels

PANELS = {
    "From sand to answer": claims_panels.chain_panel,
    "What the thread claims": lambda: claims_panels.claims_panel(data.load("claims")),
    "More chips, more electricity": claims_panels.more_chips_panel,
    "Gates on the road": timeline_panels.road_panel,
    "Who restricted what, when": lambda: timeline_panels.timeline_panel(data.load("events"), data.load("eras")),
    "What came back, and how fast": lambda: timeline_panels.lag_panel(data.load("events")),
    "A wall that moves": rules_panels.wall_panel,
    "The rules as regions": rules_panels.regions_panel,
    "Design a chip": rules_panels.designer_panel,
    "Two keys": lambda: timeline_panels.two_keys_panel(data.load("h200_record")),
    "Block, tank and two pipes": lambda: chips_panels.picture_panel(chips.table()),
    "What it has, against another chip": lambda: chips_panels.ratio_panel(chips.table()),
    "Chips by two measures": lambda: chips_panels.map_panel(chips.table()),
    "What “more powerful” weighs": lambda: chips_panels.weighting_panel(chips.table()),
    "The chain of boxes": training_panels.picture_panel,
    "From configuration to dollars": training_panels.chain_panel,
    "Who waits in a pipeline?": training_panels.bubbles_panel,
    "What the headline leaves out": training_panels.left_out_panel,
    "The same run on other chips": training_panels.other_chips_panel,
    "The scales": lambda: progress_panels.scales_panel(data.load("causes")),
    "Who published what, when, on which chips": lambda: progress_panels.papers_panel(
        data.load("papers"), data.load("events")
    ),
    "Can gains be multiplied?": lambda: progress_panels.multiply_panel(data.load("progress_estimates")),
    "Does the gain survive at scale?": progress_panels.crossing_panel,
    "Who keeps the gain?": progress_panels.labs_panel,
    "Print, coat, remove, cut": lithography_panels.picture_panel,
    "What 193 nm light can print": lithography_panels.pitch_panel,
    "Where the penalty comes from": lithography_panels.penalty_panel,
    "A wafer without EUV": lithography_panels.wafer_panel,
    "Premium and yield": lithography_panels.premium_panel,
    "The shelf of keys": llm_panels.shelf_panel,
    "Any two models": llm_panels.compare_panel,
    "What fits beside the weights": lambda: llm_panels.fits_panel(chips.table()),
    "From peak to bill": clusters_panels.picture_panel,
    "Equal work with other chips": clusters_panels.equal_work_panel,
    "What a delivered petaFLOP-hour costs": clusters_panels.cost_panel,
    "At what price does it tie": clusters_panels.tie_panel,
    "What can be made": clusters_panels.supply_panel,
    "Two ceilings": clusters_panels.nation_panel,
    "Fetch once, use many times": serving_panels.picture_panel,
    "Under the roof": serving_panels.roofline_panel,
    "The exchange between experts": serving_panels.links_panel,
    "Price of a million tokens": serving_panels.price_panel,
    "The 545% day": serving_panels.margin_panel,
    "The wafer": wafers_panels.picture_panel,
    "A wafer you can see": wafers_panels.wafer_panel,
    "What a reported yield implies": wafers_panels.implied_panel,
    "From flawless to sellable": wafers_panels.salvage_panel,
    "One big die or several small": wafers_panels.split_panel,
    "A package with everything uncertain": wafers_panels.package_panel,
    "The price ladder": markets_panels.ladder_panel,
    "The jar of services": markets_panels.jar_panel,
    "What a mixed token costs": markets_panels.tokens_panel,
    "Dear hardware, common hire price": markets_panels.rent_panel,
    "Two taps, one bucket": memory_panels.picture_panel,
    "From wafers to gigabytes": memory_panels.wafers_panel,
    "DRAM or HBM": memory_panels.earns_panel,
    "With the border": trade_panels.border_panel,
    "When protection turns negative": trade_panels.protection_panel,
    "Years to parity": trade_panels.parity_panel,
    "Who keeps the wedge": trade_panels.split_panel,
    "The reservoir": timing_panels.reservoir_panel,
    "Deny or sell": timing_panels.choice_panel,
    "Which plan wins where": timing_panels.map_panel,
    "Both sides": timing_panels.sides_panel,
    "The way through court": law_panels.court_panel,
    "Who could bind whom": law_panels.binds_panel,
    "The board": claims_panels.board_panel,
    "Two reservoirs, four inflows": scenario_panels.picture_panel,
    "Which gap?": scenario_panels.which_panel,
    "The fan": scenario_panels.fan_panel,
    "Which dial matters?": scenario_panels.dials_panel,
}

STATIC_CHARTS = {
    "share of the roofline": serving_figures.measured_chart,
    "which chip for which work": serving_figures.work_chart,
    "list prices": serving_figures.prices_chart,
    "status map": rules_figures.status_map,
    "margins": rules_figures.margins_chart,
    "quarters": lambda: timeline_figures.quarters_chart(data.load("events")),
    "gates": lambda: timeline_figures.gates_chart(
        data.load("gates"), data.load("events"), data.record_ends()["newest_event"]
    ),
    "systems": lambda: chips_figures.systems_chart(data.load("systems")),
    "revenue": lambda: chips_figures.revenue_chart(data.load("volumes")),
    "units": lambda: chips_figures.units_chart(data.load("volumes")),
    "fewer hours": training_figures.how_chart,
    "utilisation of runs": training_figures.busy_chart,
    "growth of training": training_figures.growth_chart,
    "rates": lambda: progress_figures.rates_chart(data.load("progress_estimates")),
    "evidence by date": lambda: progress_figures.causes_chart(data.load("causes"), data.load("events")),
    "gaps": lambda: progress_figures.gaps_chart(data.load("capability_gaps")),
    "adoptions": lambda: progress_figures.adoptions_chart(data.load("adoptions")),
    "density by year": lithography_figures.density_chart,
    "wafer prices": lithography_figures.prices_chart,
    "advanced capacity": lithography_figures.capacity_chart,
    "cache by release": lambda: llm_figures.release_chart(data.load("models")),
    "printed and counted": llm_figures.recounted_chart,
    "operations a byte": lambda: llm_figures.intensity_chart(chips.table()),
    "electricity prices": clusters_figures.prices_chart,
    "what moves the cost ratio": clusters_figures.tornado_chart,
    "bills": wafers_figures.bills_chart,
    "yields by area": wafers_figures.yields_chart,
    "chips smuggled": markets_figures.smuggled_chart,
    "B300 in China": markets_figures.street_chart,
    "hire prices of an H100": markets_figures.rents_chart,
    "gigabytes for equal computing": memory_figures.products_chart,
    "contract price": memory_figures.path_chart,
    "shares of CXMT": memory_figures.shares_chart,
    "half-years of CXMT": memory_figures.accounts_chart,
    "studies that disagree": trade_figures.disagree_chart,
    "share of home makers": trade_figures.shares_chart,
    "earlier cases": trade_figures.cases_chart,
    "steps and controls": trade_figures.steps_chart,
    "what is left of a stock": timing_figures.left_chart,
    "a U-turn then and now": timing_figures.turns_chart,
    "home share without fear": timing_figures.paths_chart,
    "arguments in the model": timing_figures.arguments_chart,
    "cases by days": lambda: law_figures.cases_chart(data.load("wto_cases")),
    "targets and outcomes": law_figures.targets_chart,
    "chip funds": law_figures.funds_chart,
    "what survived": claims_figures.survived_chart,
    "forecasts scored": scenario_figures.scores_chart,
    "units and policies": scenario_figures.units_chart,
}

_HERE = data.load("course_map").query("edition == 'here'")
# Every exercise of every notebook that is here, by id.
EXERCISES = {
    key: exercise
    for subject in _HERE["subject"]
    for key, exercise in import_module(f"helpers.{subject}.exercises").EXERCISES.items()
}
