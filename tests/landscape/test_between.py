"""Lines, planes and curves between networks that were trained: their numbers and pictures."""

import numpy as np
import optax
import pytest

from animate import pipeline as movie
from animate.networks.alignment import permuted
from animate.networks.checkpoints import shapes_of
from animate.networks.dense_chain import dense_chain
from animate.networks.lines import wall_of
from animate.networks.quantity import LOSS, Quantity
from animate.networks.training import train
from animate.scene.load import read
from tests.landscape.between import DATA, PROBLEM, STARTS, SURFACE, save
from tests.landscape.conftest import SMALL_PICTURE


def logits(vector, inputs):
    """Those of the network at weights [P], in float64, by NumPy alone."""
    place, x = 0, inputs.astype(float)
    for k, (inner, outer) in enumerate(((2, 6), (6, 6), (6, 2))):
        weights = vector[place : place + inner * outer].reshape(outer, inner)
        place += inner * outer
        x = x @ weights.T + vector[place : place + outer]
        place += outer
        x = np.tanh(x) if k < 2 else x
    return x


def loss(vector, examples=DATA.train):
    values = logits(vector.astype(float), examples[0])
    values -= values.max(axis=1, keepdims=True)
    chosen = values[np.arange(len(values)), examples[1]]
    return np.mean(np.log(np.exp(values).sum(axis=1)) - chosen)


def right(vector, examples):
    return (logits(vector.astype(float), examples[0]).argmax(axis=1) == examples[1]).mean()


def test_the_line_between_two_checkpoints_is_that_of_every_mean_of_weights(between_scene, models):
    panels = "panels: [interpolation, {interpolation: {metric: accuracy}}]\n"
    lines = movie.solve(between_scene("{checkpoints: {A: a.npz, B: b.npz}}", panels)).result.lines
    np.testing.assert_allclose(lines.shares, np.arange(101) / 100)
    for share in (0, 13, 50, 100):
        point = (1 - share / 100) * models[0] + share / 100 * models[1]
        for on, examples in (("train", DATA.train), ("test", DATA.held_out)):
            found = lines.values[Quantity("loss", on)][0, share]
            np.testing.assert_allclose(found, loss(point, examples), rtol=1e-4)
            found = lines.values[Quantity("accuracy", on)][0, share]
            np.testing.assert_allclose(found, right(point, examples), atol=1e-6)


def test_the_finding_tells_the_wall_and_the_distance(between_scene, models):
    solved = movie.solve(between_scene("{checkpoints: {A: a.npz, B: b.npz}}"))
    losses = solved.result.lines.values[LOSS][0]
    top = losses.argmax()
    distance = np.linalg.norm(models[0] - models[1])
    words = solved.finding
    assert words.startswith(f"From A to B, {distance:.3g} apart, the training loss rises to ")
    assert f"at α = {top / 100:.2g}, {losses[top] - max(losses[[0, -1]]):.3g} above" in words
    assert solved.names == ("A → B",)


def test_a_dot_travels_along_the_curve_with_the_clock(between_scene):
    stage = movie.stage(
        between_scene("{checkpoints: {A: a.npz, B: b.npz}}", "panels: interpolation\n")
    )
    (axes,) = (each for each in stage.figure.axes if each.get_ylabel() == "loss")
    losses = stage.view.result.lines.values[LOSS][0]
    (dot,) = (line for line in axes.lines if line.get_marker() == "o")
    stage.picture(0)
    np.testing.assert_allclose(np.ravel(dot.get_data()), [0, losses[0]], rtol=1e-6)
    stage.picture(1)
    np.testing.assert_allclose(np.ravel(dot.get_data()), [1, losses[-1]], rtol=1e-6)
    told = {text.get_text() for text in axes.texts if text.get_gid() == "end"}
    assert told == {stage.view.words.number(float(each), 3) for each in losses[[0, -1]]}
    (wall,) = (text.get_text() for text in axes.texts if text.get_gid() == "wall")
    assert wall == "+" + stage.view.words.number(float(losses.max() - max(losses[[0, -1]])), 3)
    names = [text.get_text() for text in axes.get_legend().get_texts()]
    assert names == ["training", "held out"]


