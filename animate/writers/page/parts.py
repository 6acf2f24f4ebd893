"""The sources of pages with a player, and the texts that fill them."""

import re
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.resources import files

from animate.figure.clip import Clip
from animate.figure.reading import Reading
from animate.text import Words
from animate.writers.page.facts import shown_runs

_BROWSERS = "Safari 16.4, Chrome 97, Firefox 113"
"""The first that have all that the page takes: DecompressionStream (2023) and findLast."""
_PLACE = re.compile(r"\{\{(\w+)\}\}")


@cache
def part(name: str) -> str:
    """A file of the page's sources."""
    return files("animate.writers.page").joinpath(name).read_text(encoding="utf-8")


def script(*parts: str) -> str:
    """Scripts as one, whose names nobody else sees."""
    whole = "\n".join(parts)
    return f'(() => {{\n"use strict";\n{whole}}})();\n'


def filled(source: str, texts: Mapping[str, str]) -> str:
    """`source` with the text of each name in it; names that are not in `texts` stay."""
    return _PLACE.sub(lambda found: texts.get(found[1], found[0]), source)


def title_of(clip: Clip, told: Reading | None) -> str:
    """What the page is called: the scene's title, or the first sentence about it."""
    return (told.title if told else "") or clip.description.partition(". ")[0] or "animate"


ABSENT = ("no_story", "no_runs", "no_film", "no_x", "no_y", "no_loss")
"""The names of what a page may lack."""


def about(clip: Clip, told: Reading | None) -> Mapping[str, str]:
    """The texts that depend on what is told; `no_…` are "hidden" for what is not there."""
    always = {"title": title_of(clip, told), "description": clip.description}
    if told is None:
        return {
            **always,
            **dict.fromkeys(("unit", "axis_x", "axis_y", "height_name"), ""),
            **dict.fromkeys(ABSENT, "hidden"),
            "last": "",
        }
    x, y = (*told.axes, "x", "y")[:2]
    return {
        **always,
        "unit": told.option or told.unit,
        "axis_x": x,
        "axis_y": y,
        "height_name": told.height,
        "no_story": "" if told.stops and told.option is None else "hidden",
        "no_runs": "" if shown_runs(told) else "hidden",
        "no_film": "hidden" if told.option is None else "",
        "no_x": "" if told.axes else "hidden",
        "no_y": "" if len(told.axes) > 1 else "hidden",
        "no_loss": "" if told.height else "hidden",
        "last": told.words.number(told.total),
    }


def texts(words: Words) -> Mapping[str, str]:
    """The page's words in one language, as HTML."""
    said = {
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
    return {name: escape(text) for name, text in said.items()}
