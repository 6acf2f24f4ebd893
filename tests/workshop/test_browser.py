"""A real browser shows the workshop: edits, mistakes, places, the start, scenes, axe-core."""

import importlib.util
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import animate
from animate.workshop.edits import version_of
from tests.chromium import Browser
from tests.workshop.conftest import SCENE
from tests.writers.pages import read_page

pytestmark = pytest.mark.browser

RIGHT, HOME, END = "\ue014", "\ue011", "\ue010"
PIXELS = """
const canvas = document.getElementById("picture");
return Array.from(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data);
"""
UNTIL = """
for (let i = 0; i < 2400; i++) {
  if (await (async () => {%s})()) return true;
  await new Promise(next => setTimeout(next, 25));
}
return false;
"""


@dataclass
class Watched:
    """A browser on the page of a folder with scenes."""

    browser: Browser
    folder: Path
    address: str

    @property
    def scene(self) -> Path:
        return self.folder / "race.yaml"

    def open(self, scene: str = "race.yaml") -> None:
        self.browser.open(f"{self.address}?scene={scene}")
        self.full(self.folder / scene)

    def until(self, holds: str) -> None:
        assert self.browser.run(UNTIL % holds), holds

    def full(self, scene: Path | None = None) -> None:
        """Until the full picture is shown of the text that is in the file."""
        text = (scene or self.scene).read_text(encoding="utf-8")
        self.until(
            "const shown = document.body?.dataset; "
            f"return shown?.quality === 'full' && shown.version === '{version_of(text)}' && "
            "!document.getElementById('status').matches('.wrong')"
        )

    def changed(self, before: str) -> None:
        """Until the file has another text than `before`, and its full picture is shown."""
        while self.scene.read_text(encoding="utf-8") == before:
            time.sleep(0.02)
        self.full()

    def save(self, text: str) -> None:
        new = self.folder / "saved"
        new.write_text(text, encoding="utf-8")
        new.rename(self.scene)
        self.full()

    def text(self, place: str) -> str:
        return self.browser.run("return document.getElementById(a[0]).textContent", place)

    def pixels(self) -> np.ndarray:
        width, height = self.browser.run(
            "const c = document.getElementById('picture'); return [c.width, c.height]"
        )
        return np.array(self.browser.run(PIXELS), np.uint8).reshape(height, width, 4)[..., :3]

    def point(self, plane: Any, x: float, y: float) -> tuple[float, float]:
        """Where a place of a plane is on the screen."""
        left, top, right, bottom = plane["box"]
        x0, x1, y0, y1 = plane["windows"][0]
        across, down = (x - x0) / (x1 - x0), (y1 - y) / (y1 - y0)
        box = self.browser.run(
            "const b = document.getElementById('picture').getBoundingClientRect();"
            "return [b.left, b.top, b.width / document.getElementById('picture').width]"
        )
        return (
            box[0] + box[2] * (left + across * (right - left)),
            box[1] + box[2] * (top + down * (bottom - top)),
        )

    def mouse(self, kind: str, x: float, y: float) -> None:
        self.browser.command(
            "Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1
        )


