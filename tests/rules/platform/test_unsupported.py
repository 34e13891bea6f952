import pytest

from kanal.model import Extra, FollowUp, Poll, Variant, Visibility
from kanal.platforms import adapter_class
from kanal.rules.platform.unsupported import check as rule
from tests.rules.drafted import found, picture


@pytest.mark.parametrize("name", ["film.mp4", "media/FILM.MOV", "a.webm"])
def test_a_video_is_refused_once_with_all_channels_that_want_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By networks that installed packages add, such as one that takes pictures only."""
    for platform in ("facebook", "instagram"):
        adapter = adapter_class(platform)
        monkeypatch.setattr(adapter, "limits", adapter.limits._replace(video=None))
    (one,) = found(rule, draft={"media": (picture(name),), "channels": ("facebook", "instagram", "x")})
    assert one.field == "media[0].file"
    assert "facebook, instagram" in one.said
    assert "x." not in one.said


def test_pictures_are_fine_and_so_is_a_variant_without_the_video() -> None:
    assert found(rule, draft={"media": (picture("a.jpg"), picture("b.gif"))}) == []
    draft = {
        "media": (picture("a.mp4"),),
        "channels": ("facebook",),
        "variants": {"facebook": Variant(media=(picture("a.jpg"),))},
    }
    assert found(rule, draft=draft) == []


POLL = Poll(("Ja", "Nein"), 60)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"thread": (FollowUp("Mehr."), FollowUp("Ende."))}, "thread"),
        ({"poll": POLL}, "poll"),
        ({"content_warning": "Unfall"}, "content_warning"),
        ({"sensitive_media": True}, "sensitive_media"),
        ({"visibility": Visibility.FOLLOWERS}, "visibility"),
        ({"reply_to": "frueher"}, "reply_to"),
        ({"quote": "frueher"}, "quote"),
    ],
)
def test_what_a_network_cannot_express_is_told_once_with_field_and_network(more: dict[str, object], field: str) -> None:
    (one,) = found(rule, draft={**more, "channels": ("mastodon", "facebook")})
    assert one.field == field
    assert one.said.startswith(f"facebook cannot express “{field}”.")
    left_out = {"facebook": Variant(leave_out=(Extra(field),))}
    assert found(rule, draft={**more, "channels": ("mastodon", "facebook"), "variants": left_out}) == []


def test_a_variants_own_thread_is_complained_about_where_it_stands() -> None:
    draft = {"channels": ("instagram",), "variants": {"instagram": Variant(thread=(FollowUp("Mehr."),))}}
    (one,) = found(rule, draft=draft)
    assert one.field == "variants.instagram.thread"
