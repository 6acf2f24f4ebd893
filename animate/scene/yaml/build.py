"""YAML events → plain data and the places of everything, within bounds of depth and number."""

import re
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NoReturn

from animate._lazy import lazy
from animate.errors import Path
from animate.registry import clipped
from animate.scene.yaml.document import Document
from animate.scene.yaml.events import Place, Problems, place_in
from animate.scene.yaml.scalars import Data, meaning, pointed

if TYPE_CHECKING:
    import yaml
else:
    yaml = lazy("yaml")

MAX_DEPTH = 32
MAX_VALUES = 20_000

_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f]")
_COMMAND = re.compile(
    r"(?<!\\)(?:\\\\)*\\(?:alpha|approx|ast|bar|beta|bf|binom|bot|bullet|ell|epsilon|equiv|eta|exists"
    r"|exp|forall|frac|nabla|ne|neq|neg|not|notin|nu|rangle|rho|right|rightarrow|rm|tan|tanh|tau"
    r"|text|theta|tilde|times|to|top|triangle|varepsilon|varphi|vartheta|vec|vee|vert)(?![A-Za-z])"
)
"""What YAML reads as an escape and letters, and mathtext as a command."""


@dataclass
class _Open:
    """A list or mapping that has not ended; `key` is the one whose value comes next."""

    into: dict[str, Data] | list[Data]
    path: Path
    anchor: str | None
    first: int
    flow: bool
    height: int = 1
    key: str | None = None


@dataclass(frozen=True)
class _Value:
    """A value, the number of values in it, itself included, and of the levels below it."""

    data: Data
    values: int = 1
    height: int = 0


