"""Results on disk: kept whole or not at all, and never trusted when damaged."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from animate.networks.cache import cache_folder, cached, key_of


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


def test_the_key_changes_with_options_sources_and_versions(tmp_path):
    source = tmp_path / "code.py"
    source.write_text("one")
    first = key_of("n", {"a": 1}, [source], ["numpy"])
    assert first == key_of("n", {"a": 1}, [source], ["numpy"])
    assert first != key_of("n", {"a": 2}, [source], ["numpy"])
    assert first != key_of("n", {"a": 1}, [source], ["numpy", "no-such-package"])
    source.write_text("two")
    assert first != key_of("n", {"a": 1}, [source], ["numpy"])


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/animate"),
        ("linux", {}, "/home/me/.cache/animate"),
        ("darwin", {}, "/home/me/Library/Caches/animate"),
        ("win32", {"LOCALAPPDATA": "/l"}, "/l/animate/cache"),
        ("win32", {}, "/home/me/AppData/Local/animate/cache"),
    ],
)
def test_every_system_has_its_own_place(monkeypatch, platform, variables, expected):
    for name in ("ANIMATE_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setattr(Path, "home", lambda: Path("/home/me"))
    assert cache_folder() == Path(expected)
