"""Mistakes on the command line and in scenes: the sentence, its place and the exit status."""

from pathlib import Path

import pytest

MISTAKES = {
    "surface: rosenbrok\noptimizers: [sgd]\n": [
        "bad.yaml:1:10: there is no surface named 'rosenbrok'. Did you mean 'rosenbrock'?"
    ],
    "surface: beale\noptimizers:\n  - {name: sgd, learning_rate: -0.1, colour: red}\n": [
        "bad.yaml:3:32: optimizers[0].learning_rate: must be greater than 0, got -0.1",
        "bad.yaml:3:38: unknown key 'colour'. Did you mean 'color'?",
    ],
    "surface: beale\noptimizers: []\n": [
        "bad.yaml:2:13: optimizers: must have at least 1 item, got 0"
    ],
    "optimizers: [sgd]\n": ["bad.yaml:1:1: the key 'surface' is missing"],
    "surface: beale\noptimizers: [sgd]\npanels: [contour: {levls: 3}, los]\n": [
        "bad.yaml:3:20: unknown key 'levls'. Did you mean 'levels'?",
        "bad.yaml:3:31: there is no panel named 'los'. Did you mean 'loss'?",
    ],
    "surface: beale\noptimizers: [sgd]\nstart: [1, 2, 3]\nstyle: {theme: drak}\n": [
        "bad.yaml:3:8: start: must be a point [x, y] or a list of points",
        "bad.yaml:4:16: there is no theme named 'drak'. Did you mean 'dark'?"
        " A style file of your own ends in .mplstyle.",
    ],
    "surface: beale\noptimizers:\n- {name: adam, b1: 1, eps: -1}\n- {name: rmsprop, decay: 2}\n": [
        "bad.yaml:3:20: optimizers[0].b1: must be less than 1, got 1",
        "bad.yaml:3:28: optimizers[0].eps: must be at least 0, got -1",
        "bad.yaml:4:26: optimizers[1].decay: must be less than 1, got 2",
    ],
    "surface: {name: gaussian_wells, positions: [[0, 0]], depths: [1]}\noptimizers: [sgd]\n": [
        "bad.yaml:1:10: gaussian_wells takes as many positions as depths and widths, got 1, 1 and 3"
    ],
    "surface: {name: beale, window: [[2, 1], [0, 1]]}\noptimizers: [sgd]\nsteps: 0\n": [
        "bad.yaml:1:32: window: x must run from the smaller to the larger number, got [2, 1]",
        "bad.yaml:3:8: steps: must be at least 1, got 0",
    ],
}


@pytest.mark.parametrize("text", MISTAKES)
@pytest.mark.parametrize("command", ["render", "check"])
def test_every_mistake_is_told_at_its_place(run, text, command):
    Path("bad.yaml").write_text(text)
    result = run(command, "bad.yaml")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == MISTAKES[text]
    assert result.stdout == ""
    assert not Path("output").exists()


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("timing.fps=0", "--set timing.fps: must be at least 1, got 0"),
        ("timing.fsp=10", "--set timing.fsp: unknown key 'fsp'. Did you mean 'fps'?"),
        ("optimizers.adam.b1=high", "--set optimizers.adam.b1: must be a number, got 'high'"),
        ("optimizers.lion.b1=0.5", "--set optimizers.lion.b1: no item is called 'lion'; "
                                   "there are sgd, adam"),
        ("timing={fps: 0}", "--set timing: timing.fps: must be at least 1, got 0"),
        ("start={count: 2, within: [[0, 0], [0, 0]]}",
         "--set start: within: x must run from the smaller to the larger number, got [0, 0]"),
        ("optimizers=[{nam: adam}]", "--set optimizers: optimizers[0]: the key 'name' is missing"),
        ("steps", "--set steps: write KEY=VALUE, such as timing.fps=30"),
    ],
)  # fmt: skip
def test_mistakes_in_a_setting(run, setting, said):
    result = run("check", "race.yaml", "--set", setting)
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [said]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["render", "none.yaml"], "none.yaml: there is no such file"),
        (["render", "."], ".: is a folder; name a file"),
        (
            ["still", "race.yaml", "-o", "x.bmp"],
            "x.bmp: there is no format .bmp; the ending is one of .png, .svg, .pdf",
        ),
        (
            ["still", "race.yaml", "-o", "x.mp4"],
            "x.mp4: .mp4 holds a clip, and a still is one picture; the ending is one of .png, .svg",
        ),
        (
            ["still", "race.yaml", "-o", "x-%d.png"],
            "x-%d.png: is a picture for each frame, and a still is one picture",
        ),
        (
            ["still", "race.yaml", "-o", "x.csv", "--strip", "3"],
            "x.csv: .csv holds paths, and a still is one picture; the ending is one of .png, .svg",
        ),
        (
            ["still", "race.yaml", "-o", "x.png", "--at", "0.61"],
            "--at 0.61: the clip lasts 0.6 s; choose a moment within it\n",
        ),
        (
            ["trace", "race.yaml", "-o", "x.txt"],
            "x.txt: there is no format .txt; the ending is one of .csv, .json, .npz",
        ),
        (
            ["trace", "race.yaml", "-o", "x.gif"],
            "x.gif: .gif holds pictures; the ending is one of ",
        ),
        (["list", "surface"], "there is no table 'surface'. Did you mean 'surfaces'?"),
        (["render", "race.yaml", "none.yaml", "-o", "x.gif"], "-o names files for one scene, "),
    ],
)
def test_wrong_command_lines(run, arguments, said):
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith(said)
    assert "Traceback" not in result.stderr


