"""Exchange formats are read back by independent libraries, with the same steps, flows and rules."""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings

import guize
import specs
from guize.drawing import bpmn, dmn, textual
from guize.drawing.plan import FLOW, RETURN, Edge, RoutePlan, route_plan
from guize.drawing.process import net, optional
from guize.drawing.tables import DELEGATED, PRINCIPAL, STATE, Tables, decisive_acts
from guize.wording import Wording
from model.competence import Competence
from model.enumeration import situations
from model.evaluation import Context
from model.graphs.standins import stand_in_graph
from model.parsing import parse_condition
from model.ruleset import RuleSet
from model.situation import Situation, make_cast
from tests.model import generated_routes as g

QUIET = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
SPEC = "luoyang"
assert SPEC in specs.bundled()


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return guize.load(SPEC)


def plans(rules: RuleSet) -> list[RoutePlan]:
    return [route_plan(Wording(rules, "zh"), r) for r in rules.routes.values()]


def following(plan: RoutePlan) -> dict[str, set[str]]:
    """By step, the steps (and the end) that can come next when steps are passed by or return the paper."""
    optionals = {n.id for n in plan.nodes if optional(n)}
    flows: dict[str, list[str]] = {}
    for edge in plan.edges:
        if edge.kind == FLOW:
            flows.setdefault(edge.source, []).append(edge.target)

    def onward(targets: list[str]) -> set[str]:
        found = set(targets)
        for target in targets:
            if target in optionals:
                found |= onward(flows.get(target, []))
        return found

    after = {n.id: onward(flows.get(n.id, [])) for n in plan.nodes}
    for edge in plan.edges:
        if edge.kind == RETURN:
            after[edge.source] |= onward([edge.target])
    return after


# BPMN

MISSING = "SpiffWorkflow is not installed"


def read_bpmn(text: str, name: str, folder: Path) -> object:
    """The process as SpiffWorkflow reads it, after validating it against the standard's schema."""
    parsing = pytest.importorskip("SpiffWorkflow.bpmn.parser.BpmnParser", reason=MISSING)
    file = folder / f"{name}.bpmn"
    file.write_text(text, encoding="utf-8")
    parser = parsing.BpmnParser(validator=parsing.BpmnValidator())
    parser.add_bpmn_file(str(file))
    return parser.get_spec(name)


def steps_read(spec: object) -> dict[str, set[str]]:
    """By step, the steps that come next in what was read, through gateways."""
    named = {s.name: s for s in spec.task_specs.values()}  # type: ignore[attr-defined]

    def onward(task: object, seen: frozenset[str]) -> set[str]:
        found: set[str] = set()
        for output in task.outputs:  # type: ignore[attr-defined]
            if output.name.startswith("step_"):
                found.add(output.name.removeprefix("step_"))
            elif output.name not in seen:
                found |= onward(output, seen | {output.name})
        return found

    return {n.removeprefix("step_"): onward(s, frozenset()) for n, s in named.items() if n.startswith("step_")}


def test_every_route_is_read_back_from_bpmn(rules: RuleSet, tmp_path: Path) -> None:
    words = Wording(rules, "zh")
    for plan in plans(rules):
        spec = read_bpmn(bpmn.document(words, plan), plan.id, tmp_path)
        assert steps_read(spec) == following(plan), plan.id
        titles = {s.bpmn_name for s in spec.task_specs.values() if s.name.startswith("step_")}  # type: ignore[attr-defined]
        assert titles == {n.title for n in plan.nodes}
        lanes = {s.lane for s in spec.task_specs.values() if s.name.startswith("step_")}  # type: ignore[attr-defined]
        assert lanes == {plan.lanes[n.lane] for n in plan.nodes}


def test_generated_routes_are_read_back_from_bpmn(tmp_path: Path) -> None:
    @QUIET
    @given(g.routes())
    def run(route: object) -> None:
        rules = g.rule_set(route)  # type: ignore[arg-type]
        words = Wording(rules, "zh")
        plan = route_plan(words, rules.routes["r"])
        assert steps_read(read_bpmn(bpmn.document(words, plan), "r", tmp_path)) == following(plan)

    run()


@QUIET
@given(g.routes())
def test_every_shape_has_a_place_of_its_own(route: object) -> None:
    rules = g.rule_set(route)  # type: ignore[arg-type]
    plan = route_plan(Wording(rules, "zh"), rules.routes["r"])
    made = net(plan, "-", "-")
    at = bpmn.places(plan, made)
    assert set(at) == {e.id for e in made.elements}
    boxes = list(at.values())
    for i, (x, y, w, h) in enumerate(boxes):
        for u, v, a, b in boxes[i + 1 :]:
            assert x + w <= u or u + a <= x or y + h <= v or v + b <= y
    for flow in made.flows:
        told = bpmn.label_place(flow, at[flow.source], at[flow.target])
        assert (told is not None) == bool(flow.label)
        for u, v, a, b in boxes if told else ():
            x, y, w, h = told  # type: ignore[misc]
            assert x + w <= u or u + a <= x or y + h <= v or v + b <= y, flow.label
    document = ElementTree.fromstring(bpmn.document(Wording(rules, "zh"), plan))
    shown = {e.get("bpmnElement") for e in document.iter() if e.tag.endswith(("BPMNShape", "BPMNEdge"))}
    assert {e.id for e in made.elements} | {f.id for f in made.flows} <= shown