class Builder:
    """Builds the document from one event after the other, on an explicit stack.

    After the last event `document` is whole.
    """

    def __init__(self, text: str, problems: Problems) -> None:
        self.document = Document(text)
        self._problems = problems
        self._open: list[_Open] = []
        self._anchors: dict[str, _Value | None] = {}
        self._count = 0
        self._documents = 0

    def take(self, event: "yaml.Event") -> None:
        """Add one event. Raises DocumentError where the text cannot be read on."""
        match event:
            case yaml.DocumentStartEvent():
                self._begin_document(event)
            case yaml.StreamEndEvent():
                if not self._documents:
                    self._problems.fail(1, 1, "the file is empty")
            case yaml.AliasEvent():
                self._take_alias(event)
            case yaml.ScalarEvent():
                self._take_scalar(event)
            case yaml.SequenceStartEvent():
                self._begin(event, [])
            case yaml.MappingStartEvent():
                self._begin(event, {})
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._end(event)
            case _:
                pass

    def _begin_document(self, event: "yaml.DocumentStartEvent") -> None:
        self._documents += 1
        if self._documents > 1:
            self._fail(event, "a second document begins here; a file holds one. Remove the '---'.")
        if event.version or event.tags:
            self._fail(event, "YAML directives, such as %YAML and %TAG, are not read")

    def _take_scalar(self, event: "yaml.ScalarEvent") -> None:
        self._look_at(event)
        data: Data = event.value
        if event.implicit[0] and event.style in (None, ""):
            try:
                data = meaning(event.value)
            except OverflowError:
                self._add(event, f"{clipped(event.value)} does not fit in a number")
                data = 0
        elif event.style == '"' and (_CONTROL.search(event.value) or self._has_command(event)):
            self._add(
                event,
                "a backslash in double quotes begins a special character; use single quotes",
            )
        self._place_value(event, _Value(data))

    def _has_command(self, event: "yaml.ScalarEvent") -> bool:
        """Whether a command of mathtext was read as an escape, as \\n of \\nabla is."""
        written = self.document.text[event.start_mark.index : event.end_mark.index]
        return any(_COMMAND.search(part) for part in written.split("$")[1:-1])

    def _take_alias(self, event: "yaml.AliasEvent") -> None:
        if event.anchor not in self._anchors:
            self._add(
                event,
                f"'*{clipped(event.anchor)}' refers to '&{clipped(event.anchor)}', which is not"
                " above; put a text that begins with * in quotes",
            )
            anchored = _Value(None)
        else:
            anchored = self._anchors[event.anchor]
            if anchored is None:
                self._fail(event, f"'*{clipped(event.anchor)}' stands inside itself")
        self._count_values(event, anchored.values)
        self._check_depth(event, anchored.height)
        self._place_value(event, replace(anchored, data=deepcopy(anchored.data)))

    def _begin(
        self, event: "yaml.CollectionStartEvent", into: dict[str, Data] | list[Data]
    ) -> None:
        self._look_at(event)
        self._check_depth(event, 1)
        path = self._path_here(event)
        if event.anchor:
            self._anchors[event.anchor] = None
        self.document.spans[path] = (event.start_mark.index, None)
        self._open.append(_Open(into, path, event.anchor, self._count - 1, event.flow_style))

    def _end(self, event: "yaml.CollectionEndEvent") -> None:
        ended = self._open.pop()
        if ended.flow:
            start, _ = self.document.spans[ended.path]
            self.document.spans[ended.path] = (start, event.end_mark.index)
        value = _Value(ended.into, self._count - ended.first, ended.height)
        if ended.anchor:
            self._anchors[ended.anchor] = value
        self._put(value)

    def _look_at(self, event: "yaml.ScalarEvent | yaml.CollectionStartEvent") -> None:
        self._count_values(event, 1)
        if event.tag is not None:
            self._add(event, f"tags are not read: leave {_tag(event.tag)} out")

    def _count_values(self, event: "yaml.Event", values: int) -> None:
        self._count += values
        if self._count > MAX_VALUES:
            self._fail(event, f"there are more than {MAX_VALUES} values, aliases counted in full")

    def _check_depth(self, event: "yaml.Event", levels: int) -> None:
        if len(self._open) + levels > MAX_DEPTH:
            self._fail(event, f"this is nested deeper than {MAX_DEPTH} levels")

    def _place_value(self, event: "yaml.ScalarEvent | yaml.AliasEvent", value: _Value) -> None:
        parent = self._open[-1] if self._open else None
        if parent and isinstance(parent.into, dict) and parent.key is None:
            self._take_key(event, value.data, parent)
            return
        if event.anchor and not isinstance(event, yaml.AliasEvent):
            self._anchors[event.anchor] = value
        span = (event.start_mark.index, event.end_mark.index)
        self.document.spans[self._path_here(event)] = span
        self._put(value)

    def _take_key(
        self, event: "yaml.ScalarEvent | yaml.AliasEvent", key: Data, parent: _Open
    ) -> None:
        word = str(key)
        path = (*parent.path, word)
        if not isinstance(key, str) and (why := self._no_text(event, key, parent)):
            self._add(event, why)
        elif key == "<<":
            self._add(event, "merge keys (<<) are not read; write the keys out")
        elif word in parent.into:
            first, _ = place_in(self.document.text[: self.document.keys[path]])
            self._add(
                event, f"the key {clipped(word)!r} is here a second time, first in line {first}"
            )
        if word not in parent.into:
            self.document.keys[path] = event.start_mark.index
        parent.key = word

    def _no_text(self, event: "yaml.Event", key: Data, parent: _Open) -> str | None:
        """What is said of a key that is no text: 05 in {rate: 0,05} is the end of a number. None:
        it is a whole number, such as that of a step, in a mapping that is a value."""
        written = str(getattr(event, "value", key))
        begun = re.search(r"[^\s,:{]*,$", self.document.text[: event.start_mark.index])
        number = pointed(begun[0] + written) if begun else None
        if number:
            return f"a comma ends the value; write {number} with a point"
        if parent.path and written.isdecimal():
            return None
        return f"a key must be text: put {clipped(written) or 'it'} in quotes"

    def _path_here(self, event: "yaml.Event") -> Path:
        if not self._open:
            return ()
        parent = self._open[-1]
        if isinstance(parent.into, list):
            return (*parent.path, len(parent.into))
        if parent.key is None:
            self._fail(event, "a key must be text, not a list or mapping; put it in quotes")
        return (*parent.path, parent.key)

    def _put(self, value: _Value) -> None:
        if not self._open:
            self.document.data = value.data
            return
        parent = self._open[-1]
        parent.height = max(parent.height, value.height + 1)
        if isinstance(parent.into, list):
            parent.into.append(value.data)
        elif parent.key is not None:
            parent.into[parent.key] = value.data
            parent.key = None

    def _fail(self, event: "yaml.Event", message: str) -> NoReturn:
        self._problems.fail(*_place(event), message)

    def _add(self, event: "yaml.Event", message: str) -> None:
        self._problems.add(*_place(event), message)


def _place(event: "yaml.Event") -> Place:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _tag(tag: str) -> str:
    return clipped(tag.replace("tag:yaml.org,2002:", "!!"))
