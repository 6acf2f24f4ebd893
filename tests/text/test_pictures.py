"""A Russian picture has no English word in it, whatever panels it shows."""

import re

import pytest

from animate.panels import PANELS
from tests.pictures import of_result
from tests.text.drawn_words import english, said

SCENE = """
surface: beale
optimizers:
  - {name: sgd, learning_rate: 1.0, label: Быстрый}
  - {name: adam, learning_rate: {schedule: constant_schedule, value: 0.15}, label: Адам}
steps: 12
style: {language: ru, size: [640, 480], theme: %s}
panels: [%s]
"""


def _texts(scene, panel, theme):
    return said(scene % (theme, panel))


NEEDS = {"text": "{text: {say: Абзац}}", "memory": "{memory: {of: mean}}"}


RACES = [name for name in PANELS if not of_result(name) and name != "curve"]


@pytest.mark.parametrize("panel", [NEEDS.get(name, name) for name in RACES])
def test_no_english_word_is_left(panel):
    texts = _texts(SCENE, panel, "paper")
    assert not english(texts)
    assert "Функция Била" in texts
    assert "расписание" in texts
    assert any(re.fullmatch(r"✕ шаг \d+", text) for text in texts)


def test_no_english_word_is_left_on_a_graph():
    texts = _texts(SCENE.replace("beale", "double_well"), "curve", "paper")
    assert not english(texts)


def test_ticks_have_the_decimal_comma():
    texts = _texts(SCENE, "contour: {}", "light")
    assert not [text for text in texts if re.search(r"\d\.\d", text)]
    small = SCENE.replace("surface: beale", "surface: {name: beale, window: [[0, 1], [0, 1]]}")
    assert "0,8" in _texts(small, "contour", "light")


NETWORK = """
surface: {network: {hidden: [3]}, data: {name: moons, samples: 40}, plane: %s, resolution: 5}
optimizers: [{name: sgd, learning_rate: 0.1, label: Спуск}]
steps: 5
panels: [[contour, off_plane], [finding]]
style: {language: ru}
"""


@pytest.mark.parametrize("plane", ["pca", "random", "filter_normalized", "hessian"])
def test_a_network_speaks_russian(plane, tmp_path, monkeypatch):
    monkeypatch.setenv("ANIMATE_CACHE", str(tmp_path))
    texts = said(NETWORK % plane)
    assert "Потери нейросети на плоскости" in texts
    assert any("дисперсии" in text for text in texts)
    assert not english(texts)
