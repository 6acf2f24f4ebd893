"""Options with which nothing is found are refused in a sentence, not shown."""

import pytest

from animate.errors import SceneError
from animate.pipeline import describe
from animate.scene.load import read_text

TWO = "give two different ones or more, which are compared"


@pytest.mark.parametrize(
    ("experiment", "why"),
    [
        ("bad_minima, widths: [2, 2]", f"widths: {TWO}"),
        ("width, widths: [16]", f"widths: {TWO}"),
        ("width_generalises, widths: [8]", f"widths: {TWO}"),
        (
            "trainability, resolution: 8",
            "resolution: with 8 there is a level without a boundary; take more",
        ),
    ],
)
def test_too_little_is_refused(experiment, why, tmp_path, monkeypatch):
    monkeypatch.setenv("ANIMATE_CACHE", str(tmp_path))
    script = read_text(f"experiment: {{name: {experiment}}}\n", "x.yaml")
    with pytest.raises(SceneError) as caught, script.placing():
        describe(script.scene)
    assert caught.value.lines == (f"x.yaml:1:13: {why}",)


@pytest.mark.parametrize("experiment", ["saddles", "hessian_spectrum", "segments"])
@pytest.mark.parametrize("steps", [3, 10])
def test_a_handful_of_steps_is_said_to_tell_nothing(experiment, steps, tmp_path, monkeypatch):
    monkeypatch.setenv("ANIMATE_CACHE", str(tmp_path))
    few = "seeds: [0, 1]" if experiment == "hessian_spectrum" else "seeds: [0]"
    text = f"experiment: {{name: {experiment}, steps: {steps}, {few}}}\n"
    said = describe(read_text(text, "x.yaml").scene)
    assert said.endswith(f"So few steps ({steps}) of training tell nothing here; take more.")
