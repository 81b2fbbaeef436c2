"""Printed names: real ones pass, disguised ones do not, and look-alikes are told."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imprimatur.editorial.names import name_fault, skeleton


@pytest.mark.parametrize(
    "name",
    [
        "Siobhán O'Brien",
        "Siobhán O\u2019Brien",
        "Jean-Luc Müller",
        "Nguyễn Thị Hà",
        "Þórdís Æsa Ólafsdóttir",
        "Şahin Y\u0131ld\u0131z",
        "Łukasz Żółć",
        "Søren Ångström",
        "J. R. R. Smith III",
        "Ana Pérez (née Ruiz)",
        "Mª José García",
        "Gal·la Vila",
        "Raj a/l Kumar",
        "Kekoa Ka\u02bbano\u02bbi",
        "王小明",
        "佐々木 さくら",
        "マリー・キュリー",
        "김 민준",
        "佐々木さくら",
        "王マリー",
        "金민준",
        "王ㄨㄤˊ",
        "〆木",
        "Мария Иванова",
        "Анна-Мария Сергеевна",
        "Ελένη Παπαδοπούλου",
        "محمد علي",
        "דוד כהן",
        "प्रिया शर्मा",
        "สมชาย ใจดี",
        "王小明 (Xiaoming Wang)",
        "Demonstration Reviewer 2",
    ],
)
def test_a_real_name_may_stand(name: str):
    assert name_fault(name) is None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("\u0410na Pérez", "the word `\u0410na` mixes Cyrillic and Latin letters"),
        ("Ana P\u0435rez", "mixes Cyrillic and Latin letters"),
        ("\u0391na Pérez", "mixes Greek and Latin letters"),
        ("Ana P\u13acrez", "mixes Cherokee and Latin letters"),
        ("Ana-\u0410nna", "mixes Cyrillic and Latin letters"),
        ("王Ming", "mixes East Asian and Latin letters"),
        ("\uff21na Pérez", "mixes Fullwidth and Latin letters"),
        ("Ana\u2024Pérez", "holds U+2024 (ONE DOT LEADER), which belongs in no name"),
        ("Ana\u3000Pérez", "holds U+3000 (IDEOGRAPHIC SPACE), which belongs in no name"),
        ("Ana\u00a0Pérez", "holds U+00A0 (NO-BREAK SPACE), which belongs in no name"),
        ("Ana\u200bPérez", "holds U+200B (ZERO WIDTH SPACE), which belongs in no name"),
        ("Ana\u202ePérez", "holds U+202E (RIGHT-TO-LEFT OVERRIDE), which belongs in no name"),
        ("Ana\u034fPérez", "holds U+034F (COMBINING GRAPHEME JOINER), which nobody sees"),
        ("Ana\u3164Pérez", "holds U+3164 (HANGUL FILLER), which nobody sees"),
        ("Ana\u2013Pérez", "holds U+2013 (EN DASH), which belongs in no name"),
        ("\u1d00na Pérez", "holds U+1D00 (LATIN LETTER SMALL CAPITAL A), which belongs in no name"),
        ("Ana | Pérez", "holds U+007C (VERTICAL LINE), which belongs in no name"),
        ("<b>Ana</b>", "holds U+003C (LESS-THAN SIGN), which belongs in no name"),
        ("Ana\nPérez", "holds U+000A (control character), which belongs in no name"),
        ("Ana Pérez \u2713", "holds U+2713 (CHECK MARK), which belongs in no name"),
        ("Ana \u0663", "holds U+0663 (ARABIC-INDIC DIGIT THREE), which belongs in no name"),
        ("- . -", "a name has letters"),
        ("12", "a name has letters"),
        ("", "a name has letters"),
    ],
)  # fmt: skip
def test_a_disguised_name_is_refused_with_what_is_wrong(name: str, said: str):
    assert said in str(name_fault(name))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana Pérez", "Ana Perez"),
        ("Ana Pérez", "ANA PÉREZ"),
        ("Ana Pérez", "Ana  Perez."),
        ("Jean-Luc Martin", "Jean Luc Martin"),
        ("Siobhán O'Brien", "Siobhan O\u2019Brien"),
        ("J. R. Smith", "JR Smith"),
        ("Paul Miller", "PauI MiIIer"),
        ("Paul Miller", "Pau1 Mi11er"),
        ("Ian Long", "lan Long"),
        ("Otto Low", "0tto L0w"),
        ("Arno Stern", "Amo Stem"),
        ("Walter Weiss", "VValter vveiss"),
        ("Thomas Groß", "Thomas Gross"),
        ("Søren Łoś", "Soren Los"),
        ("Đặng Thị Hà", "Dang Thi Ha"),
        ("Y\u0131ld\u0131z", "Yildiz"),
        ("Guðrun Ruiz", "Gudrun Ruiz"),
        ("Æsa Holm", "Aesa Holm"),
        ("Paul Lebœuf", "Paul Leboeuf"),
        ("Ħanna Borg", "Hanna Borg"),
        ("\u0410\u043a\u0430", "Aka"),  # the one in Cyrillic letters
        ("\u041d\u0410\u0422\u0410", "HATA"),
        ("Ната", "Hata"),
        ("\u0391\u039d\u039d\u0391", "ANNA"),  # Greek
        ("\ua4ee\ua4e0\ua4ee \ua4d1\ua4f0\ua4e3\ua4f0\ua4dc", "ANA PEREZ"),  # Lisu
        ("An\u0251 Pérez", "Ana Pérez"),  # a Latin alpha
        ("\uff21\uff2e\uff21", "Ana"),  # full width
        ("\U0001d400\U0001d427\U0001d41a", "Ana"),  # mathematical bold
        ("Сергей", "СЕРГЕЙ"),
        ("Ελένη", "ΕΛΕΝΗ"),
    ],
)
def test_names_that_read_the_same_have_one_skeleton(one: str, other: str):
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana Pérez", "Ana M. Pérez"),
        ("Ana Pérez", "Anna Pérez"),
        ("Ana Pérez", "Ana Peres"),
        ("Max Stern", "Max Stein"),
        ("王小明", "王小红"),
        ("Мария Иванова", "Марина Иванова"),
        ("राजु", "राजे"),  # told apart by a vowel sign alone
        ("김민준", "김민수"),
        ("Carl", "Karl"),
        ("Demonstration Reviewer 2", "Demonstration Reviewer 3"),
    ],
)
def test_names_that_read_differently_have_two_skeletons(one: str, other: str):
    assert skeleton(one) != skeleton(other)


@given(name=st.text(max_size=40))
def test_a_name_in_capitals_or_of_its_own_skeleton_is_the_same_name(name: str):
    assert skeleton(name.casefold()) == skeleton(name)
    assert skeleton(skeleton(name)) == skeleton(name)


@given(
    name=st.text(st.sampled_from("Ana \u0410\u2024\u200b\u00a0\u034f-.'\n|é王"))
    | st.text(max_size=9)
)
def test_a_name_that_may_stand_is_seen_whole_and_has_one_kind_of_blank(name: str):
    if name_fault(name) is None:
        assert name.isprintable()
        assert not set(name) & set("\u2024\u200b\u00a0\u034f|")
        assert all(not ("\u0410" in word and set(word) & set("Anaé")) for word in name.split())


def test_the_large_table_of_look_alikes_is_not_loaded_for_latin_names():
    program = (
        "import sys; from imprimatur.editorial.names import skeleton;"
        "skeleton('Ana Pérez Łoś Đặng Æsa'); assert 'confusable_homoglyphs' not in sys.modules;"
        "skeleton('Мария'); assert 'confusable_homoglyphs' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, env={**os.environ})