@pytest.fixture(scope="module")
def watched(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    folder = tmp_path_factory.mktemp("watched")
    (folder / "race.yaml").write_text(SCENE, encoding="utf-8")
    (folder / "other.yaml").write_text(SCENE.replace("sphere ", "saddle "), encoding="utf-8")
    command = [sys.executable, "-m", "animate", "watch", str(folder), "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        yield Watched(browser, folder, program.stdout.readline().strip())
        program.terminate()


@pytest.fixture
def page(watched: Watched) -> Watched:
    """The page with the scene as it was in the beginning, paused at its first frame."""
    watched.scene.write_text(SCENE, encoding="utf-8")
    watched.open()
    watched.browser.press(HOME)
    return watched


def plane_of(scene: Path, folder: Path) -> Any:
    animate.render(scene, folder / "whole.html")
    return read_page(folder / "whole.html").numbers["planes"][0]


def test_a_save_keeps_the_moment_and_shows_the_new_picture(page: Watched, tmp_path: Path):
    page.browser.press(*[RIGHT] * 5)
    page.save(SCENE.replace("0.05", "0.08"))
    animate.render(page.scene, tmp_path / "race.html")
    expected = read_page(tmp_path / "race.html").pictures()
    assert page.browser.run("return Number(document.getElementById('position').value)") == 5
    np.testing.assert_array_equal(page.pixels(), expected[5])
    page.browser.press(END)
    np.testing.assert_array_equal(page.pixels(), expected[-1])
    assert page.browser.complaints() == []


def test_a_mistake_is_shown_and_mended(page: Watched):
    good = page.pixels()
    page.scene.write_text(SCENE.replace("momentum,", "momentun,"), encoding="utf-8")
    page.until("return !document.getElementById('wrong').hidden")
    assert page.text("slips").startswith("line 3, column 47")
    assert "Did you mean 'momentum'?" in page.text("slips")
    assert page.text("kept") == "The picture is the last good one."
    np.testing.assert_array_equal(page.pixels(), good)
    page.save(SCENE.replace("0.05", "0.06"))
    assert page.browser.run("return document.getElementById('wrong').hidden")
    assert page.text("status") == "up to date"
    assert page.browser.complaints() == []


def test_a_click_tells_a_place_and_its_loss(page: Watched, tmp_path: Path):
    x, y = page.point(plane_of(page.scene, tmp_path), 0.5, -0.25)
    for kind in ("mousePressed", "mouseReleased"):
        page.mouse(kind, x, y)
    page.until("return !document.getElementById('copy').disabled")
    at = [
        float(page.browser.run("return document.getElementById(a[0]).value", each)) for each in "xy"
    ]
    assert at == pytest.approx([0.5, -0.25], abs=0.03)
    told = float(page.text("loss").removeprefix("loss = "))
    assert told == pytest.approx(at[0] ** 2 + at[1] ** 2, rel=1e-4)


def test_the_start_is_dragged_into_the_file(page: Watched, tmp_path: Path):
    plane = plane_of(page.scene, tmp_path)
    before = page.scene.read_text(encoding="utf-8")
    places = [page.point(plane, *each) for each in ((2.0, 1.0), (1.0, 1.0), (-1.0, 1.5))]
    page.mouse("mousePressed", *places[0])
    for each in places[1:]:
        page.mouse("mouseMoved", *each)
    page.mouse("mouseReleased", *places[-1])
    page.changed(before)
    text = page.scene.read_text(encoding="utf-8")
    start = animate.read(page.scene).model.start[0]  # pyright: ignore
    assert start == pytest.approx((-1.0, 1.5), abs=0.03)
    x, y = start
    assert text == SCENE.replace("[2.0, 1.0]", f"[{x}, {y}]")
    assert page.browser.complaints() == []


def test_a_relief_is_turned_by_the_mouse_and_by_keys(page: Watched):
    text = SCENE.replace("annotate: none}", "annotate: none}\npanels: relief  # seen")
    page.save(text)
    before = page.scene.read_text(encoding="utf-8")
    box = page.browser.run(
        "const b = document.getElementById('picture').getBoundingClientRect();"
        "return [b.left + b.width / 2, b.top + b.height / 2]"
    )
    page.mouse("mousePressed", *box)
    for by in (10, 40):
        page.mouse("mouseMoved", box[0] - by, box[1])
    page.mouse("mouseReleased", box[0] - 40, box[1])
    page.changed(before)
    (relief,) = animate.read(page.scene).model.entries
    assert page.scene.read_text(encoding="utf-8") == text.replace(
        "panels: relief ",
        f"panels: {{relief: {{azimuth: {relief.panel.azimuth}, elevation: "
        f"{relief.panel.elevation}}}}} ",
    )
    before = page.scene.read_text(encoding="utf-8")
    page.browser.run(
        "document.dispatchEvent(new KeyboardEvent('keydown', "
        "{key: 'ArrowRight', shiftKey: true, bubbles: true})); return 0"
    )
    page.changed(before)
    (turned,) = animate.read(page.scene).model.entries
    assert (turned.panel.azimuth - relief.panel.azimuth) % 360 == 10
    assert page.browser.complaints() == []


def test_another_scene_of_the_list(page: Watched):
    page.browser.press("[")
    page.until("return document.title.startsWith('Saddle')")
    assert page.browser.run("return location.search") == "?scene=other.yaml"
    assert page.browser.run("return document.querySelector('nav [aria-current]').text") == "other"
    page.browser.run("history.back(); return 0")
    page.until("return document.title.startsWith('Sphere')")


def test_the_scene_that_is_chosen_last_is_shown_however_fast(page: Watched):
    for _ in range(6):
        page.browser.press("[", "]", "[")
        page.until("return document.title.startsWith('Saddle')")
        page.browser.press("]", "[", "]")
        page.until("return document.title.startsWith('Sphere')")


def test_fifty_saves_end_with_the_last_one(page: Watched, tmp_path: Path):
    for k in range(50):
        page.scene.write_text(SCENE.replace("0.05", f"0.{100 + k}"), encoding="utf-8")
        time.sleep(0.1)
    page.until(
        "return document.getElementById('status').textContent === 'up to date' && "
        "[...document.querySelectorAll('#runs td')].some(e => e.textContent === '0.149')"
    )
    page.browser.press(END)
    animate.render(page.scene, tmp_path / "race.html")
    np.testing.assert_array_equal(page.pixels(), read_page(tmp_path / "race.html").pictures()[-1])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("wrong", [False, True])
def test_axe_finds_nothing_serious(page: Watched, scheme: str, wrong: bool):
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    page.browser.command("Emulation.setEmulatedMedia", features=features)
    if wrong:
        page.scene.write_text(SCENE.replace("momentum,", "momentun,"), encoding="utf-8")
        page.until("return !document.getElementById('wrong').hidden")
    page.browser.run("document.querySelectorAll('details').forEach(e => { e.open = true })")
    found = importlib.util.find_spec("axe_playwright_python")
    assert found is not None, "pip install animate-optimization[browser]"
    assert found.submodule_search_locations
    axe = Path(found.submodule_search_locations[0]) / "axe.min.js"
    page.browser.command("Runtime.evaluate", expression=axe.read_text(encoding="utf-8"))
    told = [
        (each["id"], each["impact"], [node["html"][:100] for node in each["nodes"]])
        for each in page.browser.run("return (await axe.run()).violations")
        if each["impact"] in ("serious", "critical", "moderate")
    ]
    assert told == [], json.dumps(told, indent=1)
    assert page.browser.complaints() == []
