"""A scene that comes through a pipe, and what is told of names that are no scene's."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from animate.cli.app import app
from animate.writers.source import read_source
from tests.cli.conftest import SCENE


@pytest.fixture
def piped(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda text, *arguments: CliRunner().invoke(app, [*arguments], input=text)


@pytest.mark.parametrize("name", ["-", "/dev/stdin"])
def test_a_scene_is_read_from_standard_input(piped, name):
    assert "Beale, 2 optimizers" in piped(SCENE, "check", name).stdout
    assert "Adam" in piped(SCENE, "describe", name).stdout
    done = piped(SCENE, "render", name, "-qo", "x.png")
    assert done.exit_code == 0, done.output
    assert read_source(Path("x.png")).text == SCENE


def test_mistakes_on_standard_input_have_their_place(piped):
    told = piped("surface: beale\noptimizers: [{name: adam, beta1: .9}]\n", "check", "-")
    assert told.exit_code == 2
    assert told.stderr == "<stdin>:2:27: unknown key 'beta1'. Did you mean 'b1'?\n"
    long = piped("#" * 2_000_000, "check", "-")
    assert long.stderr.startswith("<stdin>:1:1: there are more than the ")


def test_files_that_it_names_are_beside_the_user(piped):
    told = piped("surface: {grid: none.csv}\noptimizers: [sgd]\n", "describe", "-")
    assert told.stderr == "<stdin>:1:17: 'none.csv': there is no such file\n"


def test_a_file_made_of_it_needs_a_name(piped):
    told = piped(SCENE, "render", "-")
    assert (told.exit_code, told.stderr) == (
        2, "a scene on standard input gives the file no name; add -o FILE\n"
    )  # fmt: skip


def test_what_is_neither_a_scene_nor_a_picture_is_told_how_scenes_are_named(piped):
    Path("scene.txt").write_text(SCENE)
    told = piped("", "check", "scene.txt").stderr
    assert told.endswith(" or PDF file; the name of a scene ends in .yaml or .yml\n")


def test_places_in_a_scene_inside_a_picture_are_told_as_such(piped):
    nodes = [f"{x},{y},{x * x + y * y}\n" for x in range(-3, 4) for y in range(-3, 4)]
    Path("grid.csv").write_text("x,y,z\n" + "".join(nodes))
    text = "surface: {grid: grid.csv}\noptimizers: [{name: sgd, learning_rate: 0.1}]\nsteps: 5\n"
    Path("a.yaml").write_text(text)
    assert piped("", "still", "a.yaml", "-o", "a.png").exit_code == 0
    Path("grid.csv").unlink()
    told = piped("", "describe", "a.png").stderr
    assert told == "a.png (the scene inside):1:17: 'grid.csv': there is no such file\n"


def test_a_draft_says_that_it_has_halved_what_leaves_no_room(piped):
    Path("a.yaml").write_text(SCENE + "panels: [contour, loss, distance]\n")
    told = piped("", "render", "--draft", "a.yaml", "-o", "a.gif").stderr
    assert told.endswith(" (--draft has halved its 160 × 120)\n")


def test_it_is_read_once(piped):
    told = piped(SCENE, "check", "-", "-")
    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout.count("Beale, 2 optimizers") == 1
