"""Results computed on other threads before they are needed."""

from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Result = TypeVar("Result")

DEPTH = 2
"""Results computed at the same time; with one alone a processor is idle between two."""


class Prefetch(Generic[Key, Result]):
    """Results of `make`, begun early for the keys that follow in the order of `after`.

    `after(key)` is the next key, None behind the last.
    """

    def __init__(self, make: Callable[[Key], Result], after: Callable[[Key], Key | None]) -> None:
        self._make, self._after = make, after
        self._begun: dict[Key, Future[Result]] = {}
        self._last: Key | None = None
        self._pool = ThreadPoolExecutor(DEPTH, thread_name_prefix="relief")

    def get(self, key: Key) -> Result:
        """The result for `key`. If keys come in order the next are begun, all others dropped."""
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
