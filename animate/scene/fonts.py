"""The signs of a scene's texts that its theme's fonts do not have."""

from collections.abc import Iterator, Mapping

from animate.errors import Mistake
from animate.figure.text.dollars import FORMULA
from animate.scene import Scene
from animate.theme import theme
from animate.theme.fonts import installed_with, lacking


def borrowed(scene: Scene) -> Mapping[str, str]:
    """The signs that the theme's fonts lack, with the installed font that each is taken from."""
    fonts = theme(scene.style.theme).font
    signs = frozenset[str]().union(
        *(lacking(text, fonts) for _, text in scene.texts() if not FORMULA.search(text))
    )
    return installed_with(signs) if signs else {}


def remarks(scene: Scene) -> Iterator[str]:
    """One sentence for each font that signs are taken from."""
    fonts, signs = theme(scene.style.theme).font, borrowed(scene)
    for family in dict.fromkeys(signs.values()):
        taken = "".join(sign for sign, its in signs.items() if its == family)
        yield f"{taken!r} is drawn in {family}, since {fonts[0]} does not have it"


def unknown_signs(scene: Scene) -> Iterator[Mistake]:
    """Text with a sign that no font has, which would come out as an empty box, or in mathtext ¤."""
    fonts, signs = theme(scene.style.theme).font, borrowed(scene)
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
