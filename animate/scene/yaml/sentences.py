"""The YAML library's complaint → where the slip probably is, in words that a person understands."""

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import yaml

_GLUED = re.compile(r"^(\s*(?:- +)?)([A-Za-z_][\w.]*):(?=[^\s:/])")
_SHOWN = 40
_CLOSING = {"[": "]", "{": "}"}


class Said(NamedTuple):
    """A sentence and its place, from 1."""

    line: int
    column: int
    message: str


def sentence_for(error: "yaml.MarkedYAMLError", lines: list[str]) -> Said:
    """Where and what, for an `error` of the YAML library in the text with these `lines`."""
    problem, context = error.problem or "", error.context or ""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Said(1, 1, f"this is not YAML: {problem}")
    slip = _Slip(problem, lines, mark.line, mark.column)
    opened = error.context_mark and (error.context_mark.line, error.context_mark.column)
    if "tab" in problem or "'\\t'" in problem or slip.character == "\t":
        return slip.says("a tab cannot stand here; indent with spaces")
    if "cannot start any token" in problem:
        return slip.says(f"a value cannot begin with {slip.character!r}; put it in quotes")
    if "mapping values are not allowed" in problem:
        return _second_colon(slip)
    if "sequence entries are not allowed" in problem:
        return slip.says(
            "a list that begins beside its key is written [a, b]; items with '- ' go below it"
        )
    if "escape" in problem or "expected hexdecimal" in problem:
        backslash = max(slip.text.rfind("\\", 0, slip.column + 1), 0)
        return slip._replace(column=backslash).says(
            "a backslash in double quotes begins an escape; use single quotes"
        )
    if "alias" in context or "anchor" in context:
        return slip.says("a value that begins with * or & must stand in quotes")
    if "unexpected ':'" in problem:
        return slip.says("inside brackets a ':' needs a space after it, or quotes around the text")
    if "tag" in context or "tag" in problem:
        return slip.says("a value that begins with ! must stand in quotes")
    if "directive" in context or "incompatible" in problem or "duplicate %" in problem:
        return slip._replace(column=_indent(slip.text)).says(
            "YAML directives, such as %YAML and %TAG, are not read"
        )
    if "document" in problem:
        if any(line.rstrip() == "..." for line in lines[: mark.line]):
            return slip.says("the document ended above with '...'; remove that line")
        return slip.says("what began above has ended there; a scene is one mapping (key: value)")
    if "mapping keys are not allowed" in problem:
        return slip.says("a value cannot begin with '? '; put it in quotes")
    if opened and "quoted scalar" in context:
        return Said(opened[0] + 1, opened[1] + 1, "the quote that opens here is never closed")
    if opened and "simple key" in context:
        return _no_colon(slip._replace(line=opened[0], column=opened[1]))
    if opened and "flow" in context:
        return _open_bracket(slip, *opened)
    if opened and "block" in context:
        return _out_of_line(slip, *opened)
    return slip.says(f"this is not YAML: {problem}")


class _Slip(NamedTuple):
    problem: str
    lines: list[str]
    line: int
    column: int

    @property
    def text(self) -> str:
        return self.lines[self.line] if self.line < len(self.lines) else ""

    @property
    def character(self) -> str:
        return self.text[self.column : self.column + 1]

    def says(self, message: str) -> Said:
        return Said(self.line + 1, self.column + 1, message)

    def line_above(self) -> int | None:
        """The nearest line above that holds more than a comment."""
        for line in range(min(self.line, len(self.lines)) - 1, -1, -1):
            text = self.lines[line].strip()
            if text and not text.startswith("#"):
                return line
        return None


def _second_colon(slip: _Slip) -> Said:
    """A ': ' where none may be: the second of its line, or the line above never was a key."""
    before = slip.text[: slip.column]
    if re.search(r":\s", before):
        return slip.says("a second ': ' in one line; put the text that holds it in quotes")
    above = slip.line_above()
    if above is None:
        return slip.says("a ':' cannot stand here")
    text = slip.lines[above]
    if _indent(before) > _indent(text) and re.search(r":\s+\S", text):
        return slip._replace(column=_indent(before)).says(
            "this line is indented deeper than the one above, which already has its value"
        )
    return _no_colon(slip._replace(line=above, column=_indent(text)))


def _no_colon(slip: _Slip) -> Said:
    """A line that should have been a key or an item and is neither."""
    glued = _GLUED.match(slip.text)
    if glued:
        return slip._replace(column=glued.end() - 1).says(
            f"there is no space after the colon: write '{glued.group(2)}: …'"
        )
    if re.match(r"\s*-[^\s-]", slip.text):
        return slip._replace(column=_indent(slip.text)).says(
            "there is no space after the dash: write '- …'"
        )
    return slip.says(f"{_shown(slip.text.strip())!r} is no key: there is no colon after it")


def _open_bracket(slip: _Slip, line: int, column: int) -> Said:
    """A bracket never closed, closed by the wrong one, or a comma missing inside."""
    line, column = _bracket_before(slip.lines, line, column)
    opening = slip.lines[line][column : column + 1]
    closing = _CLOSING.get(opening, "]")
    if slip.line == line and slip.character and slip.character not in "]}":
        return slip.says(f"a comma or {closing!r} is missing before this")
    if slip.line == line and slip.character:
        return slip.says(f"{slip.character!r} cannot close {opening!r}; write {closing!r}")
    return Said(line + 1, column + 1, f"{opening!r} is never closed: {closing!r} is missing")


def _bracket_before(lines: list[str], line: int, column: int) -> tuple[int, int]:
    """The bracket at this place, or the last one before it: the parser may have run past it."""
    for above in range(min(line, len(lines) - 1), -1, -1):
        end = column + 1 if above == line else None
        found = max(lines[above].rfind("[", 0, end), lines[above].rfind("{", 0, end))
        if found >= 0:
            return above, found
    return 0, 0


def _out_of_line(slip: _Slip, line: int, column: int) -> Said:
    """A line whose indentation fits nothing above it, or words after a closing quote."""
    if slip.text[: slip.column].endswith("'") and slip.character.isalpha():
        return slip.says("an apostrophe ends the text here; put the whole text in double quotes")
    if slip.character and slip.character in "]}:":
        return slip.says(
            f"{slip.character!r} cannot stand here; put a text that holds it in quotes"
        )
    if re.search(r":\s+[|>]$", slip.text[: slip.column]) or slip.character in ("|", ">"):
        return slip.says("a value that begins with | or > must stand in quotes")
    if slip.text[: slip.column].strip(" -"):
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


def _shown(words: str) -> str:
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
