"""The tables of words are complete in every language, used, and the only place that words come
from."""

import ast
import string
from pathlib import Path

import pytest

import animate
from animate.signals import SIGNALS
from animate.surfaces import SURFACES
from animate.text import LANGUAGES, Words

FILES = sorted(Path(animate.__file__).parent.rglob("*.py"))
ENGLISH, RUSSIAN = LANGUAGES["en"], LANGUAGES["ru"]
TABLES = {
    "words": ENGLISH.WORDS,
    "words.clause": ENGLISH.CLAUSES,
    "words.counted": ENGLISH.COUNTED,
}
"""The tables that `words(…)`, `words.clause(…)` and `words.counted(…)` look their keys up in."""


def _calls():
    """(file, name of the function, call) of every call for words in the program."""
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                called = "words" if (called, file.name) == ("self", "words.py") else called
                for name in TABLES:
                    if called == name or called.endswith(f".{name}"):
                        yield file, name, node


def _fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _forms(text):
    return (text,) if isinstance(text, str) else text


def test_every_key_that_is_asked_for_exists_with_its_values_and_every_key_is_asked_for():
    asked = {name: set() for name in TABLES}
    for file, name, call in _calls():
        place, key = f"{file}:{call.lineno}", call.args[0]
        assert isinstance(key, ast.Constant), f"{place}: write the key itself"
        assert key.value in TABLES[name], f"{place}: {key.value!r} is not in the table"
        given = {keyword.arg for keyword in call.keywords}
        own = {"n"} if name == "words.counted" else set()
        needed = _fields(_forms(TABLES[name][key.value])[0])
        assert given | own == needed, f"{place}: {key.value!r}"
        asked[name].add(key.value)
    assert asked == {name: set(table) for name, table in TABLES.items()}


@pytest.mark.parametrize("table", ["WORDS", "CLAUSES", "COUNTED"])
def test_every_language_has_the_same_keys_and_values(table):
    english = getattr(ENGLISH, table)
    for tables in LANGUAGES.values():
        texts = getattr(tables, table)
        assert list(texts) == list(english), "the same keys in the same order"
        for key, text in texts.items():
            assert all(_forms(text)), key
            needed = _fields(_forms(english[key])[0])
            assert all(_fields(form) == needed for form in _forms(text)), key


@pytest.mark.parametrize("table", ["WORDS", "CLAUSES", "COUNTED"])
def test_russian_is_written_in_cyrillic_letters(table):
    for key, text in getattr(RUSSIAN, table).items():
        bare = "".join(part for form in _forms(text) for part, *_ in string.Formatter().parse(form))
        assert not any(letter in string.ascii_letters for letter in bare), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_counted_has_a_form_for_every_number(language):
    tables = LANGUAGES[language]
    used = {tables.plural(number) for number in range(200)}
    for key, forms in tables.COUNTED.items():
        assert used == set(range(len(forms))), key


def test_every_surface_has_a_russian_title():
    assert set(RUSSIAN.TITLES) == {*SURFACES, *SIGNALS}
    assert Words("ru").title("beale", "Beale") == "Функция Била"
    assert Words("en").title("beale", "Beale") == "Beale"
    assert Words("ru").title("x**2 + y**2", "x**2 + y**2") == "x**2 + y**2"


def test_a_clause_is_in_the_singular_for_one_name_alone():
    for count, english, russian in ((1, "A diverges", "A расходится"), (2, "A diverge", None)):
        assert Words("en").clause("diverges", count, names="A") == english
        assert russian in (None, Words("ru").clause("diverges", count, names="A"))
    assert Words("ru").clause("diverges", 21, names="A") == "A расходятся"


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
    assert russian.percent(0.125, 1) == "12,5\N{NO-BREAK SPACE}%"
    assert russian.percents([0.031, 0.1], 1) == "3,1–10\N{NO-BREAK SPACE}%"
    assert english.percents([0.031, 0.033]) == "3%"


@pytest.mark.parametrize(
    ("share", "told"),
    [(46 / 300, "15.3%"), (0.9996, "99.96%"), (0.99999, "99.999%"), (1, "100%"), (1e-4, "0.01%")],
)
def test_a_share_is_rounded_by_itself_and_nearly_all_is_not_all(share, told):
    assert Words("en").share(share) == told


def test_what_matplotlib_wrote_gets_the_languages_mark():
    assert Words("ru").localised("−0.5") == "−0,5"
    assert Words("ru").localised(r"$\mathdefault{0.5}$") == r"$\mathdefault{0{,}5}$"
    assert Words("en").localised("0.5") == "0.5"
    assert Words("en").factor("1e6") == "×10⁶"
    assert Words("ru").factor("1e−6") == "×10⁻⁶"
    assert Words("ru").factor("") == ""
