r"""Which dollars of a text open and close mathtext, and which are dollars.

As in Pandoc's Markdown (manual, extension `tex_math_dollars`): the opening $ has no blank after it,
the closing one no blank before it and no digit after it. matplotlib knows no such rule: it takes
every dollar of a text that has an even number of them.
"""

import re

_DOLLAR = r"(?<!\\)\$"
FORMULA = re.compile(rf"{_DOLLAR}(?=\S)(?:\\\$|[^$])+?(?:(?<=\S)|(?<=\\\s)){_DOLLAR}(?!\d)")
"""Mathtext with its dollars."""
_SIGN = re.compile(_DOLLAR)
_AMOUNT = re.compile(r"\$\d[^\s\\^_{]*(?=\s|$)|(?<=\d)\$|(?<=\d\s)\$")
"""A dollar with a number in front of it or after it, as in $5, $50k, $1,000.50, 5$ and 5 $."""
_MEANT = re.compile(r"[\\^_{]")
_EMPTY = re.compile(rf"{_DOLLAR}\s*\$(?!\d)")
_LONE = r"a $ opens mathtext that no other closes; for the sign itself write \$"
_NO_PAIR = (
    "mathtext begins right after its $ and ends right before the next one, which no digit follows; "
    r"for the sign itself write \$"
)


def dollars_written(text: str) -> str:
    r"""`text` as matplotlib must get it: \$ for dollars that it would take for mathtext.

    Written so once, a text stays as it is.
    """
    formulas, outside = FORMULA.findall(text), FORMULA.split(text)
    signs = sum(len(_SIGN.findall(part)) for part in outside)
    if signs == 0 or (signs == 1 and not formulas):
        return text
    safe = [_SIGN.sub(r"\\$", part) for part in outside]
    return "".join(part + formula for part, formula in zip(safe, [*formulas, ""], strict=True))


def dollars_read(text: str) -> str:
    """The plainest text that `dollars_written` makes `text` of."""
    plainest = text.replace(r"\$", "$")
    return plainest if dollars_written(plainest) == text else text


def unclosed(text: str) -> str | None:
    """What is wrong with the dollars outside of formulas, if anything is.

    One in a sum of money is itself, any other where neither a formula nor anything that looks like
    mathtext stands beside it.
    """
    outside = FORMULA.split(text)
    if any(_EMPTY.search(part) for part in outside):
        return "there is no mathtext between $ and $"
    for part in outside:
        signs = list(_SIGN.finditer(part))
        if any(
            (len(outside) > 1 or _MEANT.search(part, sign.end()))
            and not _AMOUNT.match(part, sign.start())
            for sign in signs
        ):
            return _LONE if len(signs) == 1 else _NO_PAIR
    return None
