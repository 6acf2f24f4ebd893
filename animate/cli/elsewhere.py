"""A scene rendered by a worker that cannot write here: its files come back as bytes."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from animate.cli.handler import Failure
from animate.cli.work import Work, attempt
from animate.errors import Remark

if TYPE_CHECKING:
    from animate.writers import Written


@dataclass(frozen=True)
class Rendered:
    """What a worker made of a scene: what it tells of each target, or why it failed; the bytes of
    the `files` of each target, by their names; and the `remarks` on the way."""

    outcome: "list[Written] | Failure"
    files: Sequence[dict[str, bytes]]
    remarks: Sequence[str]


def rendered(work: Work) -> Rendered:
    """The work done in a folder that is then removed; what is told of it names the targets."""
    with (
        TemporaryDirectory(prefix="animate-") as folder,
        warnings.catch_warnings(record=True) as raw,
    ):
        warnings.simplefilter("ignore")
        warnings.simplefilter("always", Remark)
        there = tuple(Path(folder, str(k), each.name) for k, each in enumerate(work.targets))
        quiet = replace(work.options, quiet=True)
        outcome = attempt(replace(work, targets=there, options=quiet))
        files = [{file.name: file.read_bytes() for file in _made(each)} for each in there]
    names = dict(zip(map(str, there), map(str, work.targets), strict=True))
    return Rendered(_renamed(outcome, names), files, [str(each.message) for each in raw])


def landed(done: Rendered) -> "list[Written] | Failure":
    """Put the files in their places, all of them or none, and tell the remarks."""
    from animate.writers import land

    for remark in done.remarks:
        warnings.warn(remark, Remark, stacklevel=2)
    return done.outcome if isinstance(done.outcome, Failure) else land(done.outcome, done.files)


def _made(target: Path) -> Sequence[Path]:
    """The files of a target, which has a folder for itself."""
    return sorted(target.parent.iterdir()) if target.parent.is_dir() else ()


def _renamed(
    outcome: "list[Written] | Failure", names: dict[str, str]
) -> "list[Written] | Failure":
    """What is told, with other names of files."""

    def told(text: str) -> str:
        for there, here in names.items():
            text = text.replace(there, here)
        return text

    if isinstance(outcome, Failure):
        return replace(outcome, sentence=told(outcome.sentence))
    return [
        replace(each, path=Path(told(str(each.path))), notes=tuple(map(told, each.notes)))
        for each in outcome
    ]
