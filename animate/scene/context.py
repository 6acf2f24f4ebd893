"""What a scene is read in: its folder, and what the user allows it."""

import re
from dataclasses import dataclass, field
from glob import iglob
from itertools import islice
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, ValidationInfo

from animate.files import Unreadable, check
from animate.scene.diagnostics import shown
from animate.surfaces.code import module_files, source_files
from animate.text import Language


@dataclass(frozen=True)
class Trust:
    """What the user lets a scene do: run Python of its own, name files outside of its folder."""

    code: bool = False
    outside: bool = False


NO_TRUST = Trust()

_MOST_MATCHING = 10_000
"""Files that a pattern may name."""


@dataclass(frozen=True)
class ReadingContext:
    """pydantic's validation context: the folder that file names start from, and what is allowed.

    `language` is that of texts which have several. `files` gathers the files that the scene names.
    """

    folder: Path = Path()
    trust: Trust = NO_TRUST
    language: Language = "en"
    files: list[Path] = field(default_factory=list[Path], compare=False)

    @classmethod
    def of(cls, info: ValidationInfo) -> "ReadingContext":
        """The context of a validator; that of a scene made in Python is the working directory."""
        return info.context or cls()

    def file(self, name: str) -> Path:
        """The path of the file that the scene calls `name`.

        Raises ValueError where it may not be read: unless the user allows it, every file outside of
        the scene's folder, however its name or a link gets there.
        """
        path = self.folder / name
        try:
            inside = path.resolve().is_relative_to(self.folder.resolve())
        except (OSError, ValueError, RuntimeError) as error:
            why = getattr(error, "strerror", None) or error
            raise ValueError(f"{shown(name)} cannot be the name of a file ({why})") from None
        if not (inside or self.trust.outside):
            raise ValueError(
                f"{shown(name)} lies outside of the scene's folder; if you trust the scene, allow "
                "it with --allow-outside"
            )
        self.files.append(path)
        try:
            check(path)
        except Unreadable as error:
            raise ValueError(f"{shown(name)}: {error}") from None
        return path

    def matching(self, pattern: str) -> list[Path]:
        """The paths of the files whose names are like `pattern`, in which * stands for any text.

        Raises ValueError as `file` does, and where there are very many.
        """
        outside = Path(pattern).is_absolute() or ".." in re.split(r"[/\\]", pattern)
        if outside and not self.trust.outside:
            self.file(pattern)
        matching = iglob(pattern, root_dir=self.folder)  # noqa: PTH207  # Path takes no absolute one
        found = [*islice(matching, _MOST_MATCHING + 1)]
        if len(found) > _MOST_MATCHING:
            raise ValueError(f"more than {_MOST_MATCHING:,} files are named like {shown(pattern)}")
        return [self.file(name) for name in found]

    def code(self, reference: str) -> str:
        """`reference`, "module:function", whose files are gathered.

        Raises ValueError where the user has not allowed the scene to run code.
        """
        if not self.trust.code:
            module = reference.partition(":")[0]
            raise ValueError(
                f"this scene runs the code of the module {shown(module)}, which can do all that "
                "you can; if you trust it, allow it with --allow-code"
            )
        if module_files(reference, self.folder):
            self.files.extend(source_files(reference, self.folder))
        return reference


def scene_file(name: str, info: ValidationInfo) -> str:
    """A validator: from the name of a file in the scene to its path."""
    return str(ReadingContext.of(info).file(name))


SceneFile = Annotated[str, AfterValidator(scene_file)]
"""The path of a file, which the scene names from its own folder."""


def _code(reference: str, info: ValidationInfo) -> str:
    return ReadingContext.of(info).code(reference)


CodeReference = Annotated[str, AfterValidator(_code)]
"""A function in a module beside the scene, "module:function", that the scene may run."""
