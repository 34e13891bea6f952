"""What a draft refers to is known without reading it again, and it is what `compose` makes of it."""

from hypothesis import given
from hypothesis import strategies as st

from kanal.compose import compose
from kanal.draft_references import references_in, references_of
from kanal.model import Channel, Draft, DraftType, Extra, Variant

CHANNELS = [Channel("jugend", "mastodon", "a"), Channel("mastodon", "mastodon", "b"), Channel("x", "x", "c")]
IDS = st.none() | st.sampled_from(["sperrung", "a-1"])
LEFT_OUT = st.none() | st.lists(st.sampled_from([Extra.REPLY_TO, Extra.QUOTE, Extra.POLL]), unique=True).map(tuple)
VARIANTS = st.dictionaries(
    st.sampled_from(["jugend", "mastodon", "x"]), LEFT_OUT.map(lambda left: Variant(leave_out=left))
)


@given(IDS, IDS, VARIANTS)
def test_what_is_kept_says_where_compose_refers_to_another_draft(
    reply_to: str | None, quote: str | None, variants: dict[str, Variant]
) -> None:
    draft = Draft(
        *("b", "posts/b.yaml", DraftType.SERVICE, ("x",), "Hallo", "de"),
        variants=variants,
        reply_to=reply_to,
        quote=quote,
    )
    refers = references_in(references_of(draft))
    for channel in CHANNELS:
        [post] = compose(draft, channel, {})
        said = {Extra.REPLY_TO: post.part.reply_to, Extra.QUOTE: post.part.quote}
        kept = {one.key: one.id for one in refers if one.holds_on(channel)}
        assert kept == {key: name for key, name in said.items() if name}


def test_a_draft_that_refers_to_none_takes_no_room() -> None:
    assert references_of(Draft("b", "posts/b.yaml", DraftType.SERVICE, ("x",), "Hallo", "de")) == ""
    assert references_in("") == ()
