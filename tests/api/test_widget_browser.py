"""A real browser shows the widget: its sliders ask, and the answers of Python are drawn."""

import json
from base64 import b64encode

import numpy as np
import pytest

import animate
from tests.writers.conftest import browser

__all__ = ["browser"]
pytestmark = pytest.mark.browser

RATE = "optimizers.adam.learning_rate"
RIGHT, TAB = "\ue014", "\ue004"
PAGE = """<!doctype html><meta charset="utf-8"><title>widget</title><style>%s</style>
<body><script type="module">
import widget from %s;
const filled = (value) => value && value.bytes !== undefined
  ? new DataView(Uint8Array.from(atob(value.bytes), (sign) => sign.charCodeAt(0)).buffer)
  : value && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each)])) : value;
const state = {}, hears = {};
window.sent = [];
const model = {
  get: (name) => state[name],
  set: (name, value) => {
    state[name] = value;
    (hears[`change:${name}`] ?? []).forEach((hear) => hear());
  },
  save_changes: () => window.sent.push({ ...state.values }),
  on: (name, hear) => (hears[name] ??= []).push(hear),
  off: (name) => delete hears[name],
};
window.tell = (told) => {
  for (const [name, value] of Object.entries(told)) model.set(name, filled(value));
};
window.begin = (told) => {
  window.tell(told);
  widget.render({ model, el: document.body });
};
</script>"""
READY = (
    "while (!window.begin) await new Promise((next) => setTimeout(next, 20)); window.begin(a[0]);"
)
SEEN = """
const canvas = document.querySelector("canvas"), scale = canvas.width / a[2];
return [...canvas.getContext("2d").getImageData(a[0] * scale, a[1] * scale, 1, 1).data];
"""


def plain(value):
    """It as JSON holds it."""
    match value:
        case bytes():
            return {"bytes": b64encode(value).decode()}
        case dict():
            return {key: plain(each) for key, each in value.items()}
        case _:
            return value


def told(shown, *names):
    return {name: plain(getattr(shown, name)) for name in names}


@pytest.fixture
def shown(browser, tmp_path):
    race = animate.scene(
        surface="beale",
        optimizers=[{"name": "sgd", "learning_rate": 0.01}, {"name": "adam", "learning_rate": 0.1}],
        steps=20,
        style={"size": [480, 360]},
    )
    widget = animate.Widget(race, sliders={RATE: (1e-3, 1), "steps": (0, 40)})
    script = b64encode(widget._esm.encode()).decode()
    page = tmp_path / "widget.html"
    page.write_text(PAGE % (widget._css, json.dumps(f"data:text/javascript;base64,{script}")))
    browser.open(page.as_uri())
    browser.run(READY, told(widget, "sliders", "values", "paths", "picture", "rest"))
    return widget


def head(widget, number):
    """Where the run of that number ends, in pixels of the picture, and its colour."""
    places = np.frombuffer(widget.paths["positions"], "<f4").reshape(widget.paths["shape"])
    colour = widget.paths["runs"][number]["colour"]
    return places[number, 0, -1].tolist(), [*bytes.fromhex(colour[1:])]


def test_a_key_moves_a_slider_and_the_answer_is_drawn(browser, shown):
    place, colour = head(shown, 1)
    assert browser.run(SEEN, *place, 480)[:3] == colour
    browser.press(TAB, RIGHT, RIGHT, RIGHT)
    (first,) = browser.run("return window.sent")  # the others wait for its answer
    asked = first
    while True:
        shown.set_state({"values": asked})
        browser.run("window.tell(a[0])", told(shown, "paths"))
        newest = browser.run("return window.sent.at(-1)")
        if newest == asked:
            break
        asked = newest
    assert 0.1 < first[RATE] < asked[RATE]
    assert len(browser.run("return window.sent")) == 2
    place, colour = head(shown, 1)
    assert browser.run(SEEN, *place, 480)[:3] == colour
    cells = browser.run("return [...document.querySelectorAll('tbody td')].map(e => e.textContent)")
    assert cells == [each["loss"] for each in shown.paths["runs"]]
    output = browser.run("return document.querySelector('output').textContent")
    assert float(output) == asked[RATE]
    assert not browser.complaints()


def test_it_asks_for_the_picture_when_it_rests(browser, shown):
    browser.press(TAB, RIGHT)
    shown.set_state({"values": browser.run("return window.sent[0]")})
    browser.run("window.tell(a[0])", told(shown, "paths"))
    browser.run("await new Promise((next) => setTimeout(next, 900))")
    assert len(browser.run("return window.sent")) == 2
    before = browser.run("return document.querySelector('img').src")
    shown.rest += 1
    browser.run("window.tell(a[0])", told(shown, "picture", "paths"))
    assert browser.run("return document.querySelector('img').src") != before


def test_what_it_is_can_be_read_out(browser, shown):
    said = browser.run("return document.querySelector('canvas').ariaLabel")
    assert said == shown.scene.describe()
    labels = browser.run("return [...document.querySelectorAll('input')].map(e => e.ariaLabel)")
    assert labels == [RATE, "steps"]
    shown.values = {"steps": 0}
    browser.run("window.tell(a[0])", told(shown, "values", "paths"))
    assert browser.run("return document.querySelector('[role=alert]').textContent") == (
        "steps: must be at least 1, got 0"
    )
    dimmed = "return Number(getComputedStyle(document.querySelector('canvas')).opacity) < 0.5"
    assert browser.run(dimmed)
