"""Numbers as people write them: 2, 2.5, 1/2, 1½, "twenty-five", "half an", "a couple of"."""

from dayloom.language.rules.phrases import match_phrase, phrase_table, words_of
from dayloom.language.rules.tokens import Found, Line

SMALL = {
    word: number
    for number, word in enumerate(
        words_of(
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
            "fifteen sixteen seventeen eighteen nineteen"
        ),
        start=1,
    )
}
TENS = {
    word: number * 10
    for number, word in enumerate(
        words_of("twenty thirty forty fifty sixty seventy eighty ninety"), 2
    )
}
ORDINALS = {
    word: number
    for number, word in enumerate(
        words_of(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
            "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth "
            "twentieth"
        ),
        start=1,
    )
} | {"thirtieth": 30}
ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_VULGAR = {"¼": 0.25, "½": 0.5, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_LOOSE = phrase_table(
    {
        "a": 1.0,
        "an": 1.0,
        "another": 1.0,
        "half": 0.5,
        "half a": 0.5,
        "half an": 0.5,
        "a half": 0.5,
        "quarter": 0.25,
        "a quarter": 0.25,
        "quarter of an": 0.25,
        "a quarter of an": 0.25,
        "three quarters of an": 0.75,
        "three - quarters of an": 0.75,
        "couple": 2.0,
        "couple of": 2.0,
        "a couple": 2.0,
        "a couple of": 2.0,
        "a pair of": 2.0,
        "few": 3.0,
        "a few": 3.0,
        "several": 3.0,
    }
)
_VAGUE = frozenset({"couple", "few", "several"})
_AND_A_HALF = phrase_table(
    {"and a half": 0.5, "and an half": 0.5, "& a half": 0.5, "and half": 0.5}
)


def read_number(line: Line, at: int) -> Found[float] | None:
    """Return the number at `at`, a whole one or not."""
    found = _read_digits(line, at) or match_phrase(_LOOSE, line, at) or _read_word(line, at)
    if found is None:
        return None
    vague = not _VAGUE.isdisjoint(line.words[at : found.end])
    return Found(found.value, found.end, guess=vague)


def read_half(line: Line, at: int) -> Found[float] | None:
    """Return the half of "and a half"."""
    return match_phrase(_AND_A_HALF, line, at)


def read_whole(line: Line, at: int) -> Found[int] | None:
    """Return a whole number in digits or words, without "a" and "half"."""
    digits = line.number(at)
    if digits is not None:
        return Found(digits, at + 1)
    found = _read_word(line, at)
    return Found(int(found.value), found.end) if found else None


def read_ordinal(line: Line, at: int) -> Found[int] | None:
    """Return n of "3rd", "third" or "twenty-third"."""
    number = line.number(at, digits=2)
    if number is not None:
        ending = line.word(at + 1) in ORDINAL_ENDINGS and line.glued(at + 1)
        return Found(number, at + 2) if ending else None
    if line.word(at) in ORDINALS:
        return Found(ORDINALS[line.word(at)], at + 1)
    ones = at + 2 if line.word(at + 1) == "-" else at + 1
    if line.word(at) in TENS and ORDINALS.get(line.word(ones), 10) < 10:
        return Found(TENS[line.word(at)] + ORDINALS[line.word(ones)], ones + 1)
    return None


def _read_digits(line: Line, at: int) -> Found[float] | None:
    if line.word(at) in _VULGAR:
        return Found(_VULGAR[line.word(at)], at + 1)
    whole = line.number(at)
    if whole is None:
        return None
    end = at + 1
    if line.word(end) in _VULGAR:
        return Found(whole + _VULGAR[line.word(end)], end + 1)
    fraction = _read_fraction(line, end)
    if fraction and not line.glued(end):
        return Found(whole + fraction.value, fraction.end)
    return _read_fraction(line, at) or _read_decimal(line, at) or Found(float(whole), end)


def _read_fraction(line: Line, at: int) -> Found[float] | None:
    upper, lower = line.number(at, digits=1), line.number(at + 2, digits=1)
    tight = line.word(at + 1) == "/" and line.glued(at + 1) and line.glued(at + 2)
    if not tight or not upper or not lower or upper >= lower or lower > 4:
        return None
    return Found(upper / lower, at + 3)


def _read_decimal(line: Line, at: int) -> Found[float] | None:
    tight = line.glued(at + 1) and line.glued(at + 2)
    if line.word(at + 1) not in (".", ",") or not tight or line.number(at + 2) is None:
        return None
    return Found(float(f"{line.word(at)}.{line.word(at + 2)}"), at + 3)


def _read_word(line: Line, at: int) -> Found[float] | None:
    word = line.word(at)
    if word in SMALL:
        return Found(float(SMALL[word]), at + 1)
    if word not in TENS:
        return None
    ones = at + 2 if line.word(at + 1) == "-" else at + 1
    if SMALL.get(line.word(ones), 10) < 10:
        return Found(float(TENS[word] + SMALL[line.word(ones)]), ones + 1)
    return Found(float(TENS[word]), at + 1)
