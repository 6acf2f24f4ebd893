"""Every panel in every layout: it is drawn, as often as it should be, or refused with its place."""

from functools import cache

import numpy as np
import pytest

from animate.errors import SceneError
from animate.figure.compose import compose
from animate.figure.facets import facet
from animate.figure.strip import Moments, strip
from animate.panels import PANELS
from animate.pipeline import solve
from animate.scene.load import read_text
from animate.sources import panels_of, view_of

SCENE = """
surface: {surface}
optimizers:
  - {{name: momentum, learning_rate: 0.005}}
  - {{name: adam, learning_rate: 0.1}}
steps: 6
start: {start}
style: {{size: [640, 480]}}
timing: {{seconds: 0.5, fps: 4}}
{more}
panels:
  - {panel}
"""
LINE = 10
ONE, TWO, SWARM = "[1.0, 1.5]", "[[1.0, 1.5], [2.0, 1.0]]", "{count: 5}"
GRID = "sweep: {optimizers.momentum.momentum: [0.5, 0.9]}"
RACE = "sweep: {optimizers.momentum.momentum: [0.5, 0.9], as: race}"
FILM = "sweep: {optimizers.momentum.momentum: [0.5, 0.9], as: film}"
SURFACES = "sweep: {surface.condition: [2, 20]}"
SURFACE_FILM = "sweep: {surface.condition: [2, 20], as: film}"
FILMS = (FILM, SURFACE_FILM)
STORY = "story: [{at: 2, focus: [[0, 2], [0, 2]], say: Here.}]"

LAYOUTS = {  # the start, further keys, whether the panel is split, the moments of a strip
    "alone": (ONE, "", False, None),
    "split": (ONE, "", True, None),
    "grid": (ONE, GRID, False, None),
    "split grid": (ONE, GRID, True, None),
    "race": (ONE, RACE, False, None),
    "split race": (ONE, RACE, True, None),
    "film": (ONE, FILM, False, None),
    "split film": (ONE, FILM, True, None),
    "strip": (ONE, "", False, 2),
    "split strip": (ONE, "", True, 2),
    "grid strip": (ONE, GRID, False, 2),
    "split grid strip": (ONE, GRID, True, 2),
    "film strip": (ONE, FILM, False, 2),
    "swarm": (SWARM, "", False, None),
    "split swarm": (SWARM, "", True, None),
    "swarm grid": (SWARM, GRID, False, None),
    "swarm film": (SWARM, FILM, False, None),
    "surfaces": (ONE, SURFACES, False, None),
    "split surfaces": (ONE, SURFACES, True, None),
    "surface film": (ONE, SURFACE_FILM, False, None),
    "split surface film": (ONE, SURFACE_FILM, True, None),
    "surfaces strip": (ONE, SURFACES, False, 2),
    "split surfaces strip": (ONE, SURFACES, True, 2),
    "surface film strip": (ONE, SURFACE_FILM, False, 2),
    "split surface film strip": (ONE, SURFACE_FILM, True, 2),
    "swarm surfaces": (SWARM, SURFACES, False, None),
    "swarm surface film": (SWARM, SURFACE_FILM, False, None),
    "two starts": (TWO, "", False, None),
    "story": (ONE, STORY, False, None),
    "story strip": (ONE, STORY, False, 2),
}
OPTIONS = {"text": {"say": "'Some words.'"}, "basins": {"resolution": "8"}}
RACE_PANELS = {
    "contour", "relief", "basins", "loss", "gradient_norm", "distance", "coordinates", "curvature",
    "learning_rate", "step_size", "memory", "slice", "angle", "text", "formula",
}  # fmt: skip
WORDS = {"text", "formula"}
NO_FILM = {"relief", "slice", "formula"}
FOLLOWING = {"contour", "vectors"}
NAMES = [*PANELS, "vectors"]


def written(name, split):
    options = dict(OPTIONS.get(name, {})) | ({"split": "optimizers"} if split else {})
    if name == "vectors":
        name, options = "contour", options | {"vectors": "[gradient, update]"}
    said = ", ".join(f"{key}: {value}" for key, value in options.items())
    return f"{name}: {{{said}}}"


def text_of(start, more, panel):
    surface = "quadratic" if more in (SURFACES, SURFACE_FILM) else "beale"
    return SCENE.format(surface=surface, start=start, more=more, panel=panel)


@cache
def solved(start, more):
    """Everything that any panel needs, computed once."""
    story = "" if more == STORY else more
    everything = "memory\n  - basins: {resolution: 8}"
    panels = "basins: {resolution: 8}" if (start, more) == (SWARM, FILM) else everything
    scene = read_text(text_of(start, story, panels), "s").scene
    return solve(scene)


def reason(name, layout):
    """Why a panel cannot be drawn in a layout; None where it can."""
    start, more, _, moments = LAYOUTS[layout]
    if name == "curve":
        return "draws a function of one variable, and this surface has two; show 'contour' instead"
    if name not in RACE_PANELS | {"vectors"}:
        return "only; leave it out"
    if name in WORDS and more in (GRID, SURFACES, *FILMS) and (name, more) != ("formula", FILM):
        return "no panel shows its values"
    if start == SWARM and name == "vectors":
        return "cannot draw 'vectors' at a swarm"
    if more == FILM and name == "vectors":
        return "in a film there are no arrows"
    if more == FILM and name in NO_FILM:
        return "is not for a film"
    if more == FILM and start == SWARM and name != "basins":
        return "a film shows whole paths, and a swarm has none"
    if more == STORY and name not in FOLLOWING:
        return "there is no 'contour' among the panels, and no other follows"
    if moments and name in WORDS:
        return "the picture is words only"
    return None


