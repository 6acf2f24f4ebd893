"""The commands as a user meets them: what is written, what is said, and the exit status."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
import yaml
from PIL import Image

from animate.scene.load import read
from tests.npz import arrays_of


def test_render_writes_to_the_output_folder_and_prints_the_path(run):
    result = run("render", "race.yaml")
    assert result.exit_code == 0, result.output
    assert result.stdout == "output/race.gif\n"
    with Image.open("output/race.gif") as gif:
        assert gif.size == (160, 120)
        assert gif.n_frames == 4 + 1  # the end card
    assert [each.name for each in Path("output").iterdir()] == ["race.gif"]


def test_several_outputs_come_from_one_call(run):
    files = ["a.gif", "a.mp4", "a.png", "a.svg", "a.pdf"]
    result = run("render", "race.yaml", "-q", *(part for name in files for part in ("-o", name)))
    assert result.exit_code == 0, result.output
    assert sorted(result.stdout.split()) == sorted(files)
    assert result.stderr == ""
    assert Path("a.svg").read_text().startswith("<?xml")
    assert Path("a.pdf").read_bytes().startswith(b"%PDF")
    with Image.open("a.png") as still:
        assert still.size == (160, 120)


def test_scenes_without_mistakes_are_rendered_to_keep_going(run):
    Path("wrong.yaml").write_text("surface: nope\noptimizers: [sgd]\n")
    Path("worse.yaml").write_text(Path("race.yaml").read_text() + "\noutput: {max_size: x}\n")
    scenes = "wrong.yaml", "race.yaml", "worse.yaml"
    stopped, went_on = run("render", *scenes), run("render", "-q", *scenes, "--keep-going")
    assert (stopped.exit_code, stopped.stdout) == (2, "")
    assert (went_on.exit_code, went_on.stdout) == (1, "output/race.gif\n")
    assert went_on.stderr == stopped.stderr
    assert [line.split(":")[0] for line in went_on.stderr.splitlines()] == [
        "wrong.yaml",
        "worse.yaml",
    ]


def test_what_is_up_to_date_is_left_alone(run):
    run("render", "race.yaml")
    before = Path("output/race.gif").stat().st_mtime_ns
    again = run("render", "race.yaml")
    assert again.stderr == "output/race.gif: up to date; --force renders it anyway\n"
    assert again.stdout == "output/race.gif\n"
    assert Path("output/race.gif").stat().st_mtime_ns == before
    run("render", "race.yaml", "--force")
    assert Path("output/race.gif").stat().st_mtime_ns > before
    changed = run("render", "race.yaml", "--set", "steps=13")
    assert "up to date" not in changed.stderr


def test_the_scene_comes_back_out_of_the_file_and_renders_again(run):
    run("render", "race.yaml")
    assert run("source", "output/race.gif").stdout == Path("race.yaml").read_text()
    result = run("render", "output/race.gif", "-o", "again.gif")
    assert result.exit_code == 0, result.output
    assert Path("again.gif").read_bytes() == Path("output/race.gif").read_bytes()
    run("render", "race.yaml", "--no-source", "-o", "bare.gif")
    bare = run("source", "bare.gif")
    assert bare.exit_code == 2


def test_a_draft_is_half_the_size(run):
    larger = ("--set", "timing.fps=50", "--set", "style.size=[320, 240]")
    run("render", "race.yaml", "--draft", "-o", "draft.gif", *larger)
    with Image.open("draft.gif") as gif:
        assert gif.size == (160, 120)
        assert gif.n_frames == 5 + 1  # the end card


def test_still_shows_the_frame_of_its_time(run):
    for seconds, name in ((0, "first.png"), (0.2, "third.png"), (0.6, "last.png")):
        assert run("still", "race.yaml", "-o", name, "--at", seconds).exit_code == 0
    run("render", "race.yaml", "-o", "f-%02d.png")
    for name, frame in (("first.png", 0), ("third.png", 2), ("last.png", 4)):
        with Image.open(name) as still, Image.open(f"f-{frame:02d}.png") as expected:
            assert (np.asarray(still) == np.asarray(expected)).all()


def test_trace_reads_back_to_the_same_bits(run):
    names = ("t.csv", "t.json", "t.npz")
    result = run("trace", "race.yaml", *(part for name in names for part in ("-o", name)))
    assert (result.exit_code, result.stdout.split()) == (0, [*names])
    with Path("t.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["optimizer", "run", "step", "x", "y", "loss", "grad_norm"]
    assert len(rows) == 2 * 13
    objects = json.loads(Path("t.json").read_text())
    arrays = arrays_of("t.npz")
    assert arrays["optimizers"].tolist() == ["sgd", "adam"]
    for k, name in enumerate(("sgd", "adam")):
        mine = [row for row in rows if row["optimizer"] == name]
        for step, row in enumerate(mine):
            x, y = arrays["positions"][k, 0, step]
            assert (float(row["x"]), float(row["y"])) == (x, y)
            assert float(row["loss"]) == arrays["losses"][k, 0, step]
            assert float(row["grad_norm"]) == arrays["grad_norms"][k, 0, step]
            assert int(row["step"]) == step
            assert row["run"] == "0"
    values = [tuple(row.values()) for row in rows]
    assert [tuple(str(each) for each in entry.values()) for entry in objects] == values


def test_check_says_what_rendering_would_do_and_writes_nothing(run):
    result = run("check", "race.yaml", "--set", "optimizers.adam.learning_rate=best")
    assert result.exit_code == 0
    assert "5 frames of 160 × 120 at 10 fps, 0.6 s" in result.stdout
    assert "sgd: learning rate 0.01" in result.stdout
    found = next(line.split() for line in result.stdout.splitlines() if "  adam " in line)
    assert float(found[3]) < float(found[1]) == float(f"{float(found[1]):.3g}") <= float(found[5])
    assert [each.name for each in Path().iterdir()] == ["race.yaml"]


@pytest.mark.parametrize("table", ["surfaces", "optimizers", "panels", "themes", "formats"])
def test_list_has_a_line_for_every_entry(run, table):
    lines = run("list", table).stdout.splitlines()
    assert lines[0] == f"{table}:"
    assert len(lines) > 2
    assert all(line.startswith("  ") and len(line.split()) > 2 for line in lines[1:])


def test_a_new_scene_is_read_without_a_mistake(run):
    assert run("new", "mine").stdout == "mine.yaml\n"
    assert read(Path("mine.yaml")).scene.steps == 150
    again = run("new", "mine")
    assert again.exit_code == 2
    assert again.stderr == "mine.yaml: is there already; choose another name\n"


def test_the_schema_knows_names_and_options(run):
    schema = json.loads(run("schema").stdout)
    text = json.dumps(schema)
    required = {frozenset(kind.get("required", ())) for kind in schema["$defs"].values()}
    for kind in ({"surface", "optimizers"}, {"experiment"}, {"surface", "paths"}):
        assert kind in required
    for word in ("rosenbrock", "nesterov", "contour", "momentum", "levels"):
        assert f'"{word}"' in text


def test_a_setting_reaches_names_indices_and_bare_names(run):
    Path("bare.yaml").write_text("surface: rosenbrock\noptimizers: [adam, sgd]\npanels: contour\n")
    settings = [
        "surface.b=7", "optimizers.adam.b1=0.8", "optimizers.1.learning_rate=1e-3",
        "panels.contour.levels=9", "timing.fps=30",
    ]  # fmt: skip
    script = read(Path("bare.yaml"), settings)
    scene = script.scene
    assert scene.surface.b == 7
    assert scene.optimizers[0].b1 == 0.8
    assert scene.optimizers[1].learning_rate == 1e-3
    assert scene.panels.rows[0][0].panel.levels == 9
    assert scene.timing.fps == 30
    assert yaml.safe_load(script.text)["surface"] == {"name": "rosenbrock", "b": 7}


def test_the_scene_chooses_how_files_are_written(run):
    run("render", "race.yaml", "-o", "plain.gif")
    result = run("render", "race.yaml", "-o", "few.gif", "--set", "output.gif.colors=8")
    assert result.exit_code == 0, result.output
    with Image.open("few.gif") as few, Image.open("plain.gif") as plain:
        assert len(few.convert("RGB").getcolors()) <= 8 < len(plain.convert("RGB").getcolors())


def test_a_limit_on_the_size_is_kept_and_what_was_given_up_is_told(run):
    run("render", "race.yaml", "-o", "plain.gif")
    limit = Path("plain.gif").stat().st_size - 500
    result = run("render", "race.yaml", "-o", "less.gif", "--set", f"output.max_size={limit}")
    assert result.exit_code == 0, result.output
    assert Path("less.gif").stat().st_size <= limit
    assert "to stay within" in result.stderr
    refused = run("render", "race.yaml", "-o", "none.gif", "--set", "output.max_size=1001")
    assert refused.exit_code == 2
    last = refused.stderr.splitlines()[-1]
    assert last.startswith("--set output.max_size: none.gif: does not fit into 1 kB, ")
    assert not Path("none.gif").exists()


@pytest.mark.parametrize("ending", ["svg", "pdf"])
def test_vectors_that_do_not_fit_are_told(run, ending):
    limited = run("render", "race.yaml", "-o", f"a.{ending}", "--set", "output.max_size=2kB")
    assert limited.exit_code == 2
    assert f"a.{ending}: does not fit into 2 kB, since " in limited.stderr
    assert limited.stderr.endswith(f" and .{ending} cannot be made smaller; allow more\n")
    assert not Path(f"a.{ending}").exists()
    fitting = run("render", "race.yaml", "-o", f"a.{ending}", "--set", "output.max_size=9MB")
    assert fitting.exit_code == 0


@pytest.mark.parametrize("strip", [[], ["--strip", "2"]])
def test_a_still_keeps_to_the_limit_too(run, strip):
    """A .png is made smaller, which is told, or refused; .svg and .pdf are refused."""
    run("still", "race.yaml", "-o", "plain.png", *strip)
    limit = Path("plain.png").stat().st_size - 500
    less = run("still", "race.yaml", "-o", "a.png", *strip, "--set", f"output.max_size={limit}")
    assert less.exit_code == 0, less.output
    assert Path("a.png").stat().st_size <= limit
    assert " pixels instead of " in less.stderr
    for ending in ("png", "svg", "pdf"):
        none = run(
            "still", "race.yaml", "-o", f"b.{ending}", *strip, "--set", "output.max_size=1kB"
        )
        assert none.exit_code == 2
        assert none.stderr.startswith(f"--set output.max_size: b.{ending}: does not fit into 1 kB")
        assert not Path(f"b.{ending}").exists()


def test_check_counts_the_frames_that_rendering_writes(run):
    """The end card is one of them."""
    for end in ("card", "still"):
        setting = f"timing={{seconds: 0.4, fps: 10, hold: 0.3, end: {end}}}"
        said = run("check", "race.yaml", "--set", setting).stdout
        run("render", "race.yaml", "-qo", f"{end}-%d.png", "--set", setting)
        assert f" {len(list(Path().glob(f'{end}-*.png')))} frames of " in said


def test_a_note_names_its_file_once(run):
    run("render", "race.yaml", "-o", "plain.gif")
    limit = Path("plain.gif").stat().st_size - 500
    done = run("render", "race.yaml", "-qo", "a.gif", "--set", f"output.max_size={limit}")
    assert done.exit_code == 0
    lines = done.stderr.splitlines()
    assert lines
    assert all(line.count("a.gif: ") == 1 for line in lines)
