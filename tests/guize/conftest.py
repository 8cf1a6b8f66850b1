from __future__ import annotations

import pytest

from tests.guize.support import Run, runner


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.delenv("GUIZE_LANG", raising=False)
    return runner(monkeypatch, capsys)
