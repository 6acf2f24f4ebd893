"""What findings say where all, some and none of the seeds do a thing."""

import re
from dataclasses import replace

import numpy as np
import pytest

from animate import pipeline
from animate.networks.experiments import EXPERIMENTS
from animate.networks.experiments.hessian_spectrum.presentation import present as hessian_spectrum
from animate.networks.experiments.saddle_free.presentation import present as saddle_free
from animate.networks.experiments.segments.presentation import present as segments
from animate.networks.experiments.skip_connections.presentation import present as skips
from animate.networks.experiments.trainability.presentation import present as trainability
from animate.networks.experiments.walk.presentation import present as walk
from animate.networks.experiments.wide_and_narrow.presentation import present as wide_and_narrow
from animate.scene.load import read_text
from animate.text import Words
from tests.experiments.conftest import small_result

LANGUAGES = ("en", "ru")
NEVER = {"en": ("in 0", "(0 of"), "ru": ("в 0", "(0 из")}


BRIEF = (
    "hessian_spectrum",
    "walk",
    "wide_and_narrow",
    "segments",
    "degenerate_skips",
    "saddle_free",
)
LETTERS = {"en": 230, "ru": 250}
"""What is read beside charts that move; the ranges of every number are on the articles' page."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("experiment", BRIEF)
def test_findings_beside_several_charts_are_short(experiment, language):
    present = EXPERIMENTS[experiment].facts["present"]
    assert len(present(small_result(experiment), Words(language)).finding) <= LETTERS[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_claims_only_what_every_seed_shows(language):
    words = Words(language)
    result = small_result("hessian_spectrum")
    spread = result.eigenvalues.copy()
    spread[-1] = spread[-1, :1]
    assert hessian_spectrum(result, words).title == words("hessian_spectrum claim")
    other = replace(result, eigenvalues=spread)
    assert hessian_spectrum(other, words).title == words("hessian_spectrum title")
    angles = small_result("walk").angles.copy()
    angles[0], angles[1] = 170.0, 1.0
    assert walk(replace(small_result("walk"), angles=angles), words).title == words("walk claim")
    angles[0, -1] = 80.0
    assert walk(replace(small_result("walk"), angles=angles), words).title == words("walk title")


def ranked(shape, first, rest):
    """Values of that shape, along the first axis one and then others."""
    values = np.full(shape, rest, float)
    values[0] = first
    return values


def near_and_apart(result, distance, accuracy):
    """Networks so far apart, of which one has another accuracy than 0.9."""
    accuracies = np.full_like(result.accuracies, 0.9)
    accuracies[0] = accuracy
    distances = np.full_like(result.aligned_distances, distance)
    return {
        "accuracies": accuracies,
        "aligned_distances": distances,
        "lengths": np.ones_like(result.lengths),
    }


def bent(result, rise):
    """A line with a wall of 1 above ends at 0.5, and a curve with one of `rise` in the end."""
    losses = np.full_like(result.losses, 0.5)
    losses[:, 0, 1], losses[:, -1, 1] = 1.5, 0.5 + rise
    return {"losses": losses}


def ended(result, smallest, largest):
    """The highest losses of the fewest and of the most units, in one draw; in others 3 and 1."""
    ends = np.zeros_like(result.ends)
    ends[:, 0, 0], ends[:, -1, 0] = 3.0, 1.0
    ends[-1, 0, 0], ends[-1, -1, 0] = smallest, largest
    return {"ends": ends, "spread": ends.max(axis=-1)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("experiment", "change", "shown", "unseen"),
    [
        ("same_loss", near_and_apart, (2.0, 0.91), (2.0, 0.8)),
        ("same_loss", near_and_apart, (2.0, 0.91), (0.5, 0.91)),
        ("mode_connectivity", bent, (0.05,), (0.3,)),
        ("bad_minima", ended, (3.0, 1.0), (1.0, 3.0)),
        ("skip_connections", lambda it, *two: {"shares": ranked(it.shares.shape, *two)},
         (0.3, 0.1), (0.1, 0.3)),
        ("width", lambda it, *two: {"shares": ranked(it.shares.shape, *two)},
         (0.3, 0.1), (0.1, 0.3)),
        ("escape_directions", lambda it, *two: {
            "rank_correlation": ranked(it.rank_correlation.shape, *two)}, (0.9, 0.8), (0.2, 0.8)),
        ("saddles", lambda it, last: {"steps": it.steps * last}, (1, ), (0,)),
    ],
)  # fmt: skip
def test_a_title_claims_nothing_that_was_not_found(experiment, change, shown, unseen, language):
    result, words = small_result(experiment), Words(language)
    present = EXPERIMENTS[experiment].facts["present"]
    for options, kind in ((shown, "claim"), (unseen, "title")):
        changed = replace(result, **change(result, *options))
        assert present(changed, words).title == words(f"{experiment} {kind}")


def saddles_held(held):
    """The result of saddle_free, its methods at the saddle in `held` [method] of two seeds."""
    result = small_result("saddle_free")
    gradients, eigenvalues = result.gradients.copy(), result.eigenvalues.copy()
    for method, count in enumerate(held):
        gradients[method, :count, -1] = 1e-12
        eigenvalues[method, :count, -1, 0] = -eigenvalues[method, :count, -1, -1]
        gradients[method, count:, -1] = 1.0
    return replace(result, gradients=gradients, eigenvalues=eigenvalues)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_stays_at_the_saddle_is_said_by_method(language):
    result, words = saddles_held([0, 2, 1, 0]), Words(language)
    assert result.at_saddle.sum(axis=1).tolist() == [0, 2, 1, 0]
    said = saddle_free(result, words).finding
    held = words("all", total=2)
    begins = {
        "en": (f"0.001 {held} (loss ", "each step 1 (", "saddle-free none (up to ",
               "descent none ("),
        "ru": (f"0,001 — {held} (потери ", "каждом шаге — 1 (", "без сёдел — ни одного (до ",
               "спуск — ни одного ("),
    }  # fmt: skip
    for begin, losses in zip(begins[language], [1, 2, 3, 0], strict=True):
        ends = result.losses[losses, :, -1]
        told = words.between(ends, 3) if losses == 1 else words.between(ends)
        most = words.number(float(ends.max()), 2).replace(" ", "\N{NO-BREAK SPACE}")
        assert said.split(begin)[1].startswith(most if losses == 3 else told)
    assert not any(each in said for each in NEVER[language])
    assert saddle_free(result, words).names[0] == words("gradient descent")


@pytest.mark.parametrize("language", LANGUAGES)
def test_rises_on_segments_are_told_as_ranges(language):
    result, words = small_result("segments"), Words(language)
    profiles = np.zeros_like(result.profiles)
    profiles[2, 0, 1], profiles[2, 1, 1], profiles[3, :, 1] = 0.25, 0.5, 0.0004
    said = segments(replace(result, profiles=profiles), words).finding
    told = {
        "en": ("SGD to Adam 0,", "to RMSProp 0.25–0.5,", "with other batches 0.0004."),
        "ru": ("SGD к Adam — 0,", "к RMSProp — 0,25–0,5,", "с другими пакетами — 0,0004."),
    }
    assert all(each in said for each in told[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wider_valley_that_is_never_better_is_in_none(language):
    result = small_result("wide_and_narrow")
    level = np.zeros_like(result.held_out)
    said = wide_and_narrow(replace(result, held_out=level), Words(language)).finding
    told = {"en": "in the wider in none of 2, with decay in none of 2.",
            "ru": "меньше ни в одном из 2, с затуханием — ни в одном из 2."}  # fmt: skip
    assert told[language] in said


def test_a_slice_has_its_share_above_it(monkeypatch):
    result = small_result("width")
    monkeypatch.setattr("animate.networks.experiments.table.run_experiment", lambda *_: result)
    stage = pipeline.stage(read_text("experiment: width\n", "scene.yaml").scene)
    cuts = [axes for axes in stage.figure.axes if axes.get_xlabel().startswith("width ")]
    titles = [axes.get_title() for axes in cuts]
    shares = [100 * float(each) for each in result.shares[:, 0]]
    assert titles == [f"non-convex: {each:.1f}%".replace(".0%", "%") for each in shares]
    assert not any(axes.texts for axes in cuts)
    scales = {axes.get_xlabel(): axes.get_xscale() for axes in stage.figure.axes}
    assert (scales["units per layer, log scale"], scales["layers"]) == ("log", "linear")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_share_that_is_not_zero_is_not_said_to_be(language):
    result, words = small_result("skip_connections"), Words(language)
    shares = np.full_like(result.shares, 0.2)
    shares[result.stations[2]] = 0.0004
    said = skips(replace(result, shares=shares), words).finding
    assert words.percent(0.0004, 2) in said
    assert f" {words.percent(0.0)}" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_trainings_told_are_the_pixels_of_the_picture(language):
    result, words = small_result("trainability"), Words(language)
    assert f" {words.number(result.measure.size)}" in f" {trainability(result, words).finding}"


TOLD = {
    "same_loss": ("their starts were ", "With hidden units in the same order"),
    "mode_connectivity": ("with their hidden units aligned",),
    "swa": ("the same run with its rate annealed to zero",),
    "sharpness": ("The first layer times α, the second divided by it",),
    "width": ("deeper networks are moved more",),
    "trainability": ("This is one small network", "in places rounding decides"),
    "bad_minima": ("the middle 90% of their final losses lie within ",),
}
"""What is said against a claim, or bounds it, in the picture itself."""


@pytest.mark.parametrize("experiment", TOLD)
def test_objections_to_a_claim_stand_in_its_finding(experiment):
    finding = (
        EXPERIMENTS[experiment].facts["present"](small_result(experiment), Words("en")).finding
    )
    assert [each for each in TOLD[experiment] if each not in finding] == []


def test_findings_give_the_numbers_of_their_controls():
    """Each in the form of its words, from values that no other part of the finding has."""
    words = Words("en")
    swa = small_result("swa")
    other = replace(swa, annealed_errors=np.full_like(swa.errors, 0.777))
    finding = EXPERIMENTS["swa"].facts["present"](other, words).finding
    assert "annealed to zero has 0.78: more than the mean in 2, equal in 0." in finding
    ends = small_result("same_loss")
    far = replace(
        ends, aligned_distances=np.full((3, 3), 5.55), start_distances=np.full((3, 3), 4.44)
    )
    finding = EXPERIMENTS["same_loss"].facts["present"](far, words).finding
    assert "starts were 4.44 apart" in finding
    assert ", 5.55 remain." in finding
    joined = small_result("mode_connectivity")
    flat = replace(
        joined,
        aligned_losses=np.full_like(joined.aligned_losses, 3.3),
        aligned_accuracies=np.full_like(joined.aligned_accuracies, 0.66),
    )
    finding = EXPERIMENTS["mode_connectivity"].facts["present"](flat, words).finding
    assert ", to 3.3 and 0.66." in finding


@pytest.mark.parametrize(
    "experiment",
    ["same_loss", "mode_connectivity", "sharpness", "skip_connections", "width", "swa"],
)
def test_titles_say_for_which_networks_and_data_a_claim_is_shown(experiment):
    present = EXPERIMENTS[experiment].facts["present"]
    assert re.search(
        "[Ss]mall MLPs on digits", present(small_result(experiment), Words("en")).title
    )
    russian = present(small_result(experiment), Words("ru")).title
    assert re.search("алы[ехй].* перцептрон.*на цифрах", russian)


def test_the_counter_of_averaged_weights_shows_the_steps_of_training():
    """Averaging begins at step 100 of 200; the counter does not begin anew there."""
    paths = EXPERIMENTS["swa"].facts["present"](small_result("swa"), Words("en")).trajectories
    assert (paths.steps[0], paths.steps[-1]) == (100, 190)
