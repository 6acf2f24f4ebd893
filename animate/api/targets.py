"""Where a picture is to go: the path of a file, or a binary stream."""

from collections.abc import Collection, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import RawIOBase, TextIOBase
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, cast

from animate.errors import AnimateError, UsageError
from animate.writers import FORMATS, Written

Target = str | PathLike[str] | IO[bytes]

PICTURES = tuple(ending for ending, each in FORMATS.items() if each.kind != "paths")
"""The endings of what a scene is rendered to."""
_PART = 1 << 20
"""Bytes that are offered at once to a stream that did not take all."""


@dataclass(frozen=True)
class Places:
    """A path for each target: its own, or that of a temporary file in place of a stream."""

    paths: tuple[Path, ...]
    streams: tuple[IO[bytes] | None, ...]

    def deliver(self, written: Sequence[Written]) -> tuple[Written, ...]:
        """Write what is whole into the streams; of each only the name is left as its path.

        Raises AnimateError where one of them does not take it.
        """
        for each in self.streams:
            if each is not None and (why := _shut(each)):
                raise AnimateError(f"could not write to the stream: it {why}")
        kept = dict(zip(self.paths, self.streams, strict=True))
        delivered: list[Written] = []
        for each in written:
            stream = kept[each.path]
            if stream is not None:
                _put(each.path.read_bytes(), stream)
                each = replace(each, path=Path(each.path.name))
            delivered.append(each)
        return tuple(delivered)


@contextmanager
def places(
    targets: Sequence[Target], format: str | None, endings: Collection[str] = PICTURES
) -> Generator[Places]:
    """A context in which every target has a path; those of streams alone end in `format`.

    Raises UsageError where a target is neither path nor binary stream, where a stream has no
    format, is there twice, or takes nothing.
    """
    if not targets:
        raise UsageError("there is nothing to write to: give the path of a file, or a stream")
    streams = [None if isinstance(each, str | PathLike) else _stream(each) for each in targets]
    opened = [id(each) for each in streams if each is not None]
    if len({*opened}) < len(opened):
        raise UsageError("a stream is named twice; each can be written only once")
    if format is not None and not opened:
        raise UsageError("format: is for streams; the ending of a path says its format")
    with TemporaryDirectory(prefix="animate-") as folder:
        paths: list[Path] = []
        for number, (target, stream) in enumerate(zip(targets, streams, strict=True)):
            if stream is None:
                paths.append(Path(cast("str | PathLike[str]", target)))
            else:
                ending = _ending(stream, format, endings)
                paths.append(Path(folder, str(number), f"scene{ending}"))
        yield Places(tuple(paths), tuple(streams))


def _stream(target: object) -> IO[bytes]:
    if isinstance(target, TextIOBase):
        raise UsageError("a stream of text cannot take a picture; open it in binary mode, as 'wb'")
    if not hasattr(target, "write"):
        kind = type(target).__name__
        raise UsageError(f"a target is the path of a file or a binary stream, got {kind}")
    stream = cast("IO[bytes]", target)
    if why := _shut(stream):
        raise UsageError(f"the stream {why}; give one that is open for writing")
    return stream


def _shut(stream: IO[bytes]) -> str | None:
    """Why nothing can be written to it, if it says so itself."""
    if getattr(stream, "closed", False) is True:
        return "is closed"
    writable = getattr(stream, "writable", None)
    return "is not writable" if callable(writable) and writable() is False else None


def _put(content: bytes, stream: IO[bytes]) -> None:
    """Write all of it, in as many parts as the stream takes. Raises AnimateError."""
    done, size = 0, len(content)
    while done < size:
        try:
            part = content[done : done + _PART] if done else content
            taken = cast("int | None", stream.write(part))
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise AnimateError(f"could not write to the stream: {why}") from error
        if taken is None and not isinstance(stream, RawIOBase):
            return  # not of Python's own, and tells nothing
        if not taken or taken < 0:
            raise AnimateError(
                f"could not write to the stream: it takes no more, and of {size:,} bytes "
                f"{size - done:,} are left"
            )
        done += taken


def _ending(stream: IO[bytes], format: str | None, endings: Collection[str]) -> str:
    """The ending of the format that was asked for, or else of the stream's own file."""
    own = getattr(stream, "name", None)
    given = Path(own).suffix if format is None and isinstance(own, str) else f".{format or ''}"
    ending = f".{given.lower().lstrip('.')}"
    if ending in endings:
        return ending
    known = ", ".join(each.removeprefix(".") for each in endings)
    if format is None:
        raise UsageError(f"format: a stream has no ending, so name one of {known}")
    raise UsageError(f"format: must be one of {known}, got {format!r}")
