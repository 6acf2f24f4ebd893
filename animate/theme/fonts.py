"""Which fonts have the signs of a text."""

# pyright: reportUnknownMemberType=false

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

HOUSE = "Source Sans Pro"
"""The font of the house, which comes with a package: Latin, Greek, Cyrillic, figures of one
width."""
GENERAL = "DejaVu Sans"
"""The font that comes with matplotlib, and stands behind every theme's."""
_PACKAGE = "font_source_sans_pro"
_FACES = ("Regular", "It", "Bold", "BoldIt")
_NO_LETTERS = ("Last Resort", "STIXSize", "STIXNonUnicode", "cm")
"""How the names of fonts begin whose glyphs are not the signs that their numbers mean."""


@cache
def bring_house_font() -> None:
    """Tell matplotlib of the font of the house; nothing where its package is not installed."""
    from matplotlib.font_manager import fontManager

    found = find_spec(_PACKAGE)
    for folder in (found.submodule_search_locations or []) if found else []:
        for face in _FACES:
            fontManager.addfont(Path(folder) / "files" / f"SourceSansPro-{face}.ttf")


def lacking(text: str, families: Sequence[str]) -> frozenset[str]:
    """The signs of `text` that none of the fonts has; every font has those of ASCII."""
    foreign = {sign for sign in text if not sign.isascii()}
    return frozenset(sign for sign in foreign if ord(sign) not in _signs(tuple(families)))


@cache
def installed_with(signs: frozenset[str]) -> Mapping[str, str]:
    """For each of `signs` that an installed font has the family of one, as few as can be.

    It is `GENERAL` where that has the sign, else the family that has most of what is left, the
    first by its name among equals: the same at every run on one machine.
    """
    found = dict.fromkeys(sorted(signs - lacking("".join(signs), [GENERAL])), GENERAL)
    has = {name: _held(name, signs) for name in _families(signs - set(found))}
    while left := signs - set(found):
        best = min(sorted(has), key=lambda name: -len(has[name] & left), default=None)
        if best is None or not has[best] & left:
            break
        found.update(dict.fromkeys(sorted(has[best] & left), best))
    return found


def _families(signs: Iterable[str]) -> frozenset[str]:
    """The installed families with a file that has any of `signs`."""
    from matplotlib.font_manager import fontManager, get_font  # pyright: ignore[reportUnknownVariableType]  # its stub names a generic without arguments

    codes, names = [ord(sign) for sign in signs], set[str]()
    for entry in fontManager.ttflist if codes else ():
        if entry.name in names or entry.name.startswith(_NO_LETTERS):
            continue
        try:
            font = get_font(entry.fname)
            if any(font.get_char_index(code) for code in codes):
                names.add(entry.name)
        except (OSError, RuntimeError):  # it was uninstalled or is no font
            continue
    return frozenset(names)


def _held(family: str, signs: frozenset[str]) -> frozenset[str]:
    return signs - lacking("".join(signs), [family])


@cache
def _signs(families: tuple[str, ...]) -> frozenset[int]:
    """The code points that any of the fonts has, in the file that matplotlib takes for each."""
    from matplotlib.font_manager import FontProperties, findfont, get_font  # pyright: ignore[reportUnknownVariableType]  # its stub names a generic without arguments

    bring_house_font()
    files = {findfont(FontProperties(family=[family])) for family in families}
    return frozenset(sign for file in files for sign in get_font(file).get_charmap())
