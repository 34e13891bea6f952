from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from kanal.compose import compose
from kanal.drafts import DraftSetting, parse_draft
from kanal.feeds.drafting import LONGEST_ID, Words, draft_of, id_of
from kanal.feeds.entry import Entry
from kanal.feeds.plain_text import tidy
from kanal.model import Channel, Draft
from kanal.platforms import limits_of

ZONE = ZoneInfo("Europe/Berlin")
CHANNELS = [Channel("mastodon", "mastodon", "a"), Channel("x", "x", "b"), Channel("facebook", "facebook", "c")]
WORDS = Words("Aus „Presse“", "Kürzen Sie ihn.", "Der Rest des Textes:")
LINK = "https://www.landkreis-musterland.example/presse/4711"
AT = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=400).map(tidy)


def _entry(title: str = "Brücke gesperrt", text: str = "Ab Montag.", link: str | None = LINK) -> Entry:
    return Entry("guid 4711", title, text, link, AT)


def _file(entry: Entry) -> str:
    return draft_of(entry, "a-1", [channel.name for channel in CHANNELS], list(map(limits_of, CHANNELS)), WORDS)


def _draft(file: str, setting: DraftSetting) -> Draft:
    draft, findings = parse_draft(file, "posts/a-1.yaml", setting)
    assert findings == []
    assert draft is not None
    return draft


def test_a_draft_says_where_it_is_from_and_is_unfinished(setting: DraftSetting) -> None:
    file = _file(_entry())
    assert file.startswith("# feed: guid 4711\n# Aus „Presse“\n# Kürzen Sie ihn.\nid: a-1\n")
    draft = _draft(file, setting)
    assert (draft.text, draft.link, draft.source) == ("Brücke gesperrt\n\nAb Montag.", LINK, LINK)
    assert draft.unfinished
    assert draft.publish_at is None


def test_what_no_network_takes_is_kept_as_a_comment_from_a_whole_sentence_on(setting: DraftSetting) -> None:
    text = " ".join(f"Satz Nummer {number} ist hier zu Ende." for number in range(40))
    file = _file(_entry(text=text))
    draft = _draft(file, setting)
    assert draft.text.endswith("zu Ende.")
    for channel in CHANNELS:
        [post] = compose(draft, channel, {})
        assert post.limits.length(post.part) <= post.limits.text
    assert "# Der Rest des Textes:\n# Satz Nummer" in file
    assert file.endswith("Satz Nummer 39 ist hier zu Ende.\n")


def test_a_title_that_the_text_repeats_stands_there_once(setting: DraftSetting) -> None:
    assert _draft(_file(_entry(text="Brücke gesperrt. Ab Montag.")), setting).text == "Brücke gesperrt\n\nAb Montag."


@given(TEXTS.map(lambda text: " ".join(text.split())).filter(bool), TEXTS, TEXTS)
def test_whatever_a_feed_says_the_draft_says_that_and_nothing_else(title: str, text: str, name: str) -> None:
    setting = DraftSetting(Path("posts"), ZONE, "de")
    entry = Entry(name, title, text, LINK, AT)
    draft = _draft(_file(entry), setting)
    assert draft.text.startswith(title[:50])
    assert draft.channels == ("mastodon", "x", "facebook")
    assert draft.unfinished


def test_an_id_is_the_day_there_in_the_offices_zone_and_the_title() -> None:
    assert id_of(_entry(), ZONE) == "2026-11-21-bruecke-gesperrt"


@given(st.text(max_size=400))
def test_an_id_is_always_one(title: str) -> None:
    name = id_of(_entry(title=title), ZONE)
    assert 0 < len(name) <= LONGEST_ID
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
