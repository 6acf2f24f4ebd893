"""Scenes by workers of a cluster: the same files, whatever happens to a worker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_jobs import SCENE, alive, workers

NAMES = ["r1.yaml", "r2.yaml"]


def cluster(folder: Path, *arguments: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "animate", "render", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )


def done(folder: Path, *arguments: str) -> tuple[int, str, str]:
    run = cluster(folder, *arguments)
    out, said = run.communicate(timeout=240)
    return run.returncode, out, said


def both(folder: Path, *arguments: str) -> tuple[tuple[int, str, str], dict[str, bytes]]:
    """What is said, in the order of names, and the files in output/."""
    status, out, said = done(folder, *arguments)
    lines = "".join(sorted(out.splitlines(keepends=True)))
    made = sorted((folder / "output").glob("*"))
    return (status, lines, said), {path.name: path.read_bytes() for path in made}


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory) -> Iterator[str]:
    """The address of a scheduler of this machine with one worker of one thread."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=1, threads_per_worker=1, dashboard_address=None, memory_limit=0
    ) as made:
        yield made.scheduler_address


@pytest.fixture
def scenes(tmp_path: Path) -> Path:
    for name in NAMES:
        (tmp_path / name).write_text(SCENE % 1)
    return tmp_path


def test_a_cluster_gives_the_same_files_and_tells_the_same(scenes, scheduler):
    (scenes / "r2.yaml").write_text(SCENE % 1 + "output: {max_size: 1KB}\n")
    asked = *NAMES, "-q", "--force"
    here, there = (both(scenes, *asked, *more) for more in ((), ("--cluster", scheduler)))
    assert there == here
    (status, out, said), files = there
    assert (status, out, [*files]) == (2, "output/r1.gif\n", ["r1.gif"])
    assert said.startswith("r2.yaml:6:20: output/r2.gif: does not fit into 1 kB, ")


def test_a_scene_that_names_files_reads_them_there(scenes, scheduler):
    rows = [f"{x},{y},{x * x + y}" for x in range(4) for y in range(4)]
    (scenes / "hills.csv").write_text("\n".join(["x,y,z", *rows]))
    (scenes / "r1.yaml").write_text((SCENE % 1).replace("saddle", "{grid: hills.csv}"))
    asked = *NAMES, "-q", "--force"
    here, there = (both(scenes, *asked, *more) for more in ((), ("--cluster", scheduler)))
    assert there == here
    assert there[0] == (0, "output/r1.gif\noutput/r2.gif\n", "")


def test_code_goes_over_loopback(scenes, scheduler):
    (scenes / "mine.py").write_text("def bowl(x, y):\n    return x**2 + 3 * y**2\n")
    own = "{python: 'mine:bowl', window: [[-2, 2], [-2, 2]]}"
    (scenes / "r1.yaml").write_text((SCENE % 1).replace("saddle", own))
    asked = *NAMES, "-q", "--force", "--allow-code"
    here, there = (both(scenes, *asked, *more) for more in ((), ("--cluster", scheduler)))
    assert there == here
    assert there[0] == (0, "output/r1.gif\noutput/r2.gif\n", "")


def test_one_scene_alone_is_drawn_here(scenes, scheduler):
    here, there = (
        both(scenes, "r1.yaml", "-q", "--force", "-o", "p-%03d.png", *more)
        for more in ((), ("--cluster", scheduler))
    )
    assert there == here == ((0, "p-%03d.png\n", ""), {})
    assert len([*scenes.glob("p-*.png")]) == 25


@pytest.mark.parametrize("name", ["tcp://10.0.0.7:8786", "tcp://machine.example:8786"])
def test_code_does_not_go_over_a_plain_network(run, name):
    found = run("render", "race.yaml", "--cluster", name, "--allow-code")
    assert (found.exit_code, found.stderr) == (
        2,
        f"--cluster {name}: --allow-code sends code to workers only by tls:// or on this machine, "
        "since on a plain network others could change it on the way; set up TLS "
        "(docs/cluster.md)\n",
    )


@pytest.mark.parametrize(
    "name", ["local", "local:0", "local:two", "tcp://", "tcp://host", "http://host:80", "host:80"]
)
def test_what_is_no_cluster_is_told(run, name):
    found = run("render", "race.yaml", "--cluster", name)
    assert (found.exit_code, found.stderr) == (
        2,
        "--cluster must be local:N, N from 1 to 1024, tcp://HOST:PORT or tls://HOST:PORT, "
        f"got {name!r}\n",
    )


