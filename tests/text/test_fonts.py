"""Signs that the theme's fonts do not have come from an installed font, and that is told."""

import warnings
from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from matplotlib.font_manager import fontManager

from animate.errors import Remark, SceneError
from animate.figure.text.paragraph import text_width
from animate.pipeline import describe, stage, trace
from animate.scene.load import read_text
from animate.theme import THEMES, TypeRole, fonts

RACE = "surface: sphere\noptimizers: [{name: sgd, learning_rate: 0.1}]\nsteps: 3\n"
FAR = "Source Sans Pro has no sign for '文'"


def _write_font(path, family, signs):
    """A font in which each of `signs` is a square, the first one the smallest."""
    names = {ord(sign): f"u{ord(sign):X}" for sign in signs}
    glyphs = {".notdef": TTGlyphPen(None).glyph()}
    for k, name in enumerate(names.values(), start=3):
        pen = TTGlyphPen(None)
        pen.moveTo((0, 0))
        for corner in ((0, 100 * k), (100 * k, 100 * k), (100 * k, 0)):
            pen.lineTo(corner)
        pen.closePath()
        glyphs[name] = pen.glyph()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(list(glyphs))
    font.setupCharacterMap(names)
    font.setupGlyf(glyphs)
    font.setupHorizontalMetrics(dict.fromkeys(glyphs, (1000, 0)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": family, "styleName": "Regular"})
    font.setupOS2(sTypoAscender=800, usWeightClass=400)
    font.setupPost()
    font.save(path)


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Add fonts to those that come with matplotlib and that of the house; the machine's own are
    out of sight."""
    fonts.bring_house_font()
    ours = ("mpl-data", "font_source_sans_pro")
    own = [each for each in fontManager.ttflist if any(name in str(each.fname) for name in ours)]
    monkeypatch.setattr(fontManager, "ttflist", own)

    def clear():
        fonts.installed_with.cache_clear()
        fonts._signs.cache_clear()

    def add(family, signs):
        path = tmp_path / f"{family}.ttf"
        _write_font(path, family, signs)
        fontManager.addfont(path)
        clear()

    clear()
    yield add
    clear()


def _scene(title):
    return read_text(f"{RACE}title: '{title}'\n", "a.yaml").scene


def _told(act, scene):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        act(scene)
    return [str(each.message) for each in caught if issubclass(each.category, Remark)]


def test_a_sign_of_an_installed_font_is_drawn_in_it_and_told(install):
    install("Far", "中文")
    scene = _scene("a 中 b")
    assert _told(stage, scene) == ["'中' is drawn in Far, since Source Sans Pro does not have it"]
    assert stage(scene).view.theme.font == ("Source Sans Pro", "DejaVu Sans", "Far")
    assert np.array_equal(stage(scene).picture(0), stage(_scene("a 中 b")).picture(0))
    assert not np.array_equal(stage(scene).picture(0), stage(_scene("a 文 b")).picture(0))


def test_nothing_is_told_where_nothing_is_drawn_or_no_font_is_borrowed(install):
    install("Far", "中文")
    assert _told(trace, _scene("a 中 b")) == _told(describe, _scene("a 中 b")) == []
    assert _told(stage, _scene("Потери ≤ η")) == []


def test_as_few_fonts_as_can_be_are_taken_the_first_by_name_among_equals(install):
    install("Near", "中")
    install("Beta", "中文")
    install("Alpha", "中文")
    install("Last", "字")
    assert dict(fonts.installed_with(frozenset("中文字语≤"))) == {
        "≤": "DejaVu Sans",
        "中": "Alpha",
        "文": "Alpha",
        "字": "Last",
    }


def test_a_sign_that_no_installed_font_has_is_a_mistake(install):
    install("Far", "中")
    with pytest.raises(SceneError) as told:
        _scene("a 中文 b")
    assert str(told.value) == f"a.yaml:4:8: {FAR}; leave it out or choose another theme"


def test_beside_mathtext_no_other_font_is_used(install):
    install("Far", "中文")
    with pytest.raises(SceneError) as told:
        _scene("文 of $x$")
    why = "and beside mathtext no other font is used; leave out one of them"
    assert str(told.value) == f"a.yaml:4:8: {FAR}, {why}"


def test_a_sign_beside_mathtext_that_the_house_font_lacks_sets_all_type_in_another():
    scene = _scene("∇L of $x$")
    why = "since Source Sans Pro lacks a sign that stands beside mathtext"
    assert _told(stage, scene) == [f"all type is DejaVu Sans, {why}"]
    assert stage(scene).view.theme.font == ("DejaVu Sans",)
    assert stage(_scene("∇L of x")).view.theme.font[0] == "Source Sans Pro"


@pytest.mark.parametrize("title", ["∇L ≤ η, 10⁻⁸, ℓ₂ №5 Щёлк", "$\\nabla L = \\sqrt{\\eta}$ Щёлк"])
def test_no_sign_of_the_house_is_drawn_as_an_empty_box(title, caplog):
    """matplotlib logs every sign that it has no glyph for."""
    stage(_scene(title)).picture(0)
    assert not [each for each in caplog.messages if "glyph" in each]


def test_figures_have_one_width_and_letters_are_those_of_the_house():
    view = stage(_scene("a")).view
    widths = {text_width(view, digit * 10, "label") for digit in "0123456789"}
    assert len(widths) == 1
    general = replace(view, theme=replace(view.theme, font=("DejaVu Sans",)))
    assert text_width(view, "optimization", "label") < text_width(general, "optimization", "label")


@pytest.mark.parametrize("theme", ["light", "paper", "poster"])
def test_a_factor_scales_all_type(theme):
    plain, large = (
        stage(read_text(f"{RACE}style: {{theme: {theme}{more}}}\n", "a.yaml").scene).view
        for more in ("", ", font_size: 1.25")
    )
    for role in ("title", "caption", "label", "legend", "tick", "note"):
        assert large.type(role) == pytest.approx(1.25 * plain.type(role))


def test_nothing_is_small_on_a_phone():
    sizes = [THEMES["light"].type_size(role, (1080, 1350)) for role in get_args(TypeRole)]
    assert min(sizes) >= 22
