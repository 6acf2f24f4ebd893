"""Level lines at heights of the author's own, and the labels on them."""

import numpy as np
import pytest

from animate.errors import SceneError, UsageError
from animate.pipeline import stage
from animate.scene.load import read_text

BOWL = '{formula: "x**2 + y**2", window: [[-2, 2], [-2, 2]]}'


def drawn(contour, *, surface=BOWL, size="[480, 400]", more=""):
    text = (
        f"surface: {surface}\noptimizers: [{{name: sgd, learning_rate: 0.05}}]\nstart: [1.5, 0.4]\n"
        f"steps: 40\npanels: [{{contour: {{{contour}}}}}]\nstyle: {{size: {size}}}\n{more}"
    )
    ready = stage(read_text(text, "x.yaml").scene)
    return ready, ready.figure.axes[0]


def labels(axes):
    marks = {each.get_text() for each in (axes.title, axes.xaxis.label, axes.yaxis.label)}
    return [each for each in axes.texts if each.get_text() not in marks]


def test_colours_change_at_the_heights_and_nowhere_else():
    ready, axes = drawn("levels: [0.25, 1, 4], scale: linear, lines: false, shade: false")
    row = ready.still.shape[0] - round(axes.transData.transform((0, -0.02))[1])
    x = np.linspace(-1.98, -0.15, 300)
    columns = axes.transData.transform(np.column_stack([x, np.zeros_like(x)]))[:, 0]
    colours = ready.still[row, np.round(columns).astype(int), :3].astype(int)
    changes = np.abs(np.diff(colours, axis=0)).sum(axis=1) > 2
    places = np.abs(x[1:][changes])
    assert {round(float(each), 1) for each in places} == {0.5, 1.0}
    key = ready.view.theme.terrain_colours(256)
    middle = (0.25 + 1) / 2 / 8
    wanted = 255 * key[round(middle * 255)]
    inside = colours[np.abs(np.abs(x) - 0.75) < 0.1]
    np.testing.assert_allclose(inside, np.broadcast_to(wanted, inside.shape), atol=2)


@pytest.mark.parametrize("scale", ["linear", "log"])
@pytest.mark.parametrize("given", ["levels: [0.25, 1, 3]", "levels: 24"])
def test_a_label_stands_on_its_line_and_away_from_the_run(given, scale):
    ready, axes = drawn(f"{given}, labels: true, scale: {scale}")
    found = labels(axes)
    assert len(found) >= 2
    run = axes.transData.transform(ready.view.trajectories.positions[0, 0])
    for text in found:
        x, y = text.get_position()
        assert x**2 + y**2 == pytest.approx(float(text.get_text()), rel=0.03, abs=0.01)
        middle = axes.transData.transform((x, y))
        assert np.hypot(*(run - middle).T).min() > text.get_fontsize()
    boxes = [text.get_window_extent() for text in found]
    assert not any(a.overlaps(b) for k, a in enumerate(boxes) for b in boxes[:k])


def test_round_heights_are_few_and_round():
    _, axes = drawn("labels: true, scale: linear", size="[900, 800]")
    values = sorted(float(text.get_text()) for text in labels(axes))
    assert 4 <= len(values) <= 12
    assert values == [float(round(each)) for each in values]


def test_labels_are_gone_while_a_story_shows_a_part():
    ready, axes = drawn(
        "labels: true",
        more="story: [{at: 10, focus: [[0, 1], [0, 1]]}, {at: 30, focus: none}]\n",
    )
    (text, *_) = labels(axes)
    assert text.get_visible()
    ready.picture(ready.view.timeline.frame_at(3.0))
    assert not text.get_visible()


def test_the_key_has_a_band_as_long_as_its_heights_are_apart():
    ready, _ = drawn("levels: [2], scale: linear")
    text = (
        f"surface: {BOWL}\noptimizers: [adam]\npanels: [contour: {{levels: [2], scale: linear}}]\n"
    )
    panel = read_text(text, "x.yaml").scene.entries[0].panel
    (key,) = panel.colour_keys(ready.view)
    colours = key.colours
    lower = np.abs(colours - colours[0]).sum(axis=1) < 1e-9
    assert lower.mean() == pytest.approx(2 / ready.view.terrain.scale("linear").high, abs=0.01)


@pytest.mark.parametrize(
    ("levels", "why"),
    [
        ("[1, 1]", "heights must rise from each to the next"),
        ("[3, 2]", "heights must rise from each to the next"),
        ("[]", "levels"),
        ("[a]", "levels"),
        ("0", "levels"),
    ],
)
def test_levels_that_are_none_are_told(levels, why):
    with pytest.raises(SceneError, match=why):
        drawn(f"levels: {levels}")


def test_heights_beyond_the_window_are_told():
    with pytest.raises(UsageError, match=r"none of the levels is between the lowest loss"):
        drawn("levels: [100, 200]")


def terrain_pixels(ready, axes):
    (left, low), (right, high) = axes.bbox.get_points().round().astype(int)
    left, low, right, high = left + 2, low + 2, right - 2, high - 2
    rows = ready.still.shape[0] - np.array([high, low])
    return ready.still[slice(*rows), left:right, :3].astype(int)


def test_lines_are_lit_from_the_upper_left_and_colours_are_those_of_the_key():
    (lit, axes), (plain, _) = (drawn(f"scale: linear, shade: {each}") for each in (True, False))
    change = (terrain_pixels(lit, axes) - terrain_pixels(plain, axes)).sum(axis=2)
    rows, columns = np.indices(change.shape)
    across = columns / change.shape[1] + rows / change.shape[0]  # 0 at the upper left
    assert change[across < 0.6].mean() < 0 < change[across > 1.4].mean()  # a bowl: its far side
    (lit, _), (plain, _) = (
        drawn(f"scale: linear, lines: false, shade: {each}") for each in (True, False)
    )
    assert (lit.still == plain.still).all()
