"""Results on disk: kept whole or not at all, and never trusted when damaged."""

import inspect
import os
import subprocess
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import numpy as np
import platformdirs
import pytest

import animate
from animate.files import cache_folder
from animate.networks.cache import cached, key_of
from animate.optimizers import OPTIMIZERS
from animate.pipeline import trace
from animate.scene.load import read_text


@dataclass(frozen=True)
class Result:
    values: np.ndarray
    name: str
    facts: dict


def result(name="first"):
    return Result(np.arange(3.0), name, {"a": [1, 2.5], "b": "x"})


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("ANIMATE_CACHE", str(tmp_path / "deep" / "folder"))
    return tmp_path / "deep" / "folder"


def test_a_result_is_computed_once(folder):
    cached("k", Result, result)
    again = cached("k", Result, lambda: pytest.fail("computed twice"))
    np.testing.assert_array_equal(again.values, [0, 1, 2])
    assert (again.name, again.facts) == ("first", {"a": [1, 2.5], "b": "x"})
    assert [file.name for file in folder.iterdir()] == ["k.npz"]


@pytest.mark.parametrize("damage", [b"", b"nothing", None])
def test_a_damaged_file_is_computed_anew(folder, damage):
    cached("k", Result, result)
    file = folder / "k.npz"
    file.write_bytes(file.read_bytes()[:200] if damage is None else damage)
    assert cached("k", Result, lambda: result("second")).name == "second"
    assert cached("k", Result, lambda: pytest.fail("computed twice")).name == "second"


def test_a_result_of_another_shape_is_computed_anew(folder):
    @dataclass(frozen=True)
    class Other:
        values: np.ndarray

    cached("k", Other, lambda: Other(np.zeros(1)))
    assert cached("k", Result, result).name == "first"


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("ANIMATE_CACHE", str(tmp_path / "file" / "below"))
    assert cached("k", Result, result).name == "first"


def test_what_fails_on_the_way_leaves_no_file(folder):
    with pytest.raises(TypeError):
        cached("k", Result, lambda: Result(np.zeros(1), "x", {"no": object()}))
    assert list(folder.iterdir()) == []


def compute(path, text):
    """A function from a file with that text."""
    path.write_text(text)
    space = {"__name__": "computed"}
    exec(compile(text, str(path), "exec"), space)
    return space["compute"]


def test_the_key_changes_with_the_name_the_options_and_the_code(tmp_path):
    code = "def compute():\n    return 1\n"
    make = compute(tmp_path / "code.py", code)
    first = key_of("n", {"a": 1}, make)
    assert first == key_of("n", {"a": 1}, compute(tmp_path / "copy.py", code))
    assert first.startswith("n-")
    assert first != key_of("n", {"a": 2}, make)
    assert first != key_of("m", {"a": 1}, make)
    assert first != key_of("n", {"a": 1}, compute(tmp_path / "other.py", code + "\n"))


def test_the_key_changes_with_the_versions_of_the_program_and_of_each_library(monkeypatch):
    first = key_of("n", {}, test_a_result_is_computed_once)
    monkeypatch.setattr(animate, "__version__", "999")
    keys = {first, key_of("n", {}, test_a_result_is_computed_once)}
    monkeypatch.undo()
    true = metadata.version
    packages = ("numpy", "jax", "jaxlib", "optax", "diffrax", "equinox", "scikit-learn")
    for package in packages:
        monkeypatch.setattr(
            metadata, "version", lambda name, one=package: "999" if name == one else true(name)
        )
        keys.add(key_of("n", {}, test_a_result_is_computed_once))
    monkeypatch.setattr(metadata, "version", true)
    assert key_of("n", {}, test_a_result_is_computed_once) == first
    assert len(keys) == 2 + len(packages)


ADAGRAD = """
surface:
  network: {hidden: [2]}
  data: {name: moons, samples: 20}
  resolution: 5
optimizers: [{name: adagrad, learning_rate: 0.1}]
steps: 3
"""


def test_a_network_is_trained_anew_when_its_optimizers_code_changes(folder, monkeypatch):
    scene = read_text(ADAGRAD, "scene.yaml").scene
    trace(scene)
    trace(scene)
    assert len(list(folder.glob("path-*"))) == 1
    source, true = Path(inspect.getfile(OPTIMIZERS["adagrad"].make)), Path.read_bytes
    monkeypatch.setattr(
        Path, "read_bytes", lambda file: true(file) + b"#" * (file.resolve() == source.resolve())
    )
    trace(scene)
    assert len(list(folder.glob("path-*"))) == 2


def test_the_folder_is_the_one_that_is_chosen_else_the_users_own(monkeypatch, tmp_path):
    monkeypatch.setenv("ANIMATE_CACHE", str(tmp_path / "chosen"))
    assert cache_folder() == tmp_path / "chosen"
    monkeypatch.setenv("ANIMATE_CACHE", "")
    assert cache_folder() == platformdirs.user_cache_path("animate", appauthor=False)
    assert cache_folder().is_absolute()


def test_compiled_code_lies_beside_the_results(tmp_path):
    """A whole process, as JAX reads its settings when it is imported."""
    (tmp_path / "scene.yaml").write_text(ADAGRAD)
    around = {name: text for name, text in os.environ.items() if not name.startswith("JAX_")}
    subprocess.run(
        [sys.executable, "-m", "animate", "trace", "scene.yaml", "-o", "paths.csv"],
        cwd=tmp_path,
        env=around | {"ANIMATE_CACHE": str(tmp_path / "chosen")},
        check=True,
    )
    assert len(list((tmp_path / "chosen").glob("path-*.rows"))) == 1
    assert list((tmp_path / "chosen" / "jax").iterdir())
