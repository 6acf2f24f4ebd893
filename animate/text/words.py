"""The words and numbers of pictures and descriptions, in one language."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count, pairwise
from math import inf, isfinite
from typing import Literal, Protocol, TypeAlias, cast, get_args

from animate.text import en, ru

Language = Literal["en", "ru"]
Numbers: TypeAlias = "float | Iterable[Numbers]"
"""A number, an array or nested lists of them."""

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_GROUPED_FROM = 10_000
"""Numbers from this on have their digits in groups of three."""
_LARGE, _SMALL = 6, -5
"""Powers of ten from which on, and up to which, a number is written with a power of ten."""


_MOST_DIGITS = 15
"""Significant digits of any float that are certain."""
_SHARE = 20.0
"""The least distance of two numbers over the largest error of what is written."""
_FACTOR = re.compile(r"(?:1e(?P<power>-?\d+))?(?:(?P<sign>[+-])(?P<offset>[\d.]+(?:e-?\d+)?))?")
"""What matplotlib writes beside an axis."""


class Tables(Protocol):
    """What the module of a language holds."""

    DECIMAL: str
    THOUSANDS: str
    WORDS: Mapping[str, str]
    CLAUSES: Mapping[str, tuple[str, str]]
    COUNTED: Mapping[str, tuple[str, ...]]
    TITLES: Mapping[str, str]
    plural: Callable[[int], int]


LANGUAGES: Mapping[Language, Tables] = {"en": en, "ru": ru}
assert set(LANGUAGES) == set(get_args(Language))


@dataclass(frozen=True)
class Words:
    """What pictures and descriptions say in one language."""

    language: Language = "en"

    @property
    def _tables(self) -> Tables:
        return LANGUAGES[self.language]

    def __call__(self, key: str, **values: str | float) -> str:
        """The text under `key`, with `values` put in; numbers are written as by `number`.

        >>> Words("ru")("log scale", what="потери")
        'потери, лог. шкала'
        """
        return self._filled(self._tables.WORDS[key], values)

    def clause(self, key: str, count: int, **values: str | float) -> str:
        """The clause under `key`, in the singular where its subject is `count` = 1 name.

        >>> Words("en").clause("diverges", 2, names="SGD and Adam")
        'SGD and Adam diverge'
        """
        return self._filled(self._tables.CLAUSES[key][count != 1], values)

    def counted(self, key: str, number: int) -> str:
        """`number` and the noun under `key`, in the form that goes with it.

        >>> Words("ru").counted("step", 22)
        '22 шага'
        """
        forms = self._tables.COUNTED[key]
        return forms[self._tables.plural(number)].format(n=self.number(number))

    def _filled(self, text: str, values: Mapping[str, str | float]) -> str:
        return text.format_map(
            {
                name: value if isinstance(value, str) else self.number(value)
                for name, value in values.items()
            }
        )

    def number(self, value: float, digits: int = 6, *, padded: bool = False) -> str:
        """`value` to `digits` significant digits, with a minus sign; an int in full.

        Zeros at the end are dropped unless `padded`. Five and more digits before the decimal mark
        stand in groups of three; very large and very small numbers have a power of ten.

        >>> Words("en").number(-12345.678, 7)
        '−12,345.68'
        >>> Words("ru").number(2.5e-7)
        '2,5 × 10⁻⁷'
        """
        exact = _exact(value, digits, padded=padded)
        if not exact.is_finite():
            return str(value)
        if not isinstance(value, float) or _is_plain(exact):
            return self._marked(exact, padded)
        return self._raised(exact, padded)

    def numbers(
        self, values: Iterable[float], digits: int = 6, *, padded: bool = False
    ) -> tuple[str, ...]:
        """`values`, those of one axis or key, so that they can be told apart, in one notation.

        They have `digits` significant digits, or as many as show each to a twentieth of the least
        distance between two. If one needs a power of ten all have one, but for 0 and what is from 1
        to 10.

        >>> Words("en").numbers([0.69314, 0.69316, 0.6932], 3)
        ('0.69314', '0.69316', '0.6932')
        >>> Words("en").numbers([0.0, 1e-6, 0.5], 3)
        ('0', '10⁻⁶', '5 × 10⁻¹')
        >>> Words("en").numbers([1e-6, 1.92], 3)
        ('10⁻⁶', '1.92')
        """
        given = list(values)
        known = sorted({each for each in given if isfinite(each)})
        apart = min((b - a for a, b in pairwise(known)), default=inf)
        while digits < _MOST_DIGITS and any(
            abs(float(_exact(each, digits)) - each) > apart / _SHARE for each in known
        ):
            digits += 1
        exact = [_exact(each, digits, padded=padded) for each in given]
        plain = all(
            isinstance(value, int) or _is_plain(each)
            for value, each in zip(given, exact, strict=True)
            if each.is_finite()
        )
        return tuple(
            self.number(value, digits, padded=padded)
            if plain or not each or not each.is_finite()
            else self._raised(each, padded)
            for value, each in zip(given, exact, strict=True)
        )

    def _raised(self, exact: Decimal, padded: bool) -> str:
        """With a power of ten, but for that of 1."""
        power = exact.adjusted()
        mantissa = self._marked(exact.scaleb(-power), padded)
        if not power:
            return mantissa
        raised = f"10{str(power).translate(_SUPERSCRIPTS)}"
        return {"1": raised, "−1": f"−{raised}"}.get(mantissa, f"{mantissa} × {raised}")

    def place(self, at: Sequence[float]) -> str:
        """A place of a surface: a point of the plane, or of one variable its value.

        >>> Words("en").place([1.0, -2.5]), Words("en").place([0.5])
        ('(1, −2.5)', 'x = 0.5')
        """
        if len(at) == 1:
            return self("place on a line", axis="x", x=at[0])
        return self("point", x=at[0], y=at[1])

    def percent(self, share: float, decimals: int = 0) -> str:
        """`share` as a percentage: 0.125 with one decimal is "12.5%"."""
        return self._percents([share], decimals)

    def share(self, share: float) -> str:
        """`share` as a percentage to three digits: 0.1264 is "12.6%". What is nearly all has as
        many as it takes not to be all: 0.9998 is "99.98%"."""
        percent = round(100 * share, 9)
        digits = next(k for k in count(3) if percent >= 100 or float(f"{percent:.{k}g}") < 100)
        return self("percent", value=self.number(percent, digits))

    def between(self, values: Numbers, digits: int = 2, *, padded: bool = False) -> str:
        """The range of `values`, as "0.21–0.34", or their common value; see `number`."""
        return _range([self.number(each, digits, padded=padded) for each in _ends(values)])

    def percents(self, shares: Numbers, decimals: int = 0) -> str:
        """The range of `shares` as percentages, as "3.1–12%"."""
        return self._percents(_ends(shares), decimals)

    def _percents(self, shares: Iterable[float], decimals: int) -> str:
        written = [self._marked(Decimal(f"{100 * share:.{decimals}f}")) for share in shares]
        return self("percent", value=_range(written))

    def _marked(self, exact: Decimal, padded: bool = False) -> str:
        exact = exact or abs(exact)  # nothing is −0
        grouped = abs(exact) >= _GROUPED_FROM
        whole, _, part = format(exact, ",f" if grouped else "f").partition(".")
        whole = whole.replace(",", self._tables.THOUSANDS).replace("-", "\N{MINUS SIGN}")
        part = part if padded else part.rstrip("0")
        return f"{whole}{self._tables.DECIMAL}{part}" if part else whole

    def localised(self, written: str) -> str:
        """A number by matplotlib, plain or as mathtext, with this language's decimal mark."""
        mark = self._tables.DECIMAL
        return re.sub(r"(?<=\d)\.(?=\d)", f"{{{mark}}}" if "$" in written else mark, written)

    def factor(self, written: str) -> str:
        """What matplotlib writes beside an axis as a factor and what is added after it.

        >>> Words("en").factor("1e6"), Words("en").factor("1e-5+6.931e-1")
        ('×10⁶', '×10⁻⁵ + 0.6931')
        """
        found = _FACTOR.fullmatch(written.replace("\N{MINUS SIGN}", "-"))
        if found is None or not written:
            return self.localised(written)
        power, sign, offset = found["power"], found["sign"], found["offset"]
        factor = f"×10{power.translate(_SUPERSCRIPTS)}" if power else ""
        if not offset:
            return factor
        between = " " if factor else ""
        sign = sign.replace("-", "\N{MINUS SIGN}")
        return f"{factor}{between}{sign}{between}{self.number(float(offset), _MOST_DIGITS)}"

    def title(self, name: str, plain: str) -> str:
        """The title of a surface or signal; `plain` where the language has none of its own."""
        return self._tables.TITLES.get(name, plain)


def _ends(values: Numbers) -> tuple[float, float]:
    """The least and the largest number of an array or of nested lists."""
    if getattr(values, "ndim", 1) == 0 or not isinstance(values, Iterable):
        number = float(cast("float", values))  # an array without axes is one, too
        return number, number
    ends = [end for each in values for end in _ends(each)]
    return min(ends), max(ends)


def _range(written: list[str]) -> str:
    return written[0] if len(set(written)) == 1 else f"{written[0]}–{written[-1]}"


def _exact(value: float, digits: int, *, padded: bool = False) -> Decimal:
    """`value` as a decimal number, one with a fraction to `digits` significant digits."""
    form = f"#.{digits}g" if padded else f".{digits}g"
    return Decimal(f"{value:{form}}") if isinstance(value, float) else Decimal(value)


def _is_plain(exact: Decimal) -> bool:
    """Whether a number is written without a power of ten."""
    return not exact or _SMALL < exact.adjusted() < _LARGE
