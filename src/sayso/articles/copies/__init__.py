"""Copies, rewrites and relays of one another: which articles share a text, which of them came first, and how we know."""

from sayso.articles.copies.judging import copies_of, judge, place
from sayso.articles.copies.sketching import MOST_PER_KEY, Sketch, pack, shortlist, sketch, unpack

__all__ = ["MOST_PER_KEY", "Sketch", "copies_of", "judge", "pack", "place", "shortlist", "sketch", "unpack"]
