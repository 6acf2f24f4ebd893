"""The command line as a process of its own: what it imports, says and leaves behind."""

import os
import subprocess
import sys
from pathlib import Path

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


def test_an_encoding_without_greek_letters_gets_a_sign_in_their_place():
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    command = [sys.executable, "-m", "animate", "list", "optimizers"]
    found = subprocess.run(command, capture_output=True, env=environment, check=True)
    assert b"?" in found.stdout
    assert not found.stderr
