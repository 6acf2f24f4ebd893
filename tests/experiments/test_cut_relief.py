"""Slices in relief: one camera and scale for all, and lines around the points that bend down."""

import numpy as np
import pytest

from animate import pipeline as movie
from animate.errors import UsageError
from animate.networks.data import moons
from animate.networks.evaluation import least_bend, nonconvex
from animate.networks.experiments import cut, cut_relief
from animate.networks.experiments.skip_connections.compute import path
from animate.networks.network import initial_weights, network
from animate.panels.relief.raytrace import from_heights, look, picture
from animate.scene.load import read_text
from tests.experiments.conftest import small_result

SCENE = "experiment: skip_connections\nstyle: {size: [640, 360]}\ntiming: {seconds: 1, fps: 8}\n"


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(
        "animate.networks.experiments.table.run_experiment",
        lambda *_: small_result("skip_connections"),
    )


def test_the_colour_lies_on_the_points_that_bend_down():
    """The inner points, lifted onto a tilted plane, are projected and looked up."""
    bends = np.random.default_rng(0).random((7, 7)) < 0.4
    side = np.linspace(0.0, 1.0, 301)
    field = from_heights(0.4 + 0.2 * side + 0.1 * side[:, None])
    camera = cut_relief.fitting_camera(300, 260, left=20, above=20)
    style = look(np.array([[0.2, 0.4, 0.6], [0.9, 0.9, 0.8]]), np.array([0.5]))
    drawn = picture(field, camera.projection, style, width=300, height=260)
    signs = np.where(bends, -1.0, 1.0)
    where, line = cut_relief.nonconvex_pixels(signs, camera, drawn.depth)
    places = np.arange(1, 8) / 8
    y, x = np.meshgrid(places, places, indexing="ij")
    points = np.stack([x - 0.5, y - 0.5, 0.4 + 0.2 * x + 0.1 * y], axis=-1)
    column, row = np.moveaxis(camera.project(points)[..., :2].astype(int), -1, 0)
    np.testing.assert_array_equal(where[row, column], bends)
    assert not where[~np.isfinite(drawn.depth)].any()
    assert not line[row, column].any()
    assert line.any()
    assert where[line].all()


def test_the_line_runs_where_the_bend_is_zero_between_points():
    """A bend that is linear in x is zero on one line across, which the picture has as its edge."""
    bend = np.tile(np.linspace(-1.0, 2.0, 31), (31, 1))
    field = from_heights(np.full((301, 301), 0.5))
    camera = cut_relief.fitting_camera(400, 300, left=20, above=20)
    style = look(np.array([[0.2, 0.4, 0.6], [0.9, 0.9, 0.8]]), np.array([0.5]))
    drawn = picture(field, camera.projection, style, width=400, height=300)
    where, _ = cut_relief.nonconvex_pixels(bend, camera, drawn.depth)
    x = np.full(7, 11 / 32 - 0.5)
    y = np.linspace(-0.4, 0.4, 7)
    ends = [np.stack([x + off, y, np.full(7, 0.5)], axis=1) for off in (-0.01, 0.01)]
    left, right = (camera.project(end)[:, :2].astype(int) for end in ends)
    assert where[left[:, 1], left[:, 0]].all()
    assert not where[right[:, 1], right[:, 0]].any()


def test_least_bend_is_negative_where_a_slice_is_not_convex():
    x = np.linspace(-1.0, 1.0, 21)
    z = 3.0 + x**2 - (x**3)[:, None] + 0.5 * (x**2)[:, None]
    bend = least_bend(z, 0.1, 0.1)
    np.testing.assert_array_equal(bend < 0, nonconvex(z, 0.1, 0.1))
    np.testing.assert_array_equal(bend[:, 0] < 0, 1 - 6 * x[1:-1] < 0)
    assert np.isfinite(least_bend(np.zeros((5, 5)), 0.1, 0.1)).all()


def test_all_slices_share_their_colours_and_say_that_these_are_logarithmic():
    stage = movie.stage(read_text(SCENE, "scene.yaml").scene)
    z = small_result("skip_connections").z
    texts = [text.get_text() for text in stage.figure.texts]
    assert "loss, log scale" in texts
    scale = cut.slices_of(stage.view, 0).scale
    assert (scale.low, scale.high) == (pytest.approx(z.min()), pytest.approx(z.max()))
    middle = np.sqrt(z.min() * z.max())
    np.testing.assert_allclose(scale.unit(middle), 0.5, atol=1e-6)


def test_heights_are_the_loss_whose_convexity_is_told(monkeypatch):
    """The relief's heights at the slice's own points, every 37.5th of 301, are the losses, over the
    highest of each slice; so a point that bends down is one where the relief does."""
    fields, z = [], small_result("skip_connections").z[:, 0]
    made = from_heights
    monkeypatch.setattr(cut_relief, "from_heights", lambda t: fields.append(t) or made(t))
    stage = movie.stage(read_text(SCENE, "scene.yaml").scene)
    for frame in (0, stage.view.timeline.frames - 1):
        stage.picture(frame)
    places = np.linspace(0, 300, len(z[0]))[::2].astype(int)
    for height, number in ((fields[0], 0), (fields[-1], -1)):
        expected = z[number, ::2, ::2] / z[number].max()
        np.testing.assert_allclose(height[np.ix_(places, places)], expected, atol=1e-6)


