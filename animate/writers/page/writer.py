"""The HTML page: the picture packed as text, beside the script that unpacks and plays it."""

import base64
import json
import zlib
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any, ClassVar

from animate import __version__
from animate.errors import UsageError
from animate.figure.clip import Clip, Frame
from animate.figure.reading import Reading
from animate.text import Words
from animate.writers.page.facts import facts_of, numbers_of
from animate.writers.page.parts import about, filled, part, script, texts, title_of
from animate.writers.page.pictures import Pictures, Segment
from animate.writers.palette import Colors, Palette
from animate.writers.source import embedded
from animate.writers.writer import ByteWriter

EMBED = ".embed.html"
"""How the name of a snippet ends."""
_IN_SCRIPT = str.maketrans({"<": r"\u003c", "&": r"\u0026"})
"""What JSON may not have inside a <script>."""
_SAFE = bytes.maketrans(b"<>&", b"./,")
"""Base 85 of RFC 1924, but for the signs that mean something in HTML."""


class Html(ByteWriter):
    """HTML: a page that the reader plays, step by step; one file with the frames of the GIF.

    `colors`: 8 to 256, as in a GIF. A name in .embed.html is a snippet for an article.
    """

    size_reductions: ClassVar = ({"colors": 128}, {"colors": 64}, {"colors": 32})

    def __init__(self, *, colors: Colors = 256) -> None:
        super().__init__()
        if not 8 <= colors <= 256:
            raise UsageError(f"colors: are 8 to 256, got {colors}")
        self._colors = colors

    def open(self, clip: Clip, path: Path) -> None:
        self._palette = Palette(clip, self._colors - 1)
        self._pictures = Pictures(clip.width, clip.height)
        self._written = _attribute if path.name.lower().endswith(EMBED) else str
        told = clip.reading() if clip.reading else None
        self._head, self._foot = _page(clip, told, facts_of(clip, told, self._palette.colors))
        self.file = path.open("wb")
        if self._written is _attribute:
            self.file.write(_opening(clip, title_of(clip, told)).encode())
        self._write(self._head)

    def _write(self, text: str) -> None:
        self.file.write(self._written(text).encode())

    def add(self, frame: Frame) -> None:
        indices = self._palette.indices(frame.rgba)
        if (done := self._pictures.add(indices, frame.changed)) is not None:
            self._write(_frames(done))

    def close(self) -> None:
        self._write(_frames(self._pictures.close()) + self._foot)
        if self._written is _attribute:
            self.file.write(b'"></iframe>\n')
        self.file.close()


def packed(data: bytes) -> str:
    """Bytes as text that means nothing in HTML, in a script or in an attribute: base 85, 5 signs
    for 4 bytes, where base 64 takes 5.33."""
    return base64.b85encode(data).translate(_SAFE).decode()


def _frames(segment: Segment) -> str:
    return (
        f"<script type=text/plain class=animate-frames data-first={segment.first} "
        f"data-count={segment.count}>{packed(segment.data)}</script>\n"
    )


def _page(clip: Clip, told: Reading | None, facts: Mapping[str, Any]) -> tuple[str, str]:
    """What stands before the frames, and after them."""
    source = embedded(clip)
    numbers = "" if told is None else packed(zlib.compress(numbers_of(told), 9))
    parts = {
        **texts(told.words if told else Words()),
        **{name: escape(text) for name, text in about(clip, told).items()},
        **dict.fromkeys(("notes", "keys"), ""),
        "version": escape(__version__),
        "width": str(clip.width),
        "height": str(clip.height),
        "style": part("page.css"),
        "script": script(*map(part, ("pictures.js", "player.js", "alone.js"))),
        "facts": _json(facts),
        "numbers": numbers,
        "source": f"<script type=application/json id=animate-source>{_json(source)}</script>"
        if source
        else "",
    }
    parts["no_side"] = parts["no_runs"]
    whole = filled(part("page.html"), {"stage": part("stage.html")})
    before, _, after = whole.partition("{{frames}}\n")
    return filled(before, parts), filled(after, parts)


def _opening(clip: Clip, title: str) -> str:
    """The frame of a snippet, as high as the picture until the page in it says how high it is."""
    style = f"width:100%;border:0;aspect-ratio:{clip.width}/{clip.height + 120}"
    return (
        f'<iframe class="animate" title="{escape(title)}" style="{style}" loading="lazy" '
        'allow="fullscreen" srcdoc="'
    )


def _attribute(text: str) -> str:
    """The text as it stands in an attribute between double quotes."""
    return text.replace("&", "&amp;").replace('"', "&quot;")


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_IN_SCRIPT)
