"""What questions came to, by the content of all that they depend on.

A memory may serve any number of audits, of any rule sets: what is found under a key is the answer wherever the key
is the same. It holds plain records, and no solver.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TypeVar, cast

from model.contents import content
from proofs.slices import Digests

T = TypeVar("T")


class Memory:
    """`asked` counts the questions that were asked, `recalled` those that were not asked again."""

    def __init__(self) -> None:
        self.asked = self.recalled = 0
        self.digests: Digests = {}
        self._known: dict[str, object] = {}

    def recall(self, key: tuple[object, ...], ask: Callable[[], T], settled: Callable[[T], bool] | None = None) -> T:
        """The answer under the key; where there is none yet, that of `ask`, remembered if it is `settled`.

        What `ask` raises is not remembered.
        """
        name = hashlib.sha256(content(key).encode()).hexdigest()
        if name in self._known:
            self.recalled += 1
            return cast(T, self._known[name])
        self.asked += 1
        found = ask()
        if settled is None or settled(found):
            self._known[name] = found
        return found

    def __len__(self) -> int:
        return len(self._known)
