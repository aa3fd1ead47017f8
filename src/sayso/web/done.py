"""What a page says after a change: `?done=CODE` is looked up here, so that an address can never put words on a page."""

from __future__ import annotations

DONE: dict[str, str] = {
    "followed": "The question is followed.",
    "dropped": "The question is no longer followed; its log stays.",
    "stance": "The stance is set.",
    "resolved": "The outcome is noted.",
    "window": "The window is changed.",
    "undone": "The last change is undone.",
    "merged": "The stories are one now.",
    "split": "The articles are a story of their own now.",
    "renamed": "The story has a new name.",
    "declined": "The question will not be suggested again.",
    "added": "It is being read.",
}
