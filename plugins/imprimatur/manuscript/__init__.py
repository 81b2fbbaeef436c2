"""What authors write: the strict reader of manuscripts, and the manifest of one text."""

from imprimatur.manuscript.bounds import Excess, excess
from imprimatur.manuscript.citation import Citation, CitedWork, parse_citation, whole_keys
from imprimatur.manuscript.edit import Text, changed_parts, text_of
from imprimatur.manuscript.entities import hidden_entities
from imprimatur.manuscript.front_matter import Author, FrontMatter
from imprimatur.manuscript.manifest import (
    MISSING,
    Digest,
    Manifest,
    digest_of,
    image_digest,
    manifest_of,
)
from imprimatur.manuscript.manuscript import Manuscript, read_manuscript
from imprimatur.manuscript.marks import (
    Mark,
    MarkLine,
    displaced_marks,
    prose_lines,
    scan_marks,
    without_code,
)
from imprimatur.manuscript.weight import Weight, weigh
from imprimatur.manuscript.word_diff import Hunk, WordDiff, file_diff, word_diff

__all__ = [
    "MISSING",
    "Author",
    "Citation",
    "CitedWork",
    "Digest",
    "Excess",
    "FrontMatter",
    "Hunk",
    "Manifest",
    "Manuscript",
    "Mark",
    "MarkLine",
    "Text",
    "Weight",
    "WordDiff",
    "changed_parts",
    "digest_of",
    "displaced_marks",
    "excess",
    "file_diff",
    "hidden_entities",
    "image_digest",
    "manifest_of",
    "parse_citation",
    "prose_lines",
    "read_manuscript",
    "scan_marks",
    "text_of",
    "weigh",
    "whole_keys",
    "without_code",
    "word_diff",
]