def test_values_come_when_the_clock_is_there(between_scene):
    """The first one stands from the beginning, the wall's once the dot is past it, the last one at
    the end."""
    timing = "timing: {seconds: 2, fps: 20, hold: 0}\n"
    stage = movie.stage(
        between_scene(
            "{checkpoints: {A: a.npz, B: b.npz}}", "panels: interpolation\n", picture=timing
        )
    )
    (axes,) = (each for each in stage.figure.axes if each.get_ylabel() == "loss")
    lines = stage.view.result.lines
    top = lines.shares[lines.values[LOSS][0].argmax()]
    last = stage.view.timeline.frames - 1
    (dot,) = (line for line in axes.lines if line.get_marker() == "o")
    texts = [text for text in axes.texts if text.get_gid() in ("end", "wall")]
    assert [text.get_gid() for text in texts] == ["end", "end", "wall"]
    for frame in (0, last // 4, last // 2, 3 * last // 4, last):
        stage.picture(frame)
        (at,), _ = dot.get_data()
        seen = [bool(text.get_visible()) for text in texts]
        assert seen == [True, frame == last, bool(at >= top)]


@pytest.mark.parametrize("size", ["480, 360", "960, 600"])
def test_values_at_the_ends_touch_no_curve(between_scene, size):
    style = f"style: {{size: [{size}]}}\n"
    stage = movie.stage(
        between_scene(
            "{checkpoints: {A: a.npz, B: b.npz}}", "panels: interpolation\n", picture=style
        )
    )
    (axes,) = (each for each in stage.figure.axes if each.get_ylabel() == "loss")
    boxes = [text.get_window_extent() for text in axes.texts if text.get_gid() == "end"]
    assert boxes
    fine = np.linspace(0, 1, 3000)
    for curve in stage.view.result.lines.values.values():
        losses = np.interp(fine, stage.view.result.lines.shares, curve[0])
        points = axes.transData.transform(np.stack([fine, losses], axis=1))
        assert not any(box.contains(*point) for box in boxes for point in points)


def test_a_run_has_the_line_from_its_start_to_its_end(tmp_path):
    path = tmp_path / "scene.yaml"
    path.write_text(
        SURFACE
        + "optimizers: [{name: sgd, learning_rate: 0.3}, {name: adam, learning_rate: 0.01}]\n"
        "steps: 40\nbatch: 20\npanels: [[contour, interpolation], [finding]]\n" + SMALL_PICTURE
    )
    stage = movie.stage(read(path).scene)
    options = {"starts": STARTS[:1], "steps": 40, "keep": np.arange(41), "batch": 20}
    runs = [
        train(PROBLEM, each, **options).positions[0] for each in (optax.sgd(0.3), optax.adam(0.01))
    ]
    lines = stage.view.result.lines
    for k, run in enumerate(runs):
        for share in (0, 40, 100):
            point = run[0] + share / 100 * (run[-1] - run[0])
            np.testing.assert_allclose(lines.values[LOSS][k, share], loss(point), rtol=1e-4)
        way = (run[-1] - run[0]).astype(float)
        np.testing.assert_allclose(lines.heads[k], (run - run[0]) @ way / (way @ way), atol=1e-4)
    assert "On the straight line from start to end the training loss" in stage.view.finding
    assert (stage.picture(0) != stage.picture(1)).any()


def test_a_permuted_copy_has_no_wall_once_it_is_aligned(between_scene, models, tmp_path):
    layers, random = dense_chain(shapes_of(PROBLEM), 0), np.random.default_rng(2)
    orders = [random.permutation(6), random.permutation(6)]
    save(tmp_path / "copy.npz", permuted(layers, models[0], orders))
    plain = movie.solve(between_scene("{checkpoints: {A: a.npz, B: copy.npz}}")).result
    solved = movie.solve(between_scene("{checkpoints: {A: a.npz, B: copy.npz}, align: true}"))
    assert wall_of(plain.lines.values[LOSS][0], plain.lines.shares).height > 0.1
    assert wall_of(solved.result.lines.values[LOSS][0], solved.result.lines.shares) is None
    np.testing.assert_array_equal(solved.result.models[1], models[0])
    np.testing.assert_array_equal(solved.result.lines.unaligned, plain.lines.values[LOSS])
    assert solved.result.distances[0] == 0
    height = wall_of(plain.lines.values[LOSS][0], plain.lines.shares).height
    assert "never rises above the higher end. Before hidden units were put in the same order, "
    assert f"it rose {height:.3g} above the higher end." in solved.finding


def test_walls_between_trained_networks_fall_by_alignment(between_scene):
    lines = movie.solve(
        between_scene("{checkpoints: [a.npz, b.npz, c.npz], align: true}")
    ).result.lines
    for before, after in zip(lines.unaligned[:2], lines.values[LOSS][:2], strict=True):
        heights = [
            wall.height if (wall := wall_of(each, lines.shares)) else 0.0
            for each in (before, after)
        ]
        assert heights[1] < heights[0]


def test_three_networks_stand_on_their_plane(between_scene, models):
    stage = movie.stage(between_scene("{checkpoints: {A: a.npz, B: b.npz, C: c.npz}}"))
    made, view = stage.view.result, stage.view
    first = (models[1] - models[0]).astype(float)
    first /= np.linalg.norm(first)
    up = (models[2] - models[0]).astype(float)
    up -= (up @ first) * first
    up /= np.linalg.norm(up)
    for x, y in ((1, 3), (4, 0)):
        point = models[0] + made.plane.x[x] * first + made.plane.y[y] * up
        np.testing.assert_allclose(made.plane.z[y, x], loss(point), rtol=1e-4)
    assert view.names == ("A → B", "A → C", "B → C")
    assert view.axes == ("from A to B", "towards C")
    ends = view.trajectories.positions[:, 0][:, [0, -1]]
    np.testing.assert_allclose(ends, made.plane.places[[[0, 1], [0, 2], [1, 2]]])
    assert (stage.picture(0) != stage.picture(1)).any()


def test_a_curve_is_lower_than_the_line_and_keeps_its_ends(between_scene, models):
    curve = "curve: bezier, steps: 600, batch: 20, learning_rate: 0.05"
    between = f"{{checkpoints: {{A: a.npz, B: b.npz}}, {curve}}}"
    stage = movie.stage(between_scene(between))
    made = stage.view.result
    bend = made.bends[0].astype(float)
    for place in (0, 20, 60):
        t = made.t[place]
        point = (1 - t) ** 2 * models[0] + 2 * t * (1 - t) * bend + t**2 * models[1]
        np.testing.assert_allclose(made.losses[0, -1, place], loss(point), rtol=1e-4)
        np.testing.assert_allclose(
            made.accuracies[0, -1, place], right(point, DATA.held_out), atol=1e-6
        )
    assert made.losses[0, -1].max() < 0.5 * made.losses[0, 0].max()
    assert made.steps[-1] == 600
    assert "on a curve, trained for 600 steps, it is at most " in stage.view.finding
    assert (stage.picture(0) != stage.picture(1)).any()


def test_without_an_accuracy_the_curve_has_losses_alone(between_scene):
    surface = SURFACE.replace("test: 0.3", "test: 0.0")
    between = "{checkpoints: [a.npz, b.npz], curve: polygon, steps: 20, batch: full}"
    stage = movie.stage(between_scene(between, surface=surface))
    assert stage.view.result.accuracies.size == 0
    told = [
        text.get_text()
        for axes in stage.figure.axes
        for text in axes.get_children()
        if hasattr(text, "get_text")
    ]
    assert any(text.startswith("curve: loss up to ") for text in told)
    assert "ccuracy" not in stage.view.finding


def test_what_was_computed_is_read_again(between_scene, monkeypatch):
    between = "{checkpoints: [a.npz, b.npz], curve: bezier, steps: 50}"
    first = movie.solve(between_scene(between)).result
    monkeypatch.setattr("animate.sources.between.join", None)
    again = movie.solve(between_scene(between, "title: Other\n"))
    assert again.title == "Other"
    np.testing.assert_array_equal(again.result.losses, first.losses)


def test_the_curve_before_alignment_is_drawn_beside_that_after_it(between_scene):
    stage = movie.stage(
        between_scene(
            "{checkpoints: {A: a.npz, B: b.npz}, align: true}",
            "panels: interpolation\n",
            picture="style: {size: [960, 600]}\n",
        )
    )
    lines = stage.view.result.lines
    (axes,) = (each for each in stage.figure.axes if each.get_ylabel() == "loss")
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["training", "held out"]
    (named,) = (text for text in axes.texts if text.get_gid() == "before")
    assert named.get_text() == "before alignment"
    drawn = [each for each in axes.lines if len(each.get_xdata()) == len(lines.shares)]
    box = named.get_window_extent()
    for each in drawn:
        assert not any(box.contains(*at) for at in axes.transData.transform(each.get_xydata()))
    for curve in lines.unaligned:
        assert any(np.array_equal(curve, each.get_ydata(), equal_nan=True) for each in drawn)
    assert max(axes.get_ylim()) > np.nanmax(lines.unaligned)


def test_some_of_the_lines_are_those_also_before_alignment(between_scene):
    lines = movie.solve(
        between_scene("{checkpoints: [a.npz, b.npz, c.npz], align: true}")
    ).result.lines
    some = lines.only([2, 0])
    np.testing.assert_array_equal(some.unaligned, lines.unaligned[[2, 0]])
    np.testing.assert_array_equal(some.values[LOSS], lines.values[LOSS][[2, 0]])
