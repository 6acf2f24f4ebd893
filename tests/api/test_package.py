"""`import animate` and the package `animate.scene`, which is called; what a terminal shows."""

import subprocess
import sys

import pytest

import animate

EXTRAS = {"IPython", "anywidget", "dask", "ipykernel", "pandas", "polars", "torch", "traitlets"}
RACE = "surface='beale', optimizers=['adam'], steps=3"


def said(program):
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120
    )
    return run.stdout


@pytest.mark.parametrize(
    "before",
    [
        "import animate",
        "import animate.scene.load, animate",
        "from animate.scene import RaceScene; import animate",
        "import animate; animate.read",
        "import animate.api, animate",
        "import animate; animate.scene",
    ],
)
def test_the_package_is_the_function_whatever_was_imported_first(before):
    made = f"print(animate.scene({RACE}).model.steps, animate.scene.load.__name__)"
    assert said(f"{before}; {made}") == "3 animate.scene.load\n"


def test_no_library_of_an_extra_is_imported_unless_used():
    program = (
        f"import animate, sys; race = animate.scene({RACE})\n"
        "race.trace(); race.still(); repr(race)\n"
        f"print({EXTRAS} & set(sys.modules))"
    )
    assert said(program) == "set()\n"


def test_a_terminal_shows_three_lines():
    program = (
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "shell = InteractiveShell.instance(colors='nocolor')\n"
        f'shell.run_cell("import animate; animate.scene({RACE})")'
    )
    assert [line.strip() for line in said(program).splitlines()[-3:]] == [
        "<animate.Scene: surface beale, optimizers adam",
        "panels: contour",
        "6 s at 25 frames a second, 640 × 480 pixels>",
    ]


def test_only_public_names_are_offered():
    assert dir(animate) == sorted(animate.__all__)
    for name in dir(animate):
        assert getattr(animate, name)


PUBLIC = [
    animate.read,
    animate.scene,
    animate.trace,
    animate.describe,
    animate.render,
    animate.Scene,
    animate.Widget,
    animate.Trajectories.to_dataframe,
    *(each for name, each in vars(animate.Scene).items() if name[0] != "_" and callable(each)),
]


@pytest.mark.parametrize("public", PUBLIC, ids=lambda each: getattr(each, "__name__", "scene"))
def test_every_public_name_has_an_example(public):
    if public is animate.scene:
        public = animate.api.scene
    assert ">>> " in public.__doc__
