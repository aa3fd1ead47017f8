"""Pages in a browser, and the same pages as JSON, over views. Asks for the extra: `pip install 'sayso[web]'`."""

from sayso.web.app import create
from sayso.web.render import page
from sayso.web.shelf import opened

__all__ = ["create", "opened", "page"]
