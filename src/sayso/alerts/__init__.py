"""What moved while a story was followed, told once: to a terminal, a webhook and a feed. `look` finds it, `Webhook` and `write_feed` tell it."""

from sayso.alerts.feed import KEPT, feed, write_feed
from sayso.alerts.found import POINTS, Alert, Sentence, alerts, look
from sayso.alerts.telling import Teller, telling
from sayso.alerts.webhook import SECRET, Webhook, signature

__all__ = [
    "KEPT",
    "POINTS",
    "SECRET",
    "Alert",
    "Sentence",
    "Teller",
    "Webhook",
    "alerts",
    "feed",
    "look",
    "signature",
    "telling",
    "write_feed",
]
