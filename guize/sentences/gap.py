"""signing-gap, stand-in-gap, stand-in-loop."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from guize.obstacles import missing
from guize.wording import Wording
from model.competence import Competence, Obstacle
from model.reachability import reachable
from model.ruleset import Stage
from proofs.findings import Finding, Gap

_MOST_ACTS = 6
_MOST_PAPERS = 4
_ORDER = ("unnamed", "empty", "unauthorised", "loop", "absent", "candidate", "delegation")
_ORDER += ("paper", "act", "cause", "reading", "none")


def sentence(words: Wording, finding: Finding, gap: Gap) -> str:
    """What is stuck when who is absent, and what the nearest stand-in clause lacks."""
    nearest = nearest_miss(gap.obstacles)
    paper = words.paper(finding.witness)
    first = words.act(gap.acts[0])
    if nearest.reason == "unnamed":
        wanted = words.places(finding.norms[:1])
        more = _more(words, gap, paper, finding.witness.readings)
        return words.pick(
            f"{paper}须经{first}（{wanted}），但没有任何条款规定由谁{first}{more}。",
            f"Somebody must {first} {paper} ({wanted}), but no provision says who{more}.",
        )
    acts = words.list([words.act(a) for a in gap.acts[:_MOST_ACTS]])
    cut = len(gap.acts) > _MOST_ACTS
    if nearest.reason == "empty":
        power = words.rules.powers[nearest.power]
        return words.pick(
            f"{paper}须由{words.actors(power.by)}{first}，而此时没有这样的人员，无人可{first}（{words.of(power)}）。",
            f"{words.actors(power.by)} must {first} {paper}, but there is no such official ({words.of(power)}).",
        )
    when = words.absences(finding.witness)
    if not any(o.principal for o in gap.obstacles):
        because = _because(words, finding, gap, nearest)
        return words.pick(
            f"{paper}须经{first}（{words.places(finding.norms[:1])}），但{because}。",
            f"Somebody must {first} {paper} ({words.places(finding.norms[:1])}), but {because}.",
        )
    who = words.list(dict.fromkeys(words.office(o.principal, finding.witness) for o in gap.obstacles if o.principal))
    duty = words.places(n for n in finding.norms if n in words.rules.powers)
    because = _because(words, finding, gap, nearest)
    return words.pick(
        f"{when}时，应由{who}办理的{acts}{'等' if cut else ''}事项无人可办，"
        f"例如{paper}的{first}（{duty}）：{because}。",
        f"When {when}, nobody may {acts}{' (and more)' if cut else ''} what falls to {who}, "
        f"for instance {first} {paper} ({duty}): {because}.",
    )


def nearest_miss(obstacles: Iterable[Obstacle]) -> Obstacle:
    """What comes nearest to letting somebody act."""
    return min(obstacles, key=lambda o: _ORDER.index(o.reason))


def _more(words: Wording, gap: Gap, shown_already: str, readings: Mapping[str, str]) -> str:
    """The other papers that nobody is named for, as the text is read in the example."""
    stage = next(s for s in words.rules.stages if s.id == gap.stages[0])
    alike = (replace(at, readings=readings) for at in gap.others)
    others = [at for at in alike if Competence(words.rules, at).stuck(stage)]
    papers = [p for p in dict.fromkeys(words.paper(at) for at in others) if p != shown_already]
    if not papers:
        return ""
    shown, rest = papers[:_MOST_PAPERS], len(papers) - _MOST_PAPERS
    listed = words.pick("、", "; ").join(shown)
    if rest > 0:
        listed += words.pick(f"等{len(papers)}类", f"; {len(papers)} such classes in all")
    return words.pick(f"；同样的还有{listed}", f"; nor for {listed}")


def example_readings(words: Wording, finding: Finding, gap: Gap) -> str:
    """The readings that the example and its reason rest on, of a finding that holds under every reading: where under
    another choice the example cannot occur, or another clause fails."""
    at, rules = finding.witness, words.rules
    stage = next(s for s in rules.stages if s.id == gap.stages[0])
    told = _reason(Competence(rules, at), stage)
    bearing = []
    for reading in rules.vocabulary.readings.values():
        chosen = at.readings.get(reading.id, "")
        others = (replace(at, readings={**at.readings, reading.id: c}) for c in reading.domain if c != chosen)
        if any(not reachable(rules, other) or _reason(Competence(rules, other), stage) != told for other in others):
            bearing.append(words.reading(reading.id, chosen))
    if not bearing:
        return ""
    shown = words.list(bearing)
    return words.pick(
        f"（举例和原因按{shown}；按其他读法同样会有无人可办的情形。）",
        f" (Example and reason with {shown}; under other readings some such matter is stuck as well.)",
    )


def _reason(competence: Competence, stage: Stage) -> tuple[str, str]:
    """Where the stage is stuck: the nearest miss and the article it is a miss of; empty where it is not stuck."""
    if not competence.stuck(stage):
        return "", ""
    nearest = nearest_miss(competence.obstacles(stage))
    norm = nearest.stand_in or nearest.power
    if not norm:
        return nearest.reason, ""
    cited = competence.rules.lookup(norm).citation
    return nearest.reason, f"{cited.instrument}:{cited.article}"


_WOULD_HELP = ("unauthorised", "absent", "delegation")
"""What a further clause may lack to be told beside the nearest: somebody present, or an arrangement, would help."""


def _because(words: Wording, finding: Finding, gap: Gap, nearest: Obstacle) -> str:
    """What the nearest clause lacks; and, where another clause could have helped the same official, what that lacks."""
    told = [missing(words, finding.witness, nearest)]
    for obstacle in sorted(gap.obstacles, key=lambda o: _ORDER.index(o.reason)):
        same = obstacle.principal in (nearest.principal, "") or not nearest.principal
        if same and obstacle.reason in _WOULD_HELP and obstacle.reason != nearest.reason and len(told) == 1:
            told.append(missing(words, finding.witness, obstacle))
    return words.pick("；", "; ").join(told)
