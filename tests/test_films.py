"""Films: the clock runs over values; what each picture shows, and what is no film."""

import numpy as np
import pytest

from animate import pipeline as movie
from animate.cli.check import check_all
from animate.errors import UsageError
from animate.figure import Moment
from animate.scene.context import NO_TRUST
from animate.scene.load import read_text
from animate.sources.race import prepare

SCENE = """
surface: himmelblau
optimizers: {optimizers}
sweep: {{optimizers.momentum.{values}, as: film}}
steps: 40
start: {start}
style: {{size: [400, 300]}}
timing: {{seconds: {seconds}, fps: 4}}
panels: {panels}
"""
MOMENTUM = "[{name: momentum, learning_rate: 0.005}]"
RATES = "learning_rate: {from: 0.001, to: 0.02, count: 4}"
GAMMAS = "momentum: [0, 0.5, 0.9]"
MAP = "[{basins: {resolution: 8}}]"


def script(values=RATES, panels=MAP, optimizers=MOMENTUM, start="[0, 0]", seconds=1):
    text = SCENE.format(
        values=values, panels=panels, optimizers=optimizers, start=start, seconds=seconds
    )
    return read_text(text, "s")


def film(**asked):
    return script(**asked).scene


def shown(**asked):
    each = script(**asked)
    with each.placing():
        movie.stage(each.scene)


def single(option, value, panels=MAP, optimizers=MOMENTUM):
    """The same race with that value alone, not swept."""
    text = SCENE.replace("sweep:", "# ").format(
        values="", panels=panels, optimizers=optimizers, start="[0, 0]", seconds=1
    )
    return read_text(text, "s", [f"optimizers.momentum.{option}={value}"]).scene


def image(stage):
    return next(np.asarray(axes.get_images()[0].get_array()) for axes in maps(stage))


def maps(stage):
    return [axes for axes in stage.figure.axes if axes.get_xlim() == (-5.5, 5.5)]


def counted(stage):
    """The value in the counter: after the option, the last text that moves."""
    return next(text.get_text() for text in stage.figure.texts if text.get_animated())


def test_every_frame_is_the_whole_map_of_one_value():
    stage = movie.stage(film())
    for frame, text, rate in ((0, "0.00100", 0.001), (2, "0.0137", 0.0137)):
        stage.picture(frame)
        assert counted(stage) == text
        alone = movie.stage(single("learning_rate", rate)).view.basins[8]
        reached = alone.which[0] >= 0
        picture = image(stage)
        assert len(np.unique(picture[~reached], axis=0)) <= 1
        minima = [picture[alone.which[0] == k] for k in range(4)]
        seen = [set(map(bytes, each)) for each in minima if len(each)]
        assert sum(map(len, seen)) == len(set.union(*seen))


@pytest.mark.parametrize(
    ("optimizers", "said"),
    [
        (MOMENTUM, "Momentum with 3 values of momentum, 0 to 0.9 (told: 0, 0.5 and 0.9) from"),
        ("[adadelta, {name: momentum, learning_rate: 0.005}]", "2 optimizers, Momentum with 3 "),
    ],
)
def test_a_description_tells_what_is_varied_and_for_which_values(optimizers, said):
    described = movie.describe(film(values=GAMMAS, panels="[contour]", optimizers=optimizers))
    assert described.startswith(f"Himmelblau: {said}")


def test_of_many_values_three_are_told():
    span = "momentum: {from: 0, to: 0.9, count: 10}"
    described = movie.describe(film(values=span, panels="[contour]"))
    assert "Momentum with 10 values of momentum, 0 to 0.9 (told: 0, 0.5 and 0.9) " in described
    scene = script(values=span, panels="[contour]").text + "\n"
    russian = read_text(scene.replace("style: {", "style: {language: ru, "), "s").scene
    assert "10 значений (momentum от 0 до 0,9; описаны 0; 0,5 и 0,9) " in movie.describe(russian)


SEARCHED = "[sgd, {name: momentum, learning_rate: best}]"


def _texts_that_change(stage):
    return [text.get_text() for text in stage.figure.texts if text.get_animated()]


def test_the_legend_tells_the_rate_of_the_value_that_is_shown():
    scene = film(values=GAMMAS, panels="[contour]", optimizers=SEARCHED)
    stage, own = movie.stage(scene), movie.solve(scene).notes
    assert len({*own[1:]}) == 3
    for frame, rate in ((0, own[1]), (stage.view.timeline.frames - 1, own[3])):
        stage.picture(frame)
        assert _texts_that_change(stage)[1:] == [rate]


def test_without_entries_the_counter_tells_the_rate():
    panels = "[{contour: {split: optimizers}}]"
    scene = film(values=GAMMAS, panels=panels, optimizers=SEARCHED)
    stage = movie.stage(scene)
    stage.picture(0)
    assert _texts_that_change(stage) == [f"0.00,  η = {movie.solve(scene).notes[1]}"]


