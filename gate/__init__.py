"""Measures of how well Sayso reads, on public corpora and our own, held against pinned floors."""
