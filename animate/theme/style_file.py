"""A theme from a matplotlib style file."""

# pyright: reportUnknownMemberType=false

import logging
import re
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from animate.errors import UsageError
from animate.files import Unreadable, contents
from animate.registry import hint
from animate.theme.built_in import THEMES
from animate.theme.oklab import to_oklab
from animate.theme.value import Theme, matplotlib_stops

_MOST_BYTES = 100_000
_USUAL = {"font.size": 10.0, "lines.linewidth": 1.5}
"""Matplotlib's own values of the parameters that stand for a factor of 1."""
_LEAST, _MOST = 0.5, 3.0
"""Factors with which a picture can be read."""
_BAD_KEY = re.compile(r"Bad key (\S+)")
_ABOUT_FILE = re.compile(r" in file (PosixPath\([^)]*\)|\S+),")


def from_style_file(path: Path) -> Theme:
    """The theme that the `.mplstyle` file at `path` describes; matplotlib's own settings stay.

    `axes.prop_cycle` gives the trails, `figure.facecolor` the paper, `text.color` the ink,
    `image.cmap` the terrain, `font.family` the type; `font.size` over 10 and `lines.linewidth` over
    1.5, which are matplotlib's own, scale all type and all lines. What the file leaves open is
    taken from the theme `dark` where the paper is dark, else from `light`. Raises UsageError, with
    a line for everything that is wrong in the file.
    """
    settings, wrong = _settings(path)
    values = _theme_values(settings, wrong)
    if wrong:
        raise UsageError("\n".join(f"{path}: {each}" for each in wrong))
    lightness = to_oklab([str(values.get("paper", THEMES["light"].paper))])[0, 0]
    ground = THEMES["dark" if lightness < 0.5 else "light"]
    about, unused = f"as {path.name} says", _unused(settings)
    return replace(ground, name=path.stem, about=about, unused=unused, **values)


def _settings(path: Path) -> tuple[dict[str, Any], list[str]]:  # of many types
    """The parameters that the style file sets, by matplotlib's names, and what is wrong with its
    other lines. Raises UsageError where it cannot be read."""
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
                path, fail_on_error=False, use_default_template=False
            )
        except (ValueError, TypeError, RecursionError) as error:
            raise UsageError(f"{path}: {' '.join(str(error).split())}") from error
    known = [str(key) for key in matplotlib.rcParams]
    return {str(key): value for key, value in settings.items()}, [
        f"{each}.{hint(bad[1], known)}" if (bad := _BAD_KEY.match(each)) else each
        for each in complaints
    ]


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


def _theme_values(
    settings: dict[str, Any], wrong: list[str]
) -> dict[str, Any]:  # fields of many types
    """The fields of a Theme that the parameters of a style file determine; of others it is added to
    `wrong` why they cannot."""
    values: dict[str, Any] = {}
    for key, (part, read) in _PARTS.items():
        if key in settings:
            try:
                values[part] = read(key, settings)
            except UsageError as error:
                wrong.append(str(error))
    return values


def _trails(key: str, settings: Mapping[str, Any]) -> tuple[str, ...]:
    colours = settings[key].by_key().get("color")
    if not colours:
        raise UsageError(f"{key} has no colours; write cycler(color=[...])")
    return tuple(_opaque(colour, key) for colour in colours)


def _font(key: str, settings: Mapping[str, Any]) -> tuple[str, ...]:
    families = [settings.get(f"font.{family}", [family]) for family in settings[key]]
    return _installed([name for names in families for name in names])


def _colour(key: str, settings: Mapping[str, Any]) -> str:
    return _opaque(settings[key], key)


def _scaled(key: str, settings: Mapping[str, Any]) -> float:
    return _factor(settings[key], _USUAL[key], key)


_PARTS: Mapping[str, tuple[str, Callable[[str, Mapping[str, Any]], Any]]] = {
    "axes.prop_cycle": ("trails", _trails),
    "figure.facecolor": ("paper", _colour),
    "font.family": ("font", _font),
    "font.size": ("text", _scaled),
    "lines.linewidth": ("line", _scaled),
    "image.cmap": ("colormap", lambda key, settings: matplotlib_stops(settings[key])),
    "text.color": ("ink", _colour),
}
"""The parameters of a style file that have an effect, the part of a Theme that each makes, and how
it is read."""
USED = tuple(_PARTS)
"""The parameters of a style file that have an effect."""


def _factor(value: float, usual: float, key: str) -> float:
    """How many times `usual` it is. Raises UsageError where nothing could be read."""
    if not _LEAST <= value / usual <= _MOST:
        least, most = _LEAST * usual, _MOST * usual
        raise UsageError(f"{key}: must be {least:g} to {most:g}, got {value:g}")
    return value / usual


def _unused(settings: dict[str, Any]) -> tuple[str, ...]:
    """The parameters of a style file that a Theme knows nothing of, in alphabetical order."""
    families = {f"font.{family}" for family in settings.get("font.family", ())}
    return tuple(sorted({*settings} - {*_PARTS} - families))


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