def cells_expected(name, layout):
    _, more, split, moments = LAYOUTS[layout]
    split = split or name == "basins"
    optimizers = (3 if more == RACE else 2) if split else 1
    return optimizers * (2 if more in (GRID, SURFACES) else 1) * (moments or 1)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", NAMES)
def test_a_panel_is_drawn_or_refused_with_its_place(name, layout):
    start, more, split, moments = LAYOUTS[layout]
    text = text_of(start, more, written(name, split))
    why = reason(name, layout)
    if why is None or why == "the picture is words only":
        script = read_text(text, "s.yaml")
    else:
        with pytest.raises(SceneError) as caught:
            read_text(text, "s.yaml")
        assert any(why in line for line in caught.value.lines)
        assert all(line.startswith("s.yaml:") for line in caught.value.lines)
        return
    solution = solved(start, more)
    panels, view = panels_of(script.scene, solution), view_of(script.scene, solution)
    if moments is None:
        facets = facet(panels, view, solution.values)
    elif why:
        with pytest.raises(ValueError, match=why):
            strip(panels, view, Moments(moments), solution.values)
        return
    else:
        facets = strip(panels, view, Moments(moments), solution.values)
    words = [cell for cell in facets.cells.cells() if cell.entry.name == "text" != name]
    assert len(list(facets.cells.cells())) - len(words) == cells_expected(name, layout)
    player = compose(facets, title=solution.title)
    first, last = player.picture(0), player.picture(view.timeline.frames - 1)
    assert first.shape[2] == 4
    assert len(np.unique(last[..., :3].reshape(-1, 3), axis=0)) > 5
    assert (player.picture(0) == first).all()


@pytest.mark.parametrize(
    ("experiment", "panel", "why"),
    [
        (
            "trainability",
            "zoom: {split: optimizers}",
            "is split by optimizers, and an experiment has",
        ),
        ("sharpness", "contour", "shows a surface of two variables, and this scene has none"),
        ("sharpness", "relief", "shows a surface of two variables, and this scene has none"),
        ("trainability", "loss", "shows losses against the step, and this scene has none"),
        ("bad_minima", "curvature", "shows a surface of two variables, and this scene has none"),
    ],
)
def test_a_panel_without_anything_to_show_is_refused(experiment, panel, why):
    with pytest.raises(SceneError) as caught:
        read_text(f"experiment: {experiment}\npanels:\n  - {panel}\n", "s.yaml")
    (line,) = caught.value.lines
    assert line.startswith("s.yaml:3:5: ")
    assert why in line


def test_a_sweep_that_no_panel_shows_is_refused():
    with pytest.raises(SceneError, match=r"s\.yaml:10:8: no panel shows its values"):
        read_text(text_of(ONE, GRID, "text: {say: Words}"), "s.yaml")


LINE_START, LINE_STARTS = "-1.5", "[-1.5, 1.2]"
TILTS = "sweep: {surface.tilt: [0, 0.5]}"
TILT_FILM = "sweep: {surface.tilt: [0, 0.5], as: film}"
LINE_LAYOUTS = {
    "alone": (LINE_START, "", False, None),
    "split": (LINE_START, "", True, None),
    "grid": (LINE_START, GRID, False, None),
    "race": (LINE_START, RACE, False, None),
    "film": (LINE_START, FILM, False, None),
    "strip": (LINE_START, "", False, 2),
    "swarm": (SWARM, "", False, None),
    "surfaces": (LINE_START, TILTS, False, None),
    "surface film": (LINE_START, TILT_FILM, False, None),
    "swarm surfaces": (SWARM, TILTS, False, None),
    "two starts": (LINE_STARTS, "", False, None),
}
ON_A_LINE = RACE_PANELS - {"contour", "relief", "basins"} | {"curve"}


@cache
def solved_on_a_line(start, more):
    """Everything that any panel needs of a function of one variable, computed once."""
    text = SCENE.format(surface="double_well", start=start, more=more, panel="memory")
    return solve(read_text(text, "s").scene)


def reason_on_a_line(name, layout):
    more = LINE_LAYOUTS[layout][1]
    if name in ("contour", "plane", "relief", "basins"):
        return "shows a surface of two variables, and this one has x alone; show 'curve' instead"
    if name not in ON_A_LINE:
        return "only; leave it out"
    if (
        name in WORDS
        and more in (GRID, TILTS, FILM, TILT_FILM)
        and (name, more) != ("formula", FILM)
    ):
        return "no panel shows its values"
    if more == FILM and name in NO_FILM:
        return "is not for a film"
    return None


@pytest.mark.parametrize("layout", LINE_LAYOUTS)
@pytest.mark.parametrize("name", [*PANELS])
def test_a_panel_of_a_function_of_one_variable_is_drawn_or_refused(name, layout):
    start, more, split, moments = LINE_LAYOUTS[layout]
    panel = written(name, split)
    text = SCENE.format(surface="double_well", start=start, more=more, panel=panel)
    if why := reason_on_a_line(name, layout):
        with pytest.raises(SceneError) as caught:
            read_text(text, "s.yaml")
        assert any(why in line for line in caught.value.lines)
        return
    script, solution = read_text(text, "s.yaml"), solved_on_a_line(start, more)
    panels, view = panels_of(script.scene, solution), view_of(script.scene, solution)
    if moments is None:
        facets = facet(panels, view, solution.values)
    elif name in WORDS:
        with pytest.raises(ValueError, match="the picture is words only"):
            strip(panels, view, Moments(moments), solution.values)
        return
    else:
        facets = strip(panels, view, Moments(moments), solution.values)
    player = compose(facets, title=solution.title)
    first, last = player.picture(0), player.picture(view.timeline.frames - 1)
    assert len(np.unique(last[..., :3].reshape(-1, 3), axis=0)) > 5
    assert (player.picture(0) == first).all()
