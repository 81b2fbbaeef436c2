"""Reading untrusted files: text without hidden signs, YAML without surprises, closed schemas."""

from imprimatur.strict.document import Document
from imprimatur.strict.reading import Reading
from imprimatur.strict.schema import Closed, Day, validate
from imprimatur.strict.text import read_text
from imprimatur.strict.yaml import read_yaml

__all__ = ["Closed", "Day", "Document", "Reading", "read_text", "read_yaml", "validate"]
