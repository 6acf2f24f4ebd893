"""Style files: a theme from one, and a sentence for what is wrong in it or in its name."""

from pathlib import Path

import matplotlib
import pytest

from animate.errors import Remark, SceneError, UnknownName, UsageError
from animate.pipeline import stage
from animate.scene.load import read_text
from animate.theme import THEMES, Theme, theme


@pytest.fixture
def style(tmp_path):
    def write(text: str) -> Path:
        path = tmp_path / "mine.mplstyle"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_style_file_becomes_a_theme(style):
    before = dict(matplotlib.rcParams)
    looks = theme(
        style(
            "axes.prop_cycle: cycler('color', ['tab:red', '00ff00', 'b'])\n"
            "figure.facecolor: 101820\ntext.color: white\nimage.cmap: viridis\n"
            "font.family: serif\nfont.serif: STIXGeneral, DejaVu Serif\n"
        )
    )
    assert isinstance(looks, Theme)
    assert (looks.name, looks.about) == ("mine", "as mine.mplstyle says")
    assert looks.trails == ("#d62728", "#00ff00", "#0000ff")
    assert (looks.paper, looks.ink) == ("#101820", "#ffffff")
    assert (looks.colormap[0], looks.colormap[-1]) == ("#440154", "#fde725")
    assert looks.font == ("STIXGeneral", "DejaVu Serif")
    assert looks.casing == THEMES["dark"].casing
    assert dict(matplotlib.rcParams) == before


def test_what_a_style_file_leaves_open_is_light(style):
    looks = theme(str(style("font.family: DejaVu Serif\n")))
    assert looks.font == ("DejaVu Serif",)
    assert looks.trails == THEMES["light"].trails
    assert looks.colormap == THEMES["light"].colormap


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "axes.prop_cycle: cycler('linewidth', [1, 2])",
            "axes.prop_cycle has no colours; write cycler(color=[...])",
        ),
        ("font.size: 200", "font.size: must be 5 to 30, got 200"),
        ("lines.linewidth: 0", "lines.linewidth: must be 0.75 to 4.5, got 0"),
        ("figure.facecolor: none", "figure.facecolor: a colour must be opaque, got 'none'"),
        ("image.cmap: virids", "there is no colormap named 'virids'. Did you mean 'viridis'?"),
    ],
)
def test_a_mistake_in_a_style_file_names_the_file(style, text, sentence):
    path = style(text)
    with pytest.raises(UsageError) as told:
        theme(path)
    assert str(told.value) == f"{path}: {sentence}"


def test_all_that_is_wrong_in_a_style_file_is_told_at_once(style):
    path = style("font.sise: 20\naxes.grid\nfont.size: 20\nlines.linewidth: 6\ntext.color: fog\n")
    text = f"surface: beale\noptimizers: [sgd]\nstyle: {{theme: {path.name}}}\n"
    with pytest.raises(SceneError) as told:
        read_text(text, str(path.parent / "x.yaml"))
    lines = [line.partition(f"x.yaml:3:16: {path}: ")[2] for line in told.value.lines]
    assert len(lines) == 4
    assert all(lines)
    assert any(line.endswith("Did you mean 'font.size'?") for line in lines)
    assert sum("Missing colon" in line or "'fog'" in line for line in lines) == 2
    assert "lines.linewidth: must be 0.75 to 4.5, got 6" in lines


def test_a_value_that_matplotlib_refuses_names_the_file(style):
    path = style("text.color: not-a-colour")
    with pytest.raises(UsageError) as told:
        theme(path)
    assert str(told.value).startswith(f"{path}: ")
    assert "not-a-colour" in str(told.value)


@pytest.mark.parametrize("name", ["missing.mplstyle", "https://example.org/a.mplstyle"])
def test_a_style_file_is_a_file_that_is_there(name):
    with pytest.raises(UsageError) as told:
        theme(name)
    assert str(told.value) == f"there is no style file {str(Path(name))!r}"


def test_an_unknown_theme_or_colormap_gets_the_nearest_name():
    with pytest.raises(UnknownName) as told:
        theme("drak")
    assert str(told.value) == (
        "there is no theme named 'drak'. Did you mean 'dark'? "
        "A style file of your own ends in .mplstyle."
    )
    with pytest.raises(UnknownName, match="Did you mean 'viridis'"):
        THEMES["light"].with_colormap("viridsi")


def test_sizes_of_type_and_lines_are_factors_of_matplotlibs_own(style):
    looks = theme(style("font.size: 14\nlines.linewidth: 3\n"))
    assert (looks.text, looks.line) == (1.4, 2.0)
    assert looks.unused == ()


def test_what_has_no_effect_is_told_by_name(style):
    assert theme(style("font.family: serif\nfont.serif: DejaVu Serif\n")).unused == ()
    text = "surface: beale\noptimizers: [sgd]\nsteps: 5\nstyle: {theme: mine.mplstyle}\n"
    folder = style("axes.labelcolor: red\nfont.family: serif\naxes.grid: True\n").parent
    scene = read_text(text, str(folder / "scene.yaml")).scene
    with pytest.warns(Remark) as told:
        stage(scene)
    assert [str(each.message) for each in told if each.category is Remark] == [
        f"{folder / 'mine.mplstyle'}: axes.grid and axes.labelcolor have no effect; of a style "
        "file axes.prop_cycle, figure.facecolor, font.family, font.size, lines.linewidth, "
        "image.cmap and text.color are used"
    ]
