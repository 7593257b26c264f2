"""The eight rules and the score in OpenFisca-core, run by its own interpreter: `openfisca_side.py DATA.npz`.

Knows nothing of this project. For every line that it is sent it runs once and answers with one JSON line: seconds
(of the whole, and of its calculation alone), and how many met each rule.
"""

import json
import sys
import time

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

YEAR = DateUnit.YEAR
PERIOD = "2026"
Person = build_entity(key="person", plural="persons", label="Person", is_person=True)
INPUTS = {
    "years_trade": float,
    "years_city": float,
    "age": int,
    "honours": int,
    "level": int,
    "member": bool,
    "frontline": bool,
}
RULES = {
    "r0": lambda person, period: person("years_trade", period) >= 10,
    "r1": lambda person, period: person("years_city", period) >= 5,
    "r2": lambda person, period: person("age", period) >= 18,
    "r3": lambda person, period: person("age", period) <= 60,
    "r4": lambda person, period: person("honours", period) >= 1,
    "r5": lambda person, period: person("level", period) >= 3,
    "r6": lambda person, period: person("member", period),
    "r7": lambda person, period: person("frontline", period),
}


def points(person, period):
    """The score."""
    years = np.minimum(np.maximum(np.floor(person("years_trade", period) - 10), 0) * 2, 20)
    honours = np.minimum(person("honours", period) * 5, 30)
    return years + honours + np.where(person("level", period) >= 4, 10, 0)


def variable(name, kind, formula=None):
    """A yearly variable of a person."""
    members = {"value_type": kind, "entity": Person, "definition_period": YEAR, "label": name}
    if formula is not None:
        members["formula"] = formula
    return type(name, (Variable,), members)


def system():
    """All variables."""
    made = TaxBenefitSystem([Person])
    for name, kind in INPUTS.items():
        made.add_variable(variable(name, kind))
    for name, formula in RULES.items():
        made.add_variable(variable(name, bool, formula))
    made.add_variable(variable("score", float, points))
    return made


def run(made, data):
    """One run: seconds of the whole of it, seconds of the calculation alone, results.

    A simulation remembers what it has calculated, so each run is given its inputs anew.
    """
    start = time.perf_counter()
    simulation = SimulationBuilder().build_default_simulation(made, count=len(data["age"]))
    for name in INPUTS:
        simulation.set_input(name, PERIOD, data[name])
    ready = time.perf_counter()
    found = {name: simulation.calculate(name, PERIOD) for name in (*RULES, "score")}
    end = time.perf_counter()
    return end - start, end - ready, found


def main():
    """Run as often as asked."""
    data = dict(np.load(sys.argv[1]))
    made = system()
    for _ in sys.stdin:
        whole, alone, found = run(made, data)
        counts = {name: float(np.asarray(values, dtype=float).sum()) for name, values in found.items()}
        print(json.dumps({"seconds": whole, "calculation": alone, "counts": counts}), flush=True)


main()
