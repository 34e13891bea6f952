from pathlib import Path
from typing import Any

import pytest

from kanal.compose import Mentions, Post, compose, content_digest
from kanal.model import (
    LINK,
    TEXT,
    Channel,
    Draft,
    DraftType,
    Extra,
    FollowUp,
    Format,
    Part,
    Picture,
    Poll,
    Variant,
    Visibility,
)

MENTIONS = {"feuerwehr": {"name": "Feuerwehr Musterland", "mastodon": "@fw@social.example"}, "amt": {"x": "@amt"}}
MASTODON = Channel("mastodon", "mastodon", "a@b.example")
YOUTH = Channel("jugend", "mastodon", "c@b.example")
FACEBOOK = Channel("facebook", "facebook", "1")
X = Channel("x", "x", "a")
INSTAGRAM = Channel("instagram", "instagram", "1")


@pytest.fixture
def picture(tmp_path: Path) -> Picture:
    file = tmp_path / "a.jpg"
    file.write_bytes(b"\xff\xd8\xff one picture")
    return Picture(file, "Eine Linde", "Landkreis", "CC0")


def _draft(text: str = "Gesperrt.", *, link: str | None = None, variants: dict[str, Variant] | None = None) -> Draft:
    return Draft("a", "posts/a.yaml", DraftType.SERVICE, ("mastodon",), text, "de", link, variants=variants or {})


def composed(draft: Draft, channel: Channel, mentions: Mentions) -> Post:
    """The only part of the draft's post."""
    [post] = compose(draft, channel, mentions)
    return post


def _text(draft: Draft, channel: Channel = MASTODON) -> str:
    return composed(draft, channel, MENTIONS).part.text


def test_without_variants_every_channel_says_the_same() -> None:
    post = composed(_draft(), MASTODON, MENTIONS)
    assert post.part == Part("Gesperrt.", "de", None, ())
    assert (post.draft.id, post.channel, post.limits.text) == ("a", MASTODON, 500)


def test_the_limits_are_those_of_the_channels_own_server() -> None:
    channel = Channel("mastodon", "mastodon", "a@b.example", limits={"text": 5000})
    assert composed(_draft(), channel, {}).limits.text == 5000


def test_a_channels_variant_counts_before_its_platforms_and_that_before_the_draft() -> None:
    draft = _draft("Allgemein", variants={"mastodon": Variant(text="Platform"), "jugend": Variant(text="Kanal")})
    assert [_text(draft, channel) for channel in (YOUTH, MASTODON, X)] == ["Kanal", "Platform", "Allgemein"]
    assert [composed(draft, channel, {}).field("text") for channel in (YOUTH, MASTODON, X)] == [
        "variants.jugend.text",
        "variants.mastodon.text",
        "text",
    ]


def test_each_thing_comes_from_the_nearest_that_says_it(picture: Picture) -> None:
    draft = _draft(
        "Allgemein",
        link="https://a.example/",
        variants={"mastodon": Variant(link="https://b.example/", media=(picture,)), "jugend": Variant(text="Kanal")},
    )
    post = composed(draft, YOUTH, {})
    assert (post.part.text, post.part.media) == ("Kanal\n\nhttps://b.example/", (picture,))
    assert [post.field(name) for name in ("text", "link", "media[0].alt")] == [
        "variants.jugend.text",
        "variants.mastodon.link",
        "variants.mastodon.media[0].alt",
    ]


def test_a_variant_can_take_all_pictures_away(picture: Picture) -> None:
    draft = Draft("a", "f", DraftType.SERVICE, ("x",), "b", "de", media=(picture,), variants={"x": Variant(media=())})
    assert composed(draft, X, {}).part.media == ()
    assert composed(draft, MASTODON, {}).part.media == (picture,)


def test_a_mention_is_the_networks_own_name_or_plain_text() -> None:
    draft = _draft("Danke, {@feuerwehr} und {@amt}!")
    assert _text(draft, MASTODON) == "Danke, @fw@social.example und amt!"
    assert _text(draft, FACEBOOK) == "Danke, Feuerwehr Musterland und amt!"
    assert _text(draft, X) == "Danke, Feuerwehr Musterland und @amt!"


def test_what_is_no_known_mention_stays_as_it_is() -> None:
    assert _text(_draft("{@unbekannt} {feuerwehr} {@} {@ feuerwehr} @feuerwehr")) == (
        "{@unbekannt} {feuerwehr} {@} {@ feuerwehr} @feuerwehr"
    )


