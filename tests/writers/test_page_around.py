"""A real browser shows the HTML page in print, inside others, and to those who cannot see it."""

import importlib.util
import json
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.chromium import Browser
from tests.writers.page_browser import Either, opened, pages, paused, pixels
from tests.writers.pages import read_page

__all__ = ["opened", "pages", "paused"]
pytestmark = pytest.mark.browser


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
