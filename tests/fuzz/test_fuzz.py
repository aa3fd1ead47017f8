"""The short version of `make fuzz`: the same targets, a few dozen inputs each, the same ones every time."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz.targets import TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_hostile_input_is_a_page_or_one_line_in_time(name):
    @settings(max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(TARGETS[name].documents())
    def try_one(data: bytes) -> None:
        began = time.process_time()
        TARGETS[name].read(data)
        assert time.process_time() - began < 10

    try_one()