def test_the_upright_has_round_losses_at_their_heights():
    stage = movie.stage(read_text(SCENE, "scene.yaml").scene)
    relief, tops = stage.figure.axes[0], cut.slices_of(stage.view, 0).tops
    for frame, number in ((0, 0), (stage.view.timeline.frames - 1, -1)):
        stage.picture(frame)
        ticks = [
            (float(text.get_text()), text.get_position()[1])
            for text in relief.texts
            if text.get_visible() and text.get_text().replace(".", "").isdigit()
        ]
        losses, rows = np.array(ticks).T
        assert losses[0] == 0
        assert 0.5 * tops[number] < losses[-1] <= tops[number]
        np.testing.assert_allclose(np.diff(losses), losses[1])
        np.testing.assert_allclose(np.diff(rows), rows[1] - rows[0], rtol=1e-6)
        upright = relief.lines[1].get_ydata()
        assert rows[0] == pytest.approx(upright[0])
        share = (rows[-1] - upright[0]) / (upright[1] - upright[0])
        assert share == pytest.approx(losses[-1] / tops[number], rel=1e-5)


@pytest.mark.parametrize("size", [(640, 360), (360, 640)])
def test_the_last_picture_says_what_the_first_slice_was(size):
    """In small beside the others where there is room, else by its share; nothing before."""
    text = SCENE.replace("[640, 360]", f"[{size[0]}, {size[1]}]")
    stage, result = (
        movie.stage(read_text(text, "scene.yaml").scene),
        small_result("skip_connections"),
    )
    percent = stage.view.words.percent(float(result.shares[0, 0]), 1)
    relief, wide = stage.figure.axes[0], size[0] > size[1]
    stage.picture(0)
    first = [each.get_text() for each in relief.texts if each.get_visible()]
    assert [image.get_visible() for image in relief.images] == [True, False][: 1 + wide]
    stage.picture(stage.view.timeline.frames - 1)
    last = [each.get_text() for each in relief.texts if each.get_visible()]
    assert all(image.get_visible() for image in relief.images)
    assert len(relief.images) == 1 + wide
    told = f"plain\nnon-convex: {percent}" if wide else f"plain: {percent}"
    assert told in last
    assert told not in first


def test_a_network_is_held_and_then_blends_into_the_next():
    assert cut_relief.blend(2.0) == cut_relief.blend(2.4) == (2, 0.0)
    network, share = cut_relief.blend(2.75)
    assert (network, share) == (2, pytest.approx(0.5))
    shares = [cut_relief.blend(step)[1] for step in np.linspace(2.5, 2.999, 20)]
    assert (np.diff(shares) > 0).all()


def test_the_share_is_that_of_the_network_that_is_shown_and_the_finding_comes_last():
    stage, result = (
        movie.stage(read_text(SCENE, "scene.yaml").scene),
        small_result("skip_connections"),
    )
    relief, finding = stage.figure.axes[:2]
    for frame, shown in ((0, 0), (stage.view.timeline.frames - 1, 2)):
        stage.picture(frame)
        said = [text.get_text() for text in relief.texts]
        decimals = 1 if result.shares[shown, 0] > 1e-3 else 2
        percent = stage.view.words.percent(float(result.shares[shown, 0]), decimals)
        assert f"non-convex: {percent}" in said
        assert ("plain" in said) == (shown == 0)
        assert {line.get_visible() for line in finding.texts} == {shown == 2}
    assert (stage.view.timeline.first, stage.view.timeline.steps) == (1, 3)


def test_the_share_goes_by_the_number_that_the_counter_shows():
    """Until the next network is there the words are those of the one before, as the counter is."""
    stage = movie.stage(read_text(SCENE, "scene.yaml").scene)
    names = cut.slices_of(stage.view, 0).names
    for frame in range(stage.view.timeline.frames):
        stage.picture(frame)
        number = int(stage.view.timeline.step_at(frame) + 1e-9)
        said = [text.get_text() for text in stage.figure.axes[0].texts]
        assert [name for name in names if name in said] == [names[number - 1]]


def test_the_path_goes_from_no_skips_to_whole_ones_and_on_to_small_weights():
    skips, branches = path(4, 0.25)
    np.testing.assert_allclose(skips, [0, 0.25, 0.5, 0.75, 1, 1, 1, 1, 1])
    np.testing.assert_allclose(branches[:5], 1)
    np.testing.assert_allclose(branches[5:], 0.25 ** np.array([0.25, 0.5, 0.75, 1]))


def test_a_network_without_its_skips_is_the_plain_one():
    data = moons(samples=20)
    plain, start = initial_weights(data, (1,), hidden=(5, 5, 5))
    losses = {}
    for skip in (0.0, 0.5, 1.0):
        options = {"residual": True, "skip": skip}
        problem, same = initial_weights(data, (1,), hidden=(5, 5, 5), **options)
        np.testing.assert_array_equal(same, start)
        losses[skip] = float(problem.loss(start[0], problem.data))
    assert losses[0.0] == pytest.approx(float(plain.loss(start[0], plain.data)))
    whole = network(data, hidden=(5, 5, 5), residual=True, seed=1)
    assert losses[1.0] == pytest.approx(float(whole.loss(start[0], whole.data)))
    assert len(set(losses.values())) == 3


def test_a_slice_that_is_not_there_is_told():
    text = SCENE + "panels: [{cut_relief: {number: 1}}]\n"
    script = read_text(text, "scene.yaml")
    why = r"^scene\.yaml:4:10: number must be 0 to 0, got 1$"
    with pytest.raises(UsageError, match=why), script.placing():
        movie.stage(script.scene)
