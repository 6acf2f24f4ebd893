"""A scene in three lines, made of what it says: nothing is computed for them."""

from collections.abc import Mapping
from textwrap import shorten
from typing import cast

from animate.scene.code_surface import has_array, name_of
from animate.scene.given import is_list, is_mapping
from animate.scene.load import Script
from animate.scene.surface import KINDS

_SUBJECTS = ("experiment", "between", "signal", "surface", "paths", "optimizers")
_WIDTH = 100


def summary(script: Script) -> str:
    """What is shown, by which panels, how long and how large."""
    scene = script.scene
    data = cast("Mapping[str, object]", script.origin.data)
    subjects = [f"{key} {_brief(data[key])}" for key in _SUBJECTS if key in data]
    panels = ", ".join(entry.name for entry in scene.entries) or "those of the experiment"
    timing, (width, height) = scene.timing, scene.style.size
    clip = f"{timing.seconds:g} s at {timing.fps:g} frames a second, {width} × {height} pixels"
    return "\n ".join(
        (f"<animate.Scene: {_short(', '.join(subjects))}", _short(f"panels: {panels}"), f"{clip}>")
    )


def _short(words: str) -> str:
    return shorten(words, _WIDTH, placeholder=" …")


def _brief(value: object) -> str:
    """A name, or what stands for one."""
    if is_list(value):
        return ", ".join(map(_brief, value))
    if not is_mapping(value):
        if callable(value):
            return name_of(value) or "a function"
        return "an array" if has_array(value) else str(value)
    keys = [key for key in KINDS if key in value] or list(value)
    if not keys:
        return ""
    return "network" if keys[0] == "network" else _brief(value[keys[0]])
