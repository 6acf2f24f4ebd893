"""The command line as a process of its own: what it imports, says and leaves behind."""

import os
import pty
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from typer.testing import CliRunner

from animate.cli.app import app


def test_the_program_ends_with_all_it_had_to_say(tmp_path):
    """It leaves without taking itself apart: what it said to a pipe must not be lost."""
    scene = tmp_path / "bad.yaml"
    scene.write_text("surface: beal\noptimizers: [sgd]\n")
    for arguments, status in ((["list"], 0), (["check", str(scene)], 2), (["nothing"], 2)):
        done = subprocess.run(
            [sys.executable, "-m", "animate", *arguments], capture_output=True, text=True
        )
        assert done.returncode == status
        assert (done.stderr if status else done.stdout).endswith("\n")
    assert (
        subprocess.run(
            [sys.executable, "-m", "animate", "list"], capture_output=True, text=True
        ).stdout
        == CliRunner().invoke(app, ["list"]).stdout
    )


def test_help_and_mistakes_import_nothing_heavy(tmp_path):
    scene = tmp_path / "bad.yaml"
    scene.write_text("surface: beal\noptimizers: [sgd]\n")
    code = (
        "import sys, animate.cli.app as a\n"
        "from typer.testing import CliRunner\n"
        "print(CliRunner().invoke(a.app, sys.argv[1:]).exit_code)\n"
        "print(sorted({'jax', 'optax', 'matplotlib', 'av', 'PIL'} & set(sys.modules)))\n"
    )
    for arguments, status in ((["--help"], "0"), (["check", str(scene)], "2")):
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
        )
        assert done.stdout.split("\n")[:2] == [status, "[]"]


def test_same_scene_same_bytes_in_different_processes(run):
    for name in ("a", "b"):
        subprocess.run(
            [sys.executable, "-m", "animate", "render", "race.yaml", "-q",
             "-o", f"{name}.gif", "-o", f"{name}.mp4", "-o", f"{name}.svg"],
            check=True,
        )  # fmt: skip
    for ending in ("gif", "mp4", "svg"):
        assert Path(f"a.{ending}").read_bytes() == Path(f"b.{ending}").read_bytes()


def animate(*arguments, stdout=subprocess.PIPE, shell="", **environment):
    """The program in a process of its own; `shell` is what a shell puts behind the command."""
    command = shlex.join([sys.executable, "-m", "animate", *arguments])
    return subprocess.run(
        ["sh", "-c", f"{command} {shell}"],
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
        timeout=120,
    )


@pytest.mark.parametrize("command", ["list", "schema", "describe race.yaml", "source race.png"])
def test_what_is_redirected_is_utf_8_whatever_the_code_page(run, command):
    text = "title: η → θ\r\nsurface: beale\r\noptimizers: [{name: sgd, learning_rate: 0.01}]\r\n"
    Path("race.yaml").write_bytes(text.encode())
    run("still", "race.yaml", "-o", "race.png")
    found = animate(*command.split(), PYTHONIOENCODING="cp1252")
    assert found.returncode == 0
    assert found.stderr == b""
    assert not found.stdout.isascii() or command == "schema"
    assert found.stdout == run(*command.split()).stdout_bytes
    if command.startswith("source"):
        assert found.stdout == text.encode()


def test_a_terminal_gets_no_commands_out_of_a_file(run):
    carried = PngInfo()
    carried.add_itxt("Comment", "animate 0.1.0\n\ntitle: a\x1b[2J  # \x9b2J\nsurface: beale\n")
    Image.new("L", (4, 4)).save("a.png", pnginfo=carried)
    master, terminal = pty.openpty()
    with os.fdopen(master, "rb", 0) as seen, os.fdopen(terminal, "wb") as stdout:
        assert animate("source", "a.png", stdout=stdout).returncode == 0
        assert seen.read(1000) == b"title: a\\x1b[2J  # \\x9b2J\r\nsurface: beale\r\n"


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_closed_streams_lose_no_file(run, closed):
    found = animate("render", "race.yaml", "-o", "race.png", "--quiet", shell=closed)
    assert (found.returncode, found.stderr) == (0, b"")
    with Image.open("race.png") as picture:
        assert picture.size == (160, 120)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
def test_a_full_standard_output_is_told(run):
    found = animate("list", shell="> /dev/full")
    assert (found.returncode, found.stderr) == (1, b"standard output: No space left on device\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_full_standard_error_loses_no_file(run, jobs):
    Path("other.yaml").write_text(Path("race.yaml").read_text())
    scenes = ["race.yaml", "other.yaml"][:jobs]
    found = animate("render", *scenes, f"--jobs={jobs}", shell="2> /dev/full")
    assert found.returncode == 0
    assert all(Path(f"output/{name}").with_suffix(".gif").is_file() for name in scenes)
    assert animate("check", "none.yaml", shell="2> /dev/full").returncode == 2


@pytest.mark.parametrize("backend", ["nonsense", "module://matplotlib_inline.backend_inline", ""])
def test_no_backend_of_a_notebook_or_shell_is_used(run, backend):
    run("still", "race.yaml", "-o", "usual.png")
    found = animate("still", "race.yaml", "-o", "race.png", MPLBACKEND=backend)
    assert (found.returncode, found.stderr) == (0, b"")
    assert Path("race.png").read_bytes() == Path("usual.png").read_bytes()


def test_settings_of_matplotlib_that_cannot_be_read_are_told(run):
    Path("matplotlibrc").write_bytes(b"\xff\xfe bad")
    found = animate("still", "race.yaml", "-o", "race.png")
    assert (found.returncode, found.stdout) == (1, b"")
    assert found.stderr.startswith(b"matplotlib cannot start (UnicodeDecodeError: ")
    assert found.stderr.endswith(b"; look at its matplotlibrc and MPLBACKEND\n")


def test_a_misspelt_key_of_a_style_file_is_told_on_the_command_line_too(run):
    Path("my.mplstyle").write_text("font.sise: 20\n")
    found = animate("still", "race.yaml", "-o", "a.png", "--set", "style.theme=my.mplstyle")
    assert (found.returncode, found.stdout) == (2, b"")
    assert b"my.mplstyle: Bad key font.sise" in found.stderr
