"""Ctrl-C while libraries are imported, which may die of it or make another error of it."""

import os
import signal
import subprocess
import sys
from importlib import import_module
from time import sleep

import pytest
import typer

from animate.cli.handler import reports_errors

SAID = "interrupted; what was not finished is as it was before\n"
LIBRARY = """
import os, signal, time
os.kill(os.getpid(), signal.SIGINT)
time.sleep({seconds})
done = True
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no timers of signals")


@pytest.fixture
def library(tmp_path, monkeypatch, request):
    """The name of a module that is interrupted while it is imported."""
    name = f"library_{abs(hash(request.node.name))}"
    monkeypatch.syspath_prepend(tmp_path)

    def written(seconds):
        (tmp_path / f"{name}.py").write_text(LIBRARY.format(seconds=seconds))
        return name

    yield written
    sys.modules.pop(name, None)


def interrupted(action):
    """Run the action as a command that ends as an interrupted one does."""
    with pytest.raises(typer.Exit) as end:
        reports_errors(action)()
    assert end.value.exit_code == 130


def test_an_import_is_finished_first(library, capsys):
    name = library(0.2)

    def command():
        import_module(name)
        sleep(5)
        pytest.fail("it was not interrupted")

    interrupted(command)
    assert sys.modules[name].done
    assert capsys.readouterr().err == SAID


def test_an_import_without_end_is_not_waited_for(library, capsys, monkeypatch):
    monkeypatch.setattr("animate.cli.handler._LOADING", 0.3)
    name = library(30)
    interrupted(lambda: import_module(name))
    assert name not in sys.modules
    assert capsys.readouterr().err == SAID


def test_an_error_that_an_interruption_became_is_none(capsys):
    def command():
        try:
            os.kill(os.getpid(), signal.SIGINT)
            sleep(5)
        except KeyboardInterrupt:
            raise ValueError("a library's own words") from None

    interrupted(command)
    assert capsys.readouterr().err == SAID


@pytest.mark.parametrize("place", ["animate.cli.app.app", "animate.cli._silence_libraries"])
def test_before_a_command_begins(place):
    """While the command line is imported, or while it is read."""
    module, _, name = place.rpartition(".")
    program = (
        "import importlib, os, signal, sys, typer\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from animate.cli import main\n"
        "def interrupt():\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "app = typer.Typer()\n"
        "app.callback(invoke_without_command=True)(interrupt)\n"
        "sys.argv[1:] = []\n"
        f"importlib.import_module({module!r}).{name} = "
        f"{'app' if name == 'app' else 'interrupt'}\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "interrupted before anything was begun\n"


STUCK = """
import pathlib, jax
pathlib.Path("begun").touch()
endless = jax.jit(lambda x: jax.lax.while_loop(lambda y: y >= 0, lambda y: y / 2 + 1, x))
endless(1.0).block_until_ready()
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_computation_without_end_is_left(tmp_path, number):
    (tmp_path / "endless.py").write_text(STUCK)
    surface = "{python: 'endless:loss', window: [[-1, 1], [-1, 1]]}"
    (tmp_path / "x.yaml").write_text(f"surface: {surface}\nstart: [0, 0]\noptimizers: [sgd]\n")
    command = [sys.executable, "-m", "animate", "check", "--allow-code", "x.yaml"]
    child = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    try:
        while not (tmp_path / "begun").exists():
            assert child.poll() is None, child.communicate()[1]
            sleep(0.05)
        sleep(1)
        child.send_signal(number)
        assert child.communicate(timeout=60)[1] == SAID
        assert child.returncode == 130
    finally:
        child.kill()
