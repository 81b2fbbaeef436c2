"""What a reader sees: the Python-Markdown extension and the parts of the page."""

from imprimatur.press.body import print_copy
from imprimatur.press.copy import Cited, Copy, Misread, Proof
from imprimatur.press.extension import (
    LISTS,
    ArticleSheet,
    PressExtension,
    RefusedSheet,
    Sheet,
    SiteSheet,
)
from imprimatur.press.listing import Entry
from imprimatur.press.own_headings import imitates

__all__ = [
    "LISTS",
    "ArticleSheet",
    "Cited",
    "Copy",
    "Entry",
    "Misread",
    "PressExtension",
    "Proof",
    "RefusedSheet",
    "Sheet",
    "SiteSheet",
    "imitates",
    "print_copy",
]
