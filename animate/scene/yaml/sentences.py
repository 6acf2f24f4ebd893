"""The YAML library's error → where the slip probably is, and a sentence with its remedy."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from animate.registry import clipped

if TYPE_CHECKING:
    import yaml

_GLUED_COLON = re.compile(r"^(\s*(?:- +)?)([A-Za-z_][\w.]*):(?=[^\s:/])")
_CLOSING = {"[": "]", "{": "}"}


Sentence = tuple[int, int, str]
"""Line and column from 1, and a sentence."""


class Slip(NamedTuple):
    """The library's error: the text's lines, and its place, with line and column from 0.

    `opened` is the place of what the library was reading, `context` that in its words.
    """

    problem: str
    context: str
    lines: Sequence[str]
    line: int
    column: int
    opened: tuple[int, int]

    @property
    def text(self) -> str:
        """The line that it is in."""
        return self.lines[self.line] if self.line < len(self.lines) else ""

    @property
    def character(self) -> str:
        """The character that it is at; "" at the end of a line."""
        return self.text[self.column : self.column + 1]

    def sentence(self, message: str) -> Sentence:
        """The sentence at this place."""
        return self.line + 1, self.column + 1, message

    def at(self, line: int, column: int) -> "Slip":
        """The same at another place."""
        return self._replace(line=line, column=column)

    def at_indent(self) -> "Slip":
        """The same at the first character of its line."""
        return self.at(self.line, _indent(self.text))

    def line_above(self) -> int | None:
        """The nearest line above that holds more than a comment."""
        for line in range(min(self.line, len(self.lines)) - 1, -1, -1):
            text = self.lines[line].strip()
            if text and not text.startswith("#"):
                return line
        return None


def sentence_for(error: "yaml.MarkedYAMLError", lines: Sequence[str]) -> Sentence:
    """Where and what, for an `error` of the YAML library in the text with these `lines`."""
    problem, begun = error.problem or "", error.context_mark
    mark = error.problem_mark or begun
    if mark is None:
        return 1, 1, f"this is not YAML: {problem}"
    opened = (begun.line, begun.column) if begun else (0, 0)
    slip = Slip(problem, error.context or "", lines, mark.line, mark.column, opened)
    words = f"{problem}\n{slip.context}\n{slip.character}"
    return next(say(slip) for pattern, say in _RULES.items() if re.search(pattern, words))


Handler = Callable[[Slip], Sentence]


def _here(message: str) -> Handler:
    return lambda slip: slip.sentence(message)


def _second_colon(slip: Slip) -> Sentence:
    """A ': ' where none may be: the second of its line, or the line above never was a key."""
    before = slip.text[: slip.column]
    if re.search(r":\s", before):
        return slip.sentence("a second ': ' in one line; put the text that holds it in quotes")
    above = slip.line_above()
    if above is None:
        return slip.sentence("a ':' cannot stand here")
    text = slip.lines[above]
    if _indent(before) > _indent(text) and re.search(r":\s+\S", text):
        return slip.at_indent().sentence(
            "this line is indented deeper than the one above, which already has its value"
        )
    return _no_colon(slip.at(above, _indent(text)))


def _escape(slip: Slip) -> Sentence:
    backslash = max(slip.text.rfind("\\", 0, slip.column + 1), 0)
    return slip.at(slip.line, backslash).sentence(
        "a backslash in double quotes begins an escape; use single quotes"
    )


def _document_end(slip: Slip) -> Sentence:
    if any(line.rstrip() == "..." for line in slip.lines[: slip.line]):
        return slip.sentence("the document ended above with '...'; remove that line")
    return slip.sentence("what began above has ended there; a scene is one mapping (key: value)")


def _no_colon(slip: Slip) -> Sentence:
    """A line that should have been a key or an item and is neither."""
    glued = _GLUED_COLON.match(slip.text)
    if glued:
        return slip.at(slip.line, glued.end() - 1).sentence(
            f"there is no space after the colon: write '{glued.group(2)}: …'"
        )
    if re.match(r"\s*-[^\s-]", slip.text):
        return slip.at_indent().sentence("there is no space after the dash: write '- …'")
    return slip.sentence(f"{clipped(slip.text.strip())!r} is no key: there is no colon after it")


def _open_bracket(slip: Slip) -> Sentence:
    """A bracket never closed, closed by the wrong one, or a comma missing inside."""
    line, column = _bracket_before(slip.lines, *slip.opened)
    opening = slip.lines[line][column : column + 1]
    closing = _CLOSING.get(opening, "]")
    if slip.line == line and slip.character and slip.character not in "]}":
        return slip.sentence(f"a comma or {closing!r} is missing before this")
    if slip.line == line and slip.character:
        return slip.sentence(f"{slip.character!r} cannot close {opening!r}; write {closing!r}")
    return slip.at(line, column).sentence(f"{opening!r} is never closed: {closing!r} is missing")


def _bracket_before(lines: Sequence[str], line: int, column: int) -> tuple[int, int]:
    """The bracket at this place, or the last one before it: the parser may have run past it."""
    for above in range(min(line, len(lines) - 1), -1, -1):
        end = column + 1 if above == line else None
        found = max(lines[above].rfind("[", 0, end), lines[above].rfind("{", 0, end))
        if found >= 0:
            return above, found
    return 0, 0


def _out_of_line(slip: Slip) -> Sentence:
    """A line whose indentation fits nothing above it, or words after a closing quote."""
    before = slip.text[: slip.column]
    line, column = slip.opened
    if before.endswith("'") and slip.character.isalpha():
        return slip.sentence(
            "an apostrophe ends the text here; put the whole text in double quotes"
        )
    if slip.character and slip.character in "]}:":
        return slip.sentence(
            f"{slip.character!r} cannot stand here; put a text that holds it in quotes"
        )
    if re.search(r":\s+[|>]$", before) or slip.character in ("|", ">"):
        return slip.sentence("a value that begins with | or > must stand in quotes")
    if before.strip(" -"):
        return slip.sentence(
            "nothing can follow a closing quote or bracket; put the whole text in quotes"
        )
    if slip.lines[min(line, len(slip.lines) - 1)][column : column + 1] == "-":
        return slip.sentence("this line stands among list items: begin it with '- ' or indent it")
    if slip.character == "-":
        return slip.sentence("a list item stands among keys: indent it below its key")
    return slip.sentence("the indentation of this line fits none of the lines above")


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


_RULES: Mapping[str, Handler] = {
    r"^.*(tab|'\\t')|\t": _here("a tab cannot stand here; indent with spaces"),
    "cannot start any token": lambda slip: slip.sentence(
        f"a value cannot begin with {slip.character!r}; put it in quotes"
    ),
    "mapping values are not allowed": _second_colon,
    "sequence entries are not allowed": _here(
        "a list that begins beside its key is written [a, b]; items with '- ' go below it"
    ),
    "^.*(escape|expected hexdecimal)": _escape,
    r"\n.*(alias|anchor)": _here("a value that begins with * or & must stand in quotes"),
    "unexpected ':'": _here(
        "inside brackets a ':' needs a space after it, or quotes around the text"
    ),
    "tag": _here("a value that begins with ! must stand in quotes"),
    "directive|incompatible|duplicate %": lambda slip: slip.at_indent().sentence(
        "YAML directives, such as %YAML and %TAG, are not read"
    ),
    "^.*document": _document_end,
    "mapping keys are not allowed": _here("a value cannot begin with '? '; put it in quotes"),
    r"\n.*quoted scalar": lambda slip: slip.at(*slip.opened).sentence(
        "the quote that opens here is never closed"
    ),
    r"\n.*simple key": lambda slip: _no_colon(slip.at(*slip.opened)),
    r"\n.*flow": _open_bracket,
    r"\n.*block": _out_of_line,
    "": lambda slip: slip.sentence(f"this is not YAML: {slip.problem}"),
}
"""The sentence for each of the library's errors: that of the first pattern that fits.

A pattern is looked for in three lines: the problem, its context, and the character it is at.
"""
