"""Rows on disk: what is there is read again, by one process at a time."""

import gc
import resource
import signal

import numpy as np
import pytest

from animate.errors import AnimateError
from animate.networks.rows import Rows


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("ANIMATE_CACHE", str(tmp_path))
    return tmp_path


def numbers(count, width=3):
    return np.arange(count * width, dtype=np.float32).reshape(count, width)


def test_rows_are_there_again_and_can_be_gone_on_with():
    Rows("a", 3, 5).append(numbers(2))
    again = Rows("a", 3, 5)
    assert again.count == 2
    assert not again.whole
    again.append(numbers(5)[2:])
    np.testing.assert_array_equal(Rows("a", 3, 5).read(), numbers(5))


def test_half_a_row_of_a_killed_process_is_forgotten(folder):
    Rows("a", 3, 5).append(numbers(2))
    place = folder / "a.rows"
    place.write_bytes(place.read_bytes() + b"1234")
    again = Rows("a", 3, 5)
    assert again.count == 2
    again.append(numbers(5)[2:])
    np.testing.assert_array_equal(Rows("a", 3, 5).read(), numbers(5))


def test_some_rows_and_columns_are_read(folder):
    rows = Rows("a", 3, 5)
    rows.append(numbers(5))
    np.testing.assert_array_equal(
        rows.read(np.array([4, 1]), slice(1, 3)), numbers(5)[[4, 1]][:, 1:3]
    )


def test_what_another_writes_is_left_alone():
    first = Rows("a", 3, 5)
    first.append(numbers(2))
    second = Rows("a", 3, 5)
    assert not second.kept
    second.append(numbers(5))
    assert first.count == 2
    first.append(numbers(5)[2:])
    np.testing.assert_array_equal(first.read(), numbers(5))


def test_fresh_rows_and_rows_without_a_key_begin_with_none(folder):
    Rows("a", 3, 5).append(numbers(5))
    assert Rows("a", 3, 5, fresh=True).count == 0
    Rows(None, 3, 5).append(numbers(5))
    assert [file.name for file in folder.iterdir()] == ["a.rows"]


def test_a_folder_that_cannot_be_written_keeps_nothing(monkeypatch):
    monkeypatch.setenv("ANIMATE_CACHE", "/proc/nowhere")
    rows = Rows("a", 3, 5)
    rows.append(numbers(5))
    assert not rows.kept
    np.testing.assert_array_equal(rows.read(), numbers(5))


def test_a_full_disk_is_told_with_its_folder(capfd):
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    rows = Rows("full", 3, 5)
    rows.append(numbers(2))
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (40, limits[1]))
        with pytest.raises(AnimateError) as told:
            rows.append(numbers(5)[2:])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    assert str(told.value) == (
        f"{rows.place.parent}: 6e-05 MB of results cannot be written (File too large); make room "
        "there, or choose another folder by ANIMATE_CACHE"
    )
    assert rows.count == 2
    np.testing.assert_array_equal(rows.read(), numbers(2))
    del rows
    gc.collect()
    assert capfd.readouterr().err == ""


def test_the_longest_unused_make_room(folder, monkeypatch):
    monkeypatch.setattr("animate.networks.rows.MOST", 150)
    for name in "ab":
        Rows(name, 3, 5).append(numbers(5))
    Rows("c", 3, 5).append(numbers(5))
    assert {file.stem for file in folder.iterdir()} == {"b", "c"}
