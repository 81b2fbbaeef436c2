"""What a reader sees: the Python-Markdown extension and the parts of the page."""

from imprimatur.press.body import print_copy
from imprimatur.press.catalogue import Catalogue, Entry, ListPlace, topic_label
from imprimatur.press.copy import Cited, Copy, Heading, Misread, Proof
from imprimatur.press.extension import (
    ArticleSheet,
    PressExtension,
    PrintedSheet,
    RefusedSheet,
    Sheet,
    SiteSheet,
)
from imprimatur.press.list_pages import KEPT, generated_pages
from imprimatur.press.notice import headline
from imprimatur.press.own_headings import imitates
from imprimatur.press.review import BOARD_PAGE, POLICY_PAGE
from imprimatur.press.site_address import SiteAddress
from imprimatur.press.site_html import unsafe_html, written_attributes
from imprimatur.press.site_lists import LISTS, SiteLists
from imprimatur.press.stylesheet import NAME as STYLESHEET
from imprimatur.press.stylesheet import stylesheet

__all__ = [
    "BOARD_PAGE",
    "KEPT",
    "LISTS",
    "POLICY_PAGE",
    "STYLESHEET",
    "ArticleSheet",
    "Catalogue",
    "Cited",
    "Copy",
    "Entry",
    "Heading",
    "ListPlace",
    "Misread",
    "PressExtension",
    "PrintedSheet",
    "Proof",
    "RefusedSheet",
    "Sheet",
    "SiteAddress",
    "SiteLists",
    "SiteSheet",
    "generated_pages",
    "headline",
    "imitates",
    "print_copy",
    "stylesheet",
    "topic_label",
    "unsafe_html",
    "written_attributes",
]
