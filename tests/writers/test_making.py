"""A file appears whole or not at all, whatever happens on the way."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from animate.errors import AnimateError, UsageError
from animate.figure.clip import Frame
from animate.writers import write, write_all
from animate.writers.staging import Staging, sweep
from tests.writers.films import film, seen_by_pillow

HERE = Path(__file__).parent
NAMES = ["a.html", "a.gif", "a.mp4", "a.webm", "a.webp", "a.apng", "a.png", "a-%03d.png"]


def broken(error: BaseException, after: int) -> Iterator[Frame]:
    for i, frame in enumerate(film().frames()):
        if i == after:
            raise error
        yield frame


def in_another_process(program: str, *arguments: object, **options: object) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": f"{HERE}{os.pathsep}{HERE.parents[1]}"},
        text=True,
        **options,  # type: ignore[call-overload]  # stdout, stderr and the like
    )


@pytest.mark.parametrize("error", [KeyboardInterrupt(), RuntimeError("drawing failed")], ids=repr)
@pytest.mark.parametrize("after", [0, 5])
@pytest.mark.parametrize("name", NAMES)
def test_a_failure_while_drawing_leaves_everything_as_it_was(
    tmp_path: Path, name: str, after: int, error: BaseException
) -> None:
    (tmp_path / name).write_bytes(b"old")
    with pytest.raises(type(error)) as caught:
        write(film().clip, broken(error, after), tmp_path / name)
    assert caught.value is error
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_bytes() == b"old"
    assert not [each for each in threading.enumerate() if each.name.startswith("write ")]


@pytest.mark.parametrize("name", NAMES[:-2])
def test_a_failure_while_compressing_comes_out(tmp_path: Path, name: str) -> None:
    made = film(30)
    frames = list(made.frames())
    frames[3] = Frame(np.zeros(5), (0, 0, 64, 64))
    with pytest.raises((ValueError, IndexError, TypeError)):
        write(made.clip, frames, tmp_path / name)
    assert list(tmp_path.iterdir()) == []
    assert not [each for each in threading.enumerate() if each.name.startswith("write ")]


def test_one_target_that_fails_takes_the_others_back(tmp_path: Path) -> None:
    (tmp_path / "b.gif").mkdir()
    with pytest.raises(UsageError):
        write_all(film().clip, film().frames(), {tmp_path / "a.gif": {}, tmp_path / "b.gif": {}})
    assert [path.name for path in tmp_path.iterdir()] == ["b.gif"]


def test_many_targets_from_one_pass_equal_those_made_alone(tmp_path: Path) -> None:
    made = film()
    targets = {tmp_path / name: {} for name in NAMES[:-1]}
    assert [w.path for w in write_all(made.clip, made.frames(), targets)] == list(targets)
    for path in targets:
        alone = tmp_path / f"alone{path.suffix}"
        write(made.clip, made.frames(), alone)
        assert alone.read_bytes() == path.read_bytes(), path


def test_the_same_file_cannot_be_named_twice(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"is named twice; each file can be written only once"):
        write_all(film().clip, [], {tmp_path / "a.gif": {}, tmp_path / "x" / ".." / "a.gif": {}})


def test_a_disk_that_fills_up(tmp_path: Path) -> None:
    program = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from films import film\n"
        "from animate.errors import AnimateError\n"
        "from animate.writers import write\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))\n"
        "made = film(60, size=(160, 120), moving=True)\n"
        "for name in sys.argv[2:]:\n"
        "    try:\n"
        "        write(made.clip, made.frames(), Path(sys.argv[1]) / name)\n"
        "    except AnimateError as error:\n"
        "        print(error)\n"
    )
    names = NAMES[:-1]
    for name in names:
        (tmp_path / name).write_bytes(b"old")
    run = in_another_process(
        program, tmp_path, *names, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    out, err = run.communicate(timeout=60)
    assert "Traceback" not in err
    assert out.splitlines() == [
        f"{tmp_path / name}: could not be written: File too large" for name in names
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)
    assert all((tmp_path / name).read_bytes() == b"old" for name in names)


def test_leftovers_of_a_killed_run_are_swept_by_the_next(tmp_path: Path) -> None:
    program = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from films import film\n"
        "from animate.writers import write\n"
        "def slow():\n"
        "    for frame in film().frames():\n"
        "        print('drawing', flush=True)\n"
        "        yield frame\n"
        "        time.sleep(30)\n"
        "write(film().clip, slow(), Path(sys.argv[1]))\n"
    )
    run = in_another_process(program, tmp_path / "a.gif", stdout=subprocess.PIPE)
    assert run.stdout is not None
    assert run.stdout.readline() == "drawing\n"
    (hidden,) = tmp_path.iterdir()
    assert hidden.name.startswith(".animate-")
    write(film().clip, film().frames(), tmp_path / "b.gif")
    assert hidden.exists(), "a living run's folder was swept"
    run.send_signal(signal.SIGKILL)
    run.wait()
    run.stdout.close()
    write(film().clip, film().frames(), tmp_path / "b.gif")
    assert [path.name for path in tmp_path.iterdir()] == ["b.gif"]


def test_ctrl_c_ends_a_run_at_once(tmp_path: Path) -> None:
    program = (
        "import signal, sys\n"
        # A shell without job control starts what is in its background deaf to Ctrl-C.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from pathlib import Path\n"
        "from films import film\n"
        "from animate.writers import write_all\n"
        "def endless():\n"
        "    frames = list(film(100, size=(320, 240), moving=True).frames())\n"
        "    print('drawing', flush=True)\n"
        "    while True:\n"
        "        yield from frames\n"
        "made = film(100, size=(320, 240), moving=True)\n"
        "try:\n"
        "    write_all(made.clip, endless(), {Path(sys.argv[1]): {}})\n"
        "except KeyboardInterrupt:\n"
        "    print('interrupted')\n"
    )
    run = in_another_process(program, tmp_path / "a.mp4", stdout=subprocess.PIPE)
    assert run.stdout is not None
    try:
        assert run.stdout.readline() == "drawing\n"
        time.sleep(0.3)
        run.send_signal(signal.SIGINT)
        out, _ = run.communicate(timeout=20)
    finally:
        run.kill()
    assert out == "interrupted\n"
    assert list(tmp_path.iterdir()) == []


def test_two_writers_at_one_target_leave_one_whole_file(tmp_path: Path) -> None:
    made, path = film(40), tmp_path / "a.gif"
    write(made.clip, made.frames(), path)
    expected = path.read_bytes()
    threads = [
        threading.Thread(target=write, args=(made.clip, made.frames(), path)) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        assert path.read_bytes() == expected
    assert [p.name for p in tmp_path.iterdir()] == ["a.gif"]


def test_missing_folders_are_made(tmp_path: Path) -> None:
    made = film(2)
    written = write(made.clip, made.frames(), tmp_path / "output" / "deep" / "a.gif")
    assert written.size == (tmp_path / "output" / "deep" / "a.gif").stat().st_size


def test_a_link_keeps_pointing_where_it_did(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link.gif").symlink_to(tmp_path / "real" / "a.gif")
    made = film(2)
    write(made.clip, made.frames(), tmp_path / "link.gif")
    assert (tmp_path / "link.gif").is_symlink()
    assert len(seen_by_pillow(tmp_path / "real" / "a.gif")) == 2


def test_places_where_no_file_can_be(tmp_path: Path) -> None:
    (tmp_path / "folder.gif").mkdir()
    (tmp_path / "file").write_text("")
    os.mkfifo(tmp_path / "pipe.gif")
    sentences = {
        "folder.gif": "is a folder; name a file in it, such as "
        f"{tmp_path / 'folder.gif' / 'clip.gif'}",
        "pipe.gif": "is not an ordinary file",
        "file/a.gif": f"its folder cannot be made: {tmp_path / 'file'} is a file; "
        "name a file elsewhere",
    }
    for name, sentence in sentences.items():
        with pytest.raises(UsageError) as caught:
            write(film().clip, film().frames(), tmp_path / name)
        assert str(caught.value) == f"{tmp_path / name}: {sentence}"


def test_a_full_disk_at_the_start_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkdtemp", full)
    with pytest.raises(AnimateError, match=r"cannot write here: No space left on device"):
        write(film().clip, film().frames(), tmp_path / "a.gif")


def test_sweeping_leaves_strangers_alone(tmp_path: Path) -> None:
    (tmp_path / ".animate-notes").mkdir()
    (tmp_path / "mine.part").mkdir()
    with Staging(tmp_path / "a.gif") as staging:
        sweep(tmp_path)
        assert staging.folder.exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == [".animate-notes", "mine.part"]


@pytest.mark.parametrize("name", ["a.gif", "a.mp4", "a.webm", "a.webp", "a.apng", "a.html"])
def test_the_same_bytes_at_every_run_and_any_width(tmp_path: Path, name: str) -> None:
    """x264 with AVX-512 gave other bytes in a quarter of such runs."""
    written = set()
    for _ in range(12):
        made = film(12, fps=10, size=(320, 240))
        write(made.clip, made.frames(), tmp_path / name)
        written.add((tmp_path / name).read_bytes())
    assert len(written) == 1


def test_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from films import film\n"
        "from animate.writers import write_all\n"
        "made = film(40, moving=True, size=(128, 96))\n"
        "write_all(made.clip, made.frames(), {Path(p): {} for p in sys.argv[1:]})\n"
    )
    digests = []
    for k in range(2):
        folder = tmp_path / str(k)
        paths = [folder / name for name in NAMES[:-1]]
        assert in_another_process(program, *paths).wait(timeout=60) == 0
        digests.append([hashlib.sha256(path.read_bytes()).hexdigest() for path in paths])
    assert digests[0] == digests[1]


@pytest.mark.parametrize("name", NAMES)
def test_memory_does_not_grow_with_the_frames(tmp_path: Path, name: str) -> None:
    program = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from dataclasses import replace\n"
        "from films import film\n"
        "from animate.figure.clip import Frame\n"
        "from animate.writers import write\n"
        "made = film(8, size=(160, 120), moving=True)\n"
        "few, box = made.pictures, (0, 0, 160, 120)\n"
        "count = int(sys.argv[2])\n"
        "clip = replace(made.clip, frames=count, duration=count / 25,\n"
        "               picture=lambda i: few[i % 8].copy())\n"
        "write(clip, (Frame(few[i % 8].copy(), box) for i in range(count)), Path(sys.argv[1]))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    peaks = []
    for count in (100, 1000) if name != "a-%03d.png" else (50, 500):
        run = in_another_process(program, tmp_path / name, count, stdout=subprocess.PIPE)
        out, _ = run.communicate(timeout=120)
        peaks.append(int(out) * (1 if sys.platform == "darwin" else 1024))
    assert peaks[1] - peaks[0] < 20e6  # 900 pictures of 160×120 would be 69 MB
