"""From a scene and its solution to the view that panels show."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from animate.errors import Mistake, UnfitScene
from animate.figure import Grid, PanelEntry, View
from animate.figure.values import Values
from animate.scene import Scene
from animate.scene.fonts import borrowed
from animate.scene.story import build_story, not_shown, story_mistakes
from animate.scene.swept import SweptScene
from animate.sources.description import narrate, plain
from animate.sources.solution import Solution
from animate.sources.values import swept_words, told_of, values_words
from animate.text import Words
from animate.theme import Theme, theme
from animate.theme.fonts import GENERAL


def panels_of(scene: Scene, solution: Solution) -> Grid[PanelEntry]:
    """The panels that the scene names, else those that its solution brings."""
    return scene.panels or solution.panels


def view_of(scene: Scene, solution: Solution) -> View:
    """The solution in the scene's theme and at its size, with its description.

    Raises UnfitScene where the story does not fit the solution.
    """
    paths = solution.trajectories
    chosen, timeline = _theme(scene), scene.timeline(paths.last_step, paths.first_step)
    window = solution.terrain.window
    panels = [entry.panel for entry in panels_of(scene, solution).cells()]
    names = solution.names
    count = max(len(paths.labels), len(names))
    colours, told = _colours(scene, solution, chosen, count)
    found = [*story_mistakes(scene.story, timeline, window), *not_shown(scene.story, panels)]
    if told and solution.swarm:
        found += _alike(colours, solution)
    if found:
        raise UnfitScene(found)
    if told:
        chosen = chosen.told_apart([colours[k] for k in _apart(solution, count)])
    no_constants: Mapping[str, Any] = {}
    view = View(
        terrain=solution.terrain,
        trajectories=paths,
        timeline=timeline,
        theme=chosen,
        pixels=scene.style.size,
        names=names,
        notes=solution.notes or ("",) * len(names),
        colours=colours,
        constants=solution.constants or (no_constants,) * count,
        formulas=solution.formulas,
        switches=solution.switches,
        tail=None if scene.style.trail == "all" else scene.style.trail,
        swarm=solution.swarm,
        words=Words(scene.style.language),
        axes=solution.axes,
        result=solution.result,
        finding=solution.finding,
        counted=solution.counted,
        ends=solution.ends,
        basins=solution.basins,
        grounds=solution.grounds,
        aspect=scene.style.aspect,
        story=build_story(scene.story, timeline, window),
    )
    return replace(view, description=_description(scene, solution, view))


def _theme(scene: Scene) -> Theme:
    """The scene's theme, whose fonts have every sign of the scene's texts."""
    chosen, others = theme(scene.style.theme), borrowed(scene).values()
    fonts = dict.fromkeys([*chosen.font, GENERAL, *others])
    return replace(chosen, font=tuple(fonts)) if others else chosen


def _description(scene: Scene, solution: Solution, view: View) -> str:
    """What happens; of a film, or on several surfaces, what does with the first value, the middle
    one and the last."""
    sweep, values = scene.sweep if isinstance(scene, SweptScene) else None, solution.values
    if sweep is not None and view.grounds and values is not None:
        told = told_of(sweep)
        every = len(told) == len(sweep.values)
        swept = "" if every else values_words(sweep, values.option, view.words)
        first = ": ".join(each for each in (plain(solution.title), swept) if each)
        sentences = [_with_value(view, values, k) for k in told]
        return " ".join([f"{first}."] * bool(first) + sentences)
    if sweep is None or sweep.layout != "film":
        return narrate(view, solution.title)
    told = told_of(sweep)
    groups = sweep.groups(len(view.names))
    covered = view.select(sorted({k for each in told for k in groups[each]}))
    optimizers = len(view.names) - len(sweep.values) + 1
    return narrate(covered, solution.title, swept_words(sweep, optimizers, view.words))


def _with_value(view: View, values: Values, number: int) -> str:
    """What happens with one value, on the surface that it makes."""
    each = values.view(view, number)
    title = " ".join(values.titles[number].split())
    return narrate(replace(each, terrain=each.terrain.alone), title)


def _colours(
    scene: Scene, solution: Solution, chosen: Theme, count: int
) -> tuple[tuple[str, ...], bool]:
    """One colour an optimizer; a quiet one where no panel's colours tell the optimizers apart, and
    whether they do.

    What stands side by side, or one after the other in a film, is one optimizer in one colour.
    """
    traits = [entry.panel.traits for entry in panels_of(scene, solution).cells()]
    tell = any(each.names_dots if solution.swarm else each.names_paths for each in traits)
    values = solution.values
    places = values.before if values is not None else range(count)
    given = [*solution.colours, *[None] * (count - len(solution.colours))]
    colours = tuple(
        own or (chosen.trail(place) if tell else chosen.muted)
        for own, place in zip(given, places, strict=True)
    )
    return colours, tell


def _apart(solution: Solution, count: int) -> list[int]:
    """The first number of every optimizer that is seen beside others: of a sweep's copies one."""
    places = solution.values.before if solution.values is not None else range(count)
    first = {place: k for k, place in reversed([*enumerate(places)])}
    return [first[place] for place in sorted(first)]


def _alike(colours: tuple[str, ...], solution: Solution) -> list[Mistake]:
    """That dots would look alike: a swarm's optimizers of one colour, unless the scene says so."""
    apart = _apart(solution, len(colours))
    given = [*solution.colours, *[None] * len(colours)]
    for place, k in enumerate(apart):
        twins = [other for other in apart[:place] if colours[other] == colours[k]]
        if twins and given[k] is None:
            names = f"{solution.names[twins[0]]!r} and {solution.names[k]!r}"
            why = f"the dots of a swarm differ by colour alone, and {names} have the same; "
            return [Mistake(("optimizers",), f"{why}give one of them a color")]
    return []
