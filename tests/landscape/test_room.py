"""What a network of one's own takes is told by `check`, and what does not fit is not begun."""

import re
from collections import namedtuple

import numpy as np
import pytest

from animate import pipeline as movie
from animate.cli.check import check_all
from animate.errors import Remark, UsageError
from animate.scene.context import Trust
from animate.scene.load import read
from animate.watch import Effort
from tests.landscape.test_kept import MINE, SCENE


@pytest.fixture
def scene(tmp_path):
    (tmp_path / "mine.py").write_text(MINE)
    (tmp_path / "helper.py").write_text("SCALE = 1.0\n")
    (tmp_path / "scene.yaml").write_text(SCENE)
    return tmp_path / "scene.yaml"


def heard_before(scene, sentence):
    """What was heard of before that mistake."""
    heard: list[str] = []
    with pytest.raises(UsageError, match=re.escape(sentence)):
        movie.solve(
            read(scene, trust=Trust(code=True)).scene,
            effort=Effort(watch=lambda what, *_: heard.append(what)),
        )
    return heard


def test_check_tells_the_memory_and_the_time(scene, capsys):
    check_all([scene], [], trust=Trust(code=True))
    said = capsys.readouterr().out
    found = re.search(r"a network of 32 weights, .*, about (\d+) MB and (\d+) s of work", said)
    assert found
    assert 300 < int(found[1]) < 600


def test_what_does_not_fit_into_memory_is_not_trained(scene, monkeypatch):
    monkeypatch.setattr("animate.sources.network.available_memory", lambda: 2e8)
    sentence = (
        "of memory, and there are 0.2 GB; give the Problem fewer examples, or a smaller network"
    )
    assert heard_before(scene, sentence) == []


def test_paths_that_do_not_fit_on_the_disk_are_not_trained(scene, monkeypatch):
    usage = namedtuple("usage", ["free"])
    monkeypatch.setattr("animate.scene.limits.own_network.disk_usage", lambda _: usage(1000))
    sentence = "122 points of paths take 0.017 MB, and "
    assert heard_before(scene, sentence) == []


def test_a_folder_that_cannot_be_written_is_told_and_the_picture_made(scene, monkeypatch):
    monkeypatch.setenv("ANIMATE_CACHE", "/proc/nowhere")
    told = (
        "/proc/nowhere cannot be written (No such file or directory): nothing that is computed is "
        "kept; choose another folder by ANIMATE_CACHE"
    )
    with pytest.warns(Remark, match=re.escape(told)):
        solved = movie.solve(read(scene, trust=Trust(code=True)).scene)
    assert np.isfinite(solved.trajectories.losses).all()
