"""Bytes → text → YAML events, and the list of what is wrong with them."""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, NoReturn

from animate._lazy import lazy
from animate.errors import DocumentError, Problem
from animate.scene.yaml.sentences import sentence_for

if TYPE_CHECKING:
    import yaml
else:
    yaml = lazy("yaml")

Place = tuple[int, int]
"""A line and a column, from 1."""

MAX_BYTES = 1_000_000
MAX_PROBLEMS = 100

_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


class Problems:
    """What is wrong with a text, gathered so that all of it is reported at once."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def add(self, line: int, column: int, message: str) -> None:
        """Note a problem, with line and column from 1. Raises DocumentError at the hundredth."""
        self._problems.append(Problem(line, column, message))
        if len(self._problems) >= MAX_PROBLEMS:
            self.raise_if_any()

    def fail(self, line: int, column: int, message: str) -> NoReturn:
        """Note a problem after which the text cannot be read on, and raise DocumentError."""
        self._problems.append(Problem(line, column, message))
        raise DocumentError(sorted(self._problems))

    def on_line(self, line: int) -> bool:
        """Whether there is one on `line`: one slip often makes two errors."""
        return any(problem.line == line for problem in self._problems)

    def raise_if_any(self) -> None:
        """Raise DocumentError with all of them, in the order of the text."""
        if self._problems:
            raise DocumentError(sorted(self._problems))


def text_of(source: str | bytes, problems: Problems) -> str:
    """`source` as text without a byte order mark.

    Raises DocumentError where it is too long, or holds a character that YAML cannot.
    """
    size = len(source) if isinstance(source, bytes) else len(source.encode(errors="replace"))
    if size > MAX_BYTES:
        problems.fail(1, 1, f"the file has {size} bytes, and at most {MAX_BYTES} are read")
    if isinstance(source, bytes):
        try:
            source = source.decode()
        except UnicodeDecodeError as error:
            place = place_in(source[: error.start].decode())
            problems.fail(*place, f"the byte 0x{source[error.start]:02x} is not UTF-8 text")
    text = source.removeprefix("\ufeff")
    if strange := _UNPRINTABLE.search(text):
        sign = f"U+{ord(strange.group()):04X}"
        place = place_in(text[: strange.start()])
        problems.fail(*place, f"the character {sign} cannot stand in a text file")
    return text


def place_in(before: str) -> Place:
    """The place of what comes after the text `before`."""
    lines = _LINE_END.split(before)
    return len(lines), len(lines[-1]) + 1


def events_of(text: str, problems: Problems) -> Iterator["yaml.Event"]:
    """The parser's events, one by one. Raises DocumentError at the end where there are problems."""
    parse: Callable[..., Iterator[yaml.Event]] = yaml.parse  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]  # the stub has no types for it
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    count = 0
    try:
        try:
            for event in parse(text, Loader=loader):
                count += 1
                yield event
        except yaml.MarkedYAMLError as error:
            if "nesting depth" not in str(error.problem):
                raise
            # libyaml looks ahead and stops short of what is there; Python's own goes step by step.
            yield from islice(parse(text, Loader=yaml.SafeLoader), count, None)
    except yaml.MarkedYAMLError as error:
        line, column, message = sentence_for(error, _LINE_END.split(text))
        if not problems.on_line(line):
            problems.add(line, column, message)
    except yaml.YAMLError:
        problems.add(1, 1, "the file is not text that YAML can be read from")
    problems.raise_if_any()
