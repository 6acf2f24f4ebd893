"""The table of words is whole, used, and the only place that words come from."""

import ast
import string
from pathlib import Path

import pytest

import animate
from animate.surfaces import SURFACES
from animate.text import WORDS, Words
from animate.text.speech import LANGUAGES
from animate.text.surfaces import SURFACE_TITLES

FILES = sorted(Path(animate.__file__).parent.rglob("*.py"))


def _calls():
    """(file, call) of every `words(…)` and `….words(…)` in the program."""
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and (
                getattr(node.func, "attr", None) == "words"
                or getattr(node.func, "id", None) == "words"
            ):
                yield file, node


def _fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_word_is_asked_for_by_a_key_that_the_table_has():
    asked = set()
    for file, call in _calls():
        key = call.args[0]
        assert isinstance(key, ast.Constant), f"{file}:{call.lineno}: write the key itself"
        assert key.value in WORDS, f"{file}:{call.lineno}: {key.value!r} is not in the table"
        given = {keyword.arg for keyword in call.keywords}
        assert given == _fields(WORDS[key.value][0]), f"{file}:{call.lineno}"
        asked.add(key.value)
    assert asked == set(WORDS), "words that nothing says"


@pytest.mark.parametrize("key", WORDS)
def test_every_word_is_there_in_every_language(key):
    said = WORDS[key]
    assert len(said) == len(LANGUAGES)
    assert all(said)
    assert len({frozenset(_fields(text)) for text in said}) == 1
    russian = said[LANGUAGES.index("ru")]
    bare = "".join(text for text, *_ in string.Formatter().parse(russian))
    assert not any(letter in string.ascii_letters for letter in bare)


def test_every_surface_has_a_russian_title():
    assert set(SURFACE_TITLES) == set(SURFACES)
    assert Words("ru").title("beale", "Beale") == "Функция Била"
    assert Words("en").title("beale", "Beale") == "Beale"
    assert Words("ru").title("x**2 + y**2", "x**2 + y**2") == "x**2 + y**2"


@pytest.mark.parametrize(
    ("value", "english", "russian"),
    [
        (0.005, "0.005", "0,005"),
        (1.0, "1", "1"),
        (0.0, "0", "0"),
        (-2.5, "−2.5", "−2,5"),
        (150, "150", "150"),
        (9999, "9999", "9999"),
        (10_000, "10,000", "10\N{NARROW NO-BREAK SPACE}000"),
        (1_000_000, "1,000,000", "1\N{NARROW NO-BREAK SPACE}000\N{NARROW NO-BREAK SPACE}000"),
        (12345.5, "12,345.5", "12\N{NARROW NO-BREAK SPACE}345,5"),
        (1e-5, "10⁻⁵", "10⁻⁵"),
        (2.5e-7, "2.5 × 10⁻⁷", "2,5 × 10⁻⁷"),
        (3e12, "3 × 10¹²", "3 × 10¹²"),
        (1780.4, "1780.4", "1780,4"),
        (float("inf"), "inf", "inf"),
    ],
)
def test_numbers(value, english, russian):
    assert Words("en").number(value) == english
    assert Words("ru").number(value) == russian


def test_digits_are_significant_ones():
    assert Words("en").number(1783.9, digits=3) == "1780"
    assert Words("en").number(0.0123456, digits=3) == "0.0123"


def test_ranges_and_shares():
    english, russian = Words("en"), Words("ru")
    assert english.between([[0.213, 0.5], [0.3, 0.34]]) == "0.21–0.5"
    assert english.between([3.0, 3.0]) == "3"
    assert russian.between([0.213, 0.5]) == "0,21–0,5"
    assert english.percent(0.125, 1) == "12.5%"
    assert russian.percent(0.125, 1) == "12,5 %"
    assert russian.percents([0.031, 0.1], 1) == "3,1–10 %"
    assert english.percents([0.031, 0.033]) == "3%"


def test_what_matplotlib_wrote_gets_the_languages_mark():
    assert Words("ru").localised("−0.5") == "−0,5"
    assert Words("ru").localised(r"$\mathdefault{0.5}$") == r"$\mathdefault{0{,}5}$"
    assert Words("en").localised("0.5") == "0.5"
    assert Words("en").factor("1e6") == "×10⁶"
    assert Words("ru").factor("1e−6") == "×10⁻⁶"
    assert Words("ru").factor("") == ""
