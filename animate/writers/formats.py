"""The table of formats: what each ending holds, and what writes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from animate.errors import UsageError
from animate.registry import Entry
from animate.writers.numbered import Numbered

Kind = Literal["clip", "frame", "paths"]
"""Frames one after the other; one frame as vectors; trajectories as numbers."""

_CONTENT: Mapping[Kind, str] = {"clip": "pictures", "frame": "pictures", "paths": "paths"}


@dataclass(frozen=True)
class Format:
    """A kind of content, and the module of this package and the name in it that write it.

    A clip is written by a Writer, a frame and paths by functions. They are imported when needed.
    """

    kind: Kind
    module: str
    name: str

    def load(self) -> Any:  # a Writer's class or a function, whose arguments depend on the kind
        """The class or function, imported now."""
        return getattr(import_module(f"animate.writers.{self.module}"), self.name)


FORMATS: Mapping[str, Format] = {
    ".gif": Format("clip", "gif", "Gif"),
    ".mp4": Format("clip", "video", "Mp4"),
    ".webm": Format("clip", "video", "Webm"),
    ".webp": Format("clip", "webp", "Webp"),
    ".apng": Format("clip", "apng", "Apng"),
    ".png": Format("clip", "png", "Png"),
    ".html": Format("clip", "page.writer", "Html"),
    ".svg": Format("frame", "vector", "write_svg"),
    ".pdf": Format("frame", "vector", "write_pdf"),
    ".csv": Format("paths", "table", "write_csv"),
    ".json": Format("paths", "table", "write_json"),
    ".npz": Format("paths", "table", "write_npz"),
}


STILLS = (".png", ".svg", ".pdf")
"""The endings of files that hold one picture."""


def formats(*kinds: Kind) -> dict[str, Entry]:
    """The endings of those kinds, or all, each with what writes it as a registry's entry.

    An entry's `about` is one line, its `options` are what a scene may say under `output`.
    """
    return {
        ending: Entry(ending, each.load())
        for ending, each in FORMATS.items()
        if not kinds or each.kind in kinds
    }


def holds(path: Path, kind: Kind) -> bool:
    """Whether a file of that name has that kind of content."""
    ending = path.suffix.lower()
    return ending in FORMATS and FORMATS[ending].kind == kind


def is_still(path: Path) -> bool:
    """Whether a file of that name holds one picture: a numbered name stands for many."""
    return path.suffix.lower() in STILLS and Numbered.of(path) is None


def check_still(path: Path) -> None:
    """Whether one picture can be written to a file of that name. Raises UsageError."""
    ending = path.suffix.lower()
    if ending in STILLS:
        if Numbered.of(path):
            raise UsageError(f"{path}: is a picture for each frame, and a still is one picture")
        return
    wrong = f"there is no format {ending}" if ending else "the name has no ending"
    if ending in FORMATS:
        held = "a clip" if FORMATS[ending].kind == "clip" else "paths"
        wrong = f"{ending} holds {held}, and a still is one picture"
    raise UsageError(f"{path}: {wrong}; the ending is one of {', '.join(STILLS)}")


def writer_of(path: Path, kind: Kind) -> Any:  # as `Format.load`
    """The class or function that writes a file of that name. Raises UsageError.

    That is where the ending is unknown, or its format holds another kind of content.
    """
    if not holds(path, kind):
        ending = path.suffix.lower()
        wrong = f"there is no format {ending}" if ending else "the name has no ending"
        if ending in FORMATS:
            wrong = f"{ending} holds {_CONTENT[FORMATS[ending].kind]}"
        known = [each for each in FORMATS if _CONTENT[FORMATS[each].kind] == _CONTENT[kind]]
        raise UsageError(f"{path}: {wrong}; the ending is one of {', '.join(known)}")
    return FORMATS[path.suffix.lower()].load()
