"""Printed names: one script a word, nothing unseen, and when two of them read the same."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from imprimatur.strict import sign_name, unseen

_PUNCTUATION: Final = " '\u2018\u2019-\u2010.,()/\u00b7\u30fb\u05f3\u05f4"
_ORDINALS: Final = "\u00aa\u00ba"  # as in the Spanish for Maria, written with a raised a
# Signs of linguists, drawn like letters, that no language writes names with.
_PHONETIC: Final = re.compile("[\u1d00-\u1dbf]")
# Marks above, below and through letters. Vowel signs of other scripts tell names apart, and stay.
_ACCENTS: Final = re.compile("[\u0300-\u036f]")
# East Asian names mix these within a word.
_EAST_ASIAN: Final = {"CJK", "HIRAGANA", "KATAKANA", "BOPOMOFO", "HANGUL", "IDEOGRAPHIC"}
# Letters that European and Vietnamese names are full of and Unicode takes for undivided; they spare
# most boards the loading of the large table.
_UNDIVIDED: Final = str.maketrans(
    {
        "\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u00f0": "d", "\u00e6": "ae",
        "\u0153": "oe", "\u0131": "i", "\u0127": "h",
    }
)  # fmt: skip
_STROKES: Final = str.maketrans("i1|0", "lllo")


def name_fault(name: str) -> str | None:
    """Why this cannot stand as the name of a person, with what to write instead, or None."""
    for sign in name:
        if not _may_stand(sign):
            return (
                f"it holds {sign_name(sign)}, which belongs in no name; "
                "type an ordinary letter, dot or hyphen"
            )
    for _, sign in unseen(name):
        return f"it holds {sign_name(sign)}, which nobody sees; delete it"
    if not any(sign.isalpha() for sign in name):
        return "a name has letters"
    for word in name.split():
        scripts = sorted({_script(sign) for sign in word if _is_of_a_script(sign)})
        if len(scripts) > 1:
            mixed = " and ".join(scripts)
            return (
                f"the word `{word}` mixes {mixed} letters, which look alike; type it in one script"
            )
    return None


@cache
def skeleton(name: str) -> str:
    """What is left of a name when all is taken away that a reader may miss.

    Two names with one skeleton may be read as the same: case, accents, spaces and punctuation are
    gone, and letters that look alike are one, as are ``l``, ``I`` and ``1``, and ``rn`` and ``m``.
    So a few different names fall together, such as Ian and Lan: whoever compares refuses too much
    rather than too little.
    """
    drawn = "".join(_drawn(sign) for sign in _undressed(name))
    strokes = _undressed(drawn).translate(_STROKES)
    kept = "".join(sign for sign in strokes if unicodedata.category(sign)[0] in "LMN")
    return kept.replace("rn", "m").replace("vv", "w")


def _may_stand(sign: str) -> bool:
    is_letter = unicodedata.category(sign)[0] in "LM" and not _PHONETIC.match(sign)
    return is_letter or sign in _PUNCTUATION or (sign.isascii() and sign.isdigit())


def _is_of_a_script(sign: str) -> bool:
    """Whether it is a letter that belongs to one script, and so no apostrophe or length mark."""
    return sign.isalpha() and unicodedata.category(sign) != "Lm" and sign not in _ORDINALS


def _script(sign: str) -> str:
    """The script of a letter, by the first word of its name."""
    script = unicodedata.name(sign, "unknown").split()[0]
    return "East Asian" if script in _EAST_ASIAN else script.capitalize()


def _undressed(text: str) -> str:
    """In lower case and without accents."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).casefold()
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", bare)).translate(_UNDIVIDED)


@cache
def _drawn(sign: str) -> str:
    """The Latin letters that a letter looks like, by its capital first; else itself."""
    if sign.isascii() or not sign.isalpha():
        return sign
    likes = [_undressed(_prototype(shape)) for shape in (sign.upper(), sign)]
    return next((each for each in likes if each.isascii()), likes[-1])


def _prototype(shape: str) -> str:
    """The one that stands for all that look like this, by Unicode's table of confusables."""
    # 900 kB, a tenth of a second: loaded only for names beyond the Latin alphabet.
    from confusable_homoglyphs import confusables  # noqa: PLC0415

    def like(text: str) -> list[str]:
        return [each["c"] for each in confusables.confusables_data.get(text, ())]

    # The library keeps the table both ways: what stands for others lists them all, and each of
    # them lists only that.
    found = like(shape)
    if len(found) != 1:
        return shape
    return found[0] if len(like(found[0])) > 1 else min(shape, found[0])
