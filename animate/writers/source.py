"""The scene inside the file: every format carries a short text, and gives it back exactly.

The text begins with a line `animate VERSION`; then may come `description: …` and `settings: …`,
each as JSON on one line; after an empty line follows the scene, character by character. Nothing
else goes in: no name of a user, no path, no time.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from animate import __version__
from animate.errors import UsageError
from animate.figure.clip import Clip
from animate.files import Unreadable, check
from animate.writers.comments import LARGEST, Damaged, UnknownFormat, comments
from animate.writers.vector import NAMESPACE, xml_text

_MARK = "animate "
_LARGEST_FILE = 1 << 40


@dataclass(frozen=True)
class Source:
    """What a file says about its making: the scene's text and the program's version."""

    text: str
    version: str
    settings: Mapping[str, object] = field(default_factory=dict[str, object])
    description: str = ""


def embedded(clip: Clip) -> str:
    """The text that a file of `clip` carries inside it; empty where there is no source."""
    if clip.source is None:
        return ""
    head = [f"{_MARK}{__version__}"]
    if clip.description:
        head.append(f"description: {json.dumps(clip.description, ensure_ascii=False)}")
    if clip.settings:
        head.append(f"settings: {json.dumps(clip.settings, ensure_ascii=False, sort_keys=True)}")
    return "\n".join([*head, "", clip.source])


class NoPicture(UsageError):
    """A file of none of the formats."""


def read_source(path: Path) -> Source:
    """The source that the file at `path` carries.

    Raises UsageError when the file cannot be read or carries none, NoPicture where it is of no
    known format.
    """
    try:
        check(path, most=_LARGEST_FILE)
    except Unreadable as error:
        raise UsageError(f"{path}: {error}") from None
    try:
        with path.open("rb") as file:
            for text in _bounded(comments(file)):
                if text.startswith(_MARK):
                    return _parsed(text)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    except UnknownFormat as error:
        raise NoPicture(f"{path}: {error}") from None
    except Damaged as error:
        raise UsageError(f"{path}: is damaged, so its scene cannot be read") from error
    raise UsageError(f"{path}: carries no scene; it was made with --no-source or by another tool")


def _bounded(texts: Iterable[str]) -> Iterator[str]:
    """The texts, as long as all of them together are not too long. Raises Damaged."""
    total = 0
    for text in texts:
        total += len(text)
        if total > LARGEST:
            raise Damaged
        yield text


def _parsed(text: str) -> Source:
    head, _, body = text.partition("\n\n")
    first, *rest = head.split("\n")
    try:
        facts = {key: json.loads(value) for key, _, value in (ln.partition(": ") for ln in rest)}
    except (ValueError, RecursionError) as error:
        raise Damaged from error
    settings, description = facts.get("settings", {}), facts.get("description", "")
    if not isinstance(settings, dict) or not isinstance(description, str):
        raise Damaged
    return Source(body, first.removeprefix(_MARK), cast("dict[str, object]", settings), description)


def png_text(text: str) -> bytes:
    """The body of an iTXt chunk (PNG specification, 11.3.3.4): keyword, plain, no language."""
    return b"Comment\0\0\0\0\0" + text.encode()


def xmp_packet(text: str) -> bytes:
    """An XMP packet that holds `text` in one element of our own."""
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" xmlns:animate="{NAMESPACE}">'
        f"<animate:source>{xml_text(text)}</animate:source>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()
