"""The table of functions: its options are the signature, however the annotations are written."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from threading import Event
from typing import Annotated, get_args

import pytest
from annotated_types import Gt

from animate.errors import UnknownName
from animate.panels import PANELS
from animate.registry import Registry, clipped, hint

MODULE = """
from __future__ import annotations
from dataclasses import dataclass
from typing import Annotated
from annotated_types import Gt

def descent(learning_rate, *, momentum: Annotated[float, Gt(0)], nesterov: bool = False): ...

@dataclass(kw_only=True)
class Curves:
    norm: bool = True
"""


@pytest.fixture
def table(tmp_path, monkeypatch):
    (tmp_path / "postponed_annotations.py").write_text(MODULE)
    monkeypatch.syspath_prepend(tmp_path)
    module = import_module("postponed_annotations")
    entries = Registry("method")
    entries.add(module.descent)
    entries.add(module.Curves, name="curves")
    return entries


def test_postponed_annotations_are_types(table):
    options = table["descent"].options
    assert list(options) == ["momentum", "nesterov"]
    assert get_args(options["momentum"].annotation) == get_args(Annotated[float, Gt(0)])
    assert options["momentum"].required
    assert (options["nesterov"].annotation, options["nesterov"].default) == (bool, False)
    assert table["curves"].options["norm"].annotation is bool


def test_a_name_is_entered_once(table):
    with pytest.raises(ValueError, match="there are two methods named 'descent'"):
        table.add(table["descent"].make)


def test_an_unknown_name_is_answered_with_the_nearest_or_with_all(table):
    with pytest.raises(UnknownName) as near:
        table["decent"]
    assert str(near.value) == "there is no method named 'decent'. Did you mean 'descent'?"
    assert table.unknown("x" * 50) == (
        f"there is no method named {'x' * 39 + '…'!r}. There are curves and descent."
    )
    assert hint("zzz", ["one"]) == " There is only one."
    assert hint("zzz", [str(k) for k in range(21)]) == ""


@pytest.mark.parametrize("length", [0, 40])
def test_forty_characters_are_left_whole(length):
    assert clipped("x" * length) == "x" * length


def test_of_more_characters_there_are_forty():
    assert clipped("x" * 41) == "x" * 39 + "…"


def test_what_is_said_of_an_entry_is_a_whole_sentence(table):
    def cone(x):
        """A cone, after A. Turing (1950), with its tip at
        the origin. It is steep.

        Its height is x.
        """

    table.add(cone)
    assert table["cone"].about == "A cone, after A. Turing (1950), with its tip at the origin."


@pytest.mark.parametrize("entry", PANELS.values(), ids=list(PANELS))
def test_of_every_panel_a_whole_sentence_is_said(entry):
    assert entry.about.endswith(".")


def test_entries_that_come_later_are_there_for_whoever_asks():
    def later():
        loads.append(1)
        entries.add(int, name="whole")

    loads: list[int] = []
    entries = Registry("number")
    entries.add(float, name="real")
    entries.later(later)
    assert entries["real"].make is float
    assert not loads
    assert entries["whole"].make is int
    assert [*entries] == ["real", "whole"]
    assert len(entries) == 2
    assert len(loads) == 1


@pytest.mark.parametrize(
    "ask",
    [
        list,
        lambda entries: [*entries.keys()],
        lambda entries: [name for name, _ in entries.items()],
        lambda entries: [each.name for each in entries.values()],
        lambda entries: entries.complete(),
        lambda entries: [name for name in ("real", "whole") if name in entries],
    ],
)
def test_whoever_asks_for_all_waits_for_what_comes_later(ask):
    def one(*, scale=1.0): ...

    entries = Registry("number")
    entries.later(lambda: entries.add(one, name="whole"))
    entries.add(one, name="real")
    assert ask(entries) == ["real", "whole"]


def test_a_name_that_does_not_come_later_either_is_unknown():
    entries = Registry("number")
    entries.add(float, name="real")
    entries.later(lambda: entries.add(int, name="whole"))
    with pytest.raises(UnknownName, match=r"no number named 'hole'. Did you mean 'whole'\?"):
        entries["hole"]


def test_a_race_imports_no_experiment():
    program = (
        "import animate, sys; animate.read('scenes/saddle.yaml'); "
        "print([name for name in sys.modules if 'experiments.table' in name or 'scipy' in name])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout == "[]\n"


def test_a_thread_waits_for_what_another_brings():
    def slowly():
        begun.set()
        goes_on.wait(10)
        entries.add(int, name="whole")

    begun, goes_on = Event(), Event()
    entries = Registry("number")
    entries.later(slowly)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(lambda: entries["whole"].make)
        begun.wait(10)
        second = threads.submit(lambda: entries["whole"].make)
        goes_on.set()
        assert (first.result(10), second.result(10)) == (int, int)
