"""The server of the workshop: what it shows, what it refuses, what it writes."""

import re

import numpy as np
import pytest

import animate
from tests.workshop.conftest import PORT, SCENE, TOKEN, Site
from tests.writers.pages import read_page


def test_the_picture_is_that_of_the_html_export(mended: Site, tmp_path):
    shown = mended.drawn()
    animate.render(mended.scene, tmp_path / "race.html")
    page = read_page(tmp_path / "race.html")
    np.testing.assert_array_equal(shown.pictures, page.pictures())
    assert shown.head["numbers"] == page.numbers
    assert shown.head["about"]["description"] == animate.describe(mended.scene)


def test_a_draft_comes_first_and_has_pictures_of_the_whole(mended: Site):
    whole = mended.drawn()
    seen = []
    leave = mended.workshop.listen(lambda: seen.append(mended.workshop.sheet("race.yaml")))
    mended.save(SCENE.replace("0.05", "0.06"))
    mended.until(lambda state: not state["drawing"])
    leave()
    tags = list(dict.fromkeys((each.tag, each.quality) for each in seen))
    qualities = [quality for _, quality in tags]
    assert qualities == ["full", "draft", "full"]
    assert mended.drawn().head["facts"]["frames"] == whole.head["facts"]["frames"]


def test_a_picture_that_is_known_is_not_sent_again(mended: Site):
    mended.drawn()
    first = mended.get("picture")
    again = mended.get("picture", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_mistake_is_told_with_its_place_and_the_last_good_picture_stays(mended: Site):
    good = mended.get("picture").content
    mended.save(SCENE.replace("momentum,", "momentun,"))
    state = mended.until(lambda state: state["slips"])
    ((text, line, column),) = state["slips"]
    assert (line, column) == (3, 47)
    assert "Did you mean 'momentum'?" in text
    assert mended.get("picture").content == good
    mended.save(SCENE.replace("0.05", "0.07"))
    mended.until(lambda state: not state["slips"] and state["quality"] == "full")
    assert mended.get("picture").content != good


def test_a_scene_that_was_deleted_comes_back(mended: Site):
    good = mended.get("picture").content
    mended.scene.unlink()
    mended.workshop.saved([mended.scene.resolve()])
    assert mended.get("picture").status_code == 404  # it is not in the list
    mended.save(SCENE)
    mended.until(lambda state: not state["drawing"])
    assert mended.get("picture").content == good


def test_the_loss_at_a_place(mended: Site):
    assert mended.get("loss", x="1.5", y="-2").json() == {"loss": pytest.approx(6.25)}
    assert mended.get("loss", x="1e200", y="0").json() == {"loss": None}
    refused = mended.get("loss", x="nan", y="0")
    assert (refused.status_code, refused.json()) == (422, {"why": "x and y are numbers"})


def test_a_start_is_written_and_all_else_stays(mended: Site):
    version = mended.drawn().head["version"]
    assert mended.drawn().head["start"] == [2.0, 1.0]
    answer = mended.post("edit", {"version": version, "start": [0.25, -1.5]})
    assert answer.status_code == 204
    text = mended.scene.read_text(encoding="utf-8")
    assert text == SCENE.replace("[2.0, 1.0]", "[0.25, -1.5]")
    again = mended.post("edit", {"version": version, "start": [1, 1]})
    assert again.json() == {"why": "the file has changed meanwhile; move it once more"}
    assert mended.scene.read_text(encoding="utf-8") == text


def test_sizes_and_themes_are_chosen_and_nothing_else(mended: Site):
    light = mended.drawn()
    assert mended.post("look", {"size": "320x240", "theme": "dark"}).status_code == 204
    dark = mended.drawn()
    assert dark.pictures.shape[1:3] == (240, 320)
    assert dark.pictures[0].mean() < 100 < light.pictures[0].mean()
    for wrong, why in (
        ({"size": "3x1; rm"}, "the size is written 640x480"),
        ({"theme": "x.mplstyle"}, "the theme is one of light, dark, paper, poster"),
        ({"theme": ["dark"]}, "the theme is one of light, dark, paper, poster"),
    ):
        assert mended.post("look", wrong).json() == {"why": why}
    mended.post("look", {})
    np.testing.assert_array_equal(mended.drawn().pictures, light.pictures)


def test_a_file_is_rendered_and_named(mended: Site, tmp_path):
    answer = mended.get("file", format=".gif")
    animate.render(mended.scene, tmp_path / "race.gif")
    assert 'filename="race.gif"' in answer.headers["content-disposition"]
    assert answer.content == (tmp_path / "race.gif").read_bytes()
    refused = mended.get("file", format=".exe")
    assert refused.status_code == 422
    assert refused.json()["why"].startswith("the format is one of .gif, .mp4")


def test_the_list_has_the_scenes_of_the_folder(mended: Site):
    assert mended.workshop.state("race.yaml")["scenes"] == ["other.yaml", "race.yaml"]
    assert mended.drawn("other.yaml").head["about"]["title"] == "Saddle"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("", 403),
        ("wrong/", 403),
        ("wrong/picture?scene=race.yaml", 403),
        (f"{TOKEN}/picture?scene=secret.txt", 404),
        (f"{TOKEN}/picture?scene=../race.yaml", 404),
        (f"{TOKEN}/picture?scene=/etc/passwd", 404),
        (f"{TOKEN}/secret.txt", 404),
        (f"{TOKEN}/..%2fsecret.txt", 404),
        (f"{TOKEN}/../secret.txt", 403),
        (f"{TOKEN}/server.py", 404),
    ],
)
def test_nothing_but_the_page_and_its_scenes_is_answered(site: Site, path, status):
    assert site.client.get(f"/{path}").status_code == status


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"Host": "example.org"}, "another host than this one"),
        ({"Host": f"127.0.0.1:{PORT + 1}"}, "another host than this one"),
        ({"Origin": "http://example.org"}, "a page of another origin"),
        ({"Origin": "null"}, "a page of another origin"),
        ({"Sec-Fetch-Site": "cross-site"}, "a page of another site"),
    ],
)
def test_other_pages_are_refused(site: Site, headers, why):
    answer = site.client.get(f"/{TOKEN}/", headers=headers)
    assert (answer.status_code, answer.text) == (403, f"{why}\n")
    posted = site.client.post(
        f"/{TOKEN}/edit?scene=race.yaml", json={"start": [0, 0]}, headers=headers
    )
    assert posted.status_code == 403


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"version": "x", "start": [1]},
        {"version": "x", "start": [1, True]},
        {"version": "x", "start": [1, "2"]},
        {"version": "x", "panel": ["panels"], "camera": [0, 91]},
    ],
)
def test_only_a_start_or_a_camera_can_be_written(mended: Site, sent):
    before = mended.scene.read_bytes()
    answer = mended.post("edit", sent)
    assert answer.json() == {"why": "this is no change of a scene that can be made"}
    assert mended.scene.read_bytes() == before


