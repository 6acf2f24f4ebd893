"""`import animate` in other people's programs: nothing of theirs is changed."""

import subprocess
import sys
import textwrap
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from threading import Event, Thread

import matplotlib
import numpy as np
import pytest

import animate
from animate.figure.settings import composing
from animate.pipeline import stage
from animate.scene.load import read_text

SCENE = textwrap.dedent("""
    surface: beale
    steps: 4
    noise: {std: 0.1}
    optimizers: [{name: sgd, learning_rate: 0.01}]
    panels: [contour, loss]
    timing: {seconds: 0.2, fps: 10, hold: 0}
    style: {size: [320, 240]}
""")

WATCHED = """
import logging, os, random, signal, sys, threading, warnings
import av, jax, matplotlib, matplotlib.backends.backend_agg, matplotlib.font_manager, numpy
import PIL.Image

def state():
    root = logging.getLogger()
    return {
        "jax": {name: jax.config._read(name) for name in jax.config.values},
        "matplotlib": dict(matplotlib.rcParams),
        "logging": (root.level, list(root.handlers), logging.root.manager.disable),
        "signals": [signal.getsignal(number) for number in signal.valid_signals()],
        "warnings": list(warnings.filters),
        "random": random.getstate(),
        "numpy": str(numpy.random.get_state()),
        "errors": numpy.geterr(),
        "environment": dict(os.environ),
        "folder": os.getcwd(),
        "path": list(sys.path),
        "hook": sys.excepthook,
        "recursion": sys.getrecursionlimit(),
        "threads": threading.active_count(),
        "pictures": PIL.Image.MAX_IMAGE_PIXELS,
    }

before = state()
import animate
from animate.scene import RaceScene
script = animate.read(sys.argv[1])
animate.trace(script)
animate.render(script, sys.argv[2] + "/a.gif", sys.argv[2] + "/a.mp4", sys.argv[2] + "/a.svg")
try:
    lost = animate.read(sys.argv[1], settings=["start=[1e80, 1e80]"])
    animate.render(lost, sys.argv[2] + "/b.gif")
except ValueError as error:
    print(error)
after = state()
print([key for key in before if before[key] != after[key]])
"""


@pytest.fixture
def scene(tmp_path: Path) -> Path:
    path = tmp_path / "scene.yaml"
    path.write_text(SCENE)
    return path


def test_using_it_changes_no_global_state(scene: Path, tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", WATCHED, scene, tmp_path],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert run.stdout.splitlines() == [
        "--set start: the loss at the start [1e+80, 1e+80] is above 1e300; begin elsewhere",
        "[]",
    ]
    assert run.stderr == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "a.gif",
        "a.mp4",
        "a.svg",
        "scene.yaml",
    ]


def test_importing_it_imports_nothing_heavy() -> None:
    program = "import animate, sys; print({'jax', 'numpy', 'matplotlib'} & set(sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout == "set()\n"
    with pytest.raises(AttributeError, match="module 'animate' has no attribute 'paint'"):
        _ = animate.paint  # type: ignore[attr-defined]  # that is the point
    assert all(hasattr(animate, name) for name in animate.__all__)


def test_it_works_in_threads_at_once_and_in_a_spawned_process(scene: Path) -> None:
    expected = animate.trace(animate.read(scene))
    with ThreadPoolExecutor(2) as threads:
        for found in threads.map(animate.trace, [scene, str(scene)]):
            assert (found.positions == expected.positions).all()
    with ThreadPoolExecutor(2) as threads:
        targets = [scene.with_name("one.gif"), scene.with_name("two.gif")]
        list(threads.map(animate.render, [scene, scene], targets))
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        (written,) = processes.submit(
            animate.render, animate.read(scene), scene.with_name("three.gif")
        ).result(timeout=120)
    assert written.size == written.path.stat().st_size
    pictures = {scene.with_name(f"{name}.gif").read_bytes() for name in ("one", "two", "three")}
    assert len(pictures) == 1


FORKED = """
import multiprocessing, sys, warnings
warnings.simplefilter("ignore")
import animate
from animate.scene import RaceScene

def compute(path):
    return animate.trace(path).positions.sum()

def child():
    with multiprocessing.get_context("fork").Pool(1) as pool:
        return pool.apply_async(compute, [sys.argv[1]]).get(timeout=100)

before = child()
print(before == compute(sys.argv[1]))
try:
    child()
except animate.errors.AnimateError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
def test_a_forked_process_computes_or_says_why_not(scene: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", FORKED, scene], capture_output=True, text=True, timeout=200
    )
    assert run.stderr == ""
    assert run.stdout.splitlines() == [
        "True",
        "this process was forked from one in which animate had computed something, and JAX does "
        "not survive a fork; use multiprocessing.get_context('spawn')",
    ]


def test_a_scene_may_be_made_in_python(tmp_path: Path) -> None:
    made = animate.scene(
        surface="booth", optimizers=[{"name": "sgd", "learning_rate": 0.1}], steps=3
    )
    paths = animate.trace(made)
    x, y = paths.positions[0, 0].T
    np.testing.assert_allclose(paths.losses[0, 0], (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2)
    (written,) = animate.render(made, tmp_path / "a.png")
    assert written.path == tmp_path / "a.png"


def test_the_parameters_of_one_thread_are_not_taken_away_by_another() -> None:
    view = stage(read_text("surface: beale\noptimizers: [adam]\nsteps: 2", "x.yaml").scene).view
    entered, left, seen = Event(), Event(), list[object]()

    def other() -> None:
        with composing(view):
            entered.set()
            left.wait(5)
            seen.append(matplotlib.rcParams["svg.hashsalt"])

    thread = Thread(target=other)
    with composing(view):
        thread.start()
        entered.wait(0.3)
    left.set()
    thread.join()
    assert seen == ["animate"]
