"""What is told of sweeps of a number of the surface: descriptions, tables, checks, mistakes."""

import csv
from itertools import product

import numpy as np
import pytest

from animate import pipeline as movie
from animate.cli.check import check_all
from animate.errors import UsageError
from animate.scene.context import NO_TRUST
from animate.scene.load import read_text
from tests.surface_sweeps import FORMULA, alone, scene, text


@pytest.mark.parametrize("language", ["en", "ru"])
def test_its_description_tells_the_first_value_the_middle_one_and_the_last(language):
    asked = text().replace("style: {", f"style: {{language: {language}, ")
    said = movie.describe(read_text(asked, "s").scene)
    written = ("0", "0.5", "1.1") if language == "en" else ("0", "0,5", "1,1")
    places = [said.index(f"a = {value}: ") for value in written]
    assert places == sorted(places)
    single = movie.describe(alone("formula", 0.5))
    assert "(0.71, 0.71)" in single or "−0.71" in single
    if language == "en":
        assert single.split(": ", 1)[1] in said


@pytest.mark.parametrize("layout", ["", ", as: film"])
@pytest.mark.parametrize(
    ("title", "first"),
    [("T", "T: 5 values of a, 1 to 9 (told: 1, 4 and 9). a = 1, η"), ("''", "5 values of a, 1 to")],
)
def test_its_description_says_how_many_values_there_are(layout, title, first):
    surface = "{formula: a*x**2 + y**2, constants: {a: 1}, window: [[-2, 2], [-2, 2]]}"
    asked = f"title: {title}\nsurface: {surface}\nstart: [1, 1]\noptimizers: [sgd]\nsteps: 8\n"
    sweep = f"sweep: {{surface.constants.a: [1, 2, 4, 8, 9]{layout}}}\n"
    said = movie.describe(read_text(asked + sweep, "s").scene)
    assert said.startswith(first)
    assert "  " not in said


def test_a_table_has_a_column_with_the_value(tmp_path):
    script = read_text(text(), "s")
    target = tmp_path / "paths.csv"
    movie.write_trace(script, target)
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {(row["optimizer"], float(row["surface.constants.a"])) for row in rows}
    assert found == set(product(("sgd", "adam"), (0.0, 0.5, 1.1)))
    movie.write_trace(script, target.with_suffix(".npz"))
    with np.load(target.with_suffix(".npz")) as arrays:
        assert arrays["surface.constants.a"].tolist() == [0, 0, 0.5, 0.5, 1.1, 1.1]
        assert len(arrays["positions"]) == 6


@pytest.mark.parametrize("layout", ["grid", "film"])
def test_check_tells_the_values_and_their_rates(layout, tmp_path, capsys):
    path = tmp_path / "s.yaml"
    path.write_text(text(layout=layout), encoding="utf-8")
    check_all([path], (), trust=NO_TRUST)
    first, _, *rest = capsys.readouterr().out.splitlines()
    assert first.endswith("2 optimizers, 1 start, 12 steps, 3 values of surface.constants.a")
    if layout == "film":
        assert rest[0].startswith("  sgd: 3 values of a, 0 to 1.1; learning rates found, ")
        assert rest[1] == "  adam: 3 values of a, 0 to 1.1; learning rate 0.1"
    else:
        assert rest[0] == "  adam: learning rate 0.1"
        assert [line.split("  ")[1] for line in rest[2:]] == [
            f"sgd, a = {v}" for v in (0, 0.5, 1.1)
        ]


@pytest.mark.parametrize(
    ("kind", "sweep", "complaint"),
    [
        (
            "formula",
            "{surface.constants.a: [0, 1], as: race}",
            "s:4:8: as: race shows all values in one panel, which has one surface; take 'grid' or ",
        ),
        (
            "formula",
            "{surface.constants.aa: [0, 1]}",
            "s:4:9: the formula has no constant 'aa'. Did you mean",
        ),
        (
            "formula",
            "{surface.a: [0, 1]}",
            "s:4:9: of a formula its constants are",
        ),
        (
            "built in",
            "{surface.conditio: [1, 2]}",
            "s:4:9: 'quadratic' has no option 'conditio'. Did you mea",
        ),
        (
            "built in",
            "{surface.condition: [1, -2]}",
            "s:4:28: sweep.surface.condition: must be greater than 0, got -2",
        ),
        (
            "built in",
            "{surface.constants.a: [1, 2]}",
            "s:4:9: constants ",
        ),
        ("built in", "{surface.window: [1, 2]}", "s:4:9: 'quadratic' has no"),
        ("built in", "{surface: [1, 2]}", "s:4:8: sweeps an option of an optimizer, such as "),
    ],
)
def test_mistakes(kind, sweep, complaint):
    with pytest.raises(UsageError) as caught:
        scene(kind=kind, sweep=f"sweep: {sweep}")
    assert str(caught.value).startswith(complaint)
    assert "\n" not in str(caught.value)


def test_what_is_wrong_with_one_value_is_told_with_it():
    surface = '{formula: "log(x**2 + a)", constants: {a: 1}, window: [[-1, 1], [-1, 1]]}'
    asked = text(sweep="sweep: {surface.constants.a: [1, -9]}").replace(FORMULA, surface)
    script = read_text(asked, "s")
    with (
        pytest.raises(UsageError, match=r"a = -9: the loss is a finite number nowhere"),
        script.placing(),
    ):
        movie.stage(script.scene)


def test_a_signal_has_no_surface_to_sweep():
    signal = "signal: sine\noptimizers: [adam]\nsweep: {surface.condition: [1, 2]}\n"
    with pytest.raises(UsageError, match=r"s:3:9: a signal has no surf"):
        read_text(signal, "s")


def test_surfaces_without_numbers_are_told(tmp_path):
    np.savez(tmp_path / "g.npz", x=np.arange(5.0), y=np.arange(5.0), z=np.eye(5))
    asked = "surface: {grid: g.npz}\noptimizers: [adam]\nsweep: {surface.a: [1, 2]}\n"
    with pytest.raises(UsageError, match="only a formula and a built-in surface have numbers"):
        read_text(asked, str(tmp_path / "s.yaml"))
