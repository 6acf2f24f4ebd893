"""What was computed of one problem, kept by what it depends on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TypeVar

from animate.networks.cache import cached
from animate.networks.rows import Rows

Result = TypeVar("Result")


@dataclass(frozen=True)
class Shelf:
    """Results of the problem of that `identity`; without one, or where it is `fresh`, all are
    computed anew, and without one none is kept."""

    identity: str | None = None
    fresh: bool = False
    _begun: set[str] = field(default_factory=set[str])

    def key(self, kind: str, *facts: object) -> str | None:
        """The name of the result of that kind that follows from the problem and `facts`."""
        if self.identity is None:
            return None
        digest = sha256(repr((self.identity, kind, *facts)).encode()).hexdigest()
        return f"{kind}-{digest[:20]}"

    def rows(self, key: str | None, width: int, wanted: int) -> Rows:
        """The rows under `key`: those that are there, to be read or gone on with."""
        return Rows(key, width, wanted, fresh=self._first(key))

    def result(self, key: str | None, kind: type[Result], compute: Callable[[], Result]) -> Result:
        """The result under `key`, a dataclass as `cached` takes it, or that of `compute`."""
        if key is None:
            return compute()
        return cached(key, kind, compute, fresh=self._first(key))

    def _first(self, key: str | None) -> bool:
        """Whether what is kept under `key` comes from an earlier run and is to be forgotten."""
        first = self.fresh and key not in self._begun
        if key is not None:
            self._begun.add(key)
        return first