def test_a_scene_in_place_of_a_command_is_told_with_the_command(run):
    said = "No such command {!r}. To render the scene: animate render {}\n"
    assert run("race.yaml").stderr.endswith(said.format("race.yaml", "race.yaml"))
    assert run("race").stderr.endswith(said.format("race", "race.yaml"))
    assert "To render" not in run("rendr").stderr


def test_a_scene_named_without_its_ending_is_found_in_its_folder(run):
    Path("sub").mkdir()
    Path("sub/lecture.yaml").write_text(Path("race.yaml").read_text())
    for wrong in ("sub/lecture", "sub/lectur.yaml", "sub/lecture.gif"):
        result = run("render", wrong)
        assert result.exit_code == 2
        right = str(Path("sub/lecture.yaml"))
        assert result.stderr == f"{wrong}: there is no such file. Did you mean {right!r}?\n"


def test_a_new_scene_gets_its_folder(run):
    assert run("new", "a/b/c").stdout == f"{Path('a/b/c.yaml')}\n"
    assert Path("a/b/c.yaml").is_file()
    Path("file").touch()
    said = run("new", "file/c").stderr
    assert said.startswith(f"{Path('file/c.yaml')}: its folder cannot be made: ")


def test_a_standard_output_that_takes_nothing_is_told_without_a_traceback(run, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("typer.echo", full)
    result = run("list", "themes")
    assert result.exit_code == 1
    assert result.stderr == "standard output: No space left on device\n"


RECORDED = """\
surface: beale
paths: paths.csv
timing: {seconds: 2, hold: 0.5}
story: [{at: 20, pause: 1}, {at: 25, say: "slow", speed: 0.5}]
"""


def test_a_recorded_scene_knows_its_steps_before_it_is_shown(run):
    rows = [f"a,{step},{step / 30},1,2" for step in range(10, 31)]
    Path("paths.csv").write_text("\n".join(["optimizer,step,x,y,loss", *rows]))
    Path("recorded.yaml").write_text(RECORDED)
    said = run("check", "recorded.yaml").stdout
    assert said == "recorded.yaml: 1 path from paths.csv, 640 × 480 at 25 fps, 4 s\n"
    late = run("still", "recorded.yaml", "-o", "x.png", "--at", "4.1").stderr
    assert late == "--at 4.1: the clip lasts 4 s; choose a moment within it\n"
    Path("recorded.yaml").write_text(RECORDED.replace("at: 20", "at: 9").replace("25", "500"))
    assert run("check", "recorded.yaml").stderr.splitlines() == [
        "recorded.yaml:4:14: story[0].at: must be at least 10, the first step, got 9",
        "recorded.yaml:4:33: story[1].at: must be at most 30, the last step, got 500",
    ]


def test_mistakes_in_the_output_section(run):
    said = run("check", "race.yaml", "--set", "output={max_size: 3XB, gif: {colours: 9}}").stderr
    assert said.splitlines() == [
        "--set output: output.gif.colours: unknown key 'colours'. Did you mean 'colors'?",
        "--set output: output.max_size: must be a size such as 500kB, 1MB or 2.5 MiB, got '3XB'",
    ]


@pytest.mark.parametrize("name", ["", " ", ".", "..", "-", "a/", "a\nb", "\x1b[31m"])
def test_a_name_that_is_none_makes_no_scene(run, name):
    result = run("new", "--", name)
    assert result.exit_code == 2
    assert result.stderr == f"{name!r} is no name for a scene; write one such as race\n"
    assert [path.name for path in Path().glob("*")] == ["race.yaml"]


def test_where_a_picture_of_surfaces_cannot_be_is_told_before_it_is_drawn(run, monkeypatch):
    monkeypatch.setattr("animate.cli.contact_sheet.contact_sheet", lambda _: pytest.fail("drawn"))
    Path("file").touch()
    said = run("list", "surfaces", "--picture", "file/x.png").stderr
    assert said.startswith(f"{Path('file/x.png')}: its folder cannot be made: ")
