"""The HTML page: the picture packed as text, beside the script that unpacks and plays it."""

import base64
import json
import re
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any, ClassVar

from animate import __version__
from animate.errors import UsageError
from animate.figure.clip import Clip, Frame
from animate.figure.reading import Reading
from animate.text import Words
from animate.writers.page.facts import facts_of, numbers_of, shown_runs
from animate.writers.page.pictures import Pictures, Segment
from animate.writers.palette import Colors, Palette
from animate.writers.source import embedded
from animate.writers.writer import ByteWriter

EMBED = ".embed.html"
"""How the name of a snippet ends."""
_BROWSERS = "Safari 16.4, Chrome 97, Firefox 113"
"""The first that have all that the page takes: DecompressionStream (2023) and findLast."""
_PLACE = re.compile(r"\{\{(\w+)\}\}")
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
            self.file.write(_opening(clip, _title(clip, told)).encode())
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
        **_texts(told.words if told else Words()),
        **_about(told),
        "title": escape(_title(clip, told)),
        "description": escape(clip.description),
        "version": escape(__version__),
        "width": str(clip.width),
        "height": str(clip.height),
        "style": _part("page.css"),
        "script": _part("player.js"),
        "facts": _json(facts),
        "numbers": numbers,
        "source": f"<script type=application/json id=animate-source>{_json(source)}</script>"
        if source
        else "",
    }
    before, _, after = _part("page.html").partition("{{frames}}\n")
    fill: Callable[[re.Match[str]], str] = lambda found: parts[found[1]]  # noqa: E731
    return _PLACE.sub(fill, before), _PLACE.sub(fill, after)


def _title(clip: Clip, told: Reading | None) -> str:
    """What the page is called: the scene's title, or the first sentence about it."""
    return (told.title if told else "") or clip.description.partition(". ")[0] or "animate"


def _about(told: Reading | None) -> Mapping[str, str]:
    """The parts that depend on what is told, as HTML; `no_…` hides what is not there."""
    if told is None:
        return {
            **dict.fromkeys(("unit", "axis_x", "axis_y", "height_name"), ""),
            **dict.fromkeys(("no_story", "no_runs", "no_film", "no_axes", "no_loss"), "hidden"),
            "last": "",
        }
    x, y = (*told.axes, "x", "y")[:2]
    return {
        "unit": escape(told.option or told.unit),
        "axis_x": escape(x),
        "axis_y": escape(y),
        "height_name": escape(told.height),
        "no_story": "" if told.stops and told.option is None else "hidden",
        "no_runs": "" if shown_runs(told) else "hidden",
        "no_film": "hidden" if told.option is None else "",
        "no_axes": "" if told.axes else "hidden",
        "no_loss": "" if told.height else "hidden",
        "last": told.words.number(told.total),
    }


def _texts(words: Words) -> Mapping[str, str]:
    """The page's words in one language."""
    texts = {
        "lang": words.language,
        "controls": words("page controls"),
        "play": words("page play"),
        "pause": words("page pause"),
        "back": words("page back"),
        "forward": words("page forward"),
        "value_back": words("page value back"),
        "value_forward": words("page value forward"),
        "previous": words("page previous"),
        "next": words("page next"),
        "start": words("page start"),
        "end": words("page end"),
        "position": words("page position"),
        "speed": words("page speed"),
        "slower": words("page slower"),
        "loop": words("page loop"),
        "screen": words("page screen"),
        "help": words("page help"),
        "close": words("page close"),
        "space": words("page space"),
        "runs": words("page runs"),
        "run": words("page name"),
        "step": words("step"),
        "rate": words("learning rate"),
        "paths": words("page paths"),
        "told": words("page description"),
        "no_script": words("page no script", language="JavaScript"),
        "too_old": words("page too old", browsers=_BROWSERS),
    }
    return {name: escape(text) for name, text in texts.items()}


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


@cache
def _part(name: str) -> str:
    """A file of the page's sources."""
    return files("animate.writers.page").joinpath(name).read_text(encoding="utf-8")
