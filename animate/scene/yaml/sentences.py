"""The YAML library's error → where the slip probably is, and a sentence with its remedy."""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from animate.registry import clipped

if TYPE_CHECKING:
    import yaml

_GLUED_COLON = re.compile(r"^(\s*(?:- +)?)([A-Za-z_][\w.]*):(?=[^\s:/])")
_CLOSING = {"[": "]", "{": "}"}


class Said(NamedTuple):
    """A sentence and its place: line and column from 1."""

    line: int
    column: int
    message: str


class Slip(NamedTuple):
    """The library's error: its words, the text's lines, and its place, with line and column from 0.

    `opened` is the place of what the library was reading, where it tells one.
    """

    problem: str
    context: str
    lines: Sequence[str]
    line: int
    column: int
    opened: tuple[int, int] | None

    @property
    def text(self) -> str:
        """The line that it is in."""
        return self.lines[self.line] if self.line < len(self.lines) else ""

    @property
    def character(self) -> str:
        """The character that it is at; "" at the end of a line."""
        return self.text[self.column : self.column + 1]

    def says(self, message: str) -> Said:
        """The sentence at this place."""
        return Said(self.line + 1, self.column + 1, message)

    def at(self, line: int, column: int) -> "Slip":
        """The same at another place."""
        return self._replace(line=line, column=column)

    def line_above(self) -> int | None:
        """The nearest line above that holds more than a comment."""
        for line in range(min(self.line, len(self.lines)) - 1, -1, -1):
            text = self.lines[line].strip()
            if text and not text.startswith("#"):
                return line
        return None


def sentence_for(error: "yaml.MarkedYAMLError", lines: Sequence[str]) -> Said:
    """Where and what, for an `error` of the YAML library in the text with these `lines`."""
    problem, context = error.problem or "", error.context or ""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Said(1, 1, f"this is not YAML: {problem}")
    begun = error.context_mark
    opened = (begun.line, begun.column) if begun else None
    slip = Slip(problem, context, lines, mark.line, mark.column, opened)
    return next(say(slip) for fits, say in _RULES if fits(slip))


Test = Callable[[Slip], bool]
Handler = Callable[[Slip], Said]


def _problem(*words: str) -> Test:
    return lambda slip: any(each in slip.problem for each in words)


def _context(*words: str) -> Test:
    return lambda slip: any(each in slip.context for each in words)


def _opened(word: str) -> Test:
    return lambda slip: slip.opened is not None and word in slip.context


def _either(*tests: Test) -> Test:
    return lambda slip: any(test(slip) for test in tests)


def _here(message: str) -> Handler:
    return lambda slip: slip.says(message)


def _at_line_begin(message: str) -> Handler:
    return lambda slip: slip.at(slip.line, _indent(slip.text)).says(message)


def _at_opening(message: str) -> Handler:
    return lambda slip: slip.at(*(slip.opened or (0, 0))).says(message)


def _impossible_beginning(slip: Slip) -> Said:
    return slip.says(f"a value cannot begin with {slip.character!r}; put it in quotes")


def _second_colon(slip: Slip) -> Said:
    """A ': ' where none may be: the second of its line, or the line above never was a key."""
    before = slip.text[: slip.column]
    if re.search(r":\s", before):
        return slip.says("a second ': ' in one line; put the text that holds it in quotes")
    above = slip.line_above()
    if above is None:
        return slip.says("a ':' cannot stand here")
    text = slip.lines[above]
    if _indent(before) > _indent(text) and re.search(r":\s+\S", text):
        return slip.at(slip.line, _indent(before)).says(
            "this line is indented deeper than the one above, which already has its value"
        )
    return _no_colon(slip.at(above, _indent(text)))


def _escape(slip: Slip) -> Said:
    backslash = max(slip.text.rfind("\\", 0, slip.column + 1), 0)
    return slip.at(slip.line, backslash).says(
        "a backslash in double quotes begins an escape; use single quotes"
    )


def _document_end(slip: Slip) -> Said:
    if any(line.rstrip() == "..." for line in slip.lines[: slip.line]):
        return slip.says("the document ended above with '...'; remove that line")
    return slip.says("what began above has ended there; a scene is one mapping (key: value)")


def _key_without_colon(slip: Slip) -> Said:
    return _no_colon(slip.at(*(slip.opened or (0, 0))))


