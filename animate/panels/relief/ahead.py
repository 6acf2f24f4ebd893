"""Pictures drawn ahead of time, on threads of their own, while the file is written."""

from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")

DEPTH = 2
"""Pictures in the making at once: one picture alone leaves a processor idle again and again."""


class Ahead(Generic[Key, Made]):
    """What `make` makes of a key, begun early for the keys that `after` says come next."""

    def __init__(self, make: Callable[[Key], Made], after: Callable[[Key], Key | None]) -> None:
        self._make, self._after = make, after
        self._begun: dict[Key, Future[Made]] = {}
        self._last: Key | None = None
        self._pool = ThreadPoolExecutor(DEPTH, thread_name_prefix="relief")

    def get(self, key: Key) -> Made:
        """What is made of `key`. In a sequence the next are begun; all others are forgotten."""
        wanted = [key]
        if self._last is None or key in (self._last, self._after(self._last)):
            while len(wanted) <= DEPTH and (following := self._after(wanted[-1])) is not None:
                wanted.append(following)
        self._last = key
        for each in [old for old in self._begun if old not in wanted]:
            self._begun.pop(each).cancel()
        for each in wanted:
            if each not in self._begun:
                self._begun[each] = self._pool.submit(self._make, each)
        return self._begun[key].result()
