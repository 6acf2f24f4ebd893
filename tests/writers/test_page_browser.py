"""A real browser plays the HTML page: frames, keys, stories, films, print, accessibility."""

import importlib.util
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.ndimage import binary_dilation

import animate
from animate.scene.load import read_text
from animate.writers import write_all
from tests.chromium import Browser
from tests.firefox import Firefox
from tests.writers.films import film
from tests.writers.pages import FILM, read_page

pytestmark = pytest.mark.browser

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


@pytest.mark.parametrize("name", ["bare", "story", "beale"])
def test_each_step_shows_the_very_next_frame_and_back_the_one_before(
    either: Either, pages: Path, paused: Any, name: str
) -> None:
    expected = read_page(pages / f"{name}.html").pictures()
    paused(name)
    last = len(expected) - 1
    ways = [(0, []), (1, [RIGHT]), (17, [RIGHT] * 16), (16, [LEFT]), (3, [LEFT] * 13)]
    for frame, keys in [*ways, (last, [END]), (last - 1, [LEFT]), (0, [HOME]), (0, [LEFT])]:
        either.press(*keys)
        shown = pixels(either, "picture", expected.shape[1:3])
        np.testing.assert_array_equal(shown[..., :3], expected[frame], err_msg=str(frame))
        assert (shown[..., 3] == 255).all()
    assert either.complaints() == []


def test_it_plays_by_itself_to_its_end_in_its_time(
    browser: Browser, pages: Path, opened: Any
) -> None:
    facts = read_page(pages / "story.html").facts
    opened("story", paused=False)
    assert browser.run("return document.getElementById('play').title") == "Pause"
    browser.press(HOME, " ")
    began = time.monotonic()
    browser.run(
        "const button = document.getElementById('play');"
        "while (button.title !== 'Play') await new Promise(next => setTimeout(next, 20)); return 0"
    )
    assert time.monotonic() - began == pytest.approx(facts["duration"], abs=1.0)
    assert (
        browser.run("return Number(document.getElementById('position').value)")
        == facts["frames"] - 1
    )
    browser.press(" ")  # from the beginning once more
    assert browser.run("return Number(document.getElementById('position').value)") < 12


def test_a_reader_who_wants_no_motion_begins_at_the_end_card(
    browser: Browser, pages: Path, opened: Any
) -> None:
    opened("beale", paused=False, reduced=True)
    expected = read_page(pages / "beale.html").pictures()
    shown = pixels(browser, "picture", expected.shape[1:3])
    np.testing.assert_array_equal(shown[..., :3], expected[-1])
    assert browser.run("return document.getElementById('play').title") == "Play"


def test_the_keys_do_what_their_help_says(either: Either, paused: Any) -> None:
    paused("story")
    either.press("+", "+")
    assert either.run("return document.getElementById('speed').value") == "4"
    either.press("-", "-", "-")
    assert either.run("return document.getElementById('speed').value") == "0.5"
    either.press("l")
    pressed = "return document.getElementById('loop').getAttribute('aria-pressed')"
    assert either.run(pressed) == "true"
    either.press("?")
    assert either.run("return document.getElementById('keys').open")
    either.press("\ue00c")  # Escape
    assert not either.run("return document.getElementById('keys').open")


def test_next_goes_to_the_next_caption(either: Either, pages: Path, paused: Any) -> None:
    stops = read_page(pages / "story.html").facts["stops"]
    paused("story")
    for frame, caption in stops[1:]:
        either.run("document.getElementById('next').click(); return 0")
        assert text(either, "caption") == caption
        assert either.run("return Number(document.getElementById('position').value)") == frame
    assert either.run("return document.getElementById('next').disabled")
    either.press("p")
    assert text(either, "caption") == "Closer."


def test_a_film_has_a_slider_over_its_values(either: Either, pages: Path) -> None:
    either.open((pages / "film.html").as_uri())
    assert either.run(READY)
    expected = read_page(pages / "film.html").pictures()
    assert either.run("return document.getElementById('play').title") == "Play"
    assert either.run("return document.getElementById('position').max") == "2"
    for value, number, frame in ((1, "0.500", 4), (2, "0.900", 8), (0, "0.00", 0)):
        either.run(
            "const bar = document.getElementById('position'); bar.value = a[0];"
            "bar.dispatchEvent(new Event('input')); return 0",
            value,
        )
        assert text(either, "number") == number
        shown = pixels(either, "picture", expected.shape[1:3])
        np.testing.assert_array_equal(shown[..., :3], expected[frame])
    rows = "return [...document.querySelectorAll('#runs tbody tr')].filter(e => !e.hidden).length"
    assert either.run(rows) == 1
    assert either.complaints() == []


def test_the_numbers_are_those_of_the_step(either: Either, pages: Path, paused: Any) -> None:
    numbers = read_page(pages / "beale.html").numbers
    paused("beale")
    either.press(*[RIGHT] * 40)
    step = int(numbers["at"][40])
    assert text(either, "number") == str(step)
    cells = either.run(
        "return [...document.querySelectorAll('#runs tbody tr')]"
        ".map(row => [...row.cells].slice(1, 4).map(cell => cell.textContent))"
    )
    for told, run in zip(cells, numbers["runs"], strict=True):
        for written, column in zip(told, ("x", "y", "loss"), strict=True):
            value = float(written.replace("−", "-"))
            assert value == pytest.approx(run[column][step], rel=1e-4)