def _no_colon(slip: Slip) -> Said:
    """A line that should have been a key or an item and is neither."""
    glued = _GLUED_COLON.match(slip.text)
    if glued:
        return slip.at(slip.line, glued.end() - 1).says(
            f"there is no space after the colon: write '{glued.group(2)}: …'"
        )
    if re.match(r"\s*-[^\s-]", slip.text):
        return slip.at(slip.line, _indent(slip.text)).says(
            "there is no space after the dash: write '- …'"
        )
    return slip.says(f"{clipped(slip.text.strip())!r} is no key: there is no colon after it")


def _open_bracket(slip: Slip) -> Said:
    """A bracket never closed, closed by the wrong one, or a comma missing inside."""
    line, column = _bracket_before(slip.lines, *(slip.opened or (0, 0)))
    opening = slip.lines[line][column : column + 1]
    closing = _CLOSING.get(opening, "]")
    if slip.line == line and slip.character and slip.character not in "]}":
        return slip.says(f"a comma or {closing!r} is missing before this")
    if slip.line == line and slip.character:
        return slip.says(f"{slip.character!r} cannot close {opening!r}; write {closing!r}")
    return slip.at(line, column).says(f"{opening!r} is never closed: {closing!r} is missing")


def _bracket_before(lines: Sequence[str], line: int, column: int) -> tuple[int, int]:
    """The bracket at this place, or the last one before it: the parser may have run past it."""
    for above in range(min(line, len(lines) - 1), -1, -1):
        end = column + 1 if above == line else None
        found = max(lines[above].rfind("[", 0, end), lines[above].rfind("{", 0, end))
        if found >= 0:
            return above, found
    return 0, 0


def _out_of_line(slip: Slip) -> Said:
    """A line whose indentation fits nothing above it, or words after a closing quote."""
    before = slip.text[: slip.column]
    line, column = slip.opened or (0, 0)
    if before.endswith("'") and slip.character.isalpha():
        return slip.says("an apostrophe ends the text here; put the whole text in double quotes")
    if slip.character and slip.character in "]}:":
        return slip.says(
            f"{slip.character!r} cannot stand here; put a text that holds it in quotes"
        )
    if re.search(r":\s+[|>]$", before) or slip.character in ("|", ">"):
        return slip.says("a value that begins with | or > must stand in quotes")
    if before.strip(" -"):
        return slip.says(
            "nothing can follow a closing quote or bracket; put the whole text in quotes"
        )
    if slip.lines[min(line, len(slip.lines) - 1)][column : column + 1] == "-":
        return slip.says("this line stands among list items: begin it with '- ' or indent it")
    if slip.character == "-":
        return slip.says("a list item stands among keys: indent it below its key")
    return slip.says("the indentation of this line fits none of the lines above")


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


_RULES: Sequence[tuple[Test, Handler]] = (
    (
        _either(_problem("tab", "'\\t'"), lambda slip: slip.character == "\t"),
        _here("a tab cannot stand here; indent with spaces"),
    ),
    (_problem("cannot start any token"), _impossible_beginning),
    (_problem("mapping values are not allowed"), _second_colon),
    (
        _problem("sequence entries are not allowed"),
        _here("a list that begins beside its key is written [a, b]; items with '- ' go below it"),
    ),
    (_problem("escape", "expected hexdecimal"), _escape),
    (
        _context("alias", "anchor"),
        _here("a value that begins with * or & must stand in quotes"),
    ),
    (
        _problem("unexpected ':'"),
        _here("inside brackets a ':' needs a space after it, or quotes around the text"),
    ),
    (
        _either(_context("tag"), _problem("tag")),
        _here("a value that begins with ! must stand in quotes"),
    ),
    (
        _either(_context("directive"), _problem("incompatible", "duplicate %")),
        _at_line_begin("YAML directives, such as %YAML and %TAG, are not read"),
    ),
    (_problem("document"), _document_end),
    (
        _problem("mapping keys are not allowed"),
        _here("a value cannot begin with '? '; put it in quotes"),
    ),
    (_opened("quoted scalar"), _at_opening("the quote that opens here is never closed")),
    (_opened("simple key"), _key_without_colon),
    (_opened("flow"), _open_bracket),
    (_opened("block"), _out_of_line),
    (lambda _: True, lambda slip: slip.says(f"this is not YAML: {slip.problem}")),
)
"""Which of the library's errors gets which sentence; the first row that fits is the one."""
