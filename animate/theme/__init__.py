"""Colours, line widths and type sizes: everything that a picture's looks are made of."""

from pathlib import Path

from animate.errors import UnknownName
from animate.registry import hint
from animate.theme.built_in import THEMES
from animate.theme.style_file import USED, from_style_file
from animate.theme.value import Dash, LineRole, Marker, Pixels, Theme, TypeRole

__all__ = [
    "STYLE_FILE",
    "THEMES",
    "USED",
    "Dash",
    "LineRole",
    "Marker",
    "Pixels",
    "Theme",
    "TypeRole",
    "theme",
]

STYLE_FILE = ".mplstyle"
"""How the name of a matplotlib style file ends."""


def theme(name: str | Path) -> Theme:
    """The theme called `name`, or what the matplotlib style file at the path `name` describes.

    Raises UnknownName, and UsageError for a style file that cannot be read.
    """
    if str(name).endswith(STYLE_FILE):
        return from_style_file(Path(name))
    if name not in THEMES:
        own = f" A style file of your own ends in {STYLE_FILE}."
        raise UnknownName(f"there is no theme named {name!r}.{hint(str(name), THEMES)}{own}")
    return THEMES[str(name)]
