"""Texts of a scene in several languages: that of the style is taken, and a missing one is told."""

import pytest

from animate.errors import SceneError
from animate.scene.load import read_text

TEXT = """\
title: {en: Two words, ru: Два слова}
surface: beale
optimizers: [{name: adam, learning_rate: 0.1, label: {en: mine, ru: мой}}]
story: [{at: 3, say: {en: Here, ru: Вот}}]
panels: [contour, {text: {say: {en: One $x$, ru: Один $x$}}}]
"""


def texts(text, *settings):
    scene = read_text(text, "s.yaml", settings).scene
    return [words for _, words in scene.texts()]


def test_every_text_is_that_of_the_language():
    assert texts(TEXT) == ["Two words", "Here", "One $x$", "mine"]
    assert texts(TEXT, "style.language=ru") == ["Два слова", "Вот", "Один $x$", "мой"]


def test_the_scene_that_travels_keeps_all_languages():
    assert read_text(TEXT, "s.yaml").text == TEXT


@pytest.mark.parametrize(
    ("title", "why"),
    [
        ("{ru: слово}", "s.yaml:1:8: has no text for en, the style's language: {en: …, ru: …}"),
        ("{}", "s.yaml:1:8: title: must be text, or a text for each language: {en: …, ru: …}"),
        (
            "{en: a, de: b}",
            "s.yaml:1:8: title: must be text, or a text for each language: {en: …, ru: …}",
        ),
        ("{en: 3, ru: a}", "s.yaml:1:8: title: must be text, got 3"),
        ("{en: [a], ru: a}", "s.yaml:1:8: title: must be text, got a list"),
        (r"{en: $\\frac$, ru: a}", "s.yaml:1:8: the mathtext between $ and $ cannot be read"),
    ],
)
def test_a_text_that_is_missing_or_none_is_told(title, why):
    with pytest.raises(SceneError) as caught:
        read_text(TEXT.replace("{en: Two words, ru: Два слова}", title), "s.yaml")
    (line,) = caught.value.lines
    assert line.startswith(why)
