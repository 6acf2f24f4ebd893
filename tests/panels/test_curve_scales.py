"""The scales of curves: zeros, values below zero and rounding on axes that are logarithmic."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest

from animate.errors import UnfitScene
from animate.figure import Trails
from animate.panels.curve_axes import precision
from animate.panels.curves import Curves
from animate.pipeline import stage
from animate.scene.load import read_text
from tests.pictures import at, composed

BOWL = '{formula: "2*x**2 + y**2", window: [[-2, 2], [-2, 2]]}'
RACE = "[{name: sgd, learning_rate: 0.2}, {name: adam, learning_rate: 0.05}, newton]"


def curves(panel="loss", *, surface=BOWL, optimizers=RACE, start="[1.2, 1.4]", steps=30, more=""):
    """The axes of the curves alone, and their vertices [path, record, 2] in data coordinates."""
    text = (
        f"surface: {surface}\noptimizers: {optimizers}\nstart: {start}\nsteps: {steps}\n"
        f"panels: [{panel}]\n{more}"
    )
    ready = stage(read_text(text, "x.yaml").scene)
    trails = next(each for each in ready.paths if isinstance(each, Trails))
    places = trails.axes.transData.inverted().transform(trails.points.reshape(-1, 2))
    return ready, trails, places.reshape(trails.points.shape)


def words(axes):
    return " ".join(axes.get_ylabel().split())


def lowest(axes):
    """What the lowest tick of the vertical axis says, which stands at the lower edge."""
    (tick,) = [
        each for each in axes.yaxis.get_major_ticks() if each.get_loc() == axes.get_ylim()[0]
    ]
    return tick.label1.get_text()


@pytest.mark.parametrize("panel", ["loss", "{loss: {scale: log}}", "{gradient_norm: {scale: log}}"])
def test_a_curve_at_zero_stands_at_the_lower_edge_with_its_head_and_the_others_keep_a_log_scale(
    panel,
):
    ready, trails, points = curves(panel)
    losses = ready.view.trajectories.losses[:, 0]
    assert losses[2, -1] == 0
    assert trails.axes.get_yscale() == "log"
    bottom = trails.axes.get_ylim()[0]
    np.testing.assert_allclose(points[2, 1:, 1], bottom)
    head = trails.heads(at(30))[2]
    assert head[1] == pytest.approx(trails.axes.bbox.y0)
    assert (points[:2, :, 1] > bottom).all()
    assert lowest(trails.axes) == "0"
    assert words(trails.axes) in ("loss", "gradient norm")


def test_a_log_scale_ends_at_the_precision_of_the_numbers_and_says_so():
    ready, trails, points = curves(steps=300)
    losses = ready.view.trajectories.losses[0, 0]
    assert losses[-1] < 1e-30
    bottom, top = trails.axes.get_ylim()
    first = losses[0]
    assert 0.1 < bottom / (first * np.finfo(float).eps) < 10
    assert top < 10 * first
    assert words(trails.axes) == "loss"
    assert lowest(trails.axes) == "≤ 10⁻¹⁵"
    np.testing.assert_allclose(points[0, :, 1], np.maximum(losses, bottom), rtol=1e-6)


def test_a_curve_that_diverges_does_not_hide_the_others_below_its_own_precision():
    optimizers = "[{name: sgd, learning_rate: 0.2}, {name: momentum, learning_rate: 4}]"
    ready, trails, _ = curves(optimizers=optimizers, steps=25)
    losses = ready.view.trajectories.losses
    assert np.nanmax(losses) > 1e30
    assert trails.axes.get_ylim()[0] < losses[0, 0, -1] < 1e-6
    assert precision(losses) == 1e-15


def test_a_log_scale_of_numbers_above_their_precision_says_nothing():
    _, trails, _ = curves(optimizers="[{name: sgd, learning_rate: 0.2}]", steps=20)
    assert trails.axes.get_yscale() == "log"
    assert words(trails.axes) == "loss"


@pytest.mark.parametrize("formula", ["-exp(-x**2 - y**2)", "x**2 + 3*y**2 - 2", "-x**2 - 3*y**2"])
def test_log_of_values_below_zero_is_symlog_and_says_so(formula):
    surface = f'{{formula: "{formula}", window: [[-2, 2], [-2, 2]]}}'
    optimizers = "[{name: sgd, learning_rate: 0.1}]"
    ready, trails, points = curves(
        "{loss: {scale: log}}", surface=surface, optimizers=optimizers, start="[1.0, 0.8]", steps=12
    )
    assert trails.axes.get_yscale() == "symlog"
    assert words(trails.axes) == "loss, symlog scale"
    low, high = trails.axes.get_ylim()
    losses = ready.view.trajectories.losses[0, 0]
    assert low <= losses.min() <= losses.max() <= high
    np.testing.assert_allclose(points[0, :, 1], losses, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize(
    ("formula", "start"),
    [("x**2 + 3*y**2 - 100", "[1.0, 0.8]"), ("0.1*x**2 + 0.1*y**2 - 0.02", "[1.0, 0.8]")],
)
def test_a_symlog_axis_has_at_least_three_ticks_that_can_be_told_apart(formula, start):
    surface = f'{{formula: "{formula}", window: [[-2, 2], [-2, 2]]}}'
    optimizers = "[{name: sgd, learning_rate: 0.1}]"
    ready, trails, _ = curves(
        "{loss: {scale: log}}", surface=surface, optimizers=optimizers, start=start, steps=60
    )
    assert trails.axes.get_yscale() == "symlog"
    ready.picture(0)
    low, high = trails.axes.get_ylim()
    labels = [
        label.get_text()
        for label in trails.axes.get_yticklabels()
        if low <= label.get_position()[1] <= high
    ]
    assert len(labels) >= 3
    assert len(set(labels)) == len(labels)


def test_log_of_nothing_but_zero_is_refused_at_its_place():
    with pytest.raises(UnfitScene) as caught:
        curves("{loss: {scale: log}}", start="[0, 0]")
    (mistake,) = caught.value.mistakes
    assert mistake.path[0] == "panels"
    assert "scale: log" in str(mistake)
    assert curves("loss", start="[0, 0]")[1].axes.get_yscale() == "linear"


def test_the_disc_of_a_slice_at_zero_stands_at_the_lower_edge():
    ready = stage(
        read_text(
            f"surface: {BOWL}\noptimizers: {RACE}\nsteps: 30\nstart: [1.2, 1.4]\npanels: [slice]",
            "x.yaml",
        ).scene
    )
    ready.picture(ready.view.timeline.frames - 1)
    axes = next(each for each in ready.figure.axes if each.get_yscale() == "log")
    discs = [line for line in axes.lines if line.get_marker() == "o"]
    assert min(float(line.get_ydata()[0]) for line in discs) == axes.get_ylim()[0]


@pytest.mark.parametrize("size", [(320, 240), (640, 480), (1920, 1080)])
@pytest.mark.parametrize("theme", ["dark", "poster"])
@pytest.mark.parametrize(
    "values",
    [
        (0.0, 1.0, 1.5),
        (0.0, 0.13, 7.0),
        (0.0, 1e-7, 12.0),
        (0.0, 1e280, 1e290),
        (1e-20, 1e-3, 1.0),
    ],
)
def test_the_tick_at_the_lower_edge_touches_no_other(values, theme, size):
    text = (
        "surface: beale\nsteps: 3\noptimizers: [sgd]\nlearning_rate: 0.001\n"
        f"panels: [[contour], [loss]]\nstyle: {{size: [{size[0]}, {size[1]}], theme: {theme}}}"
    )
    view = stage(read_text(text, "x.yaml").scene).view
    places = np.array([*values, values[-1]]).reshape(1, 1, -1)
    ready = composed([[Given(given=places)], [Given(given=places)]], view)
    for axes in ready.figure.axes[:2]:
        axes.figure.canvas.get_renderer()
        said = "0" if not values[0] else f"≤ {view.words.number(precision(places))}"
        assert lowest(axes) == said
        ticks = [each for each in axes.yaxis.get_major_ticks() if each.label1.get_text()]
        low, high = axes.get_ylim()
        boxes = [each.label1.get_window_extent() for each in ticks if low <= each.get_loc() <= high]
        boxes.sort(key=lambda box: box.y0)
        assert all(above.y0 > below.y1 for below, above in pairwise(boxes))


@dataclass(frozen=True, kw_only=True)
class Given(Curves):
    """Curves of given values."""

    given: np.ndarray
    scale: str = "log"

    def values(self, view, limits):  # noqa: ARG002
        return self.given

    def label(self, view):  # noqa: ARG002
        return "given"


@pytest.mark.parametrize("lowest", [-1e4, -1e14, -1e31])
def test_an_axis_far_below_zero_has_three_numbers_and_zero_among_them(lowest):
    text = "surface: beale\nsteps: 3\noptimizers: [sgd]\nlearning_rate: 0.001\npanels: [loss]\n"
    view = stage(read_text(text, "x.yaml").scene).view
    places = np.append(-np.geomspace(1e-4, -lowest, view.trajectories.losses.shape[-1])[1:], 1e-4)
    ready = composed([[Given(given=places.reshape(1, 1, -1), scale="auto")]], view)
    axes = ready.figure.axes[0]
    low, high = axes.get_ylim()
    ticks = [t for t in axes.yaxis.get_major_ticks() if low <= t.get_loc() <= high]
    assert axes.get_yscale() == "symlog"
    assert sum(bool(t.label1.get_text()) for t in ticks) >= 3
    assert 0 in [t.get_loc() for t in ticks]
