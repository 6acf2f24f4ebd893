"""The page of the workshop: the stage of every page with a player, and what stands around it."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files

from animate.text import Words
from animate.text.words import Language
from animate.theme import THEMES
from animate.writers.page.parts import ABSENT, filled, part, script, texts

_SIZES = ("320x240", "640x480", "1280x720", "1920x1080", "1080x1350")


def page(scenes: Sequence[str], wanted: str) -> str:
    """The page with a list of scenes, in a language that the browser takes (Accept-Language)."""
    words = Words(_language(wanted))
    said = _said(words)
    whole = filled(
        filled(_own("workshop.html"), {"stage": part("stage.html")}),
        {"notes": _own("notes.html"), "keys": _own("keys.html")},
    )
    empty = dict.fromkeys(
        ("title", "description", "unit", "last", "axis_x", "axis_y", "height_name"), ""
    )
    return filled(
        whole,
        {
            **texts(words),
            **{f"said_{name}": escape(text) for name, text in said.items()},
            **empty,
            **dict.fromkeys((*ABSENT, "no_side"), ""),
            "width": "640",
            "height": "480",
            "said": escape(json.dumps(said, ensure_ascii=False)),
            "list": escape(json.dumps([*scenes], ensure_ascii=False)),
            "sizes": "".join(f"<option value={each}>{each.replace('x', ' × ')}" for each in _SIZES),
            "themes": "".join(f"<option>{escape(each)}" for each in THEMES),
        },
    )


def _said(words: Words) -> Mapping[str, str]:
    """What the page says by itself; names in braces are left for it to fill in."""
    return {
        "scenes": words("workshop scenes"),
        "size": words("workshop size"),
        "theme": words("workshop theme"),
        "written": words("workshop written"),
        "download": words("workshop download"),
        "format": words("workshop format"),
        "mistakes": words("workshop mistakes"),
        "kept": words("workshop kept"),
        "remarks": words("workshop remarks"),
        "draft": words("workshop draft"),
        "drawing": words("workshop drawing"),
        "current": words("workshop current"),
        "lost": words("workshop lost"),
        "gone": words("workshop gone"),
        "line": words("workshop line", line="{line}", column="{column}"),
        "copy": words("workshop copy"),
        "copied": words("workshop copied"),
        "start": words("workshop start"),
        "hint": words("workshop hint"),
        "look": words("workshop look"),
        "camera": words("workshop camera", azimuth="{azimuth}", elevation="{elevation}"),
        "turn": words("workshop turn"),
        "preparing": words("workshop preparing", file="{file}"),
        "frames": words("workshop frames", done="{done}", count="{count}"),
        "choose": words("workshop choose"),
        "save": words("workshop save"),
        "no_loss": words("workshop no loss"),
        "none": words("workshop none"),
    }


def _language(wanted: str) -> Language:
    """The first of the languages that a browser wants which there is."""
    for each in wanted.split(","):
        match each.split(";")[0].strip().lower().split("-")[0]:
            case "ru":
                return "ru"
            case "en":
                return "en"
            case _:
                pass
    return "en"


@cache
def _workshop() -> str:
    """The player and what the workshop adds to it, as one script."""
    return script(part("pictures.js"), part("player.js"), _own("workshop.js"))


@cache
def _own(name: str) -> str:
    return files("animate.workshop").joinpath(name).read_text(encoding="utf-8")


ASSETS: Mapping[str, tuple[str, Callable[[], str]]] = {
    "workshop.js": ("text/javascript; charset=utf-8", _workshop),
    "page.css": ("text/css; charset=utf-8", lambda: part("page.css")),
    "workshop.css": ("text/css; charset=utf-8", lambda: _own("workshop.css")),
}
"""The parts of the page, by name: what they are, and what makes them."""
