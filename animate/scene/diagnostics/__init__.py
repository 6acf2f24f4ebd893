"""pydantic's ValidationError → Mistakes: where, in the file's own keys, and one sentence each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from animate.errors import Mistake, Path
from animate.scene.diagnostics.located import FINAL_AT_KEY, Located
from animate.scene.diagnostics.words import dotted, either, shown

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

__all__ = ["MAX_MISTAKES", "dotted", "mistakes", "shown", "spoken", "validation_error"]

MAX_MISTAKES = 100


def mistakes(error: ValidationError, model: type[BaseModel]) -> list[Mistake]:
    """What `error` says about data that was meant for `model`, in its order, nothing twice.

    Of a union only the branch that the data came closest to is told, and no more than a hundred
    mistakes in all.
    """
    located = [
        Located.of(details, model)
        for details in error.errors(include_url=False, include_context=True)
        if not _shortened(details)
    ]
    return list(islice(dict.fromkeys(_resolved(located)), MAX_MISTAKES))


def validation_error(found: Sequence[Mistake], value: Any) -> ValidationError:
    """An error that carries `found` about a part of the data up to the model of the whole."""
    from pydantic import ValidationError
    from pydantic_core import InitErrorDetails, PydanticCustomError

    return ValidationError.from_exception_data(
        "part",
        [
            InitErrorDetails(
                type=PydanticCustomError(
                    FINAL_AT_KEY if each.at_key else "mistake",
                    "{said}",
                    {"said": each.message, "offset": each.offset},
                ),
                loc=each.path,
                input=value,
            )
            for each in found
        ],
    )


def _shortened(details: Mapping[str, Any]) -> bool:
    """Whether pydantic counts as missing the items that it has already complained about."""
    return details["type"] == "too_short" and len(details["input"]) >= details["ctx"]["min_length"]


def spoken(mistake: Mistake) -> str:
    """The sentence with its subject: a message that begins with 'must' lacks one."""
    subject = dotted(mistake.path)
    if subject and mistake.message.startswith("must "):
        return f"{subject}: {mistake.message}"
    return mistake.message


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
        if not any(each.path == where and each.kind for each in errors)
    ]
    if fitting:
        best = min(fitting, key=_distance)
        yield from _resolved([_inside(each) for each in best])
        return
    kinds = list(dict.fromkeys(each.kind for each in group if each.path == where and each.kind))
    if len(branches) == 1 or not kinds:
        yield from _resolved([_inside(each) for each in group])
        return
    yield Mistake(where, f"must be {either(kinds)}, got {shown(group[0].details['input'])}")


def _inside(each: Located) -> Located:
    return replace(each, unions=each.unions[1:])


def _distance(errors: Sequence[Located]) -> tuple[int, int]:
    """How far a branch is from the data: what does not fit it, then how early it failed."""
    return sum(each.misfits for each in errors), -max(len(each.path) for each in errors)
