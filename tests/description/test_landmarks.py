"""Saddles and maxima are where the gradient is zero, of the kind that the Hessian says."""

import numpy as np
import pytest

from animate.pipeline import stage
from animate.scene.load import read_text


def staged(surface, more=""):
    text = (
        f"surface: {surface}\noptimizers: [{{name: sgd, learning_rate: 0.001}}]\nsteps: 3\n{more}"
    )
    return stage(read_text(text, "x").scene)


def of_kind(view, kind):
    return sorted(each.at for each in view.landmarks if each.kind == kind)


def test_himmelblaus_function_has_four_minima_four_saddles_and_a_maximum():
    view = staged("himmelblau").view

    def hessian(x, y):
        return np.array(
            [[12 * x**2 + 4 * y - 42, 4 * (x + y)], [4 * (x + y), 12 * y**2 + 4 * x - 26]]
        )

    def gradient(x, y):
        return np.array(
            [
                4 * x * (x**2 + y - 11) + 2 * (x + y**2 - 7),
                2 * (x**2 + y - 11) + 4 * y * (x + y**2 - 7),
            ]
        )

    signs = {"minimum": (1, 1), "saddle": (-1, 1), "maximum": (-1, -1)}
    assert {kind: len(of_kind(view, kind)) for kind in signs} == {
        "minimum": 4,
        "saddle": 4,
        "maximum": 1,
    }
    for each in view.landmarks:
        assert np.abs(gradient(*each.at)).max() < 1e-2
        assert tuple(np.sign(np.linalg.eigvalsh(hessian(*each.at)))) == signs[each.kind]


@pytest.mark.parametrize(
    ("surface", "saddles", "maxima"),
    [
        ('{formula: "x**2 - y**2", window: [[-2, 2], [-2, 2]]}', [(0, 0)], []),
        ('{formula: "x**2 - y**2", window: [[1, 2], [1, 2]]}', [], []),
        ('{formula: "-x**2 - 2*y**2", window: [[-2, 1], [-2, 2]]}', [], [(0, 0)]),
        ('{formula: "x + y", window: [[-2, 2], [-2, 2]]}', [], []),
        ('{formula: "0*x", window: [[-2, 2], [-2, 2]]}', [], []),
        ('{formula: "sin(5*x)*sin(5*y)", window: [[-3, 3], [-3, 3]]}', [], []),  # too many
    ],
)
def test_only_those_in_the_window_are_marked_and_none_of_many(surface, saddles, maxima):
    view = staged(
        surface, "start: [1.2, 1.3]\n" if "[1, 2]" in surface else "start: [0.3, 0.4]\n"
    ).view
    for kind, places in (("saddle", saddles), ("maximum", maxima)):
        found = np.array(of_kind(view, kind)).reshape(-1, 2)
        np.testing.assert_allclose(found, np.array(places).reshape(-1, 2), atol=1e-4)


def test_a_minimum_above_the_lowest_is_a_local_one():
    view = staged('{formula: "(x**2 - 1)**2 + 0.3*x + y**2", window: [[-2, 2], [-1, 1]]}').view
    roots = np.sort(np.roots([4, 0, -4, 0.3]).real)  # where the gradient is zero
    assert [each.at[0] for each in view.landmarks if each.kind == "minimum"] == [
        pytest.approx(roots[0], abs=1e-3)
    ]
    for kind, root in (("saddle", roots[1]), ("local minimum", roots[2])):
        assert of_kind(view, kind) == [(pytest.approx(root, abs=1e-3), pytest.approx(0, abs=1e-3))]


def test_narrow_walls_have_their_saddles_too():
    view = staged("basins_and_walls").view
    (minimum,) = of_kind(view, "minimum")
    along = sorted(abs(x) for x, _ in of_kind(view, "saddle"))
    assert len(along) % 2 == 0  # the walls stand in pairs, left and right of the middle
    np.testing.assert_allclose(along[::2], along[1::2], atol=1e-2)
    assert along[0] < 0.6
    assert np.hypot(*minimum) < 0.1


def words_on(player):
    (axes,) = [each for each in player.figure.axes if each.get_xlabel() == "x"]
    return axes, {text.get_text(): text for text in axes.findobj(lambda a: hasattr(a, "get_text"))}


def test_each_kind_is_named_once_beside_one_of_its_marks():
    player = staged("himmelblau")
    axes, words = words_on(player)
    for kind in ("minimum", "saddle", "maximum"):
        box = words[kind].get_window_extent()
        marks = axes.transData.transform(np.array(of_kind(player.view, kind)))
        beyond = marks - np.clip(marks, box.p0, box.p1)
        assert np.hypot(*beyond.T).min() < 4 * box.height
        assert len([each for each in words if each == kind]) == 1


def test_there_are_none_without_annotations():
    player = staged("himmelblau", "style: {annotate: none}")
    assert player.view.landmarks == ()
    assert not {"minimum", "saddle", "maximum"} & set(words_on(player)[1])


def test_in_a_part_of_the_window_no_name_stands():
    story = "story: [{at: 1, focus: {around: [3, 2], within: 0.5}}]\n"
    player = staged("himmelblau", story + "timing: {seconds: 2}\n")
    player.picture(0)
    assert words_on(player)[1]["saddle"].get_visible()
    player.picture(player.view.timeline.frames - 1)
    assert not words_on(player)[1]["saddle"].get_visible()


@pytest.mark.parametrize(
    ("formula", "window"),
    [
        ("x**2 + y**2", "[[-2, 2], [-2.0e+6, 2.0e+6]]"),
        ("minimum(x**2 + y**2, 1)", "[[-2, 2], [-2, 2]]"),
        ("maximum(x**2 + y**2, 0.05)", "[[-2, 2], [-2, 2]]"),
    ],
)
def test_what_may_be_the_lowest_is_called_no_local_minimum(formula, window):
    """Where a search is not sure of the lowest minimum there is no mark, not a false one."""
    view = staged(f'{{formula: "{formula}", window: {window}}}').view
    assert of_kind(view, "local minimum") == []
