"""Reading untrusted files: text without hidden signs, YAML without surprises, closed schemas."""

from imprimatur.strict.document import Document
from imprimatur.strict.file import read_file, read_model
from imprimatur.strict.merge import SETTLE, UNSETTLED, unsettled
from imprimatur.strict.reading import Reading
from imprimatur.strict.schema import Closed, Day, innermost, reason_of, validate
from imprimatur.strict.text import (
    CONTROL,
    TEXT_IS_VISIBLE,
    disguises,
    has_control,
    read_text,
    sign_name,
    unseen,
)
from imprimatur.strict.yaml import read_yaml

__all__ = [
    "CONTROL",
    "SETTLE",
    "TEXT_IS_VISIBLE",
    "UNSETTLED",
    "Closed",
    "Day",
    "Document",
    "Reading",
    "disguises",
    "has_control",
    "innermost",
    "read_file",
    "read_model",
    "read_text",
    "read_yaml",
    "reason_of",
    "sign_name",
    "unseen",
    "unsettled",
    "validate",
]
