"""YAML with places: plain values, and for every value and key where it stands.

PyYAML's event layer is used with our own constructor, because its own keeps the last of duplicate
keys and reads 1:30 as 90 and `no` as false.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from model import messages as say
from model.bilingual import NOTHING, Said
from model.errors import Diagnostic, SpecError

MAX_BYTES = 4_000_000
MAX_VALUES, MAX_DEPTH = 200_000, 60
"""No rule set comes near these; what does is not a rule set (or has aliases that blow it up)."""

Loc = tuple[str | int, ...]
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_UNPRINTABLE = yaml.reader.Reader.NON_PRINTABLE
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass
class Document:
    """The values of one file, the place of each value by path, and of each key by path."""

    path: str
    data: Any = None
    places: dict[Loc, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Loc, tuple[int, int]] = field(default_factory=dict)
    repeated: list[Diagnostic] = field(default_factory=list)
    """Keys that stand twice; the first of them counts, so that the rest can be checked."""

    def at(self, loc: Loc, key: bool = False) -> tuple[int, int]:
        """Line and column (from 1) of a value, or of its key; of the nearest enclosing value if unknown."""
        while loc:
            if key and loc in self.keys:
                return self.keys[loc]
            if loc in self.places:
                return self.places[loc]
            loc = loc[:-1]
        return self.places.get((), (1, 1))

    def mistake(self, loc: Loc, said: Said, wanted: Said = NOTHING, near: str = "", key: bool = False) -> Diagnostic:
        line, column = self.at(loc, key)
        return Diagnostic(self.path, line, column, said, wanted, near)


def read(path: Path) -> Document:
    """Read one YAML file.

    Raises SpecError with the place and a remedy where the file is missing, unreadable, not UTF-8,
    empty, too large or not YAML.
    """
    shown = str(path)
    text = read_text(path)
    document = Document(shown)
    try:
        _check_depth(text, shown)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as e:
        mark = e.problem_mark or e.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problem = e.problem or e.context or "not YAML"
        said = say.NOT_YAML(problem=say.from_outside(problem))
        raise SpecError([Diagnostic(shown, line, column, said, say.A_YAML_MAPPING())]) from None
    except (yaml.YAMLError, RecursionError, ValueError) as e:
        first = str(e).splitlines()[0]
        said = say.NOT_YAML(problem=say.from_outside(first))
        raise SpecError([Diagnostic(shown, 1, 1, said, say.A_YAML_TEXT())]) from None
    if node is None:
        raise SpecError([Diagnostic(shown, 1, 1, say.EMPTY(), say.A_MAPPING_OR_LIST())])
    document.data = _build(node, (), document)
    return document


def _check_depth(text: str, shown: str) -> None:
    """The composer of libyaml recurses without a guard, so the depth is looked at in the events first."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise SpecError([_too_deep(event.start_mark, shown)])
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _too_deep(mark: Any, shown: str) -> Diagnostic:
    wanted = say.MOST_LEVELS(most=MAX_DEPTH)
    return Diagnostic(shown, mark.line + 1, mark.column + 1, say.FILE_TOO_DEEP(), wanted)


def read_text(path: Path) -> str:
    """The text of a UTF-8 file. Raises SpecError where it cannot be had."""
    shown = str(path)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise SpecError([Diagnostic(shown, 0, 0, say.TOO_LARGE(size=size), say.MOST_BYTES(most=MAX_BYTES))])
        raw = path.read_bytes()
    except OSError as e:
        said = say.UNREADABLE(reason=say.from_outside(e.strerror or type(e).__name__))
        raise SpecError([Diagnostic(shown, 0, 0, said, say.A_READABLE_FILE())]) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        line = raw.count(b"\n", 0, e.start) + 1
        column = e.start - (raw.rfind(b"\n", 0, e.start) + 1) + 1
        raise SpecError([Diagnostic(shown, line, column, say.NOT_UTF8(), say.SAVE_AS_UTF8())]) from None
    if not text.strip():
        raise SpecError([Diagnostic(shown, 1, 1, say.EMPTY(), say.A_RULE_SET())])
    odd = _UNPRINTABLE.search(text)
    if odd:
        line, column = text.count("\n", 0, odd.start()) + 1, odd.start() - text.rfind("\n", 0, odd.start())
        said = say.NO_TEXT(code=ord(odd.group()))
        raise SpecError([Diagnostic(shown, line, column, said, say.NO_CONTROL_CHARACTERS())])
    return text


def _build(node: yaml.Node, loc: Loc, document: Document) -> Any:
    if len(loc) > MAX_DEPTH:
        raise SpecError([_too_deep(node.start_mark, document.path)])
    document.places[loc] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if len(document.places) > MAX_VALUES:
        wanted = say.MOST_VALUES(most=MAX_VALUES)
        line, column = document.places[()]
        raise SpecError([Diagnostic(document.path, line, column, say.TOO_MANY_VALUES(), wanted)])
    if isinstance(node, yaml.MappingNode):
        built: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            here = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if key in built or (*loc, key) in document.keys:
                first = document.keys[(*loc, key)][0]
                said = say.KEY_TWICE(key=key, first=first)
                document.repeated.append(Diagnostic(document.path, *here, said, say.EACH_KEY_ONCE()))
                continue
            document.keys[(*loc, key)] = here
            built[key] = _build(value_node, (*loc, key), document)
        return built
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, (*loc, i), document) for i, child in enumerate(node.value)]
    assert isinstance(node, yaml.ScalarNode)
    text = str(node.value)
    if node.style in (None, "") and text in _WORDS:
        return _WORDS[text]
    if node.style in (None, "") and _INT.fullmatch(text):
        return int(text)
    return text
