"""What holds for every experiment: plain arrays, facts that JSON has, and a cache that gives both
back."""

import json
from dataclasses import fields
from typing import get_type_hints

import numpy as np
import pytest

from animate import movie
from animate.cache import cached
from animate.errors import UnknownName
from animate.experiments import EXPERIMENTS, run_experiment, table
from animate.reading import read_text
from tests.experiments.conftest import SMALL


def test_every_experiment_has_a_small_version_here():
    assert set(SMALL) == set(EXPERIMENTS)


@pytest.mark.parametrize("name", sorted(EXPERIMENTS))
def test_options_are_keyword_only_with_defaults_and_a_docstring(name):
    entry = EXPERIMENTS[name]
    assert not any(option.required for option in entry.options.values())
    assert set(SMALL[name]) <= set(entry.options)
    assert entry.about.endswith(".")


@pytest.mark.parametrize("name", sorted(EXPERIMENTS))
def test_a_result_is_finite_arrays_and_facts_and_survives_the_disk(
    name, small, tmp_path, monkeypatch
):
    monkeypatch.setenv("ANIMATE_CACHE", str(tmp_path))
    result = small(name)
    kind = get_type_hints(EXPERIMENTS[name].make)["return"]
    assert isinstance(result, kind)
    json.dumps(result.facts)
    cached("one", kind, lambda: result)
    again = cached("one", kind, lambda: pytest.fail("computed twice"))
    for field in fields(kind):
        one, other = getattr(result, field.name), getattr(again, field.name)
        np.testing.assert_equal(one, other)
        if isinstance(one, np.ndarray) and field.name != "dimension":
            assert np.isfinite(one).all(), field.name


@pytest.mark.parametrize("name", sorted(EXPERIMENTS))
def test_an_experiment_draws_and_says_what_it_found(name, small, monkeypatch):
    monkeypatch.setattr("animate.exhibits.table.run_experiment", lambda *_: small(name))
    picture = "style: {size: [480, 360]}\ntiming: {seconds: 1, fps: 2}"
    stage = movie.stage(read_text(f"experiment: {name}\n{picture}", "scene.yaml").scene)
    assert len(stage.view.finding) > 80
    assert stage.view.evidence is small(name)
    first, last = stage.picture(0), stage.picture(stage.view.timeline.frames - 1)
    assert first.shape == last.shape == (360, 480, 4)
    if name not in ("width", "skip_connections"):  # one seed stands still
        assert (first != last).any()
    np.testing.assert_array_equal(stage.picture(0), first)


def test_an_experiment_is_computed_once_until_an_option_changes(tmp_path, monkeypatch):
    monkeypatch.setenv("ANIMATE_CACHE", str(tmp_path))
    first = run_experiment("trainability", SMALL["trainability"])
    assert len(list(tmp_path.iterdir())) == 1
    monkeypatch.setattr(table, "cached", lambda key, kind, _: (key, kind))
    key, kind = run_experiment("trainability", SMALL["trainability"])
    again = cached(key, kind, lambda: pytest.fail("computed twice"))
    np.testing.assert_array_equal(first.measure, again.measure)
    other, _ = run_experiment("trainability", SMALL["trainability"] | {"seeds": (1,)})
    assert other != key


def test_an_unknown_experiment_is_told_with_the_nearest():
    with pytest.raises(UnknownName, match=r"no experiment named 'sadles'\. Did you mean 'saddles'"):
        run_experiment("sadles", {})
