"""What can go wrong, said as a sentence with place and remedy."""

from collections.abc import Sequence
from dataclasses import dataclass

Path = tuple[str | int, ...]


class Remark(UserWarning):
    """What is to be known of a picture beside it; the command line tells it on standard error."""


class AnimateError(Exception):
    """A failure that the user is told in one line. `status` is the process's exit status."""

    status = 1


class UsageError(AnimateError, ValueError):
    """The command line or the scene asks for what cannot be; nothing was done."""

    status = 2


class UnknownName(UsageError):
    """There is no entry of the name that was `given`; `nearest` was probably meant, if any was."""

    def __init__(self, message: str, given: str = "", nearest: str | None = None) -> None:
        super().__init__(message)
        self.given, self.nearest = given, nearest


class FormulaError(UsageError):
    """A formula that is not in the language; `column` counts from 0 inside the formula."""

    def __init__(self, message: str, column: int = 0) -> None:
        super().__init__(message)
        self.column = column


@dataclass(frozen=True)
class Mistake:
    """One thing wrong in a scene: where (keys and list indices from the top) and what.

    `at_key` points the place at the key itself rather than at its value, `offset` that many
    characters into a text.
    """

    path: Path
    message: str
    at_key: bool = False
    offset: int = 0


def visible(line: str) -> str:
    """`line` with every sign that does not print, such as a terminal's commands, spelled out."""
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in line
    )


class UnfitScene(UsageError):
    """A scene that reads well and cannot be shown: `mistakes` say where and why."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(mistake.message for mistake in mistakes))
        self.mistakes = tuple(mistakes)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.mistakes,)


class UnfitOption(UsageError):
    """An option of a panel that does not fit what is shown; `inside` leads to it from the panel's
    options."""

    def __init__(self, message: str, *inside: str) -> None:
        super().__init__(message)
        self.inside = inside

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (str(self), *self.inside)


class NoRoom(UsageError):
    """The picture is too small for what it is to show."""


class SceneError(UsageError):
    """Everything wrong in one scene, all at once; `lines` are ready to print."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = tuple(map(visible, lines))
        super().__init__("\n".join(self.lines))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.lines,)


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in a text, at `line` and `column`, both from 1."""

    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.line}:{self.column}: {self.message}"


class DocumentError(UsageError):
    """A text that is not the YAML of scenes; `problems` are in the order of the text."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.problems,)


def sentence(error: BaseException) -> str:
    """The kind of an error of someone else's, and the first line of what it says."""
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
