"""Who decides, as DMN 1.3: for each deciding act a table of who may, and one of who stands in; and a table for each
norm that others yield to."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from guize.drawing.tables import TRUE, Column, Rule, Table, Tables
from guize.wording import Wording
from model.norms import Power, StandIn

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
NAMESPACE = "https://guize.invalid/dmn"
OUTPUTS = {False: ("actor", "norm", "strength"), True: ("actor", "norm")}
"""What a table of powers tells, and one of stand-ins."""


def document(words: Wording, act: str) -> str:
    """The file of one act. All rules that apply are listed (`COLLECT`): two at once are for the audit to judge.

    A stand-in who is away himself is asked about by his own office, where the norm passes such duties on.
    """
    ET.register_namespace("", DMN)
    tables = Tables(words)
    main, standing = tables.of_act(act), tables.of_stand_ins(act)
    needed = tables.needed(main, standing)
    name = words.pick(f"谁{words.act(act)}", f"Who may {words.act(act)}")
    root = ET.Element(_d("definitions"), {"id": f"definitions_{act}", "name": name, "namespace": NAMESPACE})
    for norm in needed:
        label = words.of(words.rules.lookup(norm))
        _decision(root, words, tables, tables.of_norm(norm), _id(norm), label)
    _decision(root, words, tables, main, f"who_{act}", name)
    if standing.rules:
        label = words.pick(f"谁代行{words.act(act)}", f"Who stands in to {words.act(act)}")
        _decision(root, words, tables, standing, f"stand_in_{act}", label)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _d(name: str) -> str:
    return f"{{{DMN}}}{name}"


def _id(norm: str) -> str:
    return "applies_" + norm.replace(".", "_")


def _decision(root: ET.Element, words: Wording, tables: Tables, table: Table, ident: str, name: str) -> None:
    decides = not ident.startswith("applies_")
    decision = ET.SubElement(root, _d("decision"), {"id": ident, "name": name})
    ET.SubElement(decision, _d("variable"), {"id": f"{ident}_value", "name": ident})
    for number, column in enumerate(c for c in table.columns if c.kind == "norm"):
        requirement = ET.SubElement(decision, _d("informationRequirement"), {"id": f"{ident}_needs_{number}"})
        ET.SubElement(requirement, _d("requiredDecision"), {"href": f"#{column.id}"})
    policy = "COLLECT" if decides else "FIRST"
    made = ET.SubElement(decision, _d("decisionTable"), {"id": f"{ident}_table", "hitPolicy": policy})
    for number, column in enumerate(table.columns):
        kind = "boolean" if column.boolean else "string"
        entry = {"id": f"{ident}_in_{number}", "label": column.label}
        expression = {"id": f"{ident}_expression_{number}", "typeRef": kind}
        inner = ET.SubElement(ET.SubElement(made, _d("input"), entry), _d("inputExpression"), expression)
        ET.SubElement(inner, _d("text")).text = column.id
    outputs = ("applies",) if not decides else OUTPUTS[ident.startswith("stand_in_")]
    for output in outputs:
        kind = "string" if decides else "boolean"
        ET.SubElement(made, _d("output"), {"id": f"{ident}_{output}", "name": output, "typeRef": kind})
    for number, rule in enumerate(table.rules):
        _rule(made, f"{ident}_rule_{number}", table.columns, rule, _results(words, rule) if decides else (TRUE,))
    if not decides:  # where no row holds, the norm does not apply
        _rule(made, f"{ident}_rule_else", table.columns, Rule("", {}), ("false",))


def _results(words: Wording, rule: Rule) -> tuple[str, ...]:
    norm = words.rules.lookup(rule.norm)
    if isinstance(norm, StandIn):
        texts = (words.actors(norm.by), rule.norm)
    else:
        assert isinstance(norm, Power)
        force = words.pick("可以", "may") if norm.may else words.pick("应当", "shall")
        texts = (words.actors(norm.by, norm.joint), rule.norm, force)
    return tuple(f'"{t}"' for t in texts)


def _rule(table: ET.Element, ident: str, columns: tuple[Column, ...], rule: Rule, results: tuple[str, ...]) -> None:
    made = ET.SubElement(table, _d("rule"), {"id": ident})
    for number, column in enumerate(columns):
        entry = ET.SubElement(made, _d("inputEntry"), {"id": f"{ident}_in_{number}"})
        ET.SubElement(entry, _d("text")).text = _test(column, rule.when.get(column.id))
    for number, result in enumerate(results):
        entry = ET.SubElement(made, _d("outputEntry"), {"id": f"{ident}_out_{number}"})
        ET.SubElement(entry, _d("text")).text = result


def _test(column: Column, allowed: frozenset[str] | None) -> str:
    """A FEEL unary test: any value, or a list of values in the order of the domain."""
    if allowed is None or allowed == frozenset(column.domain):
        return "-"
    chosen = [v for v in column.domain if v in allowed]
    return ", ".join(chosen if column.boolean else (f'"{v}"' for v in chosen))
