"""Signs that the theme's fonts do not have come from an installed font, and that is told."""

import warnings

import numpy as np
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from matplotlib.font_manager import fontManager

from animate.errors import Remark, SceneError
from animate.pipeline import describe, stage, trace
from animate.scene.load import read_text
from animate.theme import fonts

RACE = "surface: sphere\noptimizers: [{name: sgd, learning_rate: 0.1}]\nsteps: 3\n"
FAR = "DejaVu Sans has no sign for '文'"


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
    """Add fonts to those that come with matplotlib; the machine's own are out of sight."""
    own = [each for each in fontManager.ttflist if "mpl-data" in str(each.fname)]
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
    assert _told(stage, scene) == ["'中' is drawn in Far, since DejaVu Sans does not have it"]
    assert stage(scene).view.theme.font == ("DejaVu Sans", "Far")
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
