"""Reads YAML, JSON and TOML files into plain values that remember where they stand."""

from partnerrules.documents.document import Document
from partnerrules.documents.reading import parse_document, parse_text, read_document
from partnerrules.documents.source import Position
from partnerrules.documents.texts import Text, iter_texts, texts_in

__all__ = [
    "Document",
    "Position",
    "Text",
    "iter_texts",
    "parse_document",
    "parse_text",
    "read_document",
    "texts_in",
]
