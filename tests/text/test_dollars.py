"""Dollars that mean money are drawn as they were written, those around mathtext draw a formula."""

import numpy as np
import pytest
from matplotlib.cbook import is_math_text

from animate.errors import SceneError
from animate.figure.text.drawable import drawable, paragraph
from animate.figure.text.plain import plain
from animate.pipeline import stage, trace
from animate.scene.load import read_text
from tests.text.drawn_words import said

RACE = "surface: sphere\noptimizers: [{name: sgd, learning_rate: 0.1}]\nsteps: 3\n"
MONEY = [
    "From $5 to $10",
    "From $5 to $10 with 50% & <less>_x^2",
    "$5-$10, $1,000.50 and $50k",
    "costs 5$ or 6$ a step",
    "costs 5 $ and 6 $ with lr_0.1",
    "between $a and $b",
    r"\$5 to \$10",
]


@pytest.mark.parametrize("text", MONEY)
def test_money_is_no_mathematics(text):
    drawn = drawable(text)
    assert not is_math_text(drawn)
    assert drawn.replace(r"\$", "$") == text.replace(r"\$", "$") == plain(drawn)
    assert drawable(drawn) == drawn


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("$5 and $x^2$", r"\$5 and $x^2$"),
        ("5$ for $x$, 6$ for $y$", r"5\$ for $x$, 6\$ for $y$"),
        ("$x$ and $y_1$", "$x$ and $y_1$"),
        (r"at \$5, $\alpha=2$", r"at \$5, $\alpha=2$"),
        (r"$a$$b$ and $\$5$", r"$a$$b$ and $\$5$"),
        (r"$x\ $ is spaced", r"$x\ $ is spaced"),
    ],
)
def test_mathtext_stays_beside_money(text, drawn):
    assert drawable(text) == drawn
    assert is_math_text(drawn)


@pytest.mark.parametrize(
    "text", ["$x^2 and $y^2", "$ x^2 $", r"$\alpha$5", "$x_1 $", "it is $2^x and $3^x here"]
)
def test_what_was_meant_as_mathtext_is_told_and_not_drawn_as_dollars(text):
    with pytest.raises(ValueError, match="ends right before the next one, which no digit follows"):
        drawable(text)


def test_a_lone_dollar_before_mathtext_is_told():
    with pytest.raises(ValueError, match="opens mathtext that no other closes"):
        drawable("$x^2 alone")


def test_a_paragraph_is_written_line_by_line():
    assert paragraph("from $5\nto $10 or $x$") == "from $5\nto \\$10 or $x$"


def test_money_is_drawn_like_money_with_escaped_dollars_and_not_like_mathtext():
    def picture(title):
        scene = read_text(f"{RACE}title: '{title}'\n", "a.yaml").scene
        return stage(scene).picture(0)

    money = picture("From $5 to $10")
    assert np.array_equal(money, picture(r"From \$5 to \$10"))
    assert not np.array_equal(money, picture("From $5 to 10$"))


def test_a_label_a_caption_and_a_paragraph_keep_their_money():
    text = (
        RACE.replace("0.1", "0.1, label: a $5 to $10 run")
        + "story: [{at: 0, say: now $5 to $10}]\n"
        + "panels: [contour, loss, {text: {say: 'so $5 to $10 it is'}}]\n"
    )
    drawn = [each.replace(r"\$", "$") for each in said(text)]
    assert not any(map(is_math_text, said(text)))
    assert {"a $5 to $10 run", "now $5 to $10", "so $5 to $10 it is"} <= set(drawn)


def test_names_in_a_table_of_paths_keep_their_money(tmp_path):
    rows = "optimizer,step,x,y,loss\n$5 to $10,0,1,1,2\n$5 to $10,1,0,0,0\n"
    (tmp_path / "p.csv").write_text(rows)
    scene = read_text("surface: sphere\npaths: p.csv\n", str(tmp_path / "a.yaml")).scene
    names = stage(scene).view.names
    assert not any(map(is_math_text, names))
    assert [plain(each) for each in names] == ["$5 to $10"]


def test_a_sweep_finds_an_optimizer_whose_label_has_money():
    text = RACE.replace("0.1", "0.1, label: $5 to $10")
    swept = text + "sweep: {optimizers.$5 to $10.learning_rate: [0.1, 0.2]}\n"
    assert read_text(swept, "a.yaml").scene.values_beside == 2


def test_the_mistake_has_its_place():
    with pytest.raises(SceneError) as told:
        read_text(f"{RACE}title: 'So $x^2 and $y^2'\n", "a.yaml")
    assert str(told.value).startswith("a.yaml:4:8: mathtext begins right after its $")


@pytest.mark.parametrize("label", ["a $5 to $10 run", "$50k", r"$5 and $\beta$", r"$\$5$"])
def test_a_trace_names_an_optimizer_as_the_scene_does(label):
    text = RACE.replace("0.1", f"0.1, label: '{label}'")
    assert trace(read_text(text, "a.yaml").scene).labels == (label,)
