"""The coverage ledger: what every normative statement of an instrument has become, checked against its text.

An entry is a quote at a place. It is `formalised` where a norm, a step of a route, a reading or a word of the
vocabulary rests on it, and `out-of-scope`, with a reason, where the drafter of the rule set said so. A statement
is accounted for when it holds a word of some entry's quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from model.citations import Citation
from model.norms import Norm, Route
from model.ruleset import RuleSet
from model.text import Text, Unit, fold, tidy
from model.vocabulary import Label

FORMALISED, OUT_OF_SCOPE = "formalised", "out-of-scope"

EXCERPT_LIMIT = 20
"""Characters of the text that a fault shows."""

_HANDS = "审定|签发|签署|审核|审查|审批|批准|核准|召集|主持|负责|决定|确定|办理|提出|协调|通报|牵头|代行|组成|制定|起草"
_ASSENT = "批准|审定|审批|签发|决定|同意|备案|核准|审核|审查|会签|讨论|初审|报批"

MARKERS: dict[str, re.Pattern[str]] = {
    "应": re.compile(
        r"应当|(?<![相响适效供回对反照顺呼感])应(?![急用诉变邀聘付收有]|对(?:突发|风险|挑战|危机|能力|措施|和|、))"
    ),
    "须": re.compile(r"须"),
    "需": re.compile(r"(?<![供急按所内问])需(?![求要])"),
    "要": re.compile(r"(?<![重主需纪必摘首提概扼简紧只])要(?![求点素闻害务件])"),
    "不得": re.compile(r"不得"),
    "不准": re.compile(r"不准|不许|不允许|决不|绝不"),
    "一律": re.compile(r"一律"),
    "严禁": re.compile(r"严禁|(?<!行)禁止(?!的)"),
    "原则上": re.compile(r"原则上"),
    "一般": re.compile(r"一般(?![性报化件])"),
    "可": re.compile(r"(?<![许认不无])(?<!可.)可(?!(.)可不\1)(?!行|能|控(?!制)|持续|操作|靠|预[期见测]|见)"),
    "必要时": re.compile(r"必要时(?!间)|如有必要"),
    "不 + verb": re.compile(
        r"(?<!可)不(?![得断同符良仅足正定敢力许准懂忘含清扣移繁适需]|允许|能(?:履|按|取|出席|腐|解决|达成|协商)|一致|及时|相隶属"
        r"|在于|当行|当的|公开为|折不扣|两直|落实的|想腐|合格|安全|安定|稳定|到位|规范|完备|成熟|实传言|限于)"
    ),
    "由 … hand": re.compile(rf"由[^，,。；;]*(?:{_HANDS})"),
    "报 … assent": re.compile(rf"(?<![简情])报[^。；;]*(?:{_ASSENT})"),
    "经 … assent": re.compile(rf"(?<![已曾])经(?![济营费验常])[^。；;]*(?:{_ASSENT})"),
    "向 … report": re.compile(r"向[^，,。；;]*(?:请假|报告|请示|报备|报送)"),
    "提 … decision": re.compile(r"提[交请][^。；;]*(?:讨论|决定|审议|研究)"),
    "按 … rule": re.compile(r"(?:按|根据)[^。；;]*(?:执行|办理|确定)[。；;]"),
    "office": re.compile(r"负责(?![人制地同])|协助|领导[^，,。；;下同班]*工作|召集[和并]主持|组成人员包括|圈阅"),
    "meeting, cadence": re.compile(
        r"列席|特邀|出席[。；;]|召开[一二三四\d]+次|[定随][期时]召开|每(?:年|半年|季|月|周|两周)|根据需要|予以"
    ),
    "实行": re.compile(r"实行[^。；;]*制"),
    "时限": re.compile(r"(?<![年月\d])\d+(?:个工作日|个月|小时|天|日|周)"),
    "视为": re.compile(r"视为|为准|从其规定"),
    "效力": re.compile(r"起(?:施行|执行|实施)|停止执行|同时废止|适用本"),
}
"""The words that make a clause a normative statement, under a name each, as they look in folded text.

