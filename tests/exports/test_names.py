from __future__ import annotations

import pytest

from sayso.exports.names import iri, link


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "data:text/html,x",
        "//host/path",
        "https://",
        "http://[x",
        "ftp://a.example",
        "x",
    ],
)
def test_what_is_no_web_address_is_no_link(url: str | None) -> None:
    assert link(url) is None


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/x?y=1&z=2#w", "https://a.example/x?y=1&z=2#w"),
        (' https://a.example/"><script> ', "https://a.example/%22%3E%3Cscript%3E"),
        ("https://a.example/caf\u00e9%20x", "https://a.example/caf%C3%A9%20x"),
        ("https://a.example/\ud800", "https://a.example/%EF%BF%BD"),
    ],
)
def test_a_link_holds_nothing_that_ends_an_attribute(url: str, shown: str) -> None:
    assert link(url) == shown


def test_a_name_is_of_one_kind_and_one_record_and_stays() -> None:
    assert iri("claim", "ab12") == "urn:uuid:0923329b-faa9-5c75-a0eb-c0a4e8dd6ccf"
    assert len({iri("claim", "ab12"), iri("article", "ab12"), iri("claim", "ab13")}) == 3


def test_an_id_cannot_leave_its_place_under_a_base() -> None:
    assert iri("claim", "../x?y#z", "https://desk.example/") == "https://desk.example/claim/..%2Fx%3Fy%23z"
