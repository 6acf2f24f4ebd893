"""Whatever a user writes into a picture can be drawn, or is a mistake at its line."""

import numpy as np
import pytest
from matplotlib import ft2font
from matplotlib.text import Text

from animate.errors import SceneError
from animate.pipeline import stage
from animate.scene.load import read, read_text

RACE = "surface: sphere\noptimizers: [{name: sgd, learning_rate: 0.1}]\nsteps: 3\n"
SAY = RACE + "panels: [contour, {text: {say: '%s'}}]\n"
NO_FRACTION = "the mathtext between $ and $ cannot be read: Expected \\frac{num}{den}"


def _mistakes(text, folder="."):
    with pytest.raises(SceneError) as told:
        read_text(text, f"{folder}/a.yaml")
    return [line.removeprefix(f"{folder}/") for line in told.value.lines]


@pytest.mark.parametrize("say", ["so $\\frac$ it is", "well, $\\frac$ costs a $ more"])
def test_a_paragraph_is_read_before_it_is_drawn(say):
    assert _mistakes(SAY % say) == [f"a.yaml:4:32: {NO_FRACTION}"]


def test_a_paragraph_with_a_lone_dollar_or_several_lines_is_drawn():
    scene = read_text(SAY.replace("'%s'", '"it costs 5$\\nin $x^2$ parts"'), "a.yaml").scene
    texts = [each.get_text() for each in stage(scene).figure.findobj(Text)]
    assert "it costs 5$" in texts


def test_a_sign_that_no_font_has_is_a_mistake_in_a_paragraph_too():
    assert _mistakes(SAY % "the 🏔") == [
        "a.yaml:4:32: Source Sans Pro has no sign for '🏔'; leave it out or choose another theme"
    ]


def test_the_names_in_a_table_of_paths_are_read_too(tmp_path):
    (tmp_path / "p.csv").write_text("optimizer,step,x,y,loss\n$\\frac$,0,1,1,2\n$\\frac$,1,0,0,0\n")
    assert _mistakes("surface: sphere\npaths: p.csv\n", tmp_path) == [
        f"a.yaml:2:8: p.csv: the optimizer '$\\\\frac$': {NO_FRACTION}"
    ]


def test_a_file_with_dollars_in_its_name_gives_a_title(tmp_path):
    x = np.linspace(-1, 1, 5)
    np.savez(tmp_path / "a$\\frac$b.npz", x=x, y=x, z=np.add.outer(x**2, x**2))
    text = RACE.replace("sphere", "{grid: 'a$\\frac$b.npz'}")
    scene = read_text(text, str(tmp_path / "a.yaml")).scene
    texts = [each.get_text() for each in stage(scene).figure.findobj(Text)]
    assert "a\\$\\frac\\$b" in texts


STYLED = RACE + "style: {theme: looks/mine.mplstyle}\n"
STYLE = "figure.facecolor: 102030\naxes.prop_cycle: cycler('color', ['ff0000'])\n"


def test_a_style_file_is_looked_for_beside_the_scene(tmp_path, monkeypatch):
    (tmp_path / "scenes" / "looks").mkdir(parents=True)
    (tmp_path / "scenes" / "looks" / "mine.mplstyle").write_text(STYLE)
    (tmp_path / "scenes" / "a.yaml").write_text(STYLED)
    monkeypatch.chdir(tmp_path)
    script = read(tmp_path / "scenes" / "a.yaml")
    ready = stage(script.scene)
    assert tuple(ready.picture(0)[0, 0]) == (0x10, 0x20, 0x30, 255)
    assert ready.view.colours == ("#ff0000",)


def test_a_style_file_outside_of_the_folder_must_be_allowed(tmp_path):
    (tmp_path / "mine.mplstyle").write_text(STYLE)
    (tmp_path / "inner").mkdir()
    text = STYLED.replace("looks/", "../")
    assert _mistakes(text, tmp_path / "inner") == [
        "a.yaml:4:16: '../mine.mplstyle' lies outside of the scene's folder; if you "
        "trust the scene, allow it with --allow-outside"
    ]


def test_a_style_file_that_is_missing_or_mistaken_is_told_at_its_line(tmp_path):
    place = tmp_path / "looks" / "mine.mplstyle"
    assert _mistakes(STYLED, tmp_path) == [
        "a.yaml:4:16: 'looks/mine.mplstyle': there is no such file"
    ]
    place.parent.mkdir()
    place.write_text("font.family: Comic Papyrus\n")
    assert _mistakes(STYLED, tmp_path) == [
        f"a.yaml:4:16: {place}: font.family: none of these fonts is installed: Comic Papyrus"
    ]


SHAPED = hasattr(ft2font, "__libraqm_version__")
HEBREW, ARABIC = "שלום עולם", "سلام"


@pytest.mark.parametrize("word", [HEBREW, ARABIC])
@pytest.mark.parametrize("text", ["%s $x^2$", "$x^2$ is %s", "abc %s, $x$ and $y$"])
def test_letters_from_right_to_left_beside_mathtext_are_refused_at_their_place(word, text):
    assert _mistakes(f"{RACE}title: '{text % word}'\n") == [
        "a.yaml:4:8: beside mathtext, what is written from right to left would be reversed; "
        "leave out one of them"
    ]


@pytest.mark.skipif(not SHAPED, reason="matplotlib turns no text before 3.11")
def test_a_paragraph_may_have_its_mathtext_in_a_line_of_its_own():
    scene = read_text(SAY.replace("'%s'", f'"{HEBREW}\\n$x^2$"'), "a.yaml").scene
    texts = [each.get_text() for each in stage(scene).figure.findobj(Text)]
    assert {HEBREW, "$x^2$"} <= set(texts)


@pytest.mark.skipif(not SHAPED, reason="matplotlib turns no text before 3.11")
def test_letters_from_right_to_left_are_drawn_with_the_first_one_at_the_right():
    """U+202D has letters set from left to right, as they stand in the text."""

    def picture(title):
        return stage(read_text(f"{RACE}title: '{title}'\n", "a.yaml").scene).picture(0)

    drawn = picture("אבג")
    assert np.array_equal(drawn, picture("\u202dגבא"))
    assert not np.array_equal(drawn, picture("\u202dאבג"))


def test_before_matplotlib_turned_text_letters_from_right_to_left_are_refused(monkeypatch):
    monkeypatch.delattr(ft2font, "__libraqm_version__", raising=False)
    assert _mistakes(f"{RACE}title: '{HEBREW}'\n") == [
        "a.yaml:4:8: matplotlib reverses what is written from right to left before its version "
        "3.11; install a newer one"
    ]
