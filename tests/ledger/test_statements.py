from __future__ import annotations

import pytest
from sqlalchemy import select

from sayso.ledger import Ledger, schema
from sayso.ledger.statements import among, insert


@pytest.fixture
def named(ledger: Ledger) -> Ledger:
    """A ledger that knows three names, one of them with all that a list is written with."""
    rows = [{"name": name, "folded": name.lower()} for name in ("Ada", "Bo", 'C{",}\\ NULL')]
    with ledger._write() as connection:
        insert(connection, schema.name, rows)
    return ledger


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([], []),
        (["Bo"], ["Bo"]),
        (["Bo", "Ada", "Bo", "ada"], ["Ada", "Bo"]),
        (['C{",}\\ NULL', "NULL"], ['C{",}\\ NULL']),
        (["Ada", *map(str, range(3000))], ["Ada"]),
    ],
)
def test_rows_are_those_with_one_of_the_values(named: Ledger, values: list[str], found: list[str]) -> None:
    n = schema.name.c
    with named._read() as connection:
        assert connection.execute(select(n.name).where(among(n.name, values)).order_by(n.name)).scalars().all() == found
        others = connection.execute(select(n.name).where(~among(n.name, values))).scalars().all()
        assert len(others) == 3 - len(found)


def test_the_next_values_are_asked_for_and_not_those_of_before(named: Ledger) -> None:
    n = schema.name.c
    with named._read() as connection:
        for name in ("Ada", "Bo", "Cy"):
            told = connection.execute(select(n.name).where(among(n.name, [name]))).scalars().all()
            assert told == [name] * (name != "Cy")


def test_an_index_leads_to_the_values(ledger: Ledger) -> None:
    if ledger.name.startswith("postgresql"):
        pytest.skip("PostgreSQL walks a table this small")
    query = select(schema.claim.c.origin).where(among(schema.claim.c.id, ["a", "b"]))
    told = str(query.compile(ledger._database.engine, compile_kwargs={"literal_binds": True}))
    with ledger._read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {told}").all()
    assert all("SEARCH claim USING INDEX" in row[3] for row in plan)