def test_a_link_stands_below_the_text_where_the_network_has_no_field_for_it() -> None:
    draft = _draft(link="https://a.example/k12")
    assert composed(draft, MASTODON, {}).part == Part("Gesperrt.\n\nhttps://a.example/k12", "de")
    assert composed(draft, FACEBOOK, {}).part == Part("Gesperrt.", "de", "https://a.example/k12")


@pytest.mark.parametrize("end", ["", " (Karte)", ".", "/", ").", "\n#K12", ", Karte"])
def test_a_link_that_stands_in_the_text_already_is_not_repeated(end: str) -> None:
    text = f"Mehr: (https://a.example/k12{end}"
    assert _text(_draft(text, link="https://a.example/k12")) == text


@pytest.mark.parametrize(
    "longer", ["https://a.example/k123", "https://a.example/k12/karte", "https://a.example/k12.html"]
)
def test_a_longer_address_in_the_text_does_not_swallow_the_link(longer: str) -> None:
    draft = _draft(f"Karte: {longer}", link="https://a.example/k12")
    assert _text(draft) == f"Karte: {longer}\n\nhttps://a.example/k12"


def test_the_digest_changes_with_everything_that_readers_see(picture: Picture, tmp_path: Path) -> None:
    part = Part("a", "de", None, (picture,))
    other = tmp_path / "b.jpg"
    other.write_bytes(b"\xff\xd8\xff another picture")
    digests = {
        content_digest(part),
        content_digest(Part("b", "de", None, (picture,))),
        content_digest(Part("a", "en", None, (picture,))),
        content_digest(Part("a", "de", "https://a.example/", (picture,))),
        content_digest(Part("a", "de")),
        content_digest(Part("a", "de", None, (picture, picture))),
        content_digest(Part("a", "de", None, (Picture(picture.file, "Zwei Linden", "Landkreis", "CC0"),))),
        content_digest(Part("a", "de", None, (Picture(other, "Eine Linde", "Landkreis", "CC0"),))),
    }
    assert len(digests) == 8
    assert all(len(digest) == 64 for digest in digests)


def test_the_digest_does_not_change_with_the_name_of_a_file(picture: Picture, tmp_path: Path) -> None:
    before = content_digest(Part("a", "de", None, (picture,)))
    moved = picture.file.rename(tmp_path / "moved.jpg")
    assert content_digest(Part("a", "de", None, (Picture(moved, "Eine Linde", "Landkreis", "CC0"),))) == before


def test_the_digest_of_today_is_the_digest_of_next_year() -> None:
    assert content_digest(Part("Gesperrt. ä🌳", "de", "https://a.example/")) == (
        "663294ab84c3218e65267dac89343d5f8dd93166df1b230380a8b3384de4387a"
    )


def _thread(**variants: Variant) -> Draft:
    """Three parts; the second has a picture."""
    picture = Picture(Path("b.jpg"), "Ein Baum", "Landkreis", "CC0-1.0")
    further = (FollowUp("Danke an {@feuerwehr}.", (picture,)), FollowUp("Bis Freitag."))
    return _draft(link="https://a.example/k12", variants=variants)._replace(thread=further)


def test_a_thread_has_a_post_for_each_part_and_the_link_in_the_first() -> None:
    posts = compose(_thread(), MASTODON, MENTIONS)
    assert [post.part.number for post in posts] == [1, 2, 3]
    assert posts[0].part.text == "Gesperrt.\n\nhttps://a.example/k12"
    assert "{@" not in posts[1].part.text
    assert [len(post.part.media) for post in posts] == [0, 1, 0]
    assert [post.field("text") for post in posts] == ["text", "thread[0].text", "thread[1].text"]
    assert posts[1].field("media[0].alt") == "thread[0].media[0].alt"


def test_a_variant_has_a_thread_of_its_own_or_leaves_it_out() -> None:
    own = _thread(x=Variant(thread=(FollowUp("Kurz."),)), facebook=Variant(leave_out=(Extra.THREAD,)))
    assert [post.field("text") for post in compose(own, X, {})] == ["text", "variants.x.thread[0].text"]
    assert len(compose(own, FACEBOOK, {})) == 1
    assert len(compose(_thread(mastodon=Variant(thread=())), MASTODON, {})) == 1


def test_what_a_variant_leaves_out_is_not_said_there() -> None:
    poll = Poll(("Ja", "Nein"), 60)
    draft = _draft(variants={"facebook": Variant(leave_out=(Extra.POLL, Extra.VISIBILITY))})._replace(
        poll=poll, visibility=Visibility.UNLISTED, content_warning="Unfall"
    )
    there, here = composed(draft, FACEBOOK, {}).part, composed(draft, MASTODON, {}).part
    assert (here.poll, here.visibility, here.warning) == (poll, Visibility.UNLISTED, "Unfall")
    assert (there.poll, there.visibility, there.warning) == (None, None, "Unfall")


