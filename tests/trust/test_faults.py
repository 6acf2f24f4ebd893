"""Real faults: never a partial or missing file where a good one was, nothing left behind.

`pytest -m faults -s` kills 200 runs at random moments and prints the count.
"""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from animate.cli.app import app

SCENE = """\
surface: beale
steps: 20
optimizers: [{name: sgd, learning_rate: 0.01}]
timing: {seconds: 2, fps: 25}
style: {size: [320, 240]}
"""
LOOP = """
import sys
from pathlib import Path
from animate.cli.app import app
status = 0
print("ready", flush=True)
for k in range(int(sys.argv[1])):
    try:
        app(["render", "--force", "-q", *sys.argv[2:]])
    except SystemExit as end:
        status = end.code
        if status:
            break
sys.exit(status)
"""


def renders(folder: Path, *arguments: str, times: int = 1000) -> subprocess.Popen:
    """A process that renders the scene again and again, once its libraries are loaded."""
    run = subprocess.Popen(
        [sys.executable, "-c", LOOP, str(times), "scene.yaml", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stdout is not None
    assert run.stdout.readline() == "ready\n"
    return run


def finish(run: subprocess.Popen) -> str:
    """What the process says on standard error until its end."""
    return run.communicate(timeout=120)[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "scene.yaml").write_text(SCENE)
    return tmp_path


@pytest.fixture
def good(folder: Path) -> bytes:
    """The whole file, rendered without a fault."""
    run = renders(folder, "-o", "clip.gif", times=1)
    assert finish(run) == ""
    return (folder / "clip.gif").read_bytes()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def killed(folder: Path, good: bytes, kills: int, seed: int) -> None:
    moments = random.Random(seed)
    for _ in range(kills):
        run = renders(folder, "-o", "clip.gif")
        time.sleep(moments.uniform(0.0, 2.5))
        run.send_signal(signal.SIGKILL)
        finish(run)
        assert (folder / "clip.gif").read_bytes() == good
        left = [name for name in names(folder) if name.startswith(".")]
        assert len(left) <= 1, "an earlier run's leftovers were not swept"
    assert finish(renders(folder, "-o", "clip.gif", times=1)) == ""
    assert names(folder) == ["clip.gif", "scene.yaml"]


def test_kills_leave_the_file_whole(folder: Path, good: bytes) -> None:
    killed(folder, good, kills=2, seed=1)


@pytest.mark.faults
def test_two_hundred_kills_leave_the_file_whole(folder: Path, good: bytes) -> None:
    killed(folder, good, kills=200, seed=2)
    sys.stdout.write("\n200 kills, seed 2: the file was whole after each, nothing left behind\n")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda n: n.name)
def test_an_interrupted_run_cleans_up(folder: Path, good: bytes, number: signal.Signals) -> None:
    run = renders(folder, "-o", "clip.gif")
    time.sleep(2)
    run.send_signal(number)
    assert finish(run) == "interrupted; nothing was changed\n"
    assert run.returncode == 130
    assert (folder / "clip.gif").read_bytes() == good
    assert names(folder) == ["clip.gif", "scene.yaml"]


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


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with room for very little."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]
    if sys.platform != "linux" or os.geteuid() != 0 or subprocess.call(mount) != 0:
        pytest.skip("only the superuser of Linux may mount a small disk")
    yield disk
    subprocess.check_call(["umount", disk])


def test_a_full_disk(folder: Path, small_disk: Path) -> None:
    (small_disk / "clip.mp4").write_bytes(b"good")
    (small_disk / "filler").write_bytes(bytes(48_000))
    run = renders(folder, "-o", str(small_disk / "clip.mp4"))
    said = finish(run)
    assert run.returncode == 1
    assert said == f"{small_disk}/clip.mp4: could not be written: No space left on device\n"
    assert (small_disk / "clip.mp4").read_bytes() == b"good"
    assert names(small_disk) == ["clip.mp4", "filler"]
    (small_disk / "filler").unlink()
    assert finish(renders(folder, "-o", str(small_disk / "clip.gif"), times=1)) == ""
    assert names(small_disk) == ["clip.gif", "clip.mp4"]


def test_places_where_nothing_can_be(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    (folder / "shut").mkdir(mode=0o555)
    (folder / "taken.gif").mkdir()
    (folder / "readonly.gif").write_bytes(b"good")
    (folder / "readonly.gif").chmod(0o444)
    said = {
        "taken.gif": "is a folder; name a file in it, such as taken.gif/clip.gif",
        "scene.yaml/a.gif": "its folder cannot be made: File exists; name a file elsewhere",
        "/dev/full": "the name has no ending; the ending is one of ",
        "clip.xyz": "there is no format .xyz; the ending is one of ",
    }
    if os.geteuid() != 0:
        said["readonly.gif"] = "may not be overwritten: permission denied"
        said["shut/a.gif"] = "cannot write here: Permission denied"
    for name, sentence in said.items():
        result = CliRunner().invoke(app, ["render", "scene.yaml", "-q", "-o", name])
        assert result.exit_code == 2, result.output
        assert result.stderr.startswith(f"{name}: {sentence}"), result.stderr
    assert names(folder) == ["readonly.gif", "scene.yaml", "shut", "taken.gif"]
    assert (folder / "readonly.gif").read_bytes() == b"good"


def test_the_same_bytes_whatever_the_threads_and_the_hash_seed(folder: Path) -> None:
    text = SCENE.replace("steps: 20", "steps: 20\nnoise: {std: 0.2}\nstart: {count: 3}\nseed: 7")
    for name in ("one", "two"):
        (folder / f"{name}.yaml").write_text(text)
    found = set()
    command = [sys.executable, "-m", "animate", "render", "one.yaml", "two.yaml", "-q", "--force"]
    for setting, threaded in (("1", "false"), ("2", "true")):
        run = subprocess.run(
            [*command, "--jobs", setting],
            cwd=folder,
            env={
                **os.environ,
                "PYTHONPATH": str(Path(__file__).parents[2]),
                "PYTHONHASHSEED": setting,
                "OMP_NUM_THREADS": setting,
                "XLA_FLAGS": f"--xla_cpu_multi_thread_eigen={threaded}",
            },
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stderr == ""
        for name in ("one", "two"):
            found.add(hashlib.sha256((folder / f"output/{name}.gif").read_bytes()).hexdigest())
    assert len(found) == 1
