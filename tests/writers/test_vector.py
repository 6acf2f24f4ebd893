"""SVG and PDF: their scene inside, text as text, the terrain at 300 dots to a printed inch."""

import base64
import io
import re
import zlib
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

import animate
from animate.cli.app import app
from animate.errors import UsageError
from animate.pipeline import stage
from animate.writers.source import read_source
from animate.writers.vector import pdf_facts

SCENE = """\
# наискорейший спуск \\( → )
title: "So <fast> & $x^2$"
surface: beale
optimizers: [{name: sgd, learning_rate: 0.01, label: Спуск}]
steps: 12
timing: {seconds: 0.4, fps: 10, hold: 0.2}
style: {size: [320, 240], language: ru}
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("vector")
    (folder / "a.yaml").write_text(SCENE, encoding="utf-8")
    script = animate.read(folder / "a.yaml")
    animate.render(script, folder / "a.svg", folder / "a.pdf")
    return folder, script


def _svg_images(path):
    for each in ElementTree.parse(path).iter("{http://www.w3.org/2000/svg}image"):
        data = each.get("{http://www.w3.org/1999/xlink}href").partition("base64,")[2]
        with Image.open(io.BytesIO(base64.b64decode(data))) as image:
            yield np.asarray(image)


@pytest.mark.parametrize("name", ["a.svg", "a.pdf"])
def test_the_scene_and_the_description_come_back(written, name):
    folder, script = written
    inside = read_source(folder / name)
    assert inside.text == SCENE
    assert inside.description == animate.describe(script)
    assert "Спуск" in inside.description


def test_the_words_stand_where_other_programs_look(written):
    folder, script = written
    said = animate.describe(script)
    tree = ElementTree.parse(folder / "a.svg")
    assert tree.findtext("{http://www.w3.org/2000/svg}desc") == said
    data = (folder / "a.pdf").read_bytes()
    subject = re.search(rb"/Subject \((.*?)(?<!\\)\)", data, re.DOTALL)
    assert subject is not None
    plain = subject[1].replace(b"\\(", b"(").replace(b"\\)", b")").replace(b"\\n", b"\n")
    assert plain.replace(b"\\r", b"\r").replace(b"\\\\", b"\\").decode("utf-16") == said


@pytest.mark.parametrize("name", ["b.svg", "b.pdf"])
def test_without_its_source_nothing_is_said(written, name):
    folder, _ = written
    call = ["still", str(folder / "a.yaml"), "-o", str(folder / name), "--no-source"]
    assert CliRunner().invoke(app, call).exit_code == 0
    with pytest.raises(UsageError, match="carries no scene"):
        read_source(folder / name)
    assert b"urn:animate" not in (folder / name).read_bytes()
    assert b"Subject" not in (folder / name).read_bytes()


def test_the_terrain_has_300_dots_to_an_inch_and_is_no_enlargement(written):
    folder, script = written
    ready = stage(script.model)
    box = ready.figure.axes[0].get_window_extent()
    wanted = [round(side * 300 / 72) for side in (box.height, box.width)]
    large = max(_svg_images(folder / "a.svg"), key=lambda image: image.size)
    assert np.abs(np.subtract(large.shape[:2], wanted)).max() <= 1
    data = (folder / "a.pdf").read_bytes()
    sizes = zip(
        re.findall(rb"/Height (\d+)", data), re.findall(rb"/Width (\d+)", data), strict=True
    )
    assert any(np.abs(np.subtract((int(h), int(w)), wanted)).max() <= 1 for h, w in sizes)
    # Between two neighbouring dots of one screen pixel an enlargement would have no step.
    grey = large[..., :3].astype(int).sum(-1)
    changes = np.abs(np.diff(grey, axis=1)) > 0
    pixel = np.floor(np.arange(grey.shape[1]) * 72 / 300)
    assert changes[:, np.diff(pixel) == 0].mean() > 0.5 * changes[:, np.diff(pixel) > 0].mean() > 0


def test_text_is_text(written):
    folder, _ = written
    texts = [
        "".join(each.itertext())
        for each in ElementTree.parse(folder / "a.svg").iter("{http://www.w3.org/2000/svg}text")
    ]
    assert "Спуск" in texts
    assert "12" in texts  # the counter of steps, which moves in a clip
    assert b"/Type /Font" in (folder / "a.pdf").read_bytes()


def test_a_picture_drawn_before_and_after_is_the_same(written):
    _, script = written
    ready = stage(script.model)
    before, target = ready.picture(3), io.BytesIO()
    ready.save_svg(3, target)
    assert (ready.picture(3) == before).all()
    again = io.BytesIO()
    ready.save_svg(3, again)
    assert again.getvalue() == target.getvalue()


def test_pdf_strings_may_be_escaped_in_every_way(tmp_path):
    text = "(a) \\ b\r\nc ж"
    raw = pdf_facts(f"animate 0.1.0\n\n{text}", "")["AnimateSource"]
    octal = "".join(f"\\{byte:03o}" for byte in raw).encode()
    named = raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    named = named.replace(b"\r", b"\\r").replace(b"\n", b"\\n")
    for literal in (octal, named):
        path = tmp_path / "a.pdf"
        path.write_bytes(b"%PDF-1.4\n<< /AnimateSource (" + literal + b") >>")
        assert read_source(path).text == text


def test_a_file_that_was_cut_off_is_damaged(written):
    folder, _ = written
    for name in ("a.svg", "a.pdf"):
        data = (folder / name).read_bytes()
        for share in (0.01, 0.1, 0.5, 0.9):
            cut = folder / f"cut-{name}"
            cut.write_bytes(data[: int(share * len(data))])
            with pytest.raises(UsageError) as caught:
                read_source(cut)
            assert str(caught.value) == f"{cut}: is damaged, so its scene cannot be read"


def test_another_programs_pictures_carry_no_scene(tmp_path):
    (tmp_path / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    (tmp_path / "b.svg").write_text('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>')
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.4\n" + zlib.compress(b"nothing") + b"\n%%EOF\n")
    for name, why in (("a.svg", "carries no"), ("b.svg", "carries no"), ("c.pdf", "carries no")):
        with pytest.raises(UsageError, match=why):
            read_source(tmp_path / name)


def test_a_head_outside_of_the_axes_is_a_wedge_at_their_edge(tmp_path):
    (tmp_path / "a.yaml").write_text(
        "surface: {formula: '-0.5*y', window: [[-1, 1], [-1, 1]]}\nstart: [0.2, 0.9]\nsteps: 40\n"
        "optimizers: [{name: sgd, learning_rate: 0.02, color: '#123456'}]\n"
        "panels: [contour]\ntiming: {seconds: 0.4, hold: 0}\nstyle: {legend: false}\n"
    )
    script = animate.read(tmp_path / "a.yaml")
    animate.render(script, tmp_path / "a.svg")
    ready = stage(script.model)
    _, high = ready.paths[0].axes.bbox.get_points()
    (outside,) = ready.paths[0].points[:, -1]
    assert outside[1] > high[1]
    fills = [
        (float(each.get("x")), float(each.get("y")))
        for each in ElementTree.parse(tmp_path / "a.svg").iter("{http://www.w3.org/2000/svg}use")
        if "fill: #123456" in each.get("style", "")
    ]
    ((x, y),) = fills
    assert abs(x - outside[0]) < 1
    top = ready.view.pixels[1] - high[1]
    assert top < y < top + 2 * ready.view.line("head")
