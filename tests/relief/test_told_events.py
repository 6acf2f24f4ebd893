"""On a relief it is said what happens to runs, off the runs, with a line to where it happens."""

from functools import cache

import numpy as np
import pytest

from animate.panels.relief.model import ReliefArtist
from animate.pipeline import stage
from animate.scene.load import read_text
from tests.panels.annotated import step_of

SADDLE = """
surface: saddle
optimizers:
- {{name: sgd, learning_rate: 0.02}}
- {{name: rmsprop, learning_rate: 0.01}}
steps: 150
panels: {panels}
timing: {{seconds: 2, hold: 0.5}}
style: {{size: [{size}], theme: {theme}, annotate: {annotate}}}
"""
SIZES = ["640, 480", "1080, 1350", "1280, 720"]


@cache
def saddle(panels="[relief]", size="640, 480", theme="light", annotate="[linger]"):
    text = SADDLE.format(panels=panels, size=size, theme=theme, annotate=annotate)
    return stage(read_text(text, "x").scene)


def added(frame, **changed):
    """Where the picture differs from that in which nothing is said [row, column]."""
    with_words, without = (
        saddle(**changed | {"annotate": each}).picture(frame) for each in ("[linger]", "none")
    )
    return (with_words != without).any(axis=2)


def lingered(**changed):
    """The step from which it is said that SGD has lingered, and the first frame then."""
    player = saddle(**changed)
    (noted,) = player.view.noted[0]
    assert noted.lines[1] == "lingers at the saddle"
    assert step_of(noted.lines[0]) == noted.step
    timeline = player.view.timeline
    steps = [timeline.step_at(frame) for frame in range(timeline.frames)]
    return noted, int(np.argmax(np.array(steps) >= noted.step))


@pytest.mark.parametrize("size", SIZES)
def test_it_is_said_from_its_step_on_to_the_end(size):
    _, since = lingered(size=size)
    assert 0 < since < saddle(size=size).view.timeline.frames
    assert not added(since - 1, size=size).any()
    last = saddle(size=size).count - 1
    assert added(since + 1, size=size).any()
    assert added(last, size=size).sum() > 100


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_a_line_leads_from_the_words_to_the_place_on_the_surface(size, theme):
    player = saddle(size=size, theme=theme)
    noted, _ = lingered(size=size, theme=theme)
    frame = player.view.timeline.frames - 1
    (relief,) = player.figure.findobj(ReliefArtist)
    camera = relief.camera(frame / player.view.timeline.fps)
    low, high = np.array(player.view.terrain.window, float).T
    flat = (np.array(noted.at) - low) / (high - low) - 0.5
    scale = player.view.terrain.scale("auto")
    height = scale.unit(player.view.terrain.heights(*np.array([noted.at]).T))
    x, y = relief.placer(camera)(np.array([*flat, *height]))
    rows, columns = np.nonzero(added(frame, size=size, theme=theme))
    away = np.hypot(columns - x, player.view.pixels[1] - 1 - rows - y)
    assert away.min() <= player.view.line("head") + 4


@pytest.mark.parametrize("size", SIZES)
def test_words_stay_where_they_are_while_the_camera_turns_and_off_runs(size):
    """Only the line moves: the words' pixels in a late frame are there in the last one too."""
    player = saddle(size=size)
    _, since = lingered(size=size)
    frames = player.view.timeline.frames
    masks = [added(frame, size=size) for frame in (max(since + 12, frames - 8), frames - 1)]
    assert (masks[0] & masks[1]).sum() > 0.5 * masks[1].sum()
    colours = player.view.colours
    for frame in (since + 1, frames - 1):
        kept = saddle(size=size, annotate="none").picture(frame)[added(frame, size=size)]
        for colour in colours:
            rgb = np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)])
            over = (np.abs(kept[:, :3].astype(int) - rgb).max(axis=1) < 8).sum()
            assert over < 40, "words lie on a run"


def test_beside_a_map_it_is_said_there_alone():
    frame = saddle(panels="[contour, relief]").count - 1
    contour, _ = (
        axes
        for axes in saddle(panels="[contour, relief]").figure.axes
        if axes.axison or axes.findobj(ReliefArtist)
    )
    box = contour.get_window_extent()
    columns = np.nonzero(added(frame, panels="[contour, relief]").any(axis=0))[0]
    assert len(columns)
    assert (columns >= box.x0 - 1).all()
    assert (columns <= box.x1 + 1).all()


def test_files_of_vectors_have_the_words_as_text(tmp_path):
    target = tmp_path / "saddle.svg"
    player = saddle()
    player.save_svg(player.count - 1, target)
    assert "lingers at the saddle" in target.read_text(encoding="utf-8")


def test_a_run_that_leaves_is_told_of_at_the_edge_of_the_surface():
    wide = "1280, 720"
    player = saddle(annotate="[leave]", size=wide)
    frame, told = player.count - 1, player.view.noted[1]
    assert [each.lines[1] for each in told] == ["leaves the window and does not return"]
    without = saddle(annotate="none", size=wide).picture(frame)
    assert (player.picture(frame) != without).any(axis=2).sum() > 100


def test_a_surface_with_nothing_at_its_edges_has_words_too():
    """Of a line over the surface that has no point on it nothing is taken."""
    disc = "x**2 + 2*y**2 + 0*sqrt(4 - x**2 - y**2)"
    text = f"""
surface: {{formula: "{disc}", window: [[-2.5, 2.5], [-2.5, 2.5]]}}
start: [1.2, 1.0]
optimizers: [{{name: sgd, learning_rate: 0.1}}]
steps: 60
panels: [relief]
timing: {{seconds: 1, hold: 0.5}}
style: {{annotate: ANNOTATE}}
"""
    pictures = [
        player.picture(player.count - 1)
        for each in ("[reach]", "none")
        for player in [stage(read_text(text.replace("ANNOTATE", each), "x").scene)]
    ]
    assert (pictures[0] != pictures[1]).any(axis=2).sum() > 100
