"""Words on the panels of experiments: beside the curves, and the same on all of a kind."""

import re
from dataclasses import replace

import numpy as np
import pytest

from animate.pipeline import stage
from animate.scene.load import read_text
from tests.experiments.conftest import small_result

SIZES = ("480, 320", "560, 400", "720, 480", "1080, 1080", "1080, 1350")


def staged(monkeypatch, result, name, size, language):
    monkeypatch.setattr("animate.networks.experiments.table.run_experiment", lambda *_: result)
    style = f"style: {{size: [{size}], language: {language}}}\ntiming: {{seconds: 1, fps: 8}}\n"
    return stage(read_text(f"experiment: {name}\n{style}", "x").scene)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_words_about_curves_lie_on_neither(monkeypatch, size, language):
    result = small_result("mode_connectivity")
    bent = 0.001 + 2 * np.sin(np.pi * result.t) ** 2
    losses = np.geomspace(bent, 0.001, len(result.steps))[None].repeat(len(result.losses), axis=0)
    result = replace(result, losses=losses)
    player = staged(monkeypatch, result, "mode_connectivity", size, language)
    axes = next(each for each in player.figure.axes if each.get_yscale() == "log")
    for frame in (0, player.view.timeline.frames - 1):
        player.picture(frame)
        texts = [each for each in axes.texts if each.get_text() and each.get_visible()]
        texts += [each for each in axes.artists if hasattr(each, "get_text") and each.get_visible()]
        for text in texts:
            box = text.get_window_extent()
            for line in axes.lines:
                x, y = line.get_xydata().T
                fine = np.linspace(0, 1, 2000)
                dense = np.stack([fine, np.exp(np.interp(fine, x, np.log(y)))], axis=1)
                assert not any(box.contains(*at) for at in axes.transData.transform(dense))


@pytest.mark.parametrize("size", SIZES)
def test_all_slices_are_headed_alike(monkeypatch, size):
    player = staged(monkeypatch, small_result("width"), "width", size, "ru")
    heads = [each.title for each in player.figure.axes if each.get_title()]
    assert len(heads) == 2
    assert len({re.sub(r"[\d,\s%]", "", head.get_text()) for head in heads}) == 1
    assert len({head.get_visible() for head in heads}) == 1


@pytest.mark.parametrize("ratio", [1.3, 2.0, 8.0, 200.0])
def test_ticks_of_a_profile_are_in_the_language_whatever_it_spans(monkeypatch, ratio):
    result = small_result("mode_connectivity")
    bent = 2.2 * ratio ** np.sin(np.pi * result.t)
    losses = np.geomspace(bent, 2.2, len(result.steps))[None].repeat(len(result.losses), axis=0)
    player = staged(
        monkeypatch, replace(result, losses=losses), "mode_connectivity", "720, 480", "ru"
    )
    player.picture(0)
    axes = next(each for each in player.figure.axes if each.get_yscale() == "log")
    labels = [
        label.get_text()
        for label in axes.get_yticklabels(which="both")
        if axes.get_ylim()[0] <= label.get_position()[1] <= axes.get_ylim()[1] and label.get_text()
    ]
    assert len(labels) >= 2
    assert not any("." in label for label in labels)
