"""Sweeps of a number of the surface: each value is the scene with that number in it."""

import csv
from itertools import pairwise, product

import numpy as np
import pytest

from animate import pipeline as movie
from animate.cli.check import check_all
from animate.errors import UsageError
from animate.figure import Moment
from animate.figure.strip import Moments
from animate.scene.context import NO_TRUST
from animate.scene.load import read_text

FORMULA = (
    '{formula: "(x*y - 1)**2 + a*(x**2 + y**2)", constants: {a: 1}, window: [[-3, 3], [-2, 2]]}'
)
BOWL = "{name: quadratic, condition: 3}"
SWEPT = {
    "formula": (FORMULA, "surface.constants.a", (0, 0.5, 1.1)),
    "built in": (BOWL, "surface.condition", (1, 10.5, 40)),
}
STARTS = {"one": "[-1, 1.5]", "two": "[[-1, 1.5], [1, 1]]", "swarm": "{count: 30}"}
SCENE = """
surface: {surface}
optimizers: {optimizers}
{sweep}
steps: 12
start: {start}
style: {{size: [640, 400]}}
timing: {{seconds: 1.5, fps: 4}}
panels: {panels}
"""
BEST = "[sgd, {name: adam, learning_rate: 0.1}]"


def text(
    kind="formula", layout="grid", start="one", panels="[contour]", optimizers=BEST, sweep=None
):
    surface, key, values = SWEPT[kind]
    if sweep is None:
        sweep = f"sweep: {{{key}: {list(values)}, as: {layout}}}"
    return SCENE.format(
        surface=surface, sweep=sweep, start=STARTS[start], panels=panels, optimizers=optimizers
    )


def scene(**asked):
    return read_text(text(**asked), "s").scene


def alone(kind, value, **asked):
    """The scene with that number written into it, and no sweep."""
    _, key, _ = SWEPT[kind]
    return read_text(text(kind=kind, sweep="", **asked), "s", [f"{key}={value}"]).scene


@pytest.mark.parametrize(("kind", "start"), list(product(SWEPT, STARTS)))
def test_every_value_runs_as_the_scene_with_that_number_does(kind, start):
    film, grid = (
        movie.trace(scene(kind=kind, layout=layout, start=start)) for layout in ("film", "grid")
    )
    _, key, values = SWEPT[kind]
    assert film.swept == grid.swept == (key, tuple(float(v) for v in values for _ in range(2)))
    assert film.labels == ("sgd", "adam") * len(values)
    for k, value in enumerate(values):
        single = movie.trace(alone(kind, value, start=start))
        for paths in (film, grid):
            own = paths.only([2 * k, 2 * k + 1])
            assert own.rates == single.rates
            for name in ("positions", "losses", "gradients", "ends", "steps"):
                np.testing.assert_array_equal(getattr(own, name), getattr(single, name))


def test_the_best_rate_is_searched_for_each_value():
    rates = [each.rates[0] for each in map(movie.trace, (alone("built in", v) for v in (1, 40)))]
    assert rates[0] != rates[1]


def terrains(stage):
    """The colours of each terrain from the left to the right, [column, 3]."""
    seen = [axes for axes in stage.figure.axes if axes.get_xlabel() == "x"]
    pictures = [np.asarray(axes.get_images()[0].get_array(), float) for axes in seen]
    return [each[..., :3].mean(axis=0) for each in pictures]


PLANES = '{formula: "a*x", constants: {a: 1}, window: [[0, 1], [0, 1]]}'
PLANE = """
surface: {surface}
sweep: {{surface.constants.a: [1, 2], as: {layout}}}
optimizers: [{{name: sgd, learning_rate: 0.001}}]
steps: 5
start: [0.9, 0.9]
style: {{size: [640, 400]}}
timing: {{seconds: 1, fps: 4}}
panels: [{{contour: {{levels: 200, lines: false, scale: linear}}}}, relief]
"""


