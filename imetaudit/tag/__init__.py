"""Tagging: sections and topics in, findings out, each kept or set aside with the reason."""

from imetaudit.tag.boilerplate import Passage, clusters
from imetaudit.tag.tagger import Finding, Tagged, Tagger

__all__ = ["Finding", "Passage", "Tagged", "Tagger", "clusters"]
