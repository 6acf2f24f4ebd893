"""A real browser plays the HTML page: frames, keys, stories, films, numbers."""

import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.ndimage import binary_dilation

from tests.chromium import Browser
from tests.writers.page_browser import (
    END,
    HOME,
    LEFT,
    READY,
    RIGHT,
    Either,
    opened,
    pages,
    paused,
    pixels,
    text,
)
from tests.writers.pages import read_page

__all__ = ["opened", "pages", "paused"]
pytestmark = pytest.mark.browser


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
