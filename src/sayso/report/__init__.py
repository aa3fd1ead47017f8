"""A story as one HTML file that needs nothing else: to send, to keep, to print."""

from sayso.report.page import MARK, report

__all__ = ["MARK", "report"]
