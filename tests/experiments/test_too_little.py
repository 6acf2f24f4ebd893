"""Options with which nothing is found are refused in a sentence, not shown."""

import pytest

from animate.errors import SceneError
from animate.pipeline import describe
from animate.scene.load import read_text

TWO = "give two different ones or more, which are compared"
RESCALING = (
    "experiment.alphas: must begin with 1, the network as it was trained, and end with another "
    "factor"
)


def few(points: str) -> str:
    return f"{points} too few to average up to step 400; begin earlier, or average more often"


@pytest.mark.parametrize(
    ("experiment", "key", "why"),
    [
        ("bad_minima, widths: [2, 2]", "widths", TWO),
        ("width, widths: [16]", "widths", TWO),
        ("width_generalises, widths: [8]", "widths", TWO),
        ("wide_and_narrow, batches: [16, 16]", "batches", TWO),
        ("sharpness, alphas: [8, 1]", "alphas", RESCALING),
        ("sharpness, alphas: [1]", "alphas", RESCALING),
        ("sharpness, alphas: [1, 3, 1]", "alphas", RESCALING),
        ("swa, steps: 400, every: 60, begins: 300", "begins", few("2 points are")),
        ("swa, steps: 400, begins: 400", "begins", few("1 point is")),
        ("swa, steps: 400, begins: 500", "begins", few("0 points are")),
    ],
)
def test_options_that_leave_too_little_are_refused_as_the_scene_is_read(experiment, key, why):
    text = f"experiment: {{name: {experiment}}}\n"
    with pytest.raises(SceneError) as caught:
        read_text(text, "x.yaml")
    column = text.index(f"{key}: ") + len(key) + 3
    assert caught.value.lines == (f"x.yaml:1:{column}: {why}",)


def test_what_only_the_result_tells_is_refused_in_its_place(tmp_path, monkeypatch):
    monkeypatch.setenv("ANIMATE_CACHE", str(tmp_path))
    script = read_text("experiment: {name: trainability, resolution: 8}\n", "x.yaml")
    with pytest.raises(SceneError) as caught, script.placing():
        describe(script.scene)
    assert caught.value.lines == (
        "x.yaml:1:13: resolution: with 8 there is a level without a boundary; take more",
    )


@pytest.mark.parametrize("experiment", ["saddles", "hessian_spectrum", "segments"])
@pytest.mark.parametrize("steps", [3, 10])
def test_a_handful_of_steps_is_said_to_tell_nothing(experiment, steps, tmp_path, monkeypatch):
    monkeypatch.setenv("ANIMATE_CACHE", str(tmp_path))
    few = "seeds: [0, 1]" if experiment == "hessian_spectrum" else "seeds: [0]"
    text = f"experiment: {{name: {experiment}, steps: {steps}, {few}}}\n"
    said = describe(read_text(text, "x.yaml").scene)
    assert said.endswith(f"So few steps ({steps}) of training tell nothing here; take more.")
