"""Answers the questions of `oracle` with pm4py. Run as a script by an interpreter that has it; imported by nothing."""

from __future__ import annotations

import json
import sys
from typing import Any

from pm4py.algo.analysis.woflan import algorithm as woflan  # type: ignore[import-not-found]
from pm4py.objects.petri_net.obj import Marking, PetriNet  # type: ignore[import-not-found]
from pm4py.objects.petri_net.utils import petri_utils, reachability_graph  # type: ignore[import-not-found]

QUIET = {"print_diagnostics": False, "return_asap_when_not_sound": True}


def judged(told: dict[str, Any]) -> dict[str, Any]:
    """Whether a net is sound, and how many markings can be reached."""
    net = PetriNet("route")
    nodes: dict[str, Any] = {p: PetriNet.Place(p) for p in told["places"]}
    nodes |= {t: PetriNet.Transition(t, t) for t in told["transitions"]}
    net.places.update(nodes[p] for p in told["places"])
    net.transitions.update(nodes[t] for t in told["transitions"])
    for one, two in told["arcs"]:
        petri_utils.add_arc_from_to(nodes[one], nodes[two], net)
    start, end = Marking({nodes["source"]: 1}), Marking({nodes["sink"]: 1})
    markings = reachability_graph.construct_reachability_graph(net, start).states
    return {"sound": bool(woflan.apply(net, start, end, parameters=QUIET)), "markings": len(markings)}


if __name__ == "__main__":
    answers, sys.stdout = sys.stdout, sys.stderr  # what the library prints is no answer
    for line in sys.stdin:
        print(json.dumps(judged(json.loads(line))), file=answers, flush=True)
