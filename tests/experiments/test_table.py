"""What holds for every experiment: arrays, plain values, and a cache that gives both back."""

from dataclasses import fields
from typing import get_type_hints

import numpy as np
import pytest

from animate import pipeline as movie
from animate.errors import Remark, UnknownName
from animate.networks.cache import cached
from animate.networks.experiments import EXPERIMENTS, table
from animate.networks.experiments.table import run_experiment
from animate.panels import PANELS
from animate.scene.load import read_text
from animate.text import Words
from tests.experiments.conftest import SMALL
from tests.pictures import of_result
from tests.text.drawn_words import english, said


def test_every_experiment_has_a_small_version_here():
    assert set(SMALL) == set(EXPERIMENTS)


@pytest.mark.parametrize("name", sorted(EXPERIMENTS))
def test_options_are_keyword_only_with_defaults_and_a_docstring(name):
    entry = EXPERIMENTS[name]
    assert not any(option.required for option in entry.options.values())
    assert set(SMALL[name]) <= set(entry.options)
    assert entry.about.endswith(".")


@pytest.mark.parametrize("name", sorted(EXPERIMENTS))
def test_a_result_is_finite_arrays_and_plain_values_and_survives_the_disk(
    name, small, tmp_path, monkeypatch
):
    monkeypatch.setenv("ANIMATE_CACHE", str(tmp_path))
    result = small(name)
    kind = get_type_hints(EXPERIMENTS[name].make)["return"]
    assert isinstance(result, kind)
    cached("one", kind, lambda: result)
    again = cached("one", kind, lambda: pytest.fail("computed twice"))
    for field in fields(kind):
        one, other = getattr(result, field.name), getattr(again, field.name)
        np.testing.assert_equal(one, other)
        if isinstance(one, np.ndarray) and field.name != "dimension":
            assert np.isfinite(one).all(), field.name


@pytest.mark.parametrize("name", sorted(EXPERIMENTS))
def test_an_experiment_draws_and_says_what_it_found(name, small, monkeypatch):
    monkeypatch.setattr("animate.networks.experiments.table.run_experiment", lambda *_: small(name))
    picture = "style: {size: [480, 360]}\ntiming: {seconds: 1, fps: 2}"
    stage = movie.stage(read_text(f"experiment: {name}\n{picture}", "scene.yaml").scene)
    assert len(stage.view.finding) > 80
    assert stage.view.result is small(name)
    first, last = stage.picture(0), stage.picture(stage.view.timeline.frames - 1)
    assert first.shape == last.shape == (360, 480, 4)
    if name != "width":  # it stands still
        assert (first != last).any()
    np.testing.assert_array_equal(stage.picture(0), first)


def test_saddles_far_above_every_run_are_not_drawn_outside_their_panel(monkeypatch):
    few = EXPERIMENTS["saddles"].make(steps=60, kept=10, seeds=(0,))
    monkeypatch.setattr("animate.networks.experiments.table.run_experiment", lambda *_: few)
    text = "experiment: saddles\nstyle: {size: [480, 360]}\ntiming: {seconds: 1, fps: 2}"
    stage = movie.stage(read_text(text, "scene.yaml").scene)
    assert stage.picture(0).shape == (360, 480, 4)


def test_an_experiment_is_computed_once_until_an_option_changes(tmp_path, monkeypatch):
    monkeypatch.setenv("ANIMATE_CACHE", str(tmp_path))
    first = run_experiment("trainability", SMALL["trainability"])
    assert len(list(tmp_path.iterdir())) == 1
    monkeypatch.setattr(table, "cached", lambda key, kind, _, **__: (key, kind))
    key, kind = run_experiment("trainability", SMALL["trainability"])
    again = cached(key, kind, lambda: pytest.fail("computed twice"))
    np.testing.assert_array_equal(first.measure, again.measure)
    other, _ = run_experiment("trainability", SMALL["trainability"] | {"seeds": (1,)})
    assert other != key


def test_a_folder_that_cannot_be_written_is_told(monkeypatch):
    monkeypatch.setenv("ANIMATE_CACHE", "/proc/nowhere")
    few = "experiment: {name: saddles, steps: 10, seeds: [0]}"
    with pytest.warns(Remark, match=r"^/proc/nowhere cannot be written \(No such file"):
        assert movie.describe(read_text(few, "scene.yaml").scene)


def test_an_unknown_experiment_is_told_with_the_nearest():
    with pytest.raises(UnknownName, match=r"no experiment named 'sadles'\. Did you mean 'saddles'"):
        run_experiment("sadles", {})


EXHIBITION = (
    "experiment: %s\nstyle: {language: ru, size: [960, 600]}\ntiming: {seconds: 1, fps: 2}\n"
)


@pytest.mark.parametrize("name", sorted(EXPERIMENTS))
def test_an_experiment_speaks_russian(name, small, monkeypatch):
    monkeypatch.setattr("animate.networks.experiments.table.run_experiment", lambda *_: small(name))
    texts = said(EXHIBITION % name)
    assert len(" ".join(texts)) > 150
    assert not english(texts)


def test_every_panel_of_experiments_is_shown_by_one(small, monkeypatch):
    """So that none of them goes unread by the test above; and those that scenes ask for."""
    shown = set()
    for name in EXPERIMENTS:
        rows = EXPERIMENTS[name].facts["present"](small(name), Words("ru")).panels
        shown |= {
            panel if isinstance(panel, str) else next(iter(panel)) for r in rows for panel in r
        }
    of_experiments = {name for name in PANELS if of_result(name)}
    of_networks = {"generalization", "interpolation", "off_plane", "plane", "spectral_density"}
    of_others = of_networks | {"response"}  # of signals
    assert of_experiments - shown == of_others | {"batches"}
    monkeypatch.setattr(
        "animate.networks.experiments.table.run_experiment", lambda *_: small("sharpness")
    )
    texts = said(EXHIBITION % "sharpness" + "panels: [batches]")
    assert any("точность" in text for text in texts)
    assert not english(texts)
    monkeypatch.setattr(
        "animate.networks.experiments.table.run_experiment",
        lambda *_: small("skip_connections"),
    )
    texts = said(EXHIBITION % "skip_connections" + "panels: [cut]")
    assert "с обходами, малые веса" in texts
    assert not english(texts)
