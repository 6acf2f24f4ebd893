"""Real faults: never a partial or missing file where a good one was, nothing left behind.

`pytest -m faults -n 0 -s` kills 200 renders at random moments, and prints seed and counts.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer import Exit

from animate.cli import handler as handling
from tests.trust.processes import SCENE, finish, names, renders

KILLS = [signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT]


@pytest.fixture
def good(folder: Path) -> bytes:
    """The whole file, rendered without a fault."""
    run = renders(folder, "-o", "clip.gif", times=1)
    assert finish(run) == ""
    assert run.returncode == 0
    return (folder / "clip.gif").read_bytes()


def parts(folder: Path) -> list[Path]:
    """The hidden folders in which files are being made, or were when their maker died."""
    return list(folder.glob(".animate-*.part"))


def wait_for_a_part(folder: Path, run: subprocess.Popen) -> None:
    """Return once a file is being made in `folder`."""
    while not any(path.stat().st_size for part in parts(folder) for path in part.glob("*")):
        assert run.poll() is None, finish(run)
        time.sleep(0.005)


def killed(
    folder: Path, good: bytes, kills: int, seed: int, signals: Sequence[signal.Signals]
) -> Counter:
    """Kill renders of the scene at random moments, and look after each; in what state it was."""
    random_ = random.Random(seed)
    found: Counter = Counter()
    while found.total() < kills:
        run = renders(folder, "-o", "clip.gif")
        second = renders(folder, "-o", "clip.gif") if random_.random() < 0.1 else None
        wait_for_a_part(folder, run)
        # The same process renders on and on: any moment of a render is as likely as any other.
        time.sleep(random_.uniform(0.0, 0.8))
        for each in (run, second):
            if each is not None:
                each.send_signal(random_.choice(signals))
                finish(each)
                found["killed while writing" if parts(folder) else "killed between"] += 1
        assert (folder / "clip.gif").read_bytes() == good
        assert len(parts(folder)) <= 2, "an earlier run's leftovers were not swept"
    last = renders(folder, "-o", "clip.gif", times=1)
    assert (finish(last), last.returncode) == ("", 0)
    assert names(folder) == ["clip.gif", "scene.yaml"]
    assert (folder / "clip.gif").read_bytes() == good
    return found


def test_kills_leave_the_file_whole(folder: Path, good: bytes) -> None:
    assert killed(folder, good, kills=2, seed=1, signals=[signal.SIGKILL])


@pytest.mark.faults
def test_two_hundred_kills_leave_the_file_whole(folder: Path, good: bytes) -> None:
    seed = random.SystemRandom().randrange(2**32)
    sys.stdout.write(f"\nseed {seed}: ")
    found = killed(folder, good, kills=200, seed=seed, signals=KILLS)
    sys.stdout.write(f"{found.total()} kills, {dict(found)}; the file was whole after each\n")


LONG = SCENE.replace("seconds: 2", "seconds: 900")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda n: n.name)
def test_an_interrupted_run_cleans_up(folder: Path, number: signal.Signals) -> None:
    (folder / "clip.gif").write_bytes(b"good")
    (folder / "scene.yaml").write_text(LONG)
    run = renders(folder, "-o", "clip.gif", times=1)
    wait_for_a_part(folder, run)
    run.send_signal(number)
    assert finish(run) == "interrupted; what was not finished is as it was before\n"
    assert run.returncode == 130
    assert (folder / "clip.gif").read_bytes() == b"good"
    assert names(folder) == ["clip.gif", "scene.yaml"]


class _Deaf:
    """Python drops what is raised in a destructor, a KeyboardInterrupt too."""

    def __del__(self) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(0.01)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_interruption_that_is_lost_is_raised_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handling, "_PATIENCE", 0.05)
    before = signal.getsignal(signal.SIGTERM)
    heard = []

    @handling.reports_errors
    def command() -> None:
        _Deaf()
        heard.append("the first was lost")
        time.sleep(20)

    with pytest.raises(Exit) as end:
        command()
    assert heard == ["the first was lost"]
    assert end.value.exit_code == handling.INTERRUPTED
    assert signal.getsignal(signal.SIGTERM) == before


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_interruption_that_is_lost_to_the_end_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    command = handling.reports_errors(lambda: _Deaf() and None)
    with pytest.raises(Exit) as end:
        command()
    assert end.value.exit_code == handling.INTERRUPTED
    assert capsys.readouterr().err.endswith("interrupted when all was done\n")


def test_two_runs_at_one_target_and_a_scene_edited_meanwhile(folder: Path, good: bytes) -> None:
    (folder / "link.gif").symlink_to("clip.gif")
    runs = [renders(folder, "-o", name, times=2) for name in ("clip.gif", "link.gif")]
    time.sleep(0.5)
    (folder / "scene.yaml").write_text("surface: [")
    (folder / "scene.yaml").write_text(SCENE)
    until = time.monotonic() + 100
    while any(run.poll() is None for run in runs) and time.monotonic() < until:
        assert (folder / "clip.gif").read_bytes() == good
        time.sleep(0.02)
    for run in runs:
        run.terminate()
        assert "Traceback" not in finish(run)
    assert names(folder) == ["clip.gif", "link.gif", "scene.yaml"]
    assert (folder / "link.gif").is_symlink()
