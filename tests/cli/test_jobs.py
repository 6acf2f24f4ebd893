"""Several scenes in one call: two of one name, one that fails, killed and interrupted processes."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

SCENE = """\
surface: saddle
optimizers: [{name: sgd, learning_rate: 0.01}]
steps: 20
timing: {seconds: %d, fps: 25, hold: 0}
style: {size: [160, 120]}
"""
SCENES = [f"r{k}.yaml" for k in range(1, 6)]
LONG = 900


def started(folder: Path, *arguments: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "animate", "render", "-q", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )


def workers(run: subprocess.Popen) -> list[int]:
    """The processes that render for `run`."""
    threads = Path(f"/proc/{run.pid}/task").glob("*/children")
    children = [child for each in threads for child in each.read_text().split()]
    return [
        int(child)
        for child in children
        if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()
    ]


def wait_for_parts(run: subprocess.Popen, folder: Path, count: int) -> None:
    """Return once `count` files are being made in the folder."""
    until = time.monotonic() + 60
    while len(list(folder.glob("output/.animate-*.part/*"))) < count:
        assert run.poll() is None, run.communicate()
        assert time.monotonic() < until
        time.sleep(0.02)


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_two_scenes_of_one_name_are_refused_before_anything_is_written(run, tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "race.yaml").write_text(SCENE % 1)
    result = run("render", "a/race.yaml", "b/race.yaml")
    assert result.exit_code == 2
    assert result.stderr == (
        "a/race.yaml and b/race.yaml would both write output/race.gif; render them one by one, "
        "with -o\n"
    )
    assert not (tmp_path / "output").exists()


def test_one_scene_by_many_spellings_of_its_path_is_rendered_once(run, tmp_path):
    (tmp_path / "race.yaml").write_text(SCENE % 1)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "race.yaml").symlink_to("../race.yaml")
    spellings = ["./race.yaml", "race.yaml", tmp_path / "race.yaml", "sub/../race.yaml"]
    found = run("render", "-q", *spellings, "sub/race.yaml", "-j", "2")
    assert (found.exit_code, found.stdout, found.stderr) == (0, "output/race.gif\n", "")
    assert run("render", "-q", *spellings, "-o", "x.gif").stdout == "x.gif\n"


def test_a_link_from_which_a_scene_names_other_files_is_another_scene(run, tmp_path):
    (tmp_path / "sub").mkdir()
    for folder, top in ((tmp_path, 1), (tmp_path / "sub", 2)):
        rows = [f"{x},{y},{top * x + y}" for x in range(4) for y in range(4)]
        (folder / "a.csv").write_text("\n".join(["x,y,z", *rows]))
    (tmp_path / "race.yaml").write_text((SCENE % 1).replace("saddle", "{grid: a.csv}"))
    (tmp_path / "sub" / "race.yaml").symlink_to("../race.yaml")
    assert run("render", "race.yaml", "sub/race.yaml").stderr == (
        "race.yaml and sub/race.yaml would both write output/race.gif; render them one by one, "
        "with -o\n"
    )


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_scene_that_fails_stops_no_other(tmp_path, jobs):
    for name in SCENES[:3]:
        (tmp_path / name).write_text(SCENE % 1)
    (tmp_path / "r2.yaml").write_text(SCENE % 1 + "output: {max_size: 1KB}\n")
    run = started(tmp_path, "--jobs", jobs, *SCENES[:3])
    out, said = run.communicate(timeout=120)
    assert sorted(out.split()) == ["output/r1.gif", "output/r3.gif"]
    assert said.startswith("r2.yaml:6:20: output/r2.gif: does not fit into 1 kB, ")
    assert said.count("\n") == 1
    assert run.returncode == 2


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes as Linux lists them")
def test_a_killed_process_is_told_and_the_others_go_on(tmp_path):
    for name in SCENES:
        (tmp_path / name).write_text(SCENE % (LONG if name == "r1.yaml" else 1))
    run = started(tmp_path, "--jobs", "2", *SCENES)
    wait_for_parts(run, tmp_path, 2)
    while not (tmp_path / "output/r5.gif").exists():
        time.sleep(0.02)
    while len(processes := [k for k in workers(run) if alive(k)]) > 1:
        time.sleep(0.02)
    (longest,) = processes
    os.kill(longest, signal.SIGKILL)
    out, said = run.communicate(timeout=60)
    assert sorted(out.split()) == [f"output/r{k}.gif" for k in range(2, 6)]
    assert said == (
        "r1.yaml: its process was killed (status -9), perhaps for lack of memory; use fewer "
        "--jobs\n"
    )
    assert run.returncode == 1


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes as Linux lists them")
@pytest.mark.parametrize("whole_group", [False, True], ids=["parent", "group"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda n: n.name)
def test_an_interruption_ends_all_processes(tmp_path, number, whole_group):
    for name in SCENES:
        (tmp_path / name).write_text(SCENE % (1 if name == "r1.yaml" else LONG))
    run = started(tmp_path, "--jobs", "2", *SCENES)
    while not (tmp_path / "output/r1.gif").exists():
        time.sleep(0.02)
    wait_for_parts(run, tmp_path, 2)
    processes = workers(run)
    assert len(processes) == 2
    (os.killpg if whole_group else os.kill)(run.pid, number)
    out, said = run.communicate(timeout=10)
    assert out == "output/r1.gif\n"
    assert said == "interrupted; what was not finished is as it was before\n"
    assert run.returncode == 130
    assert not any(map(alive, processes))
    assert [path.name for path in (tmp_path / "output").iterdir()] == ["r1.gif"]


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes as Linux lists them")
def test_no_process_outlives_the_first(tmp_path):
    for name in SCENES:
        (tmp_path / name).write_text(SCENE % LONG)
    run = started(tmp_path, "--jobs", "2", *SCENES)
    wait_for_parts(run, tmp_path, 2)
    processes = workers(run)
    run.kill()
    run.communicate(timeout=10)
    until = time.monotonic() + 10
    while any(map(alive, processes)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(alive, processes))


@pytest.mark.faults
@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes as Linux lists them")
def test_two_hundred_kills_leave_whole_files_and_no_process(tmp_path):
    """The first process or one of the others, by any signal, at random moments."""
    for name in SCENES:
        (tmp_path / name).write_text(SCENE % 4)
    output = tmp_path / "output"
    whole = started(tmp_path, "--jobs", "2", *SCENES)
    assert whole.communicate(timeout=120)[1] == ""
    assert whole.returncode == 0
    good = {path.name: path.read_bytes() for path in output.iterdir()}
    seed = random.SystemRandom().randrange(2**32)
    random_, found = random.Random(seed), Counter[str]()
    sys.stdout.write(f"\nseed {seed}: ")
    while found.total() < 200:
        run = started(tmp_path, "--jobs", "2", "--force", *SCENES)
        while len(processes := workers(run)) < 2:
            time.sleep(0.01)
        time.sleep(random_.uniform(0.0, 6.0))
        target = random_.choice([run.pid, run.pid, *processes])
        number = random_.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
        if run.poll() is None and alive(target):
            os.kill(target, number)
        _, said = run.communicate(timeout=60)
        assert "Traceback" not in said, said
        until = time.monotonic() + 10
        while any(map(alive, processes)):
            assert time.monotonic() < until, (seed, number, target, run.pid)
            time.sleep(0.05)
        assert {path.name: path.read_bytes() for path in output.glob("r*.gif")} == good
        found["left a hidden folder" if list(output.glob(".animate-*")) else "cleaned up"] += 1
    last = started(tmp_path, "--jobs", "2", "--force", *SCENES)
    assert last.communicate(timeout=120)[1] == ""
    assert last.returncode == 0
    assert sorted(path.name for path in output.iterdir()) == sorted(good)
    sys.stdout.write(f"{found.total()} kills, {dict(found)}; the files were whole after each\n")
