"""Reads YAML and JSON files into plain values that remember where they stand."""

from partnerrules.documents.document import Document
from partnerrules.documents.reading import parse_document, read_document
from partnerrules.documents.source import Position

__all__ = ["Document", "Position", "parse_document", "read_document"]
