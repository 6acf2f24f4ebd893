"""Texts of a scene in several languages: that of the style is taken, and a missing one is told."""

import re
from itertools import chain
from pathlib import Path

import pytest

from animate.errors import SceneError
from animate.scene.load import read, read_text
from animate.scene.yaml import parse
from animate.text import LANGUAGES

TEXT = """\
title: {en: Two words, ru: Два слова}
surface: beale
optimizers: [{name: adam, learning_rate: 0.1, label: {en: mine, ru: мой}}]
story: [{at: 3, say: {en: Here, ru: Вот}}]
panels: [contour, {text: {say: {en: One $x$, ru: Один $x$}}}]
"""

SCENES = Path(__file__).parents[2] / "scenes"
BOTH = sorted(
    chain.from_iterable(
        (SCENES / folder).glob("*.yaml") for folder in ("article", "landscape", "story")
    )
)
"""The scenes that are told in every language."""


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


def _written(data):
    """Every title, label and say in the data of a scene."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if key in ("title", "label", "say"):
            yield value
        elif isinstance(value, dict | list):
            yield from _written(value)


@pytest.mark.parametrize("path", BOTH, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_scene_of_these_folders_has_each_text_in_every_language(path):
    written = list(_written(parse(path.read_text(encoding="utf-8")).data))
    for each in written:
        assert isinstance(each, dict), f"in one language: {each}"
        assert set(each) == set(LANGUAGES), each
        english, russian = each["en"], each["ru"]
        assert not re.search("[А-Яа-яЁё]", english), english
        assert re.search("[А-Яа-яЁё]", russian) or not re.search("[A-Za-z]", english), russian
        assert not re.search(r"\d\.\d", russian), f"a decimal point: {russian}"
        formulas = [re.findall(r"\$[^$]*\$", text) for text in (english, russian)]
        assert formulas[0] == [each.replace("{,}", ".") for each in formulas[1]]
    for language in LANGUAGES:
        shown = dict(read(path, [f"style.language={language}"]).scene.texts()).values()
        assert {each[language] for each in written} <= set(shown)
