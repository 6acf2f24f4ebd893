"""pydantic's ValidationError → Mistakes: a place in the file's own keys, and a sentence each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from animate.errors import Mistake, Path
from animate.scene.diagnostics.located import FINAL, FINAL_AT_KEY, Located
from animate.scene.diagnostics.sentences import dotted, either, shown, wanted, worded

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

__all__ = ["MAX_MISTAKES", "dotted", "mistakes", "shown", "validation_error", "wanted", "worded"]

MAX_MISTAKES = 100


def mistakes(error: ValidationError, kind: object) -> list[Mistake]:
    """What `error` says of data that was meant for the type `kind`, in its order, nothing twice.

    Of a union only the branch that the data came closest to is reported, and no more than a hundred
    mistakes in all.
    """
    located = [
        Located.of(details, kind)
        for details in error.errors(include_url=False, include_context=True)
        if not _of_missing_items(details)
    ]
    return list(islice(dict.fromkeys(_resolved(_once(located))), MAX_MISTAKES))


def _once(located: Sequence[Located]) -> list[Located]:
    """The errors, but for the missing keys that are there, mistyped, as others of them tell."""
    there = {
        (*each.path[:-1], each.meant)
        for each in located
        if each.details["type"] == "extra_forbidden"
    }
    return [each for each in located if each.details["type"] != "missing" or each.path not in there]


def validation_error(found: Sequence[Mistake], value: object) -> ValidationError:
    """An error for a validator to raise about its `value`: `mistakes` finds `found` in it again.

    Their paths begin at the value; the model of the whole scene puts its own path before them.
    """
    from pydantic import ValidationError
    from pydantic_core import InitErrorDetails, PydanticCustomError

    return ValidationError.from_exception_data(
        "part",
        [
            InitErrorDetails(
                type=PydanticCustomError(
                    FINAL_AT_KEY if each.at_key else FINAL,
                    "{message}",
                    {"message": each.message, "offset": each.offset},
                ),
                loc=each.path,
                input=value,
            )
            for each in found
        ],
    )


def _of_missing_items(details: ErrorDetails) -> bool:
    """Whether pydantic counts as missing the items that it has already reported one by one."""
    least: int = details.get("ctx", {}).get("min_length", 0)
    return details["type"] == "too_short" and len(details["input"]) >= least


def _resolved(located: Sequence[Located]) -> Iterator[Mistake]:
    """The mistakes, each union's branches weighed against each other once."""
    groups: dict[Path | int, list[Located]] = {}
    for index, each in enumerate(located):
        groups.setdefault(each.unions[0][0] if each.unions else index, []).append(each)
    for where, group in groups.items():
        if isinstance(where, int):
            yield group[0].mistake()
        else:
            yield from _closest(group, where)


def _closest(group: Sequence[Located], where: Path) -> Iterator[Mistake]:
    """The branch that the data fits best; where it fits none, what any of them would have taken."""
    branches: dict[str, list[Located]] = {}
    for each in group:
        branches.setdefault(each.unions[0][1], []).append(each)
    fitting = [
        errors
        for errors in branches.values()
        if not any(each.path == where and each.expected for each in errors)
    ]
    if fitting:
        best = min(fitting, key=_distance)
        yield from _resolved([replace(each, unions=each.unions[1:]) for each in best])
        return
    expected = dict.fromkeys(
        each.expected for each in group if each.path == where and each.expected
    )
    yield Mistake(where, wanted(either([*expected]), group[0].details["input"]))


def _distance(errors: Sequence[Located]) -> tuple[int, int]:
    """How far a branch is from the data: what does not fit it, then how early it failed."""
    return sum(each.misfits for each in errors), -max(len(each.path) for each in errors)