def test_jobs_and_a_cluster_are_not_asked_for_together(run):
    found = run("render", "race.yaml", "--cluster", "local:2", "--jobs", "2")
    assert (found.exit_code, found.stderr) == (
        2,
        "--jobs and --cluster both say who renders; leave one out\n",
    )


def test_an_address_where_nobody_answers_is_told(scenes):
    status, out, said = done(scenes, "r1.yaml", "--cluster", "tcp://127.0.0.1:9")
    assert (status, out) == (1, "")
    assert said == (
        "--cluster tcp://127.0.0.1:9: no scheduler of dask answers there (OSError: Timed out "
        "trying to connect to tcp://127.0.0.1:9 after 5 s); start one, or look at the address and "
        "the certificates (docs/cluster.md)\n"
    )


def test_without_its_package_a_cluster_is_told_with_the_remedy(scenes):
    code = (
        "import sys; sys.modules['distributed'] = None\n"
        "import importlib.util as u; f = u.find_spec\n"
        "u.find_spec = lambda name, *a: None if name == 'distributed' else f(name, *a)\n"
        "from animate.cli import main; sys.argv[0] = 'animate'; main()"
    )
    arguments = ["render", "r1.yaml", "--cluster", "local:2"]
    found = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=scenes, capture_output=True, text=True
    )
    assert (found.returncode, found.stderr) == (
        2,
        "--cluster needs distributed, which is not installed: "
        "pip install 'animate-optimization[cluster]'\n",
    )


def test_without_a_cluster_nothing_of_one_is_imported(scenes):
    code = (
        "import sys\nfrom animate.cli.app import app\n"
        "try:\n    app(['render', '-q', 'r1.yaml', 'r2.yaml'])\n"
        "except SystemExit as end:\n    print(end.code)\n"
        "print(sorted({'dask', 'distributed', 'tornado'} & set(sys.modules)))\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=scenes, capture_output=True, text=True, check=True
    )
    assert found.stdout.split("\n")[2:4] == ["0", "[]"]


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes as Linux lists them")
def test_a_worker_that_is_killed_costs_nothing(scenes):
    (scenes / "r1.yaml").write_text(SCENE % 15)
    assert done(scenes, *NAMES, "-q")[0] == 0
    good = {path.name: path.read_bytes() for path in (scenes / "output").iterdir()}
    run = cluster(scenes, *NAMES, "-q", "--force", "--cluster", "local:1")
    assert run.stdout is not None
    while not (found := [each for each in workers(run) if alive(each)]):
        time.sleep(0.05)
    until = time.monotonic() + 120
    while not _writes(found[0]):
        assert time.monotonic() < until
        time.sleep(0.02)
    os.kill(found[0], signal.SIGKILL)
    out, said = run.communicate(timeout=240)
    assert (run.returncode, sorted(out.split()), said) == (
        0,
        ["output/r1.gif", "output/r2.gif"],
        "",
    )
    assert {path.name: path.read_bytes() for path in (scenes / "output").iterdir()} == good


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes as Linux lists them")
@pytest.mark.parametrize("whole_group", [False, True], ids=["parent", "group"])
def test_an_interruption_ends_the_workers_of_this_machine(scenes, whole_group):
    (scenes / "r1.yaml").write_text(SCENE % 900)  # of two, since one scene alone is drawn here
    run = cluster(scenes, *NAMES, "-q", "--cluster", "local:1")
    while not (found := [each for each in workers(run) if alive(each)]):
        time.sleep(0.05)
    until = time.monotonic() + 120
    while not _writes(found[0]):
        assert time.monotonic() < until
        time.sleep(0.02)
    (os.killpg if whole_group else os.kill)(run.pid, signal.SIGINT)
    out, said = run.communicate(timeout=60)
    assert (run.returncode, out) == (130, "")
    assert said == "interrupted; what was not finished is as it was before\n"
    until = time.monotonic() + 10
    while any(map(alive, found)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(alive, found))
    assert not (scenes / "output").exists()


def _writes(process: int) -> bool:
    """Whether the process has a file of a clip open."""
    try:
        opened = [str(each.readlink()) for each in Path(f"/proc/{process}/fd").iterdir()]
    except OSError:
        return False
    return any(".animate-" in name for name in opened)
