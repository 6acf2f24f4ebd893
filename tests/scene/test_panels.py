"""`panels:` in all its forms, and where its mistakes are told."""

import pytest

from animate.errors import SceneError
from animate.scene.load import read_text

HEAD = "surface: beale\noptimizers: [sgd]\n"


def _grid(panels, settings=()):
    return read_text(f"{HEAD}panels: {panels}", "x.yaml", settings).scene.panels


def _names(grid):
    return [[entry.name for entry in row] for row in grid.rows]


@pytest.mark.parametrize(
    ("written", "names", "widths", "heights"),
    [
        ("contour", [["contour"]], [None], None),
        ("{contour: {levels: 9}}", [["contour"]], [None], None),
        ("[contour, loss]", [["contour", "loss"]], [None], None),
        ("[[contour, loss], loss]", [["contour", "loss"], ["loss"]], [None, None], None),
        ("{ratio: [2, 1], panels: [contour, loss]}", [["contour", "loss"]], [(2, 1)], None),
        (
            "{ratio: [3, 1], panels: [[contour], {ratio: [1, 2.5], panels: [loss, loss]}]}",
            [["contour"], ["loss", "loss"]],
            [None, (1, 2.5)],
            (3, 1),
        ),
    ],
)
def test_what_is_written_is_the_grid_that_is_meant(written, names, widths, heights):
    grid = _grid(written)
    assert _names(grid) == names
    assert [grid.width(row) for row in range(len(names))] == widths
    assert grid.heights == heights


def test_only_one_list_without_a_ratio_may_turn():
    assert _grid("[contour, loss]").flowing
    assert not _grid("[[contour, loss]]").flowing
    assert not _grid("{ratio: [2, 1], panels: [contour, loss]}").flowing


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("[contour, lost]", "x.yaml:3:19: there is no panel named 'lost'. Did you mean 'loss'?"),
        ("[]", "x.yaml:3:9: panels: must have at least 1 item, got 0"),
        (
            "{ratio: [2, 0], panels: [contour, loss]}",
            "x.yaml:3:17: panels.ratio: must be a list of numbers from 0.001 to 1000",
        ),
        (
            "{ratio: [2], panels: [contour, loss]}",
            "x.yaml:3:17: panels.ratio: must have a number for each of the 2 in panels, got 1",
        ),
        (
            "{ratios: [2, 1], panels: [contour, loss]}",
            "x.yaml:3:10: unknown key 'ratios'. Did you mean 'ratio'?",
        ),
        (
            "[[contour], [{contour: {levels: many}}]]",
            "x.yaml:3:41: panels[1][0].contour.levels: must be a whole number or a list, got "
            "'many'",
        ),
        (
            "[{contour: {split: runs}}]",
            "x.yaml:3:28: panels[0].contour.split: must be 'optimizers', got 'runs'",
        ),
    ],
)
def test_a_mistake_is_told_where_it_stands(written, complaint):
    with pytest.raises(SceneError) as told:
        _grid(written)
    assert told.value.lines == (complaint,)


@pytest.mark.parametrize(
    "written",
    [
        "contour",
        "[loss, contour]",
        "[[loss], [contour]]",
        "{panels: [[loss], {panels: [contour]}]}",
    ],
)
def test_a_setting_finds_its_panel_wherever_it_stands(written):
    grid = _grid(written, ["panels.contour.levels=9"])
    (contour,) = [entry for entry in grid.cells() if entry.name == "contour"]
    assert contour.panel.levels == 9


@pytest.mark.parametrize("nothing", ["''", "0", "false", "[]"])
def test_what_is_no_mapping_is_no_options_of_a_panel(nothing):
    with pytest.raises(SceneError, match=r"s\.yaml:3:\d+: panels\[0\]\.contour: must be a mapping"):
        read_text(
            f"surface: beale\noptimizers: [sgd]\npanels: [{{contour: {nothing}}}]\n", "s.yaml"
        )