def test_no_arrow_passes_through_a_shape(rules: RuleSet) -> None:
    def run(plan: RoutePlan) -> None:
        made = net(plan, "-", "-")
        at = bpmn.places(plan, made)
        for number, flow in enumerate(made.flows):
            corners = bpmn.waypoints(at, flow, number, bpmn.lane_height(made))
            for name, box in at.items():
                if name not in (flow.source, flow.target):
                    assert not any(bpmn.crosses(p, q, box) for p, q in pairwise(corners)), (plan.id, flow, name)

    @QUIET
    @given(g.routes(most=5))
    def generated(route: object) -> None:
        made = g.rule_set(route)  # type: ignore[arg-type]
        run(route_plan(Wording(made, "zh"), made.routes["r"]))

    generated()
    for plan in plans(rules):
        run(plan)


# DMN


def evaluated(text: str, tables: Tables, at: Situation, wanted: str, away: str = "") -> set[str]:
    """The norms whose rows hold in a table of the file, read from the file alone but for what its inputs are in a
    situation; `away` is who is stood in for."""
    root = ElementTree.fromstring(text)
    context = Context(tables.rules, at)
    known: dict[str, str] = {}

    def value(column: str) -> str:
        if column in known:
            return known[column]
        if column in tables.circumstances:
            text = tables.circumstances[column]
            if text.startswith("authorised "):
                return str(context.authorised(tables.rules.lookup(text.removeprefix("authorised ")))).lower()
            return str(context.holds(parse_condition(text))).lower()
        if column in (PRINCIPAL, STATE):
            return at.cast[away].office if column == PRINCIPAL else at.state(away)
        if column == DELEGATED:
            return "false"
        if column.startswith("reading_"):
            return at.readings[column.removeprefix("reading_")]
        return at.value(tables.rules, column)

    def rows(decision: ElementTree.Element) -> list[list[str]]:
        table = decision.find(f"{{{dmn.DMN}}}decisionTable")
        assert table is not None
        columns = [
            e.findtext(f"{{{dmn.DMN}}}inputExpression/{{{dmn.DMN}}}text") for e in table.iter(f"{{{dmn.DMN}}}input")
        ]
        found = []
        for rule in table.iter(f"{{{dmn.DMN}}}rule"):
            tests = [e.findtext(f"{{{dmn.DMN}}}text") or "" for e in rule.iter(f"{{{dmn.DMN}}}inputEntry")]
            results = [e.findtext(f"{{{dmn.DMN}}}text") or "" for e in rule.iter(f"{{{dmn.DMN}}}outputEntry")]
            pairs = zip(columns, tests, strict=True)
            if all(t == "-" or value(c or "") in [x.strip('"') for x in t.split(", ")] for c, t in pairs):
                found.append(results)
        return found

    for decision in root.iter(f"{{{dmn.DMN}}}decision"):
        ident = decision.get("id") or ""
        if ident == wanted:
            return {r[1].strip('"') for r in rows(decision)}
        if ident.startswith("applies_"):
            known[ident] = rows(decision)[0][0]
    raise AssertionError("no table of the act")


@QUIET
@given(g.rule_sets())
def test_a_table_names_exactly_the_norms_in_force(rules: RuleSet) -> None:
    tables = Tables(Wording(rules, "zh"))
    for act in decisive_acts(rules):
        text = dmn.document(Wording(rules, "zh"), act)
        tables.of_act(act)
        for at in list(situations(rules, make_cast(rules), g.STATES))[::7]:
            context = Context(rules, at)
            expected = {p.id for p in rules.powers.values() if p.act == act and context.in_force(p)}
            assert evaluated(text, tables, at, f"who_{act}") == expected


@QUIET
@given(g.rule_sets())
def test_a_table_names_exactly_the_norms_by_which_somebody_stands_in(rules: RuleSet) -> None:
    tables = Tables(Wording(rules, "zh"))
    for act in decisive_acts(rules):
        text = dmn.document(Wording(rules, "zh"), act)
        if not tables.of_stand_ins(act).rules:
            assert f"stand_in_{act}" not in text
            continue
        for at in list(situations(rules, make_cast(rules), g.STATES))[::7]:
            for official in at.absent:
                expected = {n.id for n, _ in Competence(rules, at).links(official, act, chained=False)}
                assert evaluated(text, tables, at, f"stand_in_{act}", official) == expected