def test_a_chosen_run_is_drawn_over_its_own_trail_and_the_panel_alone_is_dimmed(
    either: Either, pages: Path, paused: Any
) -> None:
    page = read_page(pages / "plain.html")
    left, top, right, bottom = map(round, page.numbers["planes"][0]["box"])
    paused("plain")
    either.press(*[RIGHT] * 60)
    either.run("document.querySelectorAll('#runs button')[1].click(); return 0")
    over = pixels(either, "over", (480, 640))
    outside = np.ones((480, 640), bool)
    outside[top - 1 : bottom + 1, left - 1 : right + 1] = False
    assert not over[outside].any()
    assert (over[top + 2 : bottom - 2, left + 2 : right - 2, 3] > 150).all()
    colours = [bytes.fromhex(run["colour"][1:]) for run in page.facts["runs"]]
    inks = np.array([list(each) for each in colours])
    colour = inks[1]
    drawn = (np.abs(over[..., :3].astype(int) - colour).max(axis=2) < 3) & (over[..., 3] > 250)
    below = page.pictures()[60].astype(int)  # trails lie over each other there
    trail = np.any([np.abs(below - ink).max(axis=2) < 60 for ink in inks], axis=0)
    wider = binary_dilation(trail, iterations=2)
    assert drawn.sum() > 300
    assert wider[drawn].mean() > 0.97
    either.run("document.querySelectorAll('#runs button')[1].click(); return 0")
    assert not pixels(either, "over", (480, 640)).any()


def test_print_shows_the_last_frame(browser: Browser, pages: Path, opened: Any) -> None:
    opened("beale")
    expected = read_page(pages / "beale.html").pictures()
    np.testing.assert_array_equal(pixels(browser, "print", (480, 640))[..., :3], expected[-1])
    browser.command("Emulation.setEmulatedMedia", media="print")
    seen = (
        "const seen = id => document.getElementById(id).getClientRects().length > 0;"
        "return ['print', 'picture', 'position', 'runs'].map(seen)"
    )
    assert browser.run(seen) == [True, False, False, True]


@pytest.mark.parametrize("sandbox", ["", 'sandbox="allow-scripts"'])
def test_it_plays_inside_a_frame(browser: Browser, pages: Path, sandbox: str) -> None:
    (pages / "outer.html").write_text(
        f"<!doctype html><meta charset=utf-8><link rel=icon href=data:,><title>x</title>"
        f"<iframe src=story.html width=700 height=800 {sandbox}></iframe>"
    )
    browser.open((pages / "outer.html").as_uri())
    time.sleep(2)
    assert np.unique(browser.screenshot()[60:300, 60:400].reshape(-1, 3), axis=0).shape[0] > 50
    assert browser.complaints() == []


def test_a_snippet_is_as_high_as_its_page(browser: Browser, pages: Path) -> None:
    snippet = (pages / "story.embed.html").read_text(encoding="utf-8")
    (pages / "article.html").write_text(
        "<!doctype html><html lang=en><meta charset=utf-8><link rel=icon href=data:,>"
        f"<title>x</title><body><p>Before</p>{snippet}<p>After</p>",
        encoding="utf-8",
    )
    browser.open((pages / "article.html").as_uri())
    time.sleep(2)
    inner, outer = browser.run(
        "const frame = document.querySelector('iframe');"
        "return [frame.contentDocument.body.scrollHeight, frame.clientHeight]"
    )
    assert outer == pytest.approx(inner, abs=2)
    assert browser.complaints() == []


def test_texts_of_a_scene_run_nothing(either: Either, paused: Any) -> None:
    paused("story")
    assert either.run("return typeof window.hacked") == "undefined"
    assert either.run("return document.title") == "</script><script>hacked=1</script>"


@pytest.mark.parametrize("name", ["beale", "story", "film", "bare"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Browser, opened: Any, name: str, scheme: str) -> None:
    opened(name)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.command("Emulation.setEmulatedMedia", features=features)
    browser.run("document.querySelectorAll('details').forEach(e => { e.open = true; }); return 0")
    found = importlib.util.find_spec("axe_playwright_python")
    assert found is not None, "pip install animate-optimization[browser]"
    assert found.submodule_search_locations
    axe = Path(found.submodule_search_locations[0]) / "axe.min.js"
    browser.command("Runtime.evaluate", expression=axe.read_text(encoding="utf-8"))
    violations = browser.run("return (await axe.run()).violations")
    told = [
        (each["id"], each["impact"], [node["html"][:100] for node in each["nodes"]])
        for each in violations
        if each["impact"] in ("serious", "critical", "moderate")
    ]
    assert told == [], json.dumps(told, indent=1)
    assert browser.complaints() == []
