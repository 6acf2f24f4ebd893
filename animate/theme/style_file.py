"""A theme from a matplotlib style file."""

# pyright: reportUnknownMemberType=false

import logging
import re
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from animate.errors import UsageError
from animate.files import Unreadable, contents
from animate.theme.built_in import THEMES
from animate.theme.oklab import to_oklab
from animate.theme.value import Theme, matplotlib_stops

_MOST_BYTES = 100_000
_USUAL = {"font.size": ("text", 10.0), "lines.linewidth": ("line", 1.5)}
"""The factors of a theme, and matplotlib's own value of the parameter, which stands for 1."""
_LEAST, _MOST = 0.5, 3.0
"""Factors with which a picture can be read."""
USED = (
    "axes.prop_cycle",
    "figure.facecolor",
    "font.family",
    *_USUAL,
    "image.cmap",
    "text.color",
)
"""The parameters of a style file that have an effect."""
_ABOUT_FILE = re.compile(r" in file (PosixPath\([^)]*\)|\S+),")


def from_style_file(path: Path) -> Theme:
    """The theme that the `.mplstyle` file at `path` describes; matplotlib's own settings stay.

    `axes.prop_cycle` gives the trails, `figure.facecolor` the paper, `text.color` the ink,
    `image.cmap` the terrain, `font.family` the type; `font.size` over 10 and `lines.linewidth` over
    1.5, which are matplotlib's own, scale all type and all lines. What the file leaves open is
    taken from the theme `dark` where the paper is dark, else from `light`. Raises UsageError.
    """
    settings = _settings(path)
    try:
        values = _theme_values(settings)
    except UsageError as error:
        raise UsageError(f"{path}: {error}") from error
    lightness = to_oklab([str(values.get("paper", THEMES["light"].paper))])[0, 0]
    ground = THEMES["dark" if lightness < 0.5 else "light"]
    about, unused = f"as {path.name} says", _unused(settings)
    return replace(ground, name=path.stem, about=about, unused=unused, **values)


def _settings(path: Path) -> dict[str, Any]:  # matplotlib's parameters have many types
    """The parameters that the style file sets, by matplotlib's names. Raises UsageError."""
    import matplotlib

    # matplotlib itself would fetch an address or fall back on a style of that name.
    if not path.is_file():
        raise UsageError(f"there is no style file {str(path)!r}")
    try:
        text = contents(path, _MOST_BYTES).decode()
    except Unreadable as error:
        raise UsageError(f"{path}: {error}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path}: is not UTF-8 text") from None
    if any("cycle" in line and "*" in line for line in text.splitlines()):
        raise UsageError(f"{path}: axes.prop_cycle: write the colours out, without *")
    with _listening() as complaints:
        try:
            settings = matplotlib.rc_params_from_file(
                path, fail_on_error=True, use_default_template=False
            )
        except (ValueError, TypeError, RecursionError) as error:
            raise UsageError(f"{path}: {' '.join(str(error).split())}") from error
    if complaints:
        raise UsageError(f"{path}: {complaints[0]}")
    return {str(key): value for key, value in settings.items()}


@contextmanager
def _listening() -> Generator[list[str]]:
    """Context: matplotlib's warnings are collected in the list instead of printed."""
    logger, complaints = logging.getLogger("matplotlib"), list[str]()

    def collect(record: logging.LogRecord) -> bool:
        text = " ".join(record.getMessage().split())
        if record.levelno >= logging.WARNING:
            complaints.append(_ABOUT_FILE.sub("", text).partition(" You probably")[0])
        return record.levelno < logging.WARNING

    level = logger.level
    logger.setLevel(logging.WARNING)  # the command line has it silent
    logger.addFilter(collect)
    try:
        yield complaints
    finally:
        logger.removeFilter(collect)
        logger.setLevel(level)


def _theme_values(settings: dict[str, Any]) -> dict[str, Any]:  # fields of many types
    """The fields of a Theme that the parameters of a style file determine."""
    values: dict[str, Any] = {
        part: _opaque(settings[key], key)
        for key, part in (("figure.facecolor", "paper"), ("text.color", "ink"))
        if key in settings
    }
    if "axes.prop_cycle" in settings:
        colours = settings["axes.prop_cycle"].by_key().get("color")
        if not colours:
            raise UsageError("axes.prop_cycle has no colours; write cycler(color=[...])")
        values["trails"] = tuple(_opaque(colour, "axes.prop_cycle") for colour in colours)
    if "image.cmap" in settings:
        values["colormap"] = matplotlib_stops(settings["image.cmap"])
    if "font.family" in settings:
        families = [settings.get(f"font.{family}", [family]) for family in settings["font.family"]]
        values["font"] = _installed([name for names in families for name in names])
    for key, (part, usual) in _USUAL.items():
        if key in settings:
            values[part] = _factor(settings[key], usual, key)
    return values


def _factor(value: float, usual: float, key: str) -> float:
    """How many times `usual` it is. Raises UsageError where nothing could be read."""
    if not _LEAST <= value / usual <= _MOST:
        least, most = _LEAST * usual, _MOST * usual
        raise UsageError(f"{key}: must be {least:g} to {most:g}, got {value:g}")
    return value / usual


def _unused(settings: dict[str, Any]) -> tuple[str, ...]:
    """The parameters of a style file that a Theme knows nothing of, in alphabetical order."""
    families = {f"font.{family}" for family in settings.get("font.family", ())}
    return tuple(sorted({*settings} - {*USED} - families))


def _installed(names: list[str]) -> tuple[str, ...]:
    """Those of the fonts that are installed; matplotlib would substitute others without a word."""
    from matplotlib.font_manager import FontProperties, findfont  # pyright: ignore[reportUnknownVariableType]  # its stub names a generic without arguments

    there: list[str] = []
    for name in names:
        try:
            findfont(FontProperties(family=[name]), fallback_to_default=False)
        except ValueError:
            continue
        there.append(name)
    if not there:
        raise UsageError(f"font.family: none of these fonts is installed: {', '.join(names)}")
    return tuple(there)


def _opaque(colour: str, key: str) -> str:
    from matplotlib.colors import to_hex, to_rgba

    red, green, blue, alpha = to_rgba(colour)
    if alpha < 1:
        raise UsageError(f"{key}: a colour must be opaque, got {colour!r}")
    return to_hex((red, green, blue))