def test_a_poll_and_what_is_answered_belong_to_the_first_part_and_a_warning_to_all() -> None:
    draft = _thread()._replace(poll=Poll(("Ja", "Nein"), 60), reply_to="frueher", content_warning="Unfall")
    parts = [post.part for post in compose(draft, MASTODON, MENTIONS)]
    assert [part.poll is not None for part in parts] == [True, False, False]
    assert [part.reply_to for part in parts] == ["frueher", None, None]
    assert [part.warning for part in parts] == ["Unfall"] * 3


@pytest.mark.parametrize(
    "more",
    [
        {"poll": Poll(("Ja", "Nein"), 60)},
        {"poll": Poll(("Ja", "Nein"), 60, multiple=True)},
        {"warning": "Unfall"},
        {"sensitive": True},
        {"visibility": Visibility.UNLISTED},
        {"reply_to": "frueher"},
        {"quote": "frueher"},
        {"number": 2},
    ],
)
def test_the_digest_changes_with_everything_else_that_is_said(more: dict[str, Any]) -> None:
    plain = Part("Gesperrt.", "de")
    assert content_digest(plain._replace(**more)) != content_digest(plain)


def test_the_link_stands_where_the_text_says() -> None:
    draft = _draft("Alle Termine: {link}. Bis Samstag!", link="https://a.example/termine")
    said = "Alle Termine: https://a.example/termine. Bis Samstag!"
    assert [_text(draft, channel) for channel in (MASTODON, X, FACEBOOK)] == [said] * 3


def test_the_card_beside_the_text_stays_wherever_the_link_stands_in_it() -> None:
    draft = _draft("Alle Termine: {link}", link="https://a.example/")
    assert composed(draft, FACEBOOK, {}).part.link == "https://a.example/"
    assert composed(draft, MASTODON, {}).part.link is None


def test_a_further_part_can_have_the_link_and_the_first_goes_without() -> None:
    draft = _draft("Die Termine stehen fest.", link="https://a.example/")._replace(thread=(FollowUp("Hier: {link}"),))
    assert [post.part.text for post in compose(draft, X, {})] == [
        "Die Termine stehen fest.",
        "Hier: https://a.example/",
    ]


def test_a_thread_that_is_left_out_takes_no_link_with_it() -> None:
    draft = _draft(
        "Die Termine stehen fest.", link="https://a.example/", variants={"x": Variant(leave_out=(Extra.THREAD,))}
    )._replace(thread=(FollowUp("Hier: {link}"),))
    assert [post.part.text for post in compose(draft, X, {})] == ["Die Termine stehen fest.\n\nhttps://a.example/"]


def test_a_channel_can_do_without_the_link() -> None:
    draft = _draft("Termine: siehe Profil.", link="https://a.example/", variants={"x": Variant(leave_out=(LINK,))})
    assert _text(draft, X) == "Termine: siehe Profil."
    assert _text(draft, MASTODON).endswith("https://a.example/")


def test_a_story_is_asked_for_by_draft_or_variant_and_has_limits_of_its_own() -> None:
    asked = _draft()._replace(format=Format.STORY)
    by_variant = _draft(variants={"instagram": Variant(format=Format.STORY)})
    for draft in (asked, by_variant):
        post = composed(draft, INSTAGRAM, {})
        assert (post.part.story, post.limits.media_max) == (True, 1)
    assert not composed(by_variant, X, {}).part.story
    for undone in (Variant(format=Format.POST), Variant(leave_out=(Extra.FORMAT,))):
        post = composed(asked._replace(variants={"instagram": undone}), INSTAGRAM, {})
        assert (post.part.story, post.limits.media_max) == (False, 10)


def test_a_text_that_is_left_out_takes_the_link_with_it_where_that_would_stand_in_it() -> None:
    variants = {name: Variant(leave_out=(TEXT,)) for name in ("instagram", "facebook")}
    draft = _draft(link="https://a.example/b", variants=variants)
    assert composed(draft, INSTAGRAM, {}).part[:3] == ("", "de", None)
    assert composed(draft, FACEBOOK, {}).part[:3] == ("", "de", "https://a.example/b")


def test_a_story_has_another_digest_and_older_digests_hold(picture: Picture) -> None:
    part = Part("", "de", media=(picture,))
    assert content_digest(part) != content_digest(part._replace(story=True))
