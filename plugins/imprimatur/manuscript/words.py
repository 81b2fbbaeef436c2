"""Words on which care can turn, and the few whose change is surely harmless."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

NUMBER: Final = "a number"
UNIT: Final = "a unit"
COMPARISON: Final = "a comparison"
NEGATION: Final = "a negation"

ARTICLES: Final = frozenset({"a", "an", "An", "the", "The"})
"""May come, go or be swapped where no word of a table stands beside; ``A`` may be a blood group."""

_TABLES: Final = {
    NUMBER: """
        zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty
        ninety hundred thousand million billion dozen half halves quarter quarters third thirds
        fourth fifth sixth seventh eighth ninth tenth first second single double triple twofold
        threefold tenfold once twice thrice pair both""",
    UNIT: """
        gram grams kilogram kilograms milligram milligrams microgram micrograms nanogram nanograms
        mcg litre litres liter liters millilitre millilitres milliliter milliliters mole moles
        metre metres meter meters centimetre centimetres millimetre millimetres
        second seconds minute minutes hour hours hrs day days week weeks month months year years
        per percent percentage unit units degree degrees tablet tablets capsule capsules drop drops
        puff puffs teaspoon teaspoons tablespoon tablespoons spoon spoons dose doses
        grade grades stage stages class type types group groups level levels factor vitamin
        hepatitis influenza""",
    COMPARISON: """
        more less most least fewer few little much many greater greatest smaller smallest larger
        largest higher highest lower lowest better best worse worst longer shorter than above below
        over under between within beyond at least up exceed exceeds exceeding maximum minimum
        equal equals same different similar rather only all any every each some several half""",
    NEGATION: """
        not no nor neither never none nobody nothing without cannot except unless lack lacks
        lacking absent absence fail fails failed negative exclude excludes excluded free rule ruled
        """,
    "a word of duty or doubt": """
        must should may can could might would will shall ought need needs needed avoid avoids
        avoided contraindicated contraindication contraindications indicated recommend recommends
        recommended recommendation require requires required allow allowed forbidden safe unsafe
        do stop start continue likely unlikely possible impossible probably possibly certain""",
    "a condition": "if when whenever while unless but although though and or either whether",
    "a direction": """
        increase increases increased increasing decrease decreases decreased decreasing rise rises
        raise raised reduce reduces reduced fall falls gain loss grow grows shrink left right up
        down upper lower inside outside proximal distal anterior posterior superior inferior medial
        lateral ventral dorsal ipsilateral contralateral bilateral unilateral positive from into
        onto towards toward""",
    "a word of time": """
        before after during until till since early earlier earliest late later latest first last
        next previous now then today immediately urgent urgently acute chronic soon morning evening
        night midday noon bedtime fasting weekly""",
    "a word of frequency": """
        always often usually sometimes rarely seldom occasionally frequently common commonly
        uncommon uncommonly rare hourly daily nightly weekly monthly yearly annually regularly
        again repeat repeated""",
}  # fmt: skip
_KINDS: Final = {word: kind for kind, words in reversed(_TABLES.items()) for word in words.split()}

# As written: mg is no Mg, and g no G.
_UNIT_SIGNS: Final = """
    g kg mg ng pg ug \u00b5g \u03bcg L l dL dl mL ml \u00b5L \u03bcL \u00b5l \u03bcl
    mmol mol nmol pmol \u00b5mol \u03bcmol mEq Eq IU U mm cm m km \u00b5m \u03bcm
    mmHg kPa Pa Hz kHz MHz h hr hrs s sec min d wk mo yr Gy mGy Sv mSv Bq MBq kBq J kJ kcal cal
    V kV T W bpm ppm C F K Mg Ca Na"""
_UNITS: Final = frozenset(_UNIT_SIGNS.split())
_SIGNS: Final = {
    **dict.fromkeys("<>=≤≥≈≠≲≳", COMPARISON),
    **dict.fromkeys("%‰°\u2032\u2033", UNIT),
    **dict.fromkeys("+±\u00d7÷\u2212/", NUMBER),
    **dict.fromkeys("*_~^#", "an emphasis mark"),
}
_ROMAN: Final = re.compile(r"[IVXLC]+")
_FIRST_PARTS: Final = re.compile(
    "hyper|hypo|inter|intra|anti|contra|pre|post|pro|tachy|brady|macro|micro|supra|infra|super|sub"
    "|endo|ecto|exo|ante|retro|ab(?=duct)|ad(?=duct)",
)
_TURNED: Final = ("un", "in", "im", "ir", "il", "non", "dis", "mis", "de", "a", "an", "ab")

_SPELLING_PAIRS: Final = """
    teh:the hte:the taht:that thsi:this wiht:with fo:of thier:their recieve:receive
    recieved:received recieving:receiving beleive:believe acheive:achieve acheived:achieved
    occured:occurred occuring:occurring occurence:occurrence refered:referred refering:referring
    seperate:separate seperately:separately definately:definitely accomodate:accommodate
    accross:across adress:address agressive:aggressive apparant:apparent becuase:because
    begining:beginning comparision:comparison concious:conscious consistant:consistent
    enviroment:environment existance:existence experiance:experience familar:familiar
    happend:happened independant:independent infomation:information
    knowlege:knowledge maintainance:maintenance neccessary:necessary necesary:necessary
    noticable:noticeable paitent:patient paitents:patients pateint:patient pateints:patients
    publically:publicly relevent:relevant
    resistence:resistance succesful:successful sympton:symptom symptons:symptoms
    threshhold:threshold treatement:treatment whcih:which
    tumor:tumour tumors:tumours edema:oedema anemia:anaemia hemorrhage:haemorrhage
    randomized:randomised hospitalized:hospitalised center:centre centers:centres fiber:fibre
    behavior:behaviour color:colour pediatric:paediatric esophagus:oesophagus diarrhea:diarrhoea
    leukemia:leukaemia
    are:is were:was has:have these:this"""
SPELLINGS: Final = dict(pair.split(":") for pair in _SPELLING_PAIRS.split())
"""Each form to the one it is taken for; none of either is in a table."""

_MOST_KEPT: Final = 20_000
_QUOTES: Final = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")


@lru_cache(maxsize=_MOST_KEPT)
def kind_of(word: str) -> str:
    """What care can turn on in this word or sign, such as "a number"; empty if no table has it.

    A word with hyphens or an apostrophe is judged by each of its parts.
    """
    if any(sign.isnumeric() for sign in word) or _ROMAN.fullmatch(word):
        return NUMBER
    if word in _UNITS:
        return UNIT
    plain = word.translate(_QUOTES).casefold()
    if plain.endswith("n't") or plain.startswith("non-"):
        return NEGATION
    if len(word) == 1 and word.isalpha():
        return "a letter that stands alone"
    found = (_KINDS.get(part) for part in (plain, *re.split("['-]", plain)))
    return next((kind for kind in found if kind), _SIGNS.get(word, ""))


def turns(old: str, new: str) -> bool:
    """Whether the two differ in a first part that can turn the meaning: hyper- and hypo-, un-."""
    old, new = old.casefold(), new.casefold()
    if bool(_FIRST_PARTS.match(old)) or bool(_FIRST_PARTS.match(new)):
        return old != new
    shorter, longer = sorted((old, new), key=len)
    return any(longer in (part + shorter, f"{part}-{shorter}") for part in _TURNED)


@lru_cache(maxsize=_MOST_KEPT)
def one_form(word: str) -> str:
    """The same text for all harmless forms of one word or sign.

    Known misspellings, where the wrong form is no word, two spellings of one word, and singular
    and plural of four small words. Straight and curved quotation marks are one. What a table
    holds stays as it is.
    """
    plain = word.translate(_QUOTES)
    lower = plain.lower()
    if lower in SPELLINGS and plain in (lower, lower.capitalize()):
        right = SPELLINGS[lower]
        return right if plain == lower else right.capitalize()
    return word if kind_of(word) else plain
