"""Whether the columns say of each file what a look at its row alone would say."""

from array import array

from hypothesis import given
from hypothesis import strategies as st

from kanal.folder_table import Row, Table

_NEEDS = ((), ("a.jpg",), ("b.jpg",), ("a.jpg", "b.jpg"))
_rows = st.builds(
    Row,
    mtime=st.integers(0, 3),
    size=st.integers(0, 3),
    facts=st.just("draft"),
    findings=st.just(()),
    day=st.sampled_from([None, ">2026-11-24", "2026-11-25", ">2026-11-25", "2026-11-26"]),
    needs=st.sampled_from(_NEEDS),
)
_named = st.dictionaries(st.integers(0, 400).map(str), _rows, max_size=300)


def _table(rows: dict[str, Row]) -> Table:
    table = Table(list(rows))
    for index, row in enumerate(rows.values()):
        table.put(index, row)
    return table


@given(_named, st.data())
def test_files_of_another_time_or_size_are_changed(rows: dict[str, Row], data: st.DataObject) -> None:
    mtimes, sizes = (array("q", [getattr(row, name) for row in rows.values()]) for name in ("mtime", "size"))
    other = data.draw(st.sets(st.sampled_from(range(len(rows))))) if rows else set()
    for index in other:
        data.draw(st.sampled_from([mtimes, sizes]))[index] += 1
    assert list(_table(rows).changed(mtimes, sizes)) == sorted(other)


@given(_named, st.lists(st.integers(0, 400).map(str), unique=True))
def test_rows_of_other_names_are_known_or_have_changed(rows: dict[str, Row], names: list[str]) -> None:
    table = _table(rows).of_names(names)
    here = {name: table.row(index) for index, name in enumerate(table.names)}
    assert list(here) == names
    assert {name: row for name, row in here.items() if name in rows} == {n: rows[n] for n in names if n in rows}
    seen = array("q", [1]) * len(names)
    assert {names[index] for index in table.changed(seen, seen)} >= {name for name in names if name not in rows}


@given(_named)
def test_findings_hold_for_their_day_or_for_those_after_it(rows: dict[str, Row]) -> None:
    found = set(_table(rows).not_holding_on("2026-11-25"))
    holding = {">2026-11-24", "2026-11-25"}
    assert found == {index for index, row in enumerate(rows.values()) if row.day not in holding}


@given(_named, st.booleans(), st.data())
def test_a_file_that_is_not_as_before_concerns_those_that_need_it(
    rows: dict[str, Row], only_some: bool, data: st.DataObject
) -> None:
    asked: list[str] = []
    only = data.draw(st.sets(st.sampled_from([*rows, "elsewhere"]))) if only_some else None

    def is_as_before(path: str) -> bool:
        asked.append(path)
        return path != "a.jpg"

    found = set(_table(rows).with_other_needs(is_as_before, only))
    concerned = {index for index, row in enumerate(rows.values()) if "a.jpg" in row.needs}
    if only is None:
        assert found == concerned
    else:
        assert {index for index in concerned if list(rows)[index] in only} <= found <= concerned
        assert set(asked) <= {path for name in only if name in rows for path in rows[name].needs}
