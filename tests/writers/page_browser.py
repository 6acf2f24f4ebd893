"""Pages of a story, a film, the flagship and a bare clip, opened in a real browser."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import animate
from animate.scene.load import read_text
from animate.writers import write_all
from tests.chromium import Browser
from tests.firefox import Firefox
from tests.writers.films import film
from tests.writers.pages import FILM

Either = Browser | Firefox

LEFT, RIGHT, HOME, END = "\ue012", "\ue014", "\ue011", "\ue010"
FLAGSHIP = Path(__file__).parents[2] / "scenes/beale.yaml"
STORY = """
title: "</script><script>hacked=1</script>"
surface: saddle
optimizers: [{name: sgd, learning_rate: 0.05}, {name: adagrad, learning_rate: 0.1}]
steps: 60
timing: {seconds: 2, fps: 10, hold: 0.5, loop: false}
style: {size: [480, 360]}
story:
  - {at: 0, say: "Both start on the ridge.", pause: 0.5}
  - {at: 20, say: "Closer.", focus: {around: [0, 0], within: 0.4}}
  - {at: 40, say: "Apart.", focus: none}
"""
PIXELS = """
const canvas = document.getElementById(a[0]);
return Array.from(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data);
"""
READY = """
for (let i = 0; i < 200 && !document.getElementById("number").textContent; i++)
  await new Promise(next => setTimeout(next, 50));
return document.getElementById("number").textContent;
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a story, a film, the flagship and a bare clip, each as a page and a snippet."""
    folder = tmp_path_factory.mktemp("pages")
    for name, text in (("story", STORY), ("film", FILM)):
        script = read_text(text, "scene.yaml")
        animate.render(script, folder / f"{name}.html", folder / f"{name}.embed.html")
    animate.render(FLAGSHIP, folder / "beale.html")
    plain = animate.read(FLAGSHIP, settings=["style.trail_by=plain", "timing.hold=0"])
    animate.render(plain, folder / "plain.html")
    bare = film(20, fps=10, hold=0.5, size=(130, 97), moving=True)
    write_all(bare.clip, bare.frames(), {folder / "bare.html": {}})
    return folder


@pytest.fixture
def opened(browser: Browser, pages: Path) -> Callable[..., None]:
    """Open a page by its name, paused at its first frame unless asked otherwise."""

    def open_page(name: str, *, paused: bool = True, reduced: bool = False) -> None:
        features = [{"name": "prefers-reduced-motion", "value": "reduce" if reduced else ""}]
        browser.command("Emulation.setEmulatedMedia", media="", features=features)
        browser.open((pages / f"{name}.html").as_uri())
        assert browser.run(READY)
        if paused:
            browser.press(HOME)

    return open_page


@pytest.fixture
def paused(either: Either, pages: Path) -> Callable[[str], None]:
    """Open a page by its name in either browser, at its first frame."""

    def open_page(name: str) -> None:
        either.open((pages / f"{name}.html").as_uri())
        assert either.run(READY)
        either.press(HOME)

    return open_page


def text(browser: Either, place: str) -> str:
    return browser.run("return document.getElementById(a[0]).textContent", place)


def pixels(browser: Either, canvas: str, shape: tuple[int, int]) -> np.ndarray:
    return np.array(browser.run(PIXELS, canvas), np.uint8).reshape(*shape, 4)
