"""The quick way and pydantic agree about every value; the quick one may only be in doubt where pydantic says no."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic_core import ValidationError

from kanal.config.channels import CHANNELS
from kanal.config.office import OFFICE
from kanal.config.policy import POLICY
from kanal.draft_fields import DRAFT
from kanal.schema import Form
from kanal.schema_quick import Doubt, taker

CONTEXT = {"zone": ZoneInfo("Europe/Berlin")}
FORMS = {"draft": DRAFT, "channels": CHANNELS, "kanal": OFFICE, "policy": POLICY}
SCALARS = st.sampled_from(
    [
        "",
        " ",
        "a",
        "off",
        "event",
        "https://a.example/",
        "2026-11-02 08:00",
        "2027-03-28 02:30",
        "x.jpg",
        "de",
        "08:00-16:00",
    ]
) | st.one_of(st.none(), st.booleans(), st.integers(-1, 2), st.floats(0, 1), st.text(max_size=3))


def _values(schema: Any) -> st.SearchStrategy[Any]:
    """Values that often are nearly right."""
    while schema["type"] in {"function-after", "default", "nullable"}:
        schema = schema["schema"]
    right: st.SearchStrategy[Any] = SCALARS
    if schema["type"] == "typed-dict":
        fields = {name: _values(field["schema"]) for name, field in schema["fields"].items()}
        needed = {name for name, field in schema["fields"].items() if field["required"]}
        right = st.fixed_dictionaries(
            {name: fields[name] for name in needed},
            optional={name: fields[name] for name in fields.keys() - needed} | {"other": SCALARS},
        )
    elif schema["type"] == "list":
        right = st.lists(_values(schema["items_schema"]), max_size=2)
    elif schema["type"] == "dict":
        right = st.dictionaries(
            st.sampled_from(["a", "x", "mon-fri", "Ä"]), _values(schema["values_schema"]), max_size=2
        )
    elif schema["type"] == "literal":
        right = st.sampled_from(schema["expected"])
    elif schema["type"] == "tagged-union":
        right = st.one_of(*map(_values, schema["choices"].values()))
    elif schema["type"] == "bool":
        right = st.booleans()
    elif schema["type"] == "int":
        right = st.integers(0, 3)
    return right if schema["type"] == "typed-dict" else right | SCALARS


def _by_pydantic(form: Form, value: object) -> Any:
    try:
        return form.explain(value, CONTEXT)
    except ValidationError:
        return Doubt


def _quickly(form: Form, value: object) -> Any:
    try:
        return taker(form.schema)(value, CONTEXT)
    except Doubt:
        return Doubt


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=150)
@given(data=st.data())
def test_both_take_the_same_values_and_make_the_same_of_them(name: str, data: st.DataObject) -> None:
    value = data.draw(_values(FORMS[name].schema))
    assert _quickly(FORMS[name], value) == _by_pydantic(FORMS[name], value)


@pytest.mark.parametrize("value", [{}, [], "", None, {"id": "a", "channels": ["x"], "text": "a"}, {"id": "a"}])
def test_a_draft_that_is_in_order_is_taken_without_pydantic(value: object) -> None:
    assert _quickly(DRAFT, value) == _by_pydantic(DRAFT, value)
    assert (_quickly(DRAFT, value) is Doubt) == (value != {"id": "a", "channels": ["x"], "text": "a"})


def test_defaults_are_not_shared_between_drafts() -> None:
    take = taker(DRAFT.schema)
    one, two = (take({"id": "a", "channels": ["x"], "text": "a"}, {}) for _ in range(2))
    one["media"].append("b")
    assert two["media"] == []
