"""How many parts a post has is known without reading the draft again, and it is what `compose` makes of it."""

from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from kanal.compose import compose
from kanal.draft_files import FileStat
from kanal.drafts import DraftSetting
from kanal.folder_entries import entry_of, facts_of
from kanal.model import Channel, Draft, DraftType, Extra, FollowUp, Variant

SETTING = DraftSetting(Path("posts"), ZoneInfo("Europe/Berlin"), "de")
CHANNELS = [Channel("jugend", "mastodon", "a"), Channel("mastodon", "mastodon", "b"), Channel("x", "x", "c")]
THREADS = st.integers(0, 3).map(lambda count: (FollowUp("Mehr."),) * count)
LEFT_OUT = st.sampled_from([(), (Extra.THREAD,), (Extra.POLL,), (Extra.POLL, Extra.THREAD)])
VARIANTS = st.builds(
    lambda thread, left: Variant(thread=thread, leave_out=left), st.none() | THREADS, st.none() | LEFT_OUT
)


@given(THREADS, st.dictionaries(st.sampled_from(["jugend", "mastodon", "x"]), VARIANTS))
def test_an_entry_knows_how_many_parts_compose_makes(
    thread: tuple[FollowUp, ...], variants: dict[str, Variant]
) -> None:
    draft = Draft("a", "posts/a.yaml", DraftType.SERVICE, ("x",), "Hallo", "de", thread=thread, variants=variants)
    entry = entry_of("posts/a.yaml", facts_of(draft), FileStat("a.yaml", 0, 0), SETTING)
    for channel in CHANNELS:
        assert entry.parts_on(channel) == len(compose(draft, channel, {}))