def test_every_table_is_valid_and_read_back_with_its_rules(rules: RuleSet, tmp_path: Path) -> None:
    parsing = pytest.importorskip("SpiffWorkflow.dmn.parser.BpmnDmnParser", reason=MISSING)
    etree = pytest.importorskip("lxml.etree", reason="lxml is not installed")
    schema = etree.XMLSchema(etree.parse(str(Path(parsing.__file__).parent / "schema" / "DMN13.xsd")))
    words = Wording(rules, "zh")
    for act in decisive_acts(rules):
        file = tmp_path / f"{act}.dmn"
        file.write_text(dmn.document(words, act), encoding="utf-8")
        assert schema.validate(etree.parse(str(file))), schema.error_log
        tables = Tables(words)
        main, standing = tables.of_act(act), tables.of_stand_ins(act)
        expected = {dmn_id(n): tables.of_norm(n) for n in tables.needed(main, standing)}
        expected |= {f"who_{act}": main, f"stand_in_{act}": standing}
        assert main.rules and standing.rules
        read = {i: read_table(parsing, etree, file, i) for i in expected}
        for ident, table in expected.items():
            rest = int(ident.startswith("applies_"))  # the row for where none holds
            found = read[ident]
            assert len(found.rules) == len(table.rules) + rest
            assert [i.expression for i in found.inputs] == [c.id for c in table.columns]
            for rule, row in zip(table.rules, found.rules, strict=False):
                tests = dict(zip((c.id for c in table.columns), (e.lhs for e in row.inputEntries), strict=True))
                assert {c for c, x in tests.items() if x != [None]} <= set(rule.when)


def dmn_id(norm: str) -> str:
    return "applies_" + norm.replace(".", "_")


def read_table(parsing: Any, etree: Any, file: Path, ident: str) -> Any:
    """One decision table as SpiffWorkflow reads it; it takes one decision a file."""
    root = etree.parse(str(file)).getroot()
    for decision in list(root):
        if decision.get("id") != ident:
            root.remove(decision)
    parser = parsing.BpmnDmnParser()
    parser.add_dmn_xml(root, str(file))
    made = parser.dmn_parsers[ident]
    made.parse()
    (table,) = made.decision.decisionTables
    return table


# DOT, GraphML, Mermaid


def flows(plan: RoutePlan) -> list[tuple[str, str]]:
    return sorted((e.source, e.target) for e in plan.edges)


def test_dot_is_read_back(rules: RuleSet) -> None:
    pydot = pytest.importorskip("pydot", reason="pydot is not installed")
    for plan in plans(rules):
        (graph,) = pydot.graph_from_dot_data(textual.dot(plan))
        read = sorted((e.get_source().strip('"'), e.get_destination().strip('"')) for e in graph.get_edges())
        assert read == flows(plan)
        nodes = {n.get_name().strip('"') for s in graph.get_subgraphs() for n in s.get_nodes()}
        assert nodes == {n.id for n in plan.nodes}


def test_graphml_is_read_back(rules: RuleSet) -> None:
    for plan in plans(rules):
        graph = nx.read_graphml(io.BytesIO(textual.graphml(plan).encode()), force_multigraph=True)
        assert sorted(graph.edges()) == flows(plan)
        assert {n: d["title"] for n, d in graph.nodes(data=True)} == {n.id: n.title for n in plan.nodes}


def test_graphml_is_read_back_by_another_reader(rules: RuleSet, tmp_path: Path) -> None:
    igraph = pytest.importorskip("igraph", reason="igraph is not installed")
    file = tmp_path / "route.graphml"
    for plan in plans(rules):
        file.write_text(textual.graphml(plan), encoding="utf-8")
        read = igraph.Graph.Read_GraphML(str(file))
        assert read.is_directed() and read["title"] == plan.title
        names = read.vs["id"]
        told = zip(names, read.vs["title"], read.vs["actor"], read.vs["may"], strict=True)
        assert set(told) == {(n.id, n.title, plan.lanes[n.lane], n.may) for n in plan.nodes}
        assert sorted((names[e.source], names[e.target]) for e in read.es) == flows(plan)
    whole = stand_in_graph(rules)
    text = textual.plain_graphml(whole)
    file.write_text(text, encoding="utf-8")
    read = igraph.Graph.Read_GraphML(str(file))
    names = read.vs["id"]
    found = sorted((names[e.source], names[e.target], e["norm"]) for e in read.es)
    assert found == sorted(whole.edges(keys=True))
    ids = [e.get("id") for e in ElementTree.fromstring(text).iter() if e.tag.endswith("}edge")]
    assert len(set(ids)) == len(ids) == len(found)  # the format wants them unique


def test_mermaid_has_every_step_and_flow(rules: RuleSet) -> None:
    for plan in plans(rules):
        text = textual.mermaid(plan)
        assert text.count("subgraph ") == len(plan.lanes) == text.count("  end\n")
        for edge in plan.edges:
            assert f"  n_{edge.source} --> n_{edge.target}\n" in text
        for node in plan.nodes:
            assert f"n_{node.id}[" in text or f"n_{node.id}([" in text


def test_a_return_is_a_dashed_arrow() -> None:
    loop = g.route("r", g.step("r", "a", "submit", "clerk"), g.step("r", "b", "sign", "head", "a", back_to="a"))
    plan = route_plan(Wording(g.rule_set(loop), "en"), loop)
    assert Edge("b", "a", RETURN) in plan.edges
    assert "n_b -.-> n_a" in textual.mermaid(plan)
