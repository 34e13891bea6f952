"""Warnings: what each text must say, and where else it must point."""

from typing import Any

import pytest

from kanal.model import DraftType, FollowUp, Variant
from kanal.rules.crisis.ends_at import check as ends_at
from kanal.rules.crisis.reach import check as reach
from kanal.rules.crisis.situation import check as situation
from tests.rules.drafted import found
from tests.rules.moments import at

CRISIS = {"type": DraftType.CRISIS}
LINES = {
    "as of when": "Stand: Di, 8.12.2026, 9 Uhr",
    "where": "Gebiet: ganzer Landkreis",
    "what people should do": "Bleiben Sie im Haus.",
    "who says so": "Quelle: Leitstelle",
    "until when": "Ende: voraussichtlich Mi, 9.12., 6 Uhr",
}


def _text(*without: str) -> str:
    return "\n".join(["Sturmwarnung", *(line for name, line in LINES.items() if name not in without)])


def test_a_complete_warning_is_silent() -> None:
    assert found(situation, _text(), draft=CRISIS) == []


@pytest.mark.parametrize("part", LINES)
def test_each_missing_part_is_named(part: str) -> None:
    (one,) = found(situation, _text(part), draft=CRISIS)
    assert one.field == "text"
    assert part in one.said


@pytest.mark.parametrize(
    ("part", "line", "complete"),
    [
        ("what people should do", "Räumen Sie Ihre Keller.", True),
        ("what people should do", "Strom aus, und nehmen Sie die Treppe!", True),
        ("what people should do", "Sie können in Ihre Wohnungen zurückkehren.", True),
        ("what people should do", "Sie dürfen die Straße wieder betreten.", True),
        ("what people should do", "Haben Sie Fragen?", False),
        ("what people should do", "Nutzen Sie die App noch nicht?", False),
        ("what people should do", "Finden Sie uns auch auf Mastodon.", False),
        ("what people should do", "Auf dem Amt können Sie fragen.", False),
        ("until when", "Gültig bis Freitag, 27. November, 10 Uhr.", True),
        ("until when", "Die Warnung gilt zunächst bis Freitag, 15. Januar 2027, 18 Uhr.", True),
        ("until when", "Das Unwetter dauert voraussichtlich bis 18 Uhr.", True),
        ("until when", "Das Bürgertelefon ist von 8 bis 18 Uhr besetzt.", False),
        ("until when", "Sie gilt überall. Die Hotline ist bis 18 Uhr besetzt.", False),
    ],
)
def test_a_part_is_known_in_other_words(part: str, line: str, *, complete: bool) -> None:
    assert (found(situation, f"{_text(part)}\n{line}", draft=CRISIS) == []) is complete


@pytest.mark.parametrize("where", ["Brand in der Bahnstraße", "Unfall auf der A 7", "Die B 96a ist gesperrt."])
def test_a_street_says_where(where: str) -> None:
    assert found(situation, f"{_text('where')}\n{where}", draft=CRISIS) == []


@pytest.mark.parametrize(
    "address", ["https://www.landkreis-musterland.example", "www.gemeinde-probendorf.example/ende"]
)
def test_an_address_of_a_website_does_not_say_where(address: str) -> None:
    (one,) = found(situation, f"{_text('where')}\n{address}", draft=CRISIS)
    assert "where" in one.said


def test_each_text_must_be_complete() -> None:
    draft = {**CRISIS, "variants": {"x": Variant(text=_text("where", "until when"))}}
    assert [one.field for one in found(situation, _text(), draft=draft)] == ["variants.x.text"] * 2


def test_the_rest_of_a_thread_and_a_content_warning_need_not_say_it_again() -> None:
    draft = {
        **CRISIS,
        "channels": ("mastodon", "x"),
        "thread": (FollowUp("Mehr folgt."),),
        "content_warning": "Unwetter",
    }
    assert found(situation, _text(), draft=draft) == []
    assert found(reach, f"{_text()}\nNotruf: 112", draft=draft) == []
    assert [one.field for one in found(situation, _text("where"), draft=draft)] == ["text"]
    assert [one.field for one in found(reach, _text(), draft=draft)] == ["text"]


@pytest.mark.parametrize(
    ("stand", "complete"),
    [
        ("Stand: Dienstag, 8. Dezember 2026, 9 Uhr", True),
        ("Stand 8.12., 14.30 Uhr", True),
        ("STAND: 9:30 Uhr, 8.12.2026", True),
        ("Standort Musterstadt. Stand: 08.12.26 09:30", True),
        ("Stand: 8.12.2026", False),
        ("Stand: 9 Uhr", False),
        ("Abstand: 8.12.2026, 9 Uhr", False),
        ("8.12.2026, 9 Uhr", False),
    ],
)
def test_as_of_when_is_a_date_and_a_time_behind_its_word(stand: str, *, complete: bool) -> None:
    said = found(situation, f"{_text('as of when')}\n{stand}", draft=CRISIS)
    assert (said == []) is complete


def test_an_office_may_have_words_of_its_own() -> None:
    text = _text("as of when") + "\nLage vom 8.12.2026, 9 Uhr"
    assert found(situation, text, draft=CRISIS, status=("Lage vom",)) == []
    assert len(found(situation, _text(), draft=CRISIS, area=("Zone",), source=("Melder",))) == 2


def test_an_all_clear_says_what_is_possible_again() -> None:
    text = "Entwarnung\nStand: 9.12.2026, 6 Uhr\nIm Landkreis können Sie wieder vor die Tür.\nQuelle: Leitstelle"
    assert [one.said[:40] for one in found(situation, text, draft=CRISIS)] == []


def test_ordinary_posts_are_no_warnings() -> None:
    for rule in (situation, ends_at, reach):
        assert found(rule, "Am Samstag ist Straßenfest.") == []


def test_a_warning_has_an_end_that_kanal_knows() -> None:
    assert [one.field for one in found(ends_at, draft=CRISIS)] == ["ends_at"]
    assert found(ends_at, draft={**CRISIS, "ends_at": at("2026-12-09 06:00")}) == []


def test_a_warning_goes_to_several_channels() -> None:
    assert [one.field for one in found(reach, "Notruf: 112", draft=CRISIS)] == ["channels"]
    assert found(reach, "Notruf: 112", draft={**CRISIS, "channels": ("mastodon", "x")}) == []


@pytest.mark.parametrize("link", ["https://www.landkreis-musterland.example/sturm", None])
def test_each_text_points_somewhere_and_a_link_will_do(link: str | None) -> None:
    draft: dict[str, Any] = {**CRISIS, "channels": ("mastodon", "facebook"), "link": link}
    assert [one.field for one in found(reach, "Sturm!", draft=draft)] == ([] if link else ["text"])
    draft |= {"variants": {"facebook": Variant(text="Sturm! Aktuelles in der Warn-App NINA.")}}
    assert [one.field for one in found(reach, "Sturm!", draft=draft)] == ([] if link else ["text"])


def test_an_office_may_point_elsewhere() -> None:
    draft = {**CRISIS, "channels": ("mastodon", "x")}
    assert found(reach, "Mehr am Rathaus.", draft=draft, pointers=("Rathaus",)) == []
