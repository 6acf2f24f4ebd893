"""Real faults: never a partial or missing file where a good one was, nothing left behind.

`pytest -m faults -n 0 -s` kills 200 renders at random moments, and prints seed and counts.
"""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from typer import Exit
from typer.testing import CliRunner

from animate.cli import handling
from animate.cli.app import app
from animate.errors import AnimateError
from animate.writers.staging import Staging

SCENE = """\
surface: beale
steps: 20
optimizers: [{name: sgd, learning_rate: 0.01}]
timing: {seconds: 2, fps: 25}
style: {size: [320, 240]}
"""
KILLS = [signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT]
LOOP = """
import signal, sys
from pathlib import Path
from animate.cli import handling
from animate.cli.app import app
# A shell without job control starts what is in its background deaf to Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
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
    assert run.returncode == 0
    return (folder / "clip.gif").read_bytes()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


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
    assert finish(run) == "interrupted; nothing was changed\n"
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

    @handling.told
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
    command = handling.told(lambda: _Deaf() and None)
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
    (folder / "taken.gif").mkdir()
    said = {
        "taken.gif": "is a folder; name a file in it, such as taken.gif/clip.gif",
        "scene.yaml/a.gif": "its folder cannot be made: File exists; name a file elsewhere",
        "/dev/full": "the name has no ending; the ending is one of ",
        "clip.xyz": "there is no format .xyz; the ending is one of ",
    }
    for name, sentence in said.items():
        result = CliRunner().invoke(app, ["render", "scene.yaml", "-q", "-o", name])
        assert result.exit_code == 2, result.output
        assert result.stderr.startswith(f"{name}: {sentence}"), result.stderr
    assert names(folder) == ["scene.yaml", "taken.gif"]


STAGE = """
import os, sys
from pathlib import Path
from animate.errors import UsageError
from animate.writers.staging import Staging
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
for name in sys.argv[1:]:
    try:
        Staging(Path(name))
    except UsageError as error:
        print(error)
"""


def test_places_where_nothing_may_be(tmp_path: Path) -> None:
    """As somebody who is not the superuser, whom no permission binds."""
    folder = Path(tempfile.mkdtemp(prefix="animate-shut-", dir=tempfile.gettempdir()))
    try:
        folder.chmod(0o777)
        (folder / "shut").mkdir(mode=0o555)
        (folder / "readonly.gif").write_bytes(b"good")
        (folder / "readonly.gif").chmod(0o444)
        run = subprocess.run(
            [sys.executable, "-c", STAGE, "shut/a.gif", "shut/new/a.gif", "readonly.gif"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stdout.splitlines() == [
            f"{folder}/shut/a.gif: cannot write here: Permission denied",
            "shut/new/a.gif: its folder cannot be made: Permission denied; name a file elsewhere",
            "readonly.gif: may not be overwritten: permission denied",
        ]
        assert names(folder) == ["readonly.gif", "shut"]
        assert (folder / "readonly.gif").read_bytes() == b"good"
    finally:
        shutil.rmtree(folder)


def test_links_permissions_and_folders_that_were_made(tmp_path: Path) -> None:
    """A link leads on to its file, a second name keeps the old one, what was made is undone."""
    (tmp_path / "real.gif").write_bytes(b"old")
    (tmp_path / "real.gif").chmod(0o600)
    (tmp_path / "link.gif").symlink_to("real.gif")
    (tmp_path / "second.gif").hardlink_to(tmp_path / "real.gif")
    with Staging(tmp_path / "link.gif") as staging:
        staging.path.write_bytes(b"new")
        staging.commit()
    assert (tmp_path / "link.gif").is_symlink()
    assert (tmp_path / "real.gif").read_bytes() == b"new"
    assert (tmp_path / "real.gif").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "second.gif").read_bytes() == b"old"
    with pytest.raises(RuntimeError), Staging(tmp_path / "deep" / "er" / "a.gif"):
        raise RuntimeError
    with Staging(tmp_path / "kept" / "a.gif") as staging:
        staging.path.write_bytes(b"new")
        staging.commit()
    with pytest.raises(AnimateError, match="nothing was made"), Staging(tmp_path / "b.gif") as none:
        none.commit()
    assert names(tmp_path) == ["kept", "link.gif", "real.gif", "second.gif"]


def test_a_place_on_another_file_system(folder: Path, small_disk: Path) -> None:
    (folder / "link.gif").symlink_to(small_disk / "clip.gif")
    assert finish(renders(folder, "-o", "link.gif", times=1)) == ""
    assert names(small_disk) == ["clip.gif"]
    assert (folder / "link.gif").is_symlink()


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
