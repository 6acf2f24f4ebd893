"""The signs of a scene's texts that its theme's fonts do not have, and what it asks in vain."""

from collections.abc import Iterator, Mapping, Sequence

from animate.errors import Mistake
from animate.figure.text.dollars import FORMULA
from animate.scene import Scene
from animate.theme import USED, theme
from animate.theme.fonts import GENERAL, installed_with, lacking

_MOST_NAMED = 8
"""Parameters of a style file that are named in one sentence."""


def own_fonts(scene: Scene) -> tuple[str, ...]:
    """The fonts of the scene's theme; `GENERAL` alone where it has a sign beside mathtext that the
    first one lacks, since no other font is used there."""
    fonts = theme(scene.style.theme).font
    for _, text in scene.texts() if GENERAL in fonts[1:] else ():
        if FORMULA.search(text) and lacking(text, fonts[:1]) > lacking(text, [GENERAL]):
            return (GENERAL,)
    return fonts


def borrowed(scene: Scene) -> Mapping[str, str]:
    """The signs that the theme's fonts lack, with the installed font that each is taken from."""
    fonts = own_fonts(scene)
    signs = frozenset[str]().union(
        *(lacking(text, fonts) for _, text in scene.texts() if not FORMULA.search(text))
    )
    return installed_with(signs) if signs else {}


def remarks(scene: Scene) -> Iterator[str]:
    """A sentence for each font that signs are taken from, and for what a style asks in vain."""
    looks = theme(scene.style.theme)
    if looks.unused:
        yield (
            f"{scene.style.theme}: {_listed(looks.unused)} {'have' if looks.unused[1:] else 'has'} "
            f"no effect; of a style file {_listed(USED)} are used"
        )
    fonts, signs = own_fonts(scene), borrowed(scene)
    if fonts != looks.font:
        why = f"since {looks.font[0]} lacks a sign that stands beside mathtext"
        yield f"all type is {fonts[0]}, {why}"
    for family in dict.fromkeys(signs.values()):
        taken = "".join(sign for sign, its in signs.items() if its == family)
        yield f"{taken!r} is drawn in {family}, since {fonts[0]} does not have it"


def unknown_signs(scene: Scene) -> Iterator[Mistake]:
    """Text with a sign that no font has, which would come out as an empty box, or in mathtext ¤."""
    fonts, signs = own_fonts(scene), borrowed(scene)
    for path, text in scene.texts():
        strange = lacking(text, fonts) - set(() if FORMULA.search(text) else signs)
        if not strange:
            continue
        first = next(sign for sign in text if sign in strange)
        if FORMULA.search(text) and installed_with(frozenset({first})):
            why = f"{fonts[0]} has no sign for {first!r}, and beside mathtext no other font is used"
            yield Mistake(path, f"{why}; leave out one of them")
        else:
            why = f"{fonts[0]} has no sign for {first!r}"
            yield Mistake(path, f"{why}; leave it out or choose another theme")


def _listed(names: Sequence[str]) -> str:
    """A few names in words, of many the first ones."""
    first, rest = names[:_MOST_NAMED], len(names) - _MOST_NAMED
    last = f"{rest} more" if rest > 0 else first[-1]
    before = first if rest > 0 else first[:-1]
    return f"{', '.join(before)} and {last}" if before else last
