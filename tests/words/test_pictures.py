"""A Russian picture has no English word in it, whatever panels it shows."""

import re

import pytest
from matplotlib.text import Text

from animate.movie import stage
from animate.panels import PANELS
from animate.panels.landscape import LANDSCAPE_PANELS
from animate.reading import read_text

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
    ready = stage(read_text(scene % (theme, panel), "x.yaml").scene)
    ready.picture(ready.view.timeline.frames - 1)
    return [text.get_text() for text in ready.figure.findobj(Text) if text.get_text()]


# What is made for experiments speaks English only, and refuses every other language.
NEEDS = {"text": "{text: {say: Абзац}}", "memory": "{memory: {of: mean}}"}


SPOKEN = [name for name in PANELS if name not in LANDSCAPE_PANELS]


@pytest.mark.parametrize("panel", [NEEDS.get(name, name) for name in SPOKEN])
def test_no_english_word_is_left(panel):
    texts = _texts(SCENE, panel, "paper")
    bare = [re.sub(r"\$[^$]*\$", "", text) for text in texts]
    assert not [text for text in bare if re.search(r"[A-Za-z]{2,}", text)]
    assert "Функция Била" in texts
    assert "расписание" in texts
    assert any(re.fullmatch(r"✕ шаг \d+", text) for text in texts)


def test_ticks_have_the_decimal_comma():
    texts = _texts(SCENE, "contour: {}", "light")
    assert not [text for text in texts if re.search(r"\d\.\d", text)]
    small = SCENE.replace("surface: beale", "surface: {name: beale, window: [[0, 1], [0, 1]]}")
    assert "0,8" in _texts(small, "contour", "light")
