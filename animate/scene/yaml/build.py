"""YAML events → plain data and the places of everything, on a stack of our own, within bounds."""

import copy
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from animate._lazy import lazy
from animate.errors import Path
from animate.scene.yaml.events import Complaints
from animate.scene.yaml.scalars import Scalar, meaning

if TYPE_CHECKING:
    import yaml
else:
    yaml = lazy("yaml")

MAX_DEPTH = 32
MAX_VALUES = 20_000

_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f]")
_SHOWN = 40
_UNSET = object()


@dataclass
class _Open:
    """A list or mapping whose end has not come yet; `key` waits for its value."""

    into: dict[str, Any] | list[Any]
    path: Path
    anchor: str | None
    first: int
    height: int = 1
    key: Any = _UNSET
    first_lines: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Anchored:
    data: Any
    values: int
    height: int


class Builder:
    """Takes one event after the other; `data` is whole after the last."""

    def __init__(self, complaints: Complaints) -> None:
        self.data: Any = None
        self.values: dict[Path, tuple[int, int]] = {}
        self.keys: dict[Path, tuple[int, int]] = {}
        self.texts: dict[Path, tuple[int, int]] = {}
        self._complaints = complaints
        self._open: list[_Open] = []
        self._anchors: dict[str, _Anchored | None] = {}
        self._count = 0
        self._documents = 0

    def take(self, event: "yaml.Event") -> None:
        """Add what `event` says. Raises DocumentError where there is no reading on."""
        match event:
            case yaml.DocumentStartEvent():
                self._begin_document(event)
            case yaml.StreamEndEvent():
                if not self._documents:
                    self._complaints.give_up(1, 1, "the file is empty")
            case yaml.AliasEvent():
                self._take_alias(event)
            case yaml.ScalarEvent():
                self._take_scalar(event)
            case yaml.SequenceStartEvent():
                self._begin(event, [])
            case yaml.MappingStartEvent():
                self._begin(event, {})
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._end()

    def _begin_document(self, event: "yaml.DocumentStartEvent") -> None:
        self._documents += 1
        if self._documents > 1:
            self._complaints.give_up(
                *_place(event), "a second document begins here; a file holds one. Remove the '---'."
            )
        if event.version or event.tags:
            self._complaints.give_up(
                *_place(event), "YAML directives, such as %YAML and %TAG, are not read"
            )

    def _take_scalar(self, event: "yaml.ScalarEvent") -> None:
        self._look_at(event)
        data: Scalar = event.value
        if event.implicit[0] and event.style in (None, ""):
            try:
                data = meaning(event.value)
            except OverflowError:
                self._complain(event, f"{_shown(event.value)} does not fit in a number")
                data = 0
        elif event.style == '"' and _CONTROL.search(event.value):
            self._complain(
                event,
                "a backslash in double quotes begins a special character; use single quotes",
            )
        self._place_value(event, data, values=1, height=0)

    def _take_alias(self, event: "yaml.AliasEvent") -> None:
        if event.anchor not in self._anchors:
            self._complain(
                event,
                f"'*{_shown(event.anchor)}' refers to '&{_shown(event.anchor)}', which is not"
                " above; put a text that begins with * in quotes",
            )
            anchored = _Anchored(None, 1, 0)
        else:
            anchored = self._anchors[event.anchor]
            if anchored is None:
                self._complaints.give_up(
                    *_place(event), f"'*{_shown(event.anchor)}' stands inside itself"
                )
        self._count_values(event, anchored.values)
        if len(self._open) + anchored.height > MAX_DEPTH:
            self._too_deep(event)
        self._place_value(
            event, copy.deepcopy(anchored.data), values=anchored.values, height=anchored.height
        )

    def _begin(self, event: "yaml.CollectionStartEvent", into: dict[str, Any] | list[Any]) -> None:
        self._look_at(event)
        if len(self._open) >= MAX_DEPTH:
            self._too_deep(event)
        path = self._path_here(event)
        self.values[path] = _place(event)
        if event.anchor:
            self._anchors[event.anchor] = None
        self._open.append(_Open(into, path, event.anchor, self._count - 1))

    def _end(self) -> None:
        ended = self._open.pop()
        values = self._count - ended.first
        if ended.anchor:
            self._anchors[ended.anchor] = _Anchored(ended.into, values, ended.height)
        self._put(ended.into, ended.height)

    def _look_at(self, event: Any) -> None:
        self._count_values(event, 1)
        if event.tag is not None:
            self._complain(event, f"tags are not read: leave {_tag(event.tag)} out")

    def _count_values(self, event: "yaml.Event", values: int) -> None:
        self._count += values
        if self._count > MAX_VALUES:
            self._complaints.give_up(
                *_place(event), f"there are more than {MAX_VALUES} values, aliases counted in full"
            )

    def _place_value(self, event: Any, data: Any, *, values: int, height: int) -> None:
        parent = self._open[-1] if self._open else None
        if parent and isinstance(parent.into, dict) and parent.key is _UNSET:
            self._take_key(event, data, parent)
            return
        if event.anchor and not isinstance(event, yaml.AliasEvent):
            self._anchors[event.anchor] = _Anchored(data, values, height)
        path = self._path_here(event)
        self.values[path] = _place(event)
        if isinstance(event, yaml.ScalarEvent) and _stands_as_it_is(event):
            line, column = _place(event)
            self.texts[path] = line, column + bool(event.style)
        self._put(data, height)

    def _take_key(self, event: Any, key: Any, parent: _Open) -> None:
        if not isinstance(key, str):
            said = _shown(str(getattr(event, "value", key)))
            self._complain(event, f"a key must be text: put {said or 'it'} in quotes")
            key = str(key)
        elif key == "<<":
            self._complain(event, "merge keys (<<) are not read; write the keys out")
        elif key in parent.first_lines:
            first = parent.first_lines[key]
            self._complain(
                event, f"the key {_shown(key)!r} is here a second time, first in line {first}"
            )
        line, _ = _place(event)
        parent.first_lines.setdefault(key, line)
        parent.key = key
        self.keys.setdefault((*parent.path, key), _place(event))

    def _path_here(self, event: "yaml.Event") -> Path:
        if not self._open:
            return ()
        parent = self._open[-1]
        if isinstance(parent.into, list):
            return (*parent.path, len(parent.into))
        if parent.key is _UNSET:
            self._complaints.give_up(
                *_place(event), "a key must be text, not a list or mapping; put it in quotes"
            )
        return (*parent.path, parent.key)

    def _put(self, data: Any, height: int) -> None:
        if not self._open:
            self.data = data
            return
        parent = self._open[-1]
        parent.height = max(parent.height, height + 1)
        if isinstance(parent.into, list):
            parent.into.append(data)
        else:
            parent.into[parent.key] = data
            parent.key = _UNSET

    def _too_deep(self, event: "yaml.Event") -> None:
        self._complaints.give_up(*_place(event), f"this is nested deeper than {MAX_DEPTH} levels")

    def _complain(self, event: "yaml.Event", message: str) -> None:
        self._complaints.add(*_place(event), message)


def _stands_as_it_is(event: "yaml.ScalarEvent") -> bool:
    """Whether the text is in the file character for character, but for its quotes."""
    start, end = event.start_mark, event.end_mark
    quotes = 2 if event.style else 0
    return start.line == end.line and end.column - start.column == len(event.value) + quotes


def _place(event: "yaml.Event") -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _tag(tag: str) -> str:
    return _shown(tag.replace("tag:yaml.org,2002:", "!!"))


def _shown(words: str) -> str:
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
