"""A built site held against what may be shown, whatever built it."""

from imprimatur.gate.scan.rules import PAGE_RULES, SITE_RULES
from imprimatur.gate.scan.scanning import scan

__all__ = ["PAGE_RULES", "SITE_RULES", "scan"]
