"""What is wrong with a scene as a whole, though each of its parts is right."""

from collections.abc import Iterator

from animate.errors import Mistake, UnfitScene
from animate.networks.experiments import EXPERIMENTS
from animate.scene import RecordedScene, Scene, SignalScene
from animate.scene.fonts import unknown_signs
from animate.scene.limits import available_memory, too_large
from animate.scene.story import not_shown, out_of_time

_LEAST_PIXELS = 48 * 48
"""Of the picture, for each panel with its labels."""
_LACKING = {
    "heads": "cannot draw 'vectors' at a swarm; leave them out, or give single starts",
    "inside": "needs the optimizers of a race on a surface, none with 'then'; leave it out",
    "basins": "needs the optimizers of a race on a surface; leave it out",
    "minima": "is measured to the nearest known minimum, and there is none; leave it out",
    "ground": "shows a surface of two variables, and this scene has none; leave it out",
    "plane": "shows a surface of two variables, and this scene has none; leave it out",
    "losses": "shows losses against the step, and this scene has none; leave it out",
    "rules": "knows the update rule of none of the optimizers; leave it out",
    "signal": "shows the answers to a signal only; leave it out",
    "network": "shows a network only; leave it out",
    "lines": "shows networks trained here or read from checkpoints only; leave it out",
    "graph": "draws a function of one variable, and this scene has none; leave it out",
    "curve": "shows a curve between two networks only; leave it out",
    "finding": "shows an experiment or a network only; leave it out",
}
"""What is said of a panel that needs what the scene does not have; all else is an experiment's."""
_NO_ARROWS = "draws 'vectors' only in a race on a surface; leave 'vectors' out"
_NO_SPLIT = "is split by optimizers, and an experiment has none; leave 'split' out"


def examine(scene: Scene) -> None:
    """Raises UnfitScene with every mistake."""
    found = [
        *scene.mistakes(),
        *unknown_signs(scene),
        *_crowded(scene),
        *_unshowable(scene),
        *_no_film(scene),
        *_without_values(scene),
        *_story(scene),
        *_too_large(scene),
    ]
    if found:
        raise UnfitScene(found)


def _too_large(scene: Scene) -> Iterator[Mistake]:
    """What does not fit into the memory or the time that there is; the others are bounded."""
    if not isinstance(scene, RecordedScene | SignalScene):
        yield from too_large(scene, available_memory())


def _crowded(scene: Scene) -> Iterator[Mistake]:
    """The mistake of more panels than the picture has room for."""
    count = len(scene.entries) * scene.values_beside
    width, height = scene.style.size
    if count * _LEAST_PIXELS > width * height:
        why = f"{width} × {height} pixels leave no room for {count} panels; make the picture larger"
        yield Mistake(("style", "size"), why)


def _unshowable(scene: Scene) -> Iterator[Mistake]:
    """The panels that need what the scene does not have, before anything is computed."""
    features = _features(scene)
    for entry in scene.entries:
        needs = entry.panel.traits.needs
        missing = needs - features
        if missing & {"plane", "graph"} and "ground" in features:
            yield Mistake(entry.place, f"{entry.name!r} {_of_others('graph' in features)}")
        elif missing:
            first = min(missing, key=[*_LACKING, *missing].index)
            arrows = first == "inside" and "heads" in needs
            why = _NO_ARROWS if arrows else _LACKING.get(first) or _offered(first)
            yield Mistake(entry.place, f"{entry.name!r} {why}")
        elif entry.split and "optimizers" not in scene.features:
            yield Mistake(entry.place, f"{entry.name!r} {_NO_SPLIT}")


def _features(scene: Scene) -> frozenset[str]:
    """The scene's own, and the "ground" of a surface of any number of variables."""
    own = scene.features
    return own | {"ground"} if own & {"plane", "graph"} else own


def _of_others(of_one: bool) -> str:
    """What is said of a panel for surfaces of so many variables as the scene's has not."""
    if of_one:
        return "shows a surface of two variables, and this one has x alone; show 'curve' instead"
    return "draws a function of one variable, and this surface has two; show 'contour' instead"


def _offered(feature: str) -> str:
    """Which experiments have the result that a panel shows."""
    known = [name for name, entry in EXPERIMENTS.items() if feature in entry.facts["offers"]]
    experiments = " or ".join(f"the experiment {name}" for name in known)
    return f"shows {experiments} only; leave it out"


def _no_film(scene: Scene) -> Iterator[Mistake]:
    """What cannot be seen one value of a sweep at a time: where each has a picture of its own, all
    can."""
    if not scene.film or scene.acts:
        return
    for entry in scene.entries:
        traits = entry.panel.traits
        if not traits.films and traits.needs <= _features(scene):
            why = f"{entry.name!r} is not for a film; show basins, contour or curves such as loss"
            if "heads" in traits.needs:
                why = "in a film there are no arrows; leave out 'vectors'"
            yield Mistake(entry.place, why)
    if "heads" not in scene.features and any(entry.name != "basins" for entry in scene.entries):
        why = "a film shows whole paths, and a swarm has none; name starts, or show 'basins'"
        yield Mistake(("start",), why)


def _without_values(scene: Scene) -> Iterator[Mistake]:
    """The mistake of a sweep whose values no panel shows."""
    words = scene.entries and all(entry.panel.traits.words for entry in scene.entries)
    if words and (scene.film or scene.values_beside > 1):
        yield Mistake(("sweep",), "no panel shows its values; add one such as contour or loss")


def _story(scene: Scene) -> Iterator[Mistake]:
    """What of the story cannot be shown, as far as the scene's own words tell."""
    if not scene.story:
        return
    if scene.film:
        why = "a story goes by steps, and a film by values; leave one of them out"
        yield Mistake(("story",), why, at_key=True)
        return
    if clock := scene.clock():
        yield from out_of_time(scene.story, clock)
    if scene.panels:
        yield from not_shown(scene.story, (entry.panel for entry in scene.entries))
