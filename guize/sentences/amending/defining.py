"""A name defined, and one name for one thing."""

from __future__ import annotations

from collections.abc import Iterator

from guize.wording import Wording, within
from model import expressions as ex
from model.drafting.names import place_of
from model.ruleset import RuleSet
from model.vocabulary import Body, NamedSet, Office
from proofs.repairing.repair import Repair


def parts(words: Wording, rules: RuleSet, repair: Repair) -> Iterator[str]:
    """What a repair says of names, of the rule set as it was; nothing of a post that a new clause speaks of."""
    for made in repair.edit.sets:
        yield _definition(words, repair, made)
    v = rules.vocabulary
    old: dict[str, Office | Body] = {**v.offices, **v.bodies}
    for thing in (*repair.edit.offices, *repair.edit.bodies):
        if thing.id in old:
            yield from _one_name(words, old[thing.id], thing)


def _definition(words: Wording, repair: Repair, made: NamedSet) -> str:
    anchor = repair.anchor
    where = f"{words.place(anchor)}{f'“{within(anchor.quote)}”' if anchor.quote and words.zh else ''}"
    name, members = words.label(made.label), _listed(words, made.members)
    return words.pick(
        f"在{where}后增加：“本规则所称{name}，是指{members}。”",
        f"after {where} add: “In these rules, {name} means {members}.”",
    )


def _listed(words: Wording, members: ex.ActorSet) -> str:
    """A set as a definition lists it: `市长、副市长和秘书长`."""
    parts = [words.actors(p) for p in (members.parts if isinstance(members, ex.Union) else (members,))]
    if words.zh and len(parts) > 1:
        return "、".join(parts[:-1]) + "和" + parts[-1]
    return words.list(parts)


def _one_name(words: Wording, old: Office | Body, new: Office | Body) -> Iterator[str]:
    for alias in old.aliases:
        cited = alias.citation or place_of(words.rules, alias.zh)
        if alias not in new.aliases and cited is not None:
            place = words.place(cited)
            yield words.pick(
                f"将{place}的“{alias.zh}”统一写作“{new.label.zh}”",
                f"in {place} write “{new.label.zh}” for “{alias.zh}”",
            )
