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
from imprimatur.press.notice import headline
from imprimatur.press.own_headings import imitates
from imprimatur.press.review import BOARD_PAGE, POLICY_PAGE

__all__ = [
    "BOARD_PAGE",
    "LISTS",
    "POLICY_PAGE",
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
    "headline",
    "imitates",
    "print_copy",
]
