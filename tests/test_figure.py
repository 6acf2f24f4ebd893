"""The picture through its artists and pixels."""

import itertools

import numpy as np
import pytest

from animate.figure import View
from animate.figure.timeline import Timeline
from animate.optimizers import OPTIMIZERS
from animate.panels import Contour, Loss
from animate.simulate import OptimizerRun, trace
from animate.simulate.terrain import Terrain
from animate.surfaces import built_in
from animate.theme import THEMES, theme
from tests.pictures import composed

NAMES = ("sgd", "momentum", "adam")
STEPS = 40


def _view(looks="light", pixels=(320, 240), tail=None, rates=(0.01, 0.005, 0.1), frames=30):
    surface = built_in("beale", {})
    racers = [OptimizerRun(n, OPTIMIZERS[n].make, r) for n, r in zip(NAMES, rates, strict=True)]
    chosen = theme(looks)
    return View(
        terrain=Terrain(surface.function, surface.window, surface.minima),
        trajectories=trace(surface.function, racers, np.array([surface.start]), STEPS),
        timeline=Timeline(STEPS, seconds=frames / 10, fps=10, hold=0),
        theme=chosen,
        pixels=pixels,
        names=("SGD", "Momentum", "Adam"),
        notes=tuple(f"{rate:g}" for rate in rates),
        colours=tuple(chosen.trail(k) for k in range(3)),
        constants=({},) * 3,
        tail=tail,
    )


@pytest.fixture(scope="module")
def stage():
    return composed([[Contour()]], _view(), title="Beale")


@pytest.mark.parametrize("tail", [None, 8])
@pytest.mark.parametrize("looks", ["light", "paper"])
def test_a_frame_alone_equals_the_frame_in_sequence(looks, tail):
    view = _view(looks, tail=tail)
    played = [frame.rgba for frame in composed([[Contour(), Loss()]], view).frames()]
    alone = composed([[Contour(), Loss()]], view)
    for k in (17, 3, 29, 0):
        assert (alone.picture(k) == played[k]).all()


def test_outside_of_the_changed_rectangle_nothing_changes(stage):
    frames = list(stage.frames())
    assert frames[0].changed == (0, 0, 320, 240)
    for before, after in itertools.pairwise(frames):
        differs = (before.rgba != after.rgba).any(-1)
        rows, columns = np.nonzero(differs)
        assert after.changed == (
            columns.min(), rows.min(), columns.max() + 1, rows.max() + 1,
        )  # fmt: skip


@pytest.mark.parametrize("size", [(320, 240), (641, 479), (1080, 1920)])
def test_the_size_is_exact(size):
    picture = composed([[Contour()]], _view(pixels=size), title="x").picture(0)
    assert picture.shape == (size[1], size[0], 4)
    assert (picture[..., 3] == 255).all()


@pytest.mark.parametrize("name", THEMES)
def test_paper_and_trails_have_exactly_the_themes_colours(name):
    from matplotlib.colors import to_rgb

    view = _view(name, pixels=(640, 480))
    stage = composed([[Contour()]], view)
    picture = stage.picture(29)[..., :3].reshape(-1, 3)
    present = {tuple(colour) for colour in np.unique(picture, axis=0).tolist()}
    for colour in (view.theme.paper, *view.colours):
        exact = tuple(round(255 * channel) for channel in to_rgb(colour))
        assert exact in present
        assert exact in stage.pinned_colors()


def test_heads_stand_where_the_path_is(stage):
    view = stage.view
    axes = stage.figure.axes[0]
    frame = 29
    at = view.trajectories.at(view.trajectories.positions, view.timeline.step_at(frame))[:, 0]
    picture = stage.picture(frame)
    from matplotlib.colors import to_rgb

    for place, colour in zip(at, view.colours, strict=True):
        x, y = axes.transData.transform(place)
        pixel = picture[round(240 - y - 0.5), round(x - 0.5), :3]
        assert tuple(pixel) == tuple(round(255 * c) for c in to_rgb(colour))


def test_a_lost_run_is_crossed_out_and_told():
    view = _view(rates=(2.0, 0.005, 0.1), pixels=(640, 480))
    stage = composed([[Contour()]], view)
    end = int(view.trajectories.ends[0, 0])
    assert end < 10
    stage.picture(29)
    shown = [text.get_text() for text in stage.figure.texts if text.get_visible()]
    assert f"✕ step {end}" in shown
    stage.picture(0)
    hidden = [text.get_text() for text in stage.figure.texts if not text.get_visible()]
    assert f"✕ step {end}" in hidden


@pytest.mark.parametrize("size", [(320, 240), (640, 480), (1920, 1080), (1080, 1920)])
@pytest.mark.parametrize("name", THEMES)
def test_no_text_is_cut_off_or_covered_by_another(name, size):
    stage = composed([[Contour(), Loss()]], _view(name, pixels=size), title="Beale's function")
    stage.picture(29)
    renderer = stage.figure.canvas.get_renderer()
    texts = list(stage.figure.texts)
    for axes in stage.figure.axes:
        texts += [axes.xaxis.label, axes.yaxis.label]
    boxes = [
        (text.get_text(), text.get_window_extent(renderer))
        for text in texts
        if text.get_text() and text.get_visible()
    ]
    for words, box in boxes:
        assert box.x0 >= 0, words
        assert box.y0 >= 0, words
        assert box.x1 <= size[0], words
        assert box.y1 <= size[1], words
    for k, (words, box) in enumerate(boxes):
        for others, other in boxes[k + 1 :]:
            apart = (
                box.x1 <= other.x0 or other.x1 <= box.x0 or box.y1 <= other.y0 or other.y1 <= box.y0
            )
            assert apart, (words, others)


def test_drawing_leaves_matplotlibs_settings_alone():
    import matplotlib

    before = dict(matplotlib.rcParams)
    composed([[Contour()]], _view("paper"), title="$x^2$").picture(5)
    assert dict(matplotlib.rcParams) == before
