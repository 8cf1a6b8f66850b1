"""`guize who SPEC`"""

from __future__ import annotations

import click

import guize
from guize import asking
from guize import messages as say
from guize.commands.options import console, json_option, lang_option, parse_scope, print_json, scope_option
from guize.exits import Exit
from model.ruleset import RuleSet
from model.situation import Cast, make_cast


@click.command()
@click.argument("spec")
@click.option(
    "--act",
    default="",
    metavar="ACT",
    help="The act, e.g. sign or 签发; without it, every act the paper wants. / 行为。",
)
@click.option(
    "--document",
    default="",
    metavar="WORDS",
    help="The paper, e.g. '决定 以政府名义 特急件' or 'kind=decision urgency=urgent'. / 文件。",
)
@click.option(
    "--absent",
    default="",
    metavar="WHO[:WHY],...",
    help="Who is absent and why, e.g. '市长:休假,秘书长'. / 缺席者及原因。",
)
@click.option("--in-charge", default="", metavar="WHO,...", help="Whose portfolios the paper touches. / 分管领导。")
@click.option(
    "--role",
    "roles",
    multiple=True,
    metavar="ROLE=WHO",
    help="Who has a part in the paper, e.g. chair=市长. / 文件中的角色。",
)
@click.option(
    "--pair",
    "pairs",
    multiple=True,
    metavar="RELATION:A=B",
    help="Who is paired with whom, e.g. partner:副市长甲=秘书长. / 互补等关系。",
)
@click.option(
    "--delegated/--not-delegated",
    default=False,
    help="Whether delegations that could be given were given. / 是否已作委托。",
)
@click.option(
    "--reading",
    "readings",
    multiple=True,
    metavar="READING=CHOICE",
    help="Fix a reading; the others are all tried. / 指定读法。",
)
@scope_option
@lang_option
@json_option
def who(
    spec: str, act: str, document: str, absent: str, in_charge: str, roles: tuple[str, ...], pairs: tuple[str, ...],
    delegated: bool, readings: tuple[str, ...], scope: tuple[str, ...], lang: str, as_json: bool,
) -> int:  # fmt: skip
    """Who may do this now, by which norms, and if nobody, what is missing. / 此时谁有权办理，依据哪条，缺什么。"""
    rules = guize.load(spec)
    holders = parse_scope(scope)
    cast = make_cast(rules, holders)
    question = asking.Question(
        paper=asking.parse_paper(rules, document),
        act=asking.parse_act(rules, act) if act else "",
        absent=asking.parse_absences(rules, cast, absent),
        in_charge=tuple(asking.parse_official(rules, cast, w) for w in _split(in_charge)),
        roles=dict(_role(rules, cast, r) for r in roles),
        partners=_pairs(rules, cast, pairs),
        delegated=delegated,
        readings=dict(_reading(rules, r) for r in readings),
    )
    reply = asking.who(rules, question, holders)
    if as_json:
        from guize.jsonform import who as jsonform

        print_json(jsonform.reply(rules, reply))
    else:
        from guize.terminal import who as terminal

        terminal.who(console(), rules, reply, lang)
    return Exit.FINDINGS if reply.nobody else Exit.CLEAN


def _split(text: str) -> list[str]:
    return [w for w in text.replace("，", ",").replace("、", ",").split(",") if w.strip()]


def _role(rules: RuleSet, cast: Cast, text: str) -> tuple[str, str]:
    role, equals, official = text.partition("=")
    names = {n: r.id for r in rules.vocabulary.roles.values() for n in (r.id, r.label.zh, r.label.en)}
    if not equals or role not in names:
        known = ", ".join(rules.vocabulary.roles)
        raise say.refused(say.ROLE(text=text, known=known), role, list(names))
    return names[role], asking.parse_official(rules, cast, official)


def _pairs(rules: RuleSet, cast: Cast, given: tuple[str, ...]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for text in given:
        relation, colon, pair = text.partition(":")
        one, equals, two = pair.partition("=")
        if not colon or not equals or relation not in rules.vocabulary.relations:
            known = list(rules.vocabulary.relations)
            raise say.refused(say.PAIR(text=text, known=", ".join(known)), relation, known)
        first, second = (asking.parse_official(rules, cast, word) for word in (one, two))
        found.setdefault(relation, {})[first] = second
    return found


def _reading(rules: RuleSet, text: str) -> tuple[str, str]:
    reading, _, choice = text.partition("=")
    known = rules.vocabulary.readings
    if reading not in known:
        raise say.refused(say.NO_READING(text=text, known=", ".join(known)), reading, list(known))
    if choice not in known[reading].domain:
        domain = list(known[reading].domain)
        raise say.refused(say.NO_CHOICE(text=text, known=", ".join(domain)), choice, domain)
    return reading, choice
