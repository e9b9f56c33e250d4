"""
Korean particles, whose form hangs on the last sound of the word before: 글이, 피드가.

A word of Latin letters counts as Koreans say it, as far as its spelling tells; a digit
as it is read in Sino-Korean. Where nobody can tell, both forms stand: ``을(를)``.
"""

import re
from enum import Enum


class End(Enum):
    """The last sound of a word."""

    VOWEL = 0
    CONSONANT = 1
    RIEUL = 2  # ㄹ: a consonant, but 으로 loses its 으 behind it


PARTICLES = {
    "은(는)": ("은", "는"),
    "이(가)": ("이", "가"),
    "을(를)": ("을", "를"),
    "과(와)": ("과", "와"),
    "(으)로": ("으로", "로"),
    "(이)나": ("이나", "나"),
    "(이)라": ("이라", "라"),
}
"""Each as it is written where both are meant: behind a consonant, behind a vowel."""

HANGUL = range(0xAC00, 0xD7A4)
FINALS = 28  # forms of a syllable that differ in the final consonant
FINAL_RIEUL = 8

DIGITS = {**dict.fromkeys("036", End.CONSONANT), **dict.fromkeys("178", End.RIEUL)}
LETTERS = {**dict.fromkeys("MN", End.CONSONANT), **dict.fromkeys("LR", End.RIEUL)}
SPELLINGS = (
    (re.compile(r"le?$"), End.RIEUL),  # title 타이틀
    (re.compile(r"([mn]e?|ng)$"), End.CONSONANT),  # name 네임, zone 존
    (re.compile(r"(ck|[aeiou][bkpt])$"), End.CONSONANT),  # stack 스택, web 웹
)


def particle(word: str, both: str) -> str:
    """
    Give a particle in the form that follows a word.

    Args:
        word: Signs at its end, such as a quote, do not count.
        both: One of ``PARTICLES``.
    """
    end = last_sound(word)
    if end is None:
        return both
    behind_consonant, behind_vowel = PARTICLES[both]
    is_open = end is End.VOWEL or (end is End.RIEUL and both == "(으)로")
    return behind_vowel if is_open else behind_consonant


def last_sound(word: str) -> End | None:
    """Give the last sound of a word; ``None`` for a script that does not tell."""
    word = re.sub(r"[\W_]+$", "", word)
    last = word[-1:]
    if last and ord(last) in HANGUL:
        final = (ord(last) - HANGUL.start) % FINALS
        return End.RIEUL if final == FINAL_RIEUL else End(min(final, 1))
    if last.isascii() and last.isdigit():
        return DIGITS.get(last, End.VOWEL)
    if latin := re.search(r"[A-Za-z]+$", word):
        return _latin(latin[0])
    return None


def _latin(word: str) -> End:
    """Spell capitals letter by letter (``URL``); read the rest as a word (``title``)."""
    if word.isupper():
        return LETTERS.get(word[-1], End.VOWEL)
    return next((end for form, end in SPELLINGS if form.search(word)), End.VOWEL)