def test_what_is_sent_is_json_and_short(mended: Site):
    address = f"/{TOKEN}/edit?scene=race.yaml"
    assert mended.client.post(address, content="x=1").status_code == 415
    assert mended.post("edit", ["x"]).status_code == 422
    assert mended.post("edit", {"x": "x" * 20_000}).status_code == 413


def test_code_runs_only_where_it_is_allowed(mended: Site):
    (mended.folder / "mine.py").write_text("def bowl(x, y):\n    return x**2 + y**2\n")
    mended.save(SCENE.replace("sphere ", '{python: "mine:bowl", window: [[-3, 3], [-3, 3]]} '))
    state = mended.until(lambda state: state["slips"])
    assert "allow it with --allow-code" in state["slips"][0][0]


@pytest.mark.parametrize(
    ("wanted", "lang"), [("ru-RU,ru;q=0.9", "ru"), ("fr,en", "en"), ("", "en")]
)
def test_the_page_is_in_the_language_of_the_browser(site: Site, wanted, lang):
    text = site.client.get(f"/{TOKEN}/", headers={"Accept-Language": wanted}).text
    assert f"<html lang={lang}>" in text
    assert not re.search(r"\{\{\w+\}\}", text)
    assert "http://" not in text.replace("http://www.w3.org", "")
