"""The contact sheet of surfaces."""

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from animate.cli import contact_sheet as gallery
from animate.cli.app import app
from animate.theme import theme


def test_every_surface_has_its_tile(tmp_path, monkeypatch):
    monkeypatch.setattr(gallery, "SURFACES", ["sphere", "himmelblau", "beale"])
    picture = np.asarray(
        Image.open(gallery.contact_sheet(tmp_path / "sheet.png").path).convert("RGB")
    )
    (wide, high), margin, name = gallery.TILE, gallery._MARGIN, gallery._NAME
    assert picture.shape[0] == 2 * margin + high + name
    ground = tuple(int(theme("light").colormap[0][k : k + 2], 16) for k in (1, 3, 5))
    for k, minima in enumerate([1, 4, 1]):
        left = margin + k * (wide + gallery._GAP)
        tile = picture[margin + name : margin + name + high, left : left + wide]
        assert np.abs(tile.astype(int) - ground).sum(-1).min() < 25
        dark = (tile.sum(-1) < 200).sum()
        assert 6 * minima < dark < 60 * minima
    beside = picture[margin + name :, margin + 3 * (wide + gallery._GAP) :]
    assert (beside == 255).all()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ["surfaces", "--picture", "sheet.gif"],
            "sheet.gif: a picture of all surfaces is .png, .pdf, .svg",
        ),
        (
            ["panels", "--picture", "sheet.png"],
            "only surfaces have a picture: animate list surfaces --picture FILE",
        ),
    ],
)
def test_what_cannot_be_drawn_is_said(words, sentence):
    result = CliRunner().invoke(app, ["list", *words])
    assert result.exit_code == 2
    assert result.stderr.strip() == sentence
