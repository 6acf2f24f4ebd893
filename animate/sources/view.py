"""From a scene and its solution to the view that panels show."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from animate.errors import Mistake, UnfitScene
from animate.figure import Grid, Noted, Panel, PanelEntry, View
from animate.figure.values import Values
from animate.figure.view import ToldOn
from animate.scene import NetworkScene, RaceScene, Scene
from animate.scene.fonts import borrowed, own_fonts
from animate.scene.story import build_story, not_shown, story_mistakes
from animate.scene.swept import SweptScene
from animate.simulate.terrain import Points
from animate.sources.description import Outcome, landmarks, narrate, noted, outcomes_of, plain
from animate.sources.looks import alike, colours_of, told_apart, trails_of
from animate.sources.pace import tempo
from animate.sources.solution import Solution
from animate.sources.values import swept_words, told_of, values_words
from animate.text import Words
from animate.theme import Theme, theme
from animate.theme.fonts import GENERAL

_TOLD_ON: tuple[ToldOn, ...] = ("map", "relief")
"""On what it is said what happens to runs, the better place first."""


def panels_of(scene: Scene, solution: Solution) -> Grid[PanelEntry]:
    """The panels that the scene names, else those that its solution brings."""
    return scene.panels or solution.panels


def view_of(scene: Scene, solution: Solution) -> View:
    """The solution in the scene's theme and at its size, with its description.

    Raises UnfitScene where the story does not fit the solution.
    """
    paths = solution.trajectories
    chosen, ends = _theme(scene), (paths.last_step, paths.first_step)
    window = solution.terrain.window
    panels = [entry.panel for entry in panels_of(scene, solution).cells()]
    names = solution.names
    count = max(len(paths.labels), len(names))
    trails = trails_of(solution, chosen, count)
    colours, told = colours_of(panels, solution, chosen, trails)
    found = alike(colours, solution) if told and solution.swarm else []
    no_constants: Mapping[str, Any] = {}
    view = View(
        terrain=solution.terrain,
        trajectories=paths,
        timeline=scene.timeline(*ends),
        theme=chosen,
        pixels=scene.style.size,
        names=names,
        notes=solution.notes or ("",) * len(names),
        colours=colours,
        constants=solution.constants or (no_constants,) * count,
        formulas=solution.formulas,
        switches=solution.switches,
        tail=None if scene.style.trail == "all" else scene.style.trail,
        trail_by=scene.style.trail_by,
        swarm=solution.swarm,
        noisy=isinstance(scene, RaceScene) and scene.gradient_noise() is not None,
        words=Words(scene.style.language),
        axes=solution.axes,
        quantity=solution.quantity,
        result=solution.result,
        finding=solution.finding,
        counted=solution.counted,
        ends=solution.ends,
        basins=solution.basins,
        grounds=solution.grounds,
        aspect=scene.style.aspect,
        film=solution.values is not None and solution.values.layout == "film",
    )
    if told:
        solid = any(panel.parts(view) for panel in panels)
        view = replace(view, theme=told_apart(chosen, trails, solution, solid=solid))
    timeline = scene.timeline(*ends, tempo(scene, view, panels))
    found += [*story_mistakes(scene.story, timeline, window), *not_shown(scene.story, panels)]
    if found:
        raise UnfitScene(found)
    story = build_story(scene.story, timeline, window)
    view = replace(view, timeline=timeline, story=story)
    known = outcomes_of(view) if solution.values is None else []
    card, arrivals = _card(scene, solution, known)
    direct = _direct(scene, solution, panels)
    described = _description(scene, solution, view, known)
    view = replace(
        view,
        description=described,
        card=card,
        held_out=solution.held_out,
        arrivals=arrivals,
        direct=direct,
        hollows=_hollows(known),
    )
    able = {panel.traits.notes for panel in panels}
    on: ToldOn | None = next((each for each in _TOLD_ON if each in able), None)
    view = replace(view, noted=_noted(scene, view, known, on), told_on=on)
    if not known or on != "map" or scene.style.annotate == "none":
        return view
    return replace(view, landmarks=landmarks(view.terrain))


def _card(
    scene: Scene, solution: Solution, known: Sequence[Outcome]
) -> tuple[bool, tuple[int | None, ...]]:
    """Whether the clip is to end with a card, and when the runs that it ranks reached a minimum.

    Raises UnfitScene where a card is asked for and there is nothing to rank.
    """
    swarm = solution.ends is not None and solution.swarm and len(solution.names) == 1
    if scene.timing.end == "card" and not scene.style.named:
        why = "a card stands in the legend's place, and here there is no legend; leave end out"
        raise UnfitScene([Mistake(("timing", "end"), why)])
    trained = isinstance(scene, NetworkScene) and not solution.quantity
    able = bool(known) or trained or (swarm and solution.values is None)
    if scene.timing.end == "card" and not able:
        why = (
            "a card ranks runs from one start over a surface, or tells in which minima the dots of "
            "one optimizer end, and here there are none; leave end out"
        )
        raise UnfitScene([Mistake(("timing", "end"), why)])
    several = len(known) > 1 or (trained and len(solution.names) > 1)
    told = several or (swarm and _most_arrive(solution))
    asked = scene.timing.end == "card" or (scene.timing.end is None and told)
    wanted = asked and scene.style.named
    reached = tuple(each.reached.since if each.reached else None for each in known)
    if trained:
        reached = (None,) * len(solution.names)
    return able and wanted, reached


def _direct(scene: Scene, solution: Solution, panels: Sequence[Panel]) -> bool:
    """Whether names stand beside heads. Raises UnfitScene where they are to and no panel has any
    heads for them."""
    if scene.style.labels != "direct":
        return False
    if solution.swarm or not any(panel.traits.labels for panel in panels):
        why = "names stand beside heads on a contour or on curves, and here there are none"
        raise UnfitScene([Mistake(("style", "labels"), f"{why}; leave labels out")])
    return True


def _hollows(known: Sequence[Outcome]) -> Points:
    """The minima that are told of the runs, each once."""
    told = [
        *(each.reached.place for each in known if each.reached),
        *(each.nearest[0] for each in known if each.nearest),
    ]
    return tuple(dict.fromkeys(told))


def _noted(
    scene: Scene, view: View, known: Sequence[Outcome], on: ToldOn | None
) -> tuple[tuple[Noted, ...], ...]:
    """What the picture says of the runs, if there is something to say it `on`; nothing by itself
    where a story says it.

    Raises UnfitScene where it is asked for and there is nothing to say or no place for it.
    """
    wanted = scene.style.annotate
    if wanted == "none" or (wanted == "auto" and (scene.story or on is None)):
        return ()
    if wanted != "auto" and not (known and on):
        why = "what happens is said of runs from one start over a surface, and here there are none"
        if known:
            why = "what happens is said on a contour or a relief, and here there is none"
        raise UnfitScene([Mistake(("style", "annotate"), f"{why}; leave annotate out")])
    return noted(view, known, None if wanted == "auto" else wanted)


def _most_arrive(solution: Solution) -> bool:
    """Whether at least half of a swarm's runs end in a minimum: those that noise keeps moving do
    not, and shares of the few that are just passing by would say nothing."""
    assert solution.ends is not None
    return bool(((solution.ends.which >= 0) | solution.ends.further).mean() >= 0.5)


def _theme(scene: Scene) -> Theme:
    """The scene's theme in its size of type, whose fonts have every sign of the scene's texts."""
    chosen, own, others = theme(scene.style.theme), own_fonts(scene), borrowed(scene).values()
    fonts = dict.fromkeys([*own, GENERAL, *others]) if others else own
    return replace(chosen, font=tuple(fonts), text=chosen.text * scene.style.font_size)


def _description(scene: Scene, solution: Solution, view: View, known: Sequence[Outcome]) -> str:
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
    if sweep is None:
        return narrate(view, solution.title, known=known)
    optimizers = len(view.names) - len(sweep.values) + 1
    swept = swept_words(sweep, optimizers, view.words)
    if sweep.layout != "film":
        return narrate(view, solution.title, swept, known)
    told = told_of(sweep)
    groups = sweep.groups(len(view.names))
    covered = view.select(sorted({k for each in told for k in groups[each]}))
    return narrate(covered, solution.title, swept)


def _with_value(view: View, values: Values, number: int) -> str:
    """What happens with one value, on the surface that it makes."""
    each = values.view(view, number)
    title = " ".join(values.titles[number].split())
    return narrate(replace(each, terrain=each.terrain.alone), title)
