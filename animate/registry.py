"""A table from names to functions whose keyword-only signature is the schema of their options."""

import inspect
import re
from collections.abc import Callable, ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from dataclasses import dataclass, field
from difflib import get_close_matches
from threading import RLock
from typing import Any

from animate.errors import UnknownName

_MOST_LISTED = 20
"""Names that a hint lists where none is near; of more it lists none."""
_MOST_CHARACTERS = 40
"""Of what was written wrongly, in a message."""
_MOST_COMPARED = 80
"""Characters of a name that are compared with the known ones: a longer one takes too much time."""


@dataclass(frozen=True)
class Option:
    """One keyword-only parameter: its annotation, and its default or `inspect.Parameter.empty`."""

    annotation: object
    default: object

    @property
    def required(self) -> bool:
        return self.default is inspect.Parameter.empty


@dataclass(frozen=True, eq=False)
class Entry:
    """A named function or class, its options, and the facts its decorator was given."""

    name: str
    make: Callable[..., Any]
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def options(self) -> dict[str, Option]:
        """The keyword-only parameters of `make`, in order.

        Annotations are types, also those of a file with `from __future__ import annotations`.
        """
        return {
            parameter.name: Option(parameter.annotation, parameter.default)
            for parameter in inspect.signature(self.make, eval_str=True).parameters.values()
            if parameter.kind is inspect.Parameter.KEYWORD_ONLY
        }

    @property
    def complete(self) -> bool:
        """Whether its name can stand alone: none of its options is required."""
        return not any(option.required for option in self.options.values())

    @property
    def about(self) -> str:
        """The first sentence of the docstring."""
        first = (inspect.getdoc(self.make) or "").partition("\n\n")[0]
        return re.split(r"(?<=[^A-Z][.…]) (?=[A-Z])", first.replace("\n", " "), maxsplit=1)[0]


class Registry(dict[str, Entry]):
    """Entries by name. Asking for a name that is not there says which name was probably meant.

    Some may be added `later`: when a name is missing, or all are asked for.

    >>> def cone(x, y, *, steepness: float = 1.0):
    ...     "A cone with its tip at the origin."
    ...     return steepness * (x**2 + y**2) ** 0.5
    >>> surfaces = Registry("surface")
    >>> surfaces.add(cone, start=(1.0, 2.0))
    >>> surfaces["cone"].options
    {'steepness': Option(annotation=<class 'float'>, default=1.0)}
    >>> surfaces["cone"].about, surfaces["cone"].facts
    ('A cone with its tip at the origin.', {'start': (1.0, 2.0)})
    >>> surfaces["con"]
    Traceback (most recent call last):
    animate.errors.UnknownName: there is no surface named 'con'. Did you mean 'cone'?
    """

    def __init__(self, noun: str) -> None:
        super().__init__()
        self.noun = noun
        self._later: list[Callable[[], object]] = []
        self._lock = RLock()

    def add(self, make: Callable[..., Any], *, name: str | None = None, **facts: object) -> None:
        """Enter `make` under `name`, or under its own. Raises ValueError if the name is taken."""
        name = name or make.__name__
        if super().__contains__(name):
            raise ValueError(f"there are two {self.noun}s named {name!r}")
        self[name] = Entry(name, make, facts)

    def later(self, load: Callable[[], object]) -> None:
        """`load` adds more entries, such as those of files that take long to import."""
        self._later.append(load)

    def _load(self) -> None:
        """Add what is to come; another thread waits until it is there."""
        with self._lock:
            while self._later:
                self._later[0]()
                del self._later[0]

    def __missing__(self, name: str) -> Entry:
        self._load()  # or another thread has, since the name was looked for
        if super().__contains__(name):
            return super().__getitem__(name)
        raise UnknownName(self.unknown(name), name, nearest(name, self))

    def __contains__(self, name: object) -> bool:
        if super().__contains__(name):
            return True
        self._load()
        return super().__contains__(name)

    def __iter__(self) -> Iterator[str]:
        self._load()
        return super().__iter__()

    def __len__(self) -> int:
        self._load()
        return super().__len__()

    def keys(self) -> KeysView[str]:  # pyright: ignore[reportIncompatibleMethodOverride]  # dict's own kind of view has no public name
        """All names, in the order in which they were added."""
        self._load()
        return super().keys()

    def values(self) -> ValuesView[Entry]:  # pyright: ignore[reportIncompatibleMethodOverride]  # as for keys
        """All entries, in the same order."""
        self._load()
        return super().values()

    def items(self) -> ItemsView[str, Entry]:  # pyright: ignore[reportIncompatibleMethodOverride]  # as for keys
        """All names and entries, in the same order."""
        self._load()
        return super().items()

    def complete(self) -> list[str]:
        """The names that can stand alone."""
        return [name for name, entry in self.items() if entry.complete]

    def unknown(self, name: str) -> str:
        """The sentence for a name that is not in the table."""
        told = hint(name, self) or self.listed
        return f"there is no {self.noun} named {clipped(name)!r}.{told}"

    @property
    def listed(self) -> str:
        """Where all names are told, for a sentence in which they are too many."""
        return f" `animate list {self.noun}s` tells them all."


def clipped(words: str) -> str:
    """`words` if they have at most 40 characters, else the first 39 of them and "…"."""
    return words if len(words) <= _MOST_CHARACTERS else words[: _MOST_CHARACTERS - 1] + "…"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one of `known` that was probably meant, if any is near: one with the same letters in
    another order before one with more of them."""
    short = str(name)[:_MOST_COMPARED].lower()
    near = get_close_matches(short, sorted(known), n=3, cutoff=0.6)
    return next((each for each in near if sorted(each) == sorted(short)), next(iter(near), None))


def hint(name: str, known: Iterable[str]) -> str:
    """ " Did you mean …?" for the nearest of `known`; else all of them, or "" if they are many."""
    names = sorted(known)
    if near := nearest(name, names):
        return f" Did you mean {near!r}?"
    if not names or len(names) > _MOST_LISTED:
        return ""
    if len(names) == 1:
        return f" There is only {names[0]}."
    return f" There are {', '.join(names[:-1])} and {names[-1]}."
