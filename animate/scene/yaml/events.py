"""Bytes → text → YAML events, and the list that complaints gather on."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, NoReturn

from animate._lazy import lazy
from animate.errors import DocumentError, Problem
from animate.scene.yaml.sentences import sentence_for

if TYPE_CHECKING:
    import yaml
else:
    yaml = lazy("yaml")

MAX_BYTES = 1_000_000
MAX_PROBLEMS = 100

_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


class Complaints:
    """What is wrong, gathered so that all of it is told at once."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def add(self, line: int, column: int, message: str) -> None:
        """Note one problem at `line` and `column`, from 1. Raises when it is enough."""
        self._problems.append(Problem(line, column, message))
        if len(self._problems) >= MAX_PROBLEMS:
            self.close()

    def give_up(self, line: int, column: int, message: str) -> NoReturn:
        """Note a problem after which there is no reading on."""
        self._problems.append(Problem(line, column, message))
        raise DocumentError(sorted(self._problems))

    def stands_at(self, line: int) -> bool:
        """Whether `line` was complained of: one slip often trips the reader twice."""
        return any(problem.line == line for problem in self._problems)

    def close(self) -> None:
        """Raise DocumentError if there was anything to say."""
        if self._problems:
            raise DocumentError(sorted(self._problems))


def text_of(source: str | bytes, complaints: Complaints) -> str:
    """`source` as text without a byte order mark; nothing in it that YAML could not carry."""
    size = len(source) if isinstance(source, bytes) else len(source.encode(errors="replace"))
    if size > MAX_BYTES:
        complaints.give_up(1, 1, f"the file has {size} bytes, and at most {MAX_BYTES} are read")
    if isinstance(source, bytes):
        try:
            source = source.decode()
        except UnicodeDecodeError as error:
            line, column = place_in(source[: error.start].decode())
            complaints.give_up(
                line, column, f"the byte 0x{source[error.start]:02x} is not UTF-8 text"
            )
    text = source.removeprefix("\ufeff")
    strange = _UNPRINTABLE.search(text)
    if strange:
        line, column = place_in(text[: strange.start()])
        complaints.give_up(
            line, column, f"the character U+{ord(strange.group()):04X} cannot stand in a text file"
        )
    return text


def place_in(before: str) -> tuple[int, int]:
    """Line and column, from 1, of what comes after the text `before`."""
    lines = _LINE_END.split(before)
    return len(lines), len(lines[-1]) + 1


def events_of(text: str, complaints: Complaints) -> Iterator["yaml.Event"]:
    """The parser's events, as they come: whoever has seen enough stops asking."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    seen = 0
    try:
        try:
            for event in yaml.parse(text, Loader=loader):
                seen += 1
                yield event
        except yaml.MarkedYAMLError as error:
            if "nesting depth" not in str(error.problem):
                raise
            # libyaml looks ahead and stops short of what is there; Python's own goes step by step.
            yield from islice(yaml.parse(text, Loader=yaml.SafeLoader), seen, None)
    except yaml.MarkedYAMLError as error:
        line, column, message = sentence_for(error, _LINE_END.split(text))
        if not complaints.stands_at(line):
            complaints.add(line, column, message)
    except yaml.YAMLError:
        complaints.add(1, 1, "the file is not text that YAML can be read from")
    complaints.close()