@pytest.mark.parametrize("layout", ["grid", "film"])
def test_a_colour_is_one_height_with_every_value(layout):
    stage = movie.stage(read_text(PLANE.format(surface=PLANES, layout=layout), "s").scene)
    low = terrains(stage)[0]
    stage.picture(3)
    high = terrains(stage)[-1]
    last = len(low) // 2 * 2
    np.testing.assert_allclose(low[:last:2], high[: last // 2], atol=6)
    assert np.abs(low - high).max() > 40


def heads_of(stage, start, last=12.0):
    """Where the heads of the first panel are at the `last` step, [path, 2], as data."""
    path, moment = stage.paths[0], Moment(last, 0.0)
    if start != "swarm":
        return path.axes.transData.inverted().transform(path.heads(moment))
    (dots,) = path.add_artists(moment)
    found = np.array(dots.get_offsets())
    dots.remove()
    return found


@pytest.mark.parametrize("start", STARTS)
def test_a_film_shows_each_value_in_the_same_places(start):
    panels = "[contour, loss, curvature]"
    film = scene(layout="film", start=start, panels=panels)
    stage = movie.stage(film)
    shown = []
    for frame, value in ((0, 0), (2, 0.5), (4, 1.1)):
        picture = stage.picture(frame)
        counted = [each.get_text() for each in stage.figure.texts]
        assert f"{value:.3f}" in counted or f"{value:.2f}" in counted
        paths = movie.trace(alone("formula", value, start=start))
        expected = paths.positions[:, :, -1].reshape(-1, 2)
        np.testing.assert_allclose(heads_of(stage, start), expected, atol=1e-4)
        boxes = [(axes.bbox.bounds, axes.get_ylim()) for axes in stage.figure.axes]
        shown.append((boxes, picture))
    assert shown[0][0] == shown[1][0] == shown[2][0]
    for frame, (_, picture) in zip((4, 2, 0), reversed(shown), strict=True):
        assert (stage.picture(frame) == picture).all(), "it depends on those before it"


def test_a_film_of_a_relief_turns_while_the_surface_changes():
    panels = "[{relief: {orbit: 90}}]"
    stage = movie.stage(scene(layout="film", panels=panels))
    pictures = [stage.picture(k) for k in range(6)]
    assert all((one != two).any() for one, two in pairwise(pictures))


def test_each_cell_has_its_value_its_minima_and_the_rate_that_was_found():
    one = "[{name: sgd, label: GD}]"
    stage = movie.stage(scene(kind="built in", optimizers=one, panels="[contour, distance]"))
    titles = [axes.get_title("left").replace("\n", " ") for axes in stage.figure.axes]
    rates = [movie.trace(alone("built in", v, optimizers=one)).rates[0] for v in (1, 10.5, 40)]
    values = ("1", "10.5", "40")
    wanted = [f"condition = {v}, η = {r:.6g}" for v, r in zip(values, rates, strict=True)]
    assert [each.replace("  ", " ") for each in titles if each] == wanted
    assert stage.view.names == ("GD",)
    assert stage.view.notes == (f"{min(rates):.2g}–{max(rates):.2g}",)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_its_description_tells_the_first_value_the_middle_one_and_the_last(language):
    asked = text().replace("style: {", f"style: {{language: {language}, ")
    said = movie.describe(read_text(asked, "s").scene)
    written = ("0", "0.5", "1.1") if language == "en" else ("0", "0,5", "1,1")
    places = [said.index(f"a = {value}: ") for value in written]
    assert places == sorted(places)
    single = movie.describe(alone("formula", 0.5))
    assert "(0.71, 0.71)" in single or "−0.71" in single
    if language == "en":
        assert single.split(": ", 1)[1] in said


@pytest.mark.parametrize("layout", ["", ", as: film"])
@pytest.mark.parametrize(
    ("title", "first"),
    [("T", "T: 5 values of a, 1 to 9 (told: 1, 4 and 9). a = 1, η"), ("''", "5 values of a, 1 to")],
)
def test_its_description_says_how_many_values_there_are(layout, title, first):
    surface = "{formula: a*x**2 + y**2, constants: {a: 1}, window: [[-2, 2], [-2, 2]]}"
    asked = f"title: {title}\nsurface: {surface}\nstart: [1, 1]\noptimizers: [sgd]\nsteps: 8\n"
    sweep = f"sweep: {{surface.constants.a: [1, 2, 4, 8, 9]{layout}}}\n"
    said = movie.describe(read_text(asked + sweep, "s").scene)
    assert said.startswith(first)
    assert "  " not in said


def test_a_table_has_a_column_with_the_value(tmp_path):
    script = read_text(text(), "s")
    target = tmp_path / "paths.csv"
    movie.write_trace(script, target)
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {(row["optimizer"], float(row["surface.constants.a"])) for row in rows}
    assert found == set(product(("sgd", "adam"), (0.0, 0.5, 1.1)))
    movie.write_trace(script, target.with_suffix(".npz"))
    with np.load(target.with_suffix(".npz")) as arrays:
        assert arrays["surface.constants.a"].tolist() == [0, 0, 0.5, 0.5, 1.1, 1.1]
        assert len(arrays["positions"]) == 6


@pytest.mark.parametrize("layout", ["grid", "film"])
def test_check_tells_the_values_and_their_rates(layout, tmp_path, capsys):
    path = tmp_path / "s.yaml"
    path.write_text(text(layout=layout), encoding="utf-8")
    check_all([path], (), trust=NO_TRUST)
    first, _, *rest = capsys.readouterr().out.splitlines()
    assert first.endswith("2 optimizers, 1 start, 12 steps, 3 values of surface.constants.a")
    if layout == "film":
        assert rest[0].startswith("  sgd: 3 values of a, 0 to 1.1; learning rates found, ")
        assert rest[1] == "  adam: 3 values of a, 0 to 1.1; learning rate 0.1"
    else:
        assert rest[0] == "  adam: learning rate 0.1"
        assert [line.split("  ")[1] for line in rest[2:]] == [
            f"sgd, a = {v}" for v in (0, 0.5, 1.1)
        ]


@pytest.mark.parametrize("layout", ["grid", "film"])
def test_a_strip_has_the_values(layout):
    stage = movie.stage(scene(layout=layout), Moments(3))
    said = [axes.get_title("left") for axes in stage.figure.axes]
    names = [axes.get_ylabel() for axes in stage.figure.axes]
    for value in ("a = 0", "a = 0.5", "a = 1.1"):
        assert any(each.startswith(value) for each in (said if layout == "film" else names))


@pytest.mark.parametrize(
    ("kind", "sweep", "complaint"),
    [
        (
            "formula",
            "{surface.constants.a: [0, 1], as: race}",
            "s:4:8: as: race shows all values in one panel, which has one surface; take 'grid' or ",
        ),
        (
            "formula",
            "{surface.constants.aa: [0, 1]}",
            "s:4:9: the formula has no constant 'aa'. Did you mean",
        ),
        (
            "formula",
            "{surface.a: [0, 1]}",
            "s:4:9: of a formula its constants are",
        ),
        (
            "built in",
            "{surface.conditio: [1, 2]}",
            "s:4:9: 'quadratic' has no option 'conditio'. Did you mea",
        ),
        (
            "built in",
            "{surface.condition: [1, -2]}",
            "s:4:28: sweep.surface.condition: must be greater than 0, got -2",
        ),
        (
            "built in",
            "{surface.constants.a: [1, 2]}",
            "s:4:9: constants ",
        ),
        ("built in", "{surface.window: [1, 2]}", "s:4:9: 'quadratic' has no"),
        ("built in", "{surface: [1, 2]}", "s:4:8: sweeps an option of an optimizer, such as "),
    ],
)
def test_mistakes(kind, sweep, complaint):
    with pytest.raises(UsageError) as caught:
        scene(kind=kind, sweep=f"sweep: {sweep}")
    assert str(caught.value).startswith(complaint)
    assert "\n" not in str(caught.value)


def test_what_is_wrong_with_one_value_is_told_with_it():
    surface = '{formula: "log(x**2 + a)", constants: {a: 1}, window: [[-1, 1], [-1, 1]]}'
    asked = text(sweep="sweep: {surface.constants.a: [1, -9]}").replace(FORMULA, surface)
    script = read_text(asked, "s")
    with (
        pytest.raises(UsageError, match=r"a = -9: the loss is a finite number nowhere"),
        script.placing(),
    ):
        movie.stage(script.scene)


def test_a_signal_has_no_surface_to_sweep():
    signal = "signal: sine\noptimizers: [adam]\nsweep: {surface.condition: [1, 2]}\n"
    with pytest.raises(UsageError, match=r"s:3:9: a signal has no surf"):
        read_text(signal, "s")


def test_surfaces_without_numbers_are_told(tmp_path):
    np.savez(tmp_path / "g.npz", x=np.arange(5.0), y=np.arange(5.0), z=np.eye(5))
    asked = "surface: {grid: g.npz}\noptimizers: [adam]\nsweep: {surface.a: [1, 2]}\n"
    with pytest.raises(UsageError, match="only a formula and a built-in surface have numbers"):
        read_text(asked, str(tmp_path / "s.yaml"))


@pytest.mark.parametrize(
    "panels", ["[{contour: {color_by: basin}}]", "[{basins: {resolution: 8}}]"]
)
def test_minima_keep_their_order_and_the_runs_theirs(panels):
    shown = movie.solve(scene(start="swarm", panels=panels))
    for k, value in enumerate(SWEPT["formula"][2]):
        single = movie.solve(alone("formula", value, start="swarm", panels=panels))
        ground = shown.grounds[k]
        pairs = [(ground.ends, single.ends)]
        pairs += [(ground.basins[side], single.basins[side]) for side in single.basins]
        for ours, theirs in pairs:
            assert sorted(ours.minima.tolist()) == ours.minima.tolist()
            places = [*map(tuple, theirs.minima.tolist()), "floor", None]
            moved = [*map(tuple, ours.minima.tolist()), "floor", None]
            for before, after in zip(theirs.which.ravel(), ours.which.ravel(), strict=True):
                assert moved[after] == places[before]
