"""The pages that re-tell the two articles: figures, the scenes of these, and both languages."""

import os
import re
import runpy
from pathlib import Path

import pytest

import animate

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "docs" / "articles"
NAMES, LANGUAGES = ("optimizers", "landscape"), ("en", "ru")
EVERY = [PAGES / f"{name}.{language}.md" for name in NAMES for language in LANGUAGES]
WORDS = {"en": "Figure", "ru": "Рисунок"}
_IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)]*)\)\n\n(\*[^\n]*\*)\n")
_SCENE = re.compile(r"\[(scenes/[^\]]*\.yaml)\]\(\.\./\.\./(scenes/[^)]*\.yaml)\)\*$")


def figures(page):
    """The alternative text, the picture and the caption of every figure."""
    return _IMAGE.findall(page.read_text(encoding="utf-8"))


def scene_of(picture):
    return picture.split("/", 2)[2].removesuffix(".png") + ".yaml"


def scenes(page):
    return [scene_of(picture) for _, picture, _ in figures(page)]


@pytest.mark.parametrize("page", EVERY, ids=lambda page: page.name)
def test_every_figure_has_its_scene_and_its_caption_names_it(page):
    language = page.name.split(".")[1]
    found = figures(page)
    assert len(found) == page.read_text(encoding="utf-8").count("![") > 10
    for number, (alternative, picture, caption) in enumerate(found, 1):
        assert alternative.strip()
        assert picture.startswith(f"figures/{language}/")
        assert caption.startswith(f"*{WORDS[language]} {number}. ")
        link = _SCENE.search(caption)
        assert link, caption
        assert link[1] == link[2] == f"scenes/{scene_of(picture)}"
        assert (ROOT / link[1]).is_file()


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_show_the_same_figures_in_the_same_order(name):
    one, other = (scenes(PAGES / f"{name}.{language}.md") for language in LANGUAGES)
    assert one == other
    assert len(set(one)) == len(one)


@pytest.mark.parametrize("folder", ["article", "landscape"])
def test_every_scene_of_an_article_is_on_a_page(folder):
    there = {
        each.relative_to(ROOT / "scenes").as_posix()
        for each in (ROOT / "scenes" / folder).rglob("*.yaml")
    }
    shown = {scene for page in EVERY for scene in scenes(page)}
    assert there
    assert there <= shown


def test_links_of_the_pages_lead_somewhere():
    for page in [*EVERY, PAGES / "README.md"]:
        for link in re.findall(r"(?<!!)\[[^\]]*\]\(([^)#]*)\)", page.read_text(encoding="utf-8")):
            assert (PAGES / link).exists(), link


def test_figures_are_rendered_in_the_pages_language_and_only_once(tmp_path, monkeypatch):
    script = runpy.run_path(str(PAGES / "render.py"))
    found = script["figures"](PAGES / "optimizers.ru.md")
    place = PAGES / "figures" / "ru" / "article" / "01_zigzag.png"
    assert found[place] == ("ru", ROOT / "scenes" / "article" / "01_zigzag.yaml")
    monkeypatch.setitem(os.environ, "PYTHONPATH", str(ROOT))
    scene = tmp_path / "bowl.yaml"
    scene.write_text("surface: sphere\noptimizers: [{name: sgd, learning_rate: 0.1}]\nsteps: 3\n")
    target = tmp_path / "figures" / "bowl.png"
    assert script["render"](target, "ru", scene) == 0
    assert "language: ru" in animate.read(scene, settings=["style.language=ru"]).to_yaml()
    assert script["is_current"](target, "ru", scene)
    assert not script["is_current"](target, "en", scene)
    stamp = target.stat().st_mtime_ns
    assert script["render"](target, "ru", scene) == 0
    assert target.stat().st_mtime_ns == stamp
    scene.write_text(scene.read_text().replace("steps: 3", "steps: 4"))
    assert not script["is_current"](target, "ru", scene)
