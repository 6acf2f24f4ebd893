"""A Russian picture has no English word in it, whatever panels it shows."""

import re

import pytest
from matplotlib.text import Text

from animate.exhibits import EXHIBITS
from animate.experiments import EXPERIMENTS
from animate.movie import stage
from animate.panels import PANELS
from animate.panels.landscape import LANDSCAPE_PANELS
from animate.reading import read_text
from animate.words import Words
from tests.experiments.conftest import small_result

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
    return _said(scene % (theme, panel))


def _said(scene):
    ready = stage(read_text(scene, "x.yaml").scene)
    ready.picture(ready.view.timeline.frames - 1)
    return [text.get_text() for text in ready.figure.findobj(Text) if text.get_text()]


def _english(texts):
    bare = [re.sub(r"\$[^$]*\$", "", text) for text in texts]
    return [text for text in bare if re.search(r"[A-Za-z]{2,}|\d\.\d", text)]


NEEDS = {"text": "{text: {say: Абзац}}", "memory": "{memory: {of: mean}}"}


RACES = [name for name in PANELS if name not in LANDSCAPE_PANELS]


@pytest.mark.parametrize("panel", [NEEDS.get(name, name) for name in RACES])
def test_no_english_word_is_left(panel):
    texts = _texts(SCENE, panel, "paper")
    assert not _english(texts)
    assert "Функция Била" in texts
    assert "расписание" in texts
    assert any(re.fullmatch(r"✕ шаг \d+", text) for text in texts)


def test_ticks_have_the_decimal_comma():
    texts = _texts(SCENE, "contour: {}", "light")
    assert not [text for text in texts if re.search(r"\d\.\d", text)]
    small = SCENE.replace("surface: beale", "surface: {name: beale, window: [[0, 1], [0, 1]]}")
    assert "0,8" in _texts(small, "contour", "light")


EXHIBITION = (
    "experiment: %s\nstyle: {language: ru, size: [960, 600]}\ntiming: {seconds: 1, fps: 2}\n"
)


@pytest.mark.parametrize("name", sorted(EXPERIMENTS))
def test_an_experiment_speaks_russian(name, monkeypatch):
    monkeypatch.setattr("animate.exhibits.table.run_experiment", lambda *_: small_result(name))
    texts = _said(EXHIBITION % name)
    assert len(" ".join(texts)) > 150
    assert not _english(texts)


def test_every_panel_of_experiments_is_shown_by_one(monkeypatch):
    """So that none of them goes unread by the test above; and the plain map of the skips."""
    shown = set()
    for name in EXPERIMENTS:
        rows = EXHIBITS[name](small_result(name), Words("ru")).panels
        shown |= {
            panel if isinstance(panel, str) else next(iter(panel)) for r in rows for panel in r
        }
    assert set(LANDSCAPE_PANELS) - shown == {"off_plane"}
    monkeypatch.setattr(
        "animate.exhibits.table.run_experiment", lambda *_: small_result("skip_connections")
    )
    texts = _said(EXHIBITION % "skip_connections" + "panels: [cut, {cut: {number: 2}}]")
    assert {"без обходов", "с обходами, равное начало"} <= set(texts)
    assert not _english(texts)


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
    texts = _said(NETWORK % plane)
    assert "Потери нейросети на плоскости" in texts
    assert any("разброса" in text for text in texts)
    assert not _english(texts)
