"""What is wrong with a scene as a whole, though each of its parts is right."""

from collections.abc import Iterator
from functools import cache

from animate.errors import Mistake, Path, UnfitScene
from animate.panels.text import Text
from animate.scene import RaceScene, RecordedScene, Scene
from animate.scene.base import SceneBase
from animate.scene.descent import DescentScene
from animate.scene.limits import room, too_large
from animate.scene.matching import misplaced
from animate.scene.start import Swarm
from animate.scene.story import too_late, too_long, unseen
from animate.scene.surface import Formula
from animate.theme import theme


def examine(scene: Scene) -> None:
    """Raises UnfitScene with every mistake."""
    found = [
        *_unknown_signs(scene),
        *misplaced(scene),
        *_untold(scene),
        *(too_large(scene, room()) if not isinstance(scene, RecordedScene) else ()),
        *(_no_film(scene) if isinstance(scene, RaceScene) else ()),
    ]
    if found:
        raise UnfitScene(found)


def _no_film(scene: RaceScene) -> Iterator[Mistake]:
    """What cannot be seen one value of a sweep at a time."""
    if scene.sweep is None or scene.sweep.layout != "film":
        return
    names = {part.name for part in scene.panels.cells()}
    for part in scene.panels.cells():
        if not part.panel.in_films:
            why = f"{part.name!r} is not for a film; show basins, contour or curves such as loss"
            yield Mistake(("panels",), why)
        elif part.panel.looks_inside():
            yield Mistake(("panels",), "in a film there are no arrows; leave out 'vectors'")
        elif part.split and not part.panel.one_optimizer:
            yield Mistake(("panels",), "in a film no panel is split; leave out 'split'")
    if isinstance(scene.start, Swarm) and names != {"basins"}:
        why = "a film shows whole paths, and a swarm has none; name starts, or show 'basins'"
        yield Mistake(("start",), why)


def _untold(scene: SceneBase) -> Iterator[Mistake]:
    """What of the story cannot be shown, as far as the scene's own words tell."""
    if not scene.story:
        return
    if isinstance(scene, RaceScene) and scene.sweep is not None and scene.sweep.layout == "film":
        why = "a story goes by steps, and a film by values; leave one of them out"
        yield Mistake(("story",), why, at_key=True)
        return
    late = [*too_late(scene.story, scene.steps)] if isinstance(scene, DescentScene) else []
    yield from late
    if isinstance(scene, DescentScene) and not late:
        yield from too_long(scene.timeline(scene.steps))
    if isinstance(scene, DescentScene | RecordedScene):
        yield from unseen(scene.story, (part.panel for part in scene.panels.cells()))


def _unknown_signs(scene: SceneBase) -> Iterator[Mistake]:
    """Text with a sign that the theme's fonts do not have: it would come out as an empty box."""
    fonts = theme(scene.style.theme).font
    for path, text in _texts(scene):
        strange = [sign for sign in text if not sign.isascii() and ord(sign) not in _signs(fonts)]
        if strange:
            why = f"{fonts[0]} has no sign for {strange[0]!r}; leave it out or choose another theme"
            yield Mistake(path, why)


def _texts(scene: SceneBase) -> Iterator[tuple[Path, str]]:
    """Every text of the scene's own that is drawn."""
    if scene.title is not None:
        yield ("title",), scene.title
    elif isinstance(scene, RaceScene) and isinstance(scene.surface, Formula):
        yield ("surface", "formula"), scene.surface.formula
    if isinstance(scene, RecordedScene):
        yield from ((("paths",), label) for label in scene.trajectories.labels)
    for k, entry in enumerate(scene.story):
        if entry.say is not None:
            yield ("story", k, "say"), entry.say
    for k, each in enumerate(scene.optimizers if isinstance(scene, DescentScene) else ()):
        if each.label is not None:
            yield ("optimizers", k, "label"), each.label
    panels = getattr(scene, "panels", None)
    for part in panels.cells() if panels else ():
        if isinstance(part.panel, Text):
            yield ("panels",), part.panel.say.replace("\n", "")


@cache
def _signs(families: tuple[str, ...]) -> frozenset[int]:
    """The code points that any of the fonts has."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    files = {findfont(FontProperties(family=[family])) for family in families}
    return frozenset(sign for file in files for sign in get_font(file).get_charmap())
