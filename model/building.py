"""What every part of a rule set is built with: mistakes with their place, citations, expressions, tables."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from model import expressions as ex
from model import messages as say
from model import schema
from model.bilingual import NOTHING, Said
from model.citations import QUOTE_LIMIT, Citation, parse_place
from model.errors import Diagnostic, nearest
from model.parsing import ExpressionError, parse_condition, parse_set
from model.sorts import Names, Problem, check_condition, check_set
from model.vocabulary import Label
from model.yamltext import Document, Loc

T = TypeVar("T")


@dataclass(frozen=True)
class Builder:
    """One file at work. Mistakes are written down, and the work goes on with something harmless instead.

    `set_aside` has the ids of items left out because their shape is wrong; to name them is no mistake.
    """

    document: Document
    instrument: str
    articles: int
    mistakes: list[Diagnostic]
    set_aside: Collection[str] = ()

    # mistakes

    def mistake(self, loc: Loc, said: Said, wanted: Said = NOTHING, near: str = "") -> None:
        self.mistakes.append(self.document.mistake(loc, said, wanted, near))

    def known(self, name: str, table: Iterable[str], what: Said, loc: Loc) -> None:
        """A mistake unless the name is in the table."""
        known = list(table)
        if name not in known and name.partition(".")[0] not in self.set_aside:
            said = say.UNKNOWN(what=what, name=name)
            self.mistake(loc, said, say.DEFINED(what=say.an(what)), nearest(name, known))

    def problems(self, loc: Loc, problems: Iterable[Problem]) -> None:
        for p in problems:
            if p.name != "?" and p.name not in self.set_aside:
                self.mistake(loc, p.said, p.wanted, p.nearest)

    # citations

    def citation(self, at: str, quote: str, loc: Loc, law: str = "") -> Citation:
        article, paragraph, entry = parse_place(at)
        if not law and not 1 <= article <= self.articles:
            self.mistake((*loc, "at"), say.NO_ARTICLE(article=article), say.ARTICLES(last=self.articles))
        if len(quote) > QUOTE_LIMIT:
            self.mistake((*loc, "quote"), say.LONG_QUOTE(length=len(quote)), say.QUOTE_LIMIT(most=QUOTE_LIMIT))
        return Citation(self.instrument, article, paragraph, entry, quote, law)

    def cited(self, item: schema.MaybeCited, loc: Loc) -> Citation | None:
        """The place of a piece of vocabulary, if it has one."""
        return self.citation(item.at, item.quote, loc, item.law) if item.at else None

    def more(self, also: Sequence[schema.Cited], loc: Loc, law: str = "") -> tuple[Citation, ...]:
        """The further places of an item."""
        return tuple(self.citation(c.at, c.quote, (*loc, "also", i), law) for i, c in enumerate(also))

    def quote_without_place(self, loc: Loc) -> None:
        self.mistake((*loc, "quote"), say.QUOTE_WITHOUT_PLACE(), say.A_PLACE_KEY())

    def check_places(self, item: Any, loc: Loc) -> None:
        """The further places of vocabulary, which no record keeps, and quotes that have no place."""
        if isinstance(item, schema.MaybeCited):
            if item.at:
                self.citation(item.at, item.quote, loc, item.law)
            elif item.quote:
                self.quote_without_place(loc)
            self.more(item.also, loc, item.law)

    # expressions

    def condition(self, text: str, loc: Loc) -> ex.Cond:
        """The condition, its names not looked at yet."""
        try:
            return parse_condition(text)
        except ExpressionError as e:
            self.mistake(loc, e.said, e.wanted or say.A_CONDITION())
            return ex.TRUE

    def actors(self, text: str, loc: Loc) -> ex.ActorSet:
        """The set, its names not looked at yet."""
        try:
            return parse_set(text)
        except ExpressionError as e:
            self.mistake(loc, e.said, e.wanted or say.A_SET())
            return ex.Name("?")

    def checked_condition(self, text: str, loc: Loc, names: Names, principal: bool = False) -> ex.Cond:
        node = self.condition(text, loc)
        self.problems(loc, check_condition(node, names, principal))
        return node

    def checked_actors(self, text: str, loc: Loc, names: Names, principal: bool = False) -> ex.ActorSet:
        node = self.actors(text, loc)
        self.problems(loc, check_set(node, names, principal))
        return node

    # tables

    def collect(
        self, section: str, items: Sequence[Any], used: Iterable[Mapping[str, T]], build: Callable[[Any, Loc], T]
    ) -> dict[str, T]:
        """The records of a section by id, after those of the rule sets in use."""
        table: dict[str, T] = {}
        for other in used:
            table.update(other)
        for i, item in enumerate(items):
            loc: Loc = (section, i)
            if item.id in table:
                self.mistake((*loc, "id"), say.ID_TAKEN(id=item.id, section=section), say.OWN_ID())
                continue
            self.check_places(item, loc)
            for key in ("values", "choices"):
                self.distinct([x.id for x in getattr(item, key, ())], (*loc, key))
            table[item.id] = build(item, loc)
        return table

    def distinct(self, ids: Iterable[str], loc: Loc) -> None:
        seen: set[str] = set()
        for i, ident in enumerate(ids):
            if ident in seen:
                self.mistake((*loc, i, "id"), say.ID_TAKEN(id=ident, section=loc[-1]), say.OWN_ID())
            seen.add(ident)


def label(item: schema.Names, aliases: Iterable[str] = ()) -> Label:
    return Label(item.zh, item.en, tuple(aliases))
