"""What one scene that was solved leaves for the next one of the same process."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class Kept:
    """Values by what they are made of: the `most` that were asked for last.

    A key names all that its value depends on, so that whether one is kept changes no number.
    """

    def __init__(self, most: int = 0) -> None:
        self._most, self._values = most, OrderedDict[Hashable, Any]()

    def __call__(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of `key`, as `make()` gives it, or gave it.

        >>> kept = Kept(1)
        >>> kept("one", lambda: [1]) is kept("one", lambda: [1])
        True
        """
        if key not in self._values:
            self._values[key] = make()
        self._values.move_to_end(key)
        value: T = self._values[key]
        while len(self._values) > self._most:
            self._values.popitem(last=False)
        return value


NOTHING_KEPT = Kept()
"""Keeps nothing."""
