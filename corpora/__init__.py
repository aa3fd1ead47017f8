"""Readers of annotated corpora, shared by training and the gate; nothing here ships."""
