"""The pytest plugin: property files (`*.guize.yaml`) as tests, a test a property; fixtures for rule sets.

Every test run of an environment that has guize loads this module. So it imports nothing of ours but names, until
a property file is collected or a fixture asked for.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from guize.propertyfiles import PropertyFile, Register
    from model.ruleset import RuleSet
    from proofs.findings import Report

SUFFIXES = (".guize.yaml", ".guize.yml")
_REGISTER: pytest.StashKey[Register] = pytest.StashKey()
_DEFAULT_ABSENCES = 2


class VacuousProperty(UserWarning):
    """A property holds only because what it speaks of never occurs."""


class PropertyError(Exception):
    """A property is not borne out; the message is the whole account for whoever wrote it."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("guize", "properties of working rules (guize)")

    def option(name: str, of: type, says: str, **more: Any) -> None:
        group.addoption(f"--guize-{name}", default=None, type=of, help=says, **more)
        parser.addini(f"guize_{name}", says, default=None)

    option("lang", str, "language of failures: zh (default, or $GUIZE_LANG) or en", choices=("zh", "en"))
    option("absences", int, "officials absent at once at most, 0 to 6 (default: 2)", choices=range(7), metavar="N")
    option("budget", int, "solver resource units a query; 0 (default) is no limit", metavar="N")
    says = "a property that holds vacuously fails instead of passing with a warning"
    group.addoption("--guize-strict-vacuity", action="store_true", default=None, help=says)
    parser.addini("guize_strict_vacuity", says, type="bool", default=False)


def _setting(config: pytest.Config, name: str, default: Any) -> Any:
    """The option, else the ini value, else the default."""
    for given in (config.getoption(f"guize_{name}"), config.getini(f"guize_{name}")):
        if given not in (None, "", []):
            return given
    return default


def _number(config: pytest.Config, name: str, default: int, most: float = float("inf")) -> int:
    given = str(_setting(config, name, default))
    if not given.isdigit() or int(given) > most:
        raise pytest.UsageError(f"guize_{name}: {given} is no number from 0{f' to {most}' if most < 99 else ' on'}")
    return int(given)


def _lang(config: pytest.Config) -> str:
    default = "en" if os.environ.get("GUIZE_LANG", "zh").startswith("en") else "zh"
    return str(_setting(config, "lang", default))


def _register(config: pytest.Config) -> Register:
    """What this session has read and decided; made when it is first needed, for it loads the solver."""
    if _REGISTER not in config.stash:
        from guize import siblings  # noqa: PLC0415

        siblings.check()
        from guize.propertyfiles import Register  # noqa: PLC0415

        most, budget = _number(config, "absences", _DEFAULT_ABSENCES, 6), _number(config, "budget", 0)
        config.stash[_REGISTER] = Register(most, budget)
    return config.stash[_REGISTER]


# property files


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path.name.endswith(SUFFIXES):
        return PropertyModule.from_parent(parent, path=file_path)
    return None


class PropertyModule(pytest.File):
    """A property file. What is wrong with it, or with its rule set, is told with line and column."""

    def collect(self) -> Iterator[PropertyItem]:
        try:
            register = _register(self.config)
        except ImportError as e:  # another package under the name of one of ours
            raise self.CollectError(str(e)) from None
        file = register.file(self.path)
        grouped = self.config.pluginmanager.hasplugin("xdist")
        for each in file.properties:
            item = PropertyItem.from_parent(self, name=each.id)
            item.take(file, each)
            if grouped:  # for --dist loadgroup: one worker encodes a rule set, and no other does
                item.add_marker(pytest.mark.xdist_group(str(file.place)))
            yield item

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> Any:
        if isinstance(excinfo.value, self.CollectError):
            return super().repr_failure(excinfo)
        from model.errors import GuizeError, SelfCheckError  # noqa: PLC0415

        if isinstance(excinfo.value, GuizeError) and not isinstance(excinfo.value, SelfCheckError):
            return excinfo.value.show(_lang(self.config))
        return super().repr_failure(excinfo)


class PropertyItem(pytest.Item):
    """One property. It passes where the property holds; `unknown` never passes."""

    file: PropertyFile

    def take(self, file: PropertyFile, of: Any) -> None:
        self.file, self._line, self._says = file, of.line, of.label.get(_lang(self.config))
        self.extra_keyword_matches.update((of.label.zh, of.label.en, file.rules.title.label.zh))
        if of.unknown:
            names = ", ".join(of.unknown)
            why = f"不适用：本规则没有 {names}" if _lang(self.config) == "zh" else f"n/a: the rules have no {names}"
            self.add_marker(pytest.mark.skip(reason=why))

    def runtest(self) -> None:
        from guize.sentences import claim  # noqa: PLC0415
        from guize.sentences.verdict import sentence  # noqa: PLC0415
        from proofs.proving import Status  # noqa: PLC0415

        config, rules = self.config, self.file.rules
        found, lang = self.file.verdict(self.name), _lang(config)
        strict = _setting(config, "strict_vacuity", False)
        if found.status is Status.VACUOUS and not strict:
            warnings.warn_explicit(
                f"{self.name}: {sentence(rules, found, lang)}", VacuousProperty, str(self.path), self._line
            )
        elif found.status is not Status.HOLDS:
            raise PropertyError(claim.account(rules, found, lang, _register(config).most_absences))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, PropertyError):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, max(self._line - 1, 0), f"{self.name} {self._says}"


# fixtures


def _near(request: pytest.FixtureRequest) -> tuple[Path, ...]:
    """Where a path in a test module is looked for: beside it, then in the root of the run."""
    return (request.path.parent, request.config.rootpath)


@pytest.fixture(scope="module")
def guize_rules(request: pytest.FixtureRequest) -> Callable[[str | Path], RuleSet]:
    """`guize_rules("rules/draft")`: a rule set by path (beside the test, or from the root) or bundled name.

    Each is read once a session.
    """
    register, near = _register(request.config), _near(request)
    return lambda name: register.rules(register.place(name, near))


@pytest.fixture(scope="module")
def guize_audit(request: pytest.FixtureRequest) -> Callable[..., Report]:
    """`guize_audit("rules/draft")`: the audit of a rule set, as `guize.audit` with its options; once a session."""
    register, near = _register(request.config), _near(request)
    return lambda name, **options: register.report(register.place(name, near), **options)
