"""signing-gap, stand-in-gap, stand-in-loop."""

from __future__ import annotations

from guize.obstacles import missing
from guize.wording import Wording
from model.competence import Obstacle
from proofs.findings import Finding, Gap

_MOST_ACTS = 6
_MOST_PAPERS = 4
_ORDER = ("unnamed", "empty", "unauthorised", "loop", "absent", "candidate", "delegation")
_ORDER += ("paper", "act", "cause", "reading", "none")


def sentence(words: Wording, finding: Finding, gap: Gap) -> str:
    """What is stuck when who is absent, and what the nearest stand-in clause lacks."""
    nearest = min(gap.obstacles, key=lambda o: _ORDER.index(o.reason))
    paper = words.paper(finding.witness)
    first = words.act(gap.acts[0])
    if nearest.reason == "unnamed":
        wanted = words.places(finding.norms[:1])
        return words.pick(
            f"{paper}须经{first}（{wanted}），但没有任何条款规定由谁{first}{_more(words, gap, paper)}。",
            f"Somebody must {first} {paper} ({wanted}), but no provision says who{_more(words, gap, paper)}.",
        )
    acts = words.list([words.act(a) for a in gap.acts[:_MOST_ACTS]])
    more = len(gap.acts) > _MOST_ACTS
    if nearest.reason == "empty":
        power = words.rules.powers[nearest.power]
        return words.pick(
            f"{paper}须由{words.actors(power.by)}{first}，而此时没有这样的人员，无人可{first}（{words.of(power)}）。",
            f"{words.actors(power.by)} must {first} {paper}, but there is no such official ({words.of(power)}).",
        )
    when = words.absences(finding.witness)
    if not any(o.principal for o in gap.obstacles):
        because = _because(words, finding, nearest)
        return words.pick(
            f"{paper}须经{first}（{words.places(finding.norms[:1])}），但{because}。",
            f"Somebody must {first} {paper} ({words.places(finding.norms[:1])}), but {because}.",
        )
    who = words.list(dict.fromkeys(words.office(o.principal, finding.witness) for o in gap.obstacles if o.principal))
    duty = words.places(n for n in finding.norms if n in words.rules.powers)
    because = _because(words, finding, nearest)
    return words.pick(
        f"{when}时，应由{who}办理的{acts}{'等' if more else ''}事项无人可办，"
        f"例如{paper}的{first}（{duty}）：{because}。",
        f"When {when}, nobody may {acts}{' (and more)' if more else ''} what falls to {who}, "
        f"for instance {first} {paper} ({duty}): {because}.",
    )


def _more(words: Wording, gap: Gap, shown_already: str) -> str:
    """The other papers that nobody is named for."""
    papers = [p for p in dict.fromkeys(words.paper(at) for at in gap.others) if p != shown_already]
    if not papers:
        return ""
    shown, rest = papers[:_MOST_PAPERS], len(papers) - _MOST_PAPERS
    listed = words.pick("、", "; ").join(shown)
    if rest > 0:
        listed += words.pick(f"等{len(papers)}类", f"; {len(papers)} such classes in all")
    return words.pick(f"；同样的还有{listed}", f"; nor for {listed}")


def _because(words: Wording, finding: Finding, obstacle: Obstacle) -> str:
    return missing(words, finding.witness, obstacle)