@pytest.mark.parametrize("values", [RATES, GAMMAS])
def test_rates_that_are_the_values_or_all_alike_stand_still(values):
    stage = movie.stage(film(values=values, panels="[contour]"))
    stage.picture(0)
    assert len(_texts_that_change(stage)) == 1


def test_what_follows_a_swept_rate_is_told_beside_the_value():
    switched = "[{name: momentum, then: {at: 10, name: sgd, learning_rate: 0.01}}]"
    stage = movie.stage(film(panels="[contour]", optimizers=switched))
    stage.picture(0)
    assert counted(stage) == "0.00100 → 0.01"
    assert "Momentum → SGD" in [text.get_text() for text in stage.figure.texts]


def test_more_frames_hold_each_value_as_long():
    stage = movie.stage(film(seconds=3))
    said = []
    for frame in range(12):
        stage.picture(frame)
        said.append(counted(stage))
    assert said == [text for text in ("0.00100", "0.00733", "0.0137", "0.0200") for _ in range(3)]


@pytest.mark.parametrize("option", ["momentum", "clip"])
def test_a_race_shows_the_whole_path_of_one_value_with_the_others_beside_it(option):
    others = "[{name: momentum, learning_rate: 0.005}, {name: sgd, learning_rate: 0.002}]"
    values = (0.3, 0.5, 0.9)
    stage = movie.stage(
        film(
            values=f"{option}: [0.3, 0.5, 0.9]",
            panels="[contour, loss]",
            optimizers=others,
            start="[[0, 0], [1, 1]]",
        )
    )
    trails = stage.paths[0]
    assert stage.view.names == ("Momentum", "SGD")
    for k, value in enumerate(values):
        moment = Moment(40.0, 0.0, group=k, visible=frozenset({k, 3}))
        pieces = {path: line for path, line, _ in trails.pieces(moment)}
        alone = single(option, value, "[contour]", others)
        paths = movie.trace(alone.model_copy(update={"start": ((0.0, 0.0), (1.0, 1.0))}))
        expected = maps(stage)[0].transData.transform(paths.positions[:, :, -1].reshape(-1, 2))
        heads = trails.heads(moment)
        there = np.flatnonzero(np.isfinite(heads).all(-1))
        assert [*pieces] == list(there)
        assert list(there) == [2 * k, 2 * k + 1, 6, 7]
        np.testing.assert_allclose(heads[there], expected, atol=1e-6)
        ends = [line[np.isfinite(line).all(-1)][-1] for line in pieces.values()]
        np.testing.assert_allclose(ends, expected, atol=1e-6)


def test_a_picture_does_not_depend_on_those_before_it():
    stage = movie.stage(film(values=GAMMAS, panels="[contour, loss]"))
    last = stage.picture(3)
    assert (stage.picture(0) != last).any()
    assert (stage.picture(3) == last).all()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (RATES, "  Momentum: 4 values of learning_rate, 0.001 to 0.02"),
        (GAMMAS, "  Momentum: 3 values of momentum, 0 to 0.9; learning rate 0.005"),
    ],
)
def test_check_tells_the_values_in_one_line(values, said, tmp_path, capsys):
    path = tmp_path / "film.yaml"
    path.write_text(script(values=values).text, encoding="utf-8")
    check_all([path], (), trust=NO_TRUST)
    first, _, *rest = capsys.readouterr().out.splitlines()
    assert first == f"{path}: Himmelblau, 1 optimizer, 1 start, 40 steps"
    assert rest == [said]


def test_check_tells_the_rates_found_from_the_least_to_the_largest(tmp_path, capsys):
    path = tmp_path / "film.yaml"
    searched = "[{name: momentum, learning_rate: best}]"
    path.write_text(script(values=GAMMAS, optimizers=searched).text, encoding="utf-8")
    check_all([path], (), trust=NO_TRUST)
    *_, said = capsys.readouterr().out.splitlines()
    rates = [run.rate for run in prepare(film(values=GAMMAS, optimizers=searched), ()).runs]
    found = f"learning rates found, {min(rates):g} to {max(rates):g}"
    assert said == f"  Momentum: 3 values of momentum, 0 to 0.9; {found}"


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        (
            {"panels": "[relief]"},
            "s:9:10: 'relief' is not for a film; show basins, contour or curves such as loss",
        ),
        (
            {"panels": "[{contour: {vectors: [update]}}]"},
            "s:9:10: in a film there are no arrows; leave out 'vectors'",
        ),
        (
            {"panels": "[contour]", "start": "{count: 3}"},
            "s:6:8: a film shows whole paths, and a swarm has none; name starts, or show 'basins'",
        ),
        (
            {"values": "learning_rate: {from: 0.1, to: 1, count: 301}"},
            "s:4:70: sweep.optimizers.momentum.learning_rate.count: must be at most 300, got 301",
        ),
    ],
)
def test_mistakes(asked, complaint):
    with pytest.raises(UsageError) as caught:
        shown(**asked)
    assert str(caught.value) == complaint