The exceptions in the patterns are the compounds in which the character says something else (重要, 回应, 可行, 不断).
A marker too many costs an entry of the ledger; one too few lets a statement go unseen.
"""

_CLAUSE = re.compile(r"[^。；;！!？?\n]*[。；;！!？?]?[”’」』）)]*")


@dataclass(frozen=True, order=True)
class Entry:
    """A quote at a place, and what became of it.

    `norms` are ids of norms and of steps (`ROUTE.STEP`); `names` are words of the vocabulary, as `offices.head`.
    """

    article: int
    paragraph: int
    item: int
    quote: str
    status: str
    reason: str = ""
    norms: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Statement:
    """A clause with a marker word, folded. `start` is its place in the unit; `markers` are names of `MARKERS`."""

    unit: Unit
    start: int
    text: str
    markers: tuple[str, ...]


KINDS: dict[str, Label] = {
    "missing-article": Label("规则声明有此条，文本中没有", "the rule set counts this article and the text has none"),
    "uncited-article": Label("此条没有台账记录", "the article has no entry"),
    "absent-place": Label("文本中没有此处", "the text has no such place"),
    "absent-quote": Label("此处没有所引文字", "the quote is not found word for word at its place"),
    "uncovered-statement": Label("此句没有台账记录", "the statement has no entry"),
}
"""The kinds of fault and what each says."""


@dataclass(frozen=True)
class Fault:
    """A difference between the ledger and the text.

    `place` is a citation without quote. `excerpt` shows at most 20 characters: of the quote where it is the quote
    that is wrong, else of the text. `ids` are the norms and words of the vocabulary concerned, if any.
    """

    kind: str
    place: Citation
    excerpt: str = ""
    ids: tuple[str, ...] = ()

    def message(self, lang: str) -> str:
        """One line in `zh` or `en`."""
        parts = [self.place.place(lang), KINDS[self.kind].get(lang)]
        if self.ids:
            parts.append(", ".join(self.ids))
        head = ("：" if lang == "zh" else ": ").join(parts)
        return f"{head}「{self.excerpt}」" if self.excerpt else head


def entries(rules: RuleSet) -> tuple[Entry, ...]:
    """The ledger of the instrument itself, in order of place; one entry for all that rests on one quote."""
    norms: dict[Citation, list[str]] = {}
    names: dict[Citation, list[str]] = {}
    for citation, norm_id in _norm_citations(rules):
        norms.setdefault(citation, []).append(norm_id)
    for citation, name in _name_citations(rules):
        names.setdefault(citation, []).append(name)
    found = [
        Entry(*_at(c), status=FORMALISED, norms=_once(norms.get(c, [])), names=_once(names.get(c, [])))
        for c in {**norms, **names}
        if c.instrument == rules.title.id and not c.law
    ]
    found += [
        Entry(*_at(o.citation), status=OUT_OF_SCOPE, reason=o.reason, note=o.note)
        for o in rules.out_of_scope
        if o.citation.instrument == rules.title.id
    ]
    return tuple(sorted(found))


def by_article(rules: RuleSet) -> dict[int, tuple[Entry, ...]]:
    """The entries of every article from the first to the last the rule set counts, and of any beyond."""
    table: dict[int, list[Entry]] = {n: [] for n in range(1, rules.title.articles + 1)}
    for entry in entries(rules):
        table.setdefault(entry.article, []).append(entry)
    return {n: tuple(found) for n, found in table.items()}


def statements(text: Text) -> Iterator[Statement]:
    """The normative statements of a text: clauses, ended by `。`, `；` or the line, that hold a marker."""
    for unit in text.units():
        for clause in _CLAUSE.finditer(tidy(unit.text)):
            folded = fold(clause[0])
            markers = tuple(name for name, pattern in MARKERS.items() if pattern.search(folded))
            if markers:
                yield Statement(unit, clause.start(), folded, markers)


def coverage(rules: RuleSet, text: Text) -> dict[Statement, tuple[Entry, ...]]:
    """The entries that account for each statement: those whose quote, at the place it is cited for, meets it."""
    return _coverage(text, entries(rules))


def check(rules: RuleSet, text: Text) -> tuple[Fault, ...]:
    """Every difference between the ledger and the text, in order of the articles. Empty where all is well."""
    found: list[Fault] = []
    ledger = entries(rules)
    cited = {entry.article for entry in ledger}

    def say(kind: str, place: tuple[int, int, int], excerpt: str = "", ids: tuple[str, ...] = ()) -> None:
        found.append(Fault(kind, Citation(rules.title.id, *place), excerpt[:EXCERPT_LIMIT], ids))

    for number in range(1, rules.title.articles + 1):
        if number not in text.articles:
            say("missing-article", (number, 0, 0))
    for number, article in text.articles.items():
        if number not in cited:
            say("uncited-article", (number, 0, 0), article.units()[0].text)
    for entry in ledger:
        place = entry.article, entry.paragraph, entry.item
        units = _units(text, entry)
        if not units:
            say("absent-place", place, entry.quote, entry.norms + entry.names)
        elif not any(fold(entry.quote) in fold(unit.text) for unit in units):
            say("absent-quote", place, entry.quote, entry.norms + entry.names)
    for statement, covering in _coverage(text, ledger).items():
        if not covering:
            unit = statement.unit
            say("uncovered-statement", (unit.article, unit.paragraph, unit.item), statement.text)
    return tuple(sorted(found, key=lambda f: (f.place, list(KINDS).index(f.kind))))


def _coverage(text: Text, ledger: tuple[Entry, ...]) -> dict[Statement, tuple[Entry, ...]]:
    spans: dict[Unit, list[tuple[int, int, Entry]]] = {}
    for entry in ledger:
        quote = fold(entry.quote)
        for unit in _units(text, entry) if quote else ():
            for found in re.finditer(re.escape(quote), fold(unit.text)):
                spans.setdefault(unit, []).append((*found.span(), entry))
    return {
        statement: tuple(
            dict.fromkeys(
                entry
                for start, end, entry in spans.get(statement.unit, ())
                if start < statement.start + len(statement.text) and statement.start < end
            )
        )
        for statement in statements(text)
    }


def _units(text: Text, entry: Entry) -> tuple[Unit, ...]:
    if entry.article not in text.articles:
        return ()
    return text.articles[entry.article].units(entry.paragraph, entry.item)


def _norm_citations(rules: RuleSet) -> Iterator[tuple[Citation, str]]:
    for norm in rules.own_norms():
        parts: list[Norm] = [norm]
        if isinstance(norm, Route):
            parts += [step.power for step in norm.steps]
        for part in parts:
            for citation in part.citations:
                yield citation, part.id


def _name_citations(rules: RuleSet) -> Iterator[tuple[Citation, str]]:
    v = rules.vocabulary
    for section in ("readings", "offices", "bodies", "attributes", "terms"):
        for word in getattr(v, section).values():
            if word.citation is not None:
                yield word.citation, f"{section}.{word.id}"
    for fact in rules.facts:
        if fact.citation is not None:
            yield fact.citation, f"facts.{fact.id}"


def _at(citation: Citation) -> tuple[int, int, int, str]:
    return citation.article, citation.paragraph, citation.item, citation.quote


def _once(ids: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))
