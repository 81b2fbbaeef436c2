"""LaTeX becomes text a reader can read, and loses nothing on the way."""

from __future__ import annotations

import pytest

from imprimatur.bibliography.latex import decode
from imprimatur.bibliography.rich import plain, to_html


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"Kosovi{\'c}", "Kosović"),
        (r"Ren{\'e}e", "Renée"),
        (r"K{\"u}fner", "Küfner"),
        (r"\"{u} \'{\i} \v{s} \c{c} \H{o} \.{z}", "ü í š ç ő ż"),
        (r"{\O}stergaard, Stra{\ss}e", "Østergaard, Straße"),
        (r"Fran\c cais", "Français"),
        (r"Salt \& water, 50\% of A\_b", "Salt & water, 50% of A_b"),
        ("2005--2010, then---at last", "2005\N{EN DASH}2010, then—at last"),
        ("``quoted''", "“quoted”"),
        (
            r"$\alpha$-blocker, $\geq$ 5~mg, 100\,mg, 5\,\textmu g",
            "\N{GREEK SMALL LETTER ALPHA}-blocker, ≥ 5 mg, 100 mg, 5 µg",
        ),
        (r"\textbeta-lactam, \ensuremath{\pm}2\textdegree", "β-lactam, ±2°"),
        (r"\foo{kept} text", "kept text"),
        (r"\foo text", "foo text"),
        (r"\frac{1}{2} tablet", "1/2 tablet"),
        (r"$\frac{a+b}{2}$", "(a+b)/2"),
        ("10$^{-3}$ and CO$_2$", "10⁻³ and CO₂"),
        ("costs $5 and $10", "costs $5 and $10"),
        ("50% of patients", "50% of patients"),
        (r"{\bf bold} \textbf{bolder}", "bold bolder"),
        (r"\href{http://example.org}{a link}", "a link"),
        ("an {M{R}I} scan", "an MRI scan"),
        ("two\n lines   of text ", "two lines of text"),
        ("a\u202eb\u200bc", "abc"),
        ("\\", ""),
    ],
)
def test_a_value_reads_as_its_author_meant_it(source: str, text: str):
    assert plain(decode(source).text) == text


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (r"x\textsuperscript{2}", "x<sup>2</sup>"),
        ("$^{18}$F-FDG", "<sup>18</sup>F-FDG"),
        ("CO$_2$", "CO<sub>2</sub>"),
        (r"an \textit{in vitro} test", "an <i>in vitro</i> test"),
        (r"\emph{E coli} \& others", "<i>E coli</i> &amp; others"),
        ("<script>alert('1')</script>", "&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;"),
    ],
)
def test_marks_are_kept_and_html_is_escaped(source: str, html: str):
    assert to_html(decode(source).text) == html


def test_an_unknown_command_is_named():
    assert decode(r"\unheard{of}").unknown == (r"\unheard",)
    assert decode(r"\alpha").unknown == ()


@pytest.mark.parametrize("source", ["{" * 5_000, "\\'" * 5_000, "$" * 5_000, "\\frac" * 5_000])
def test_nonsense_of_any_depth_is_survived(source: str):
    decode(source)
