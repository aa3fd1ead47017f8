"""Sayso keeps the ledger of a running news story: who claimed what, when, on whose say-so and how surely."""
