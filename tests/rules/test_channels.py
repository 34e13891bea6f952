"""Rules where several channels meet: whose limit, whose text, which line."""

from collections.abc import Callable
from textwrap import dedent

import pytest

from kanal.config import Project
from kanal.drafts import parse_draft
from kanal.lint.inspecting import Inspector
from tests.rules.examples import NOW

LoadProject = Callable[[], Project]
Check = Callable[[str], list[tuple[str, int, str, str]]]
LONG = "Umleitung " * 40
PICTURE = "{{file: {}, alt: Junge Linden, credit: Landkreis, licence: CC0}}"


@pytest.fixture
def check(load_project: LoadProject) -> Check:
    """What the rules say about a draft: rule, line, field, words."""

    def run(text: str) -> list[tuple[str, int, str, str]]:
        project = load_project()
        draft, problems = parse_draft(dedent(text), "posts/f.yaml", project.setting)
        assert problems == []
        assert draft is not None
        found = Inspector(project, NOW).draft(draft, dedent(text))
        return [
            (finding.rule, finding.place.line, finding.field, str(finding.message))
            for finding in found
            if finding.rule.startswith(("platform/", "references/")) and finding.rule != "platform/link-price"
        ]

    return run


def test_each_network_counts_by_itself_and_the_finding_names_the_channel(check: Check) -> None:
    ((rule, line, field, said),) = check(f"id: a\nchannels: [mastodon, x, facebook]\ntext: {LONG}\n")
    assert (rule, line, field) == ("platform/text-length", 3, "text")
    assert said.startswith("Too long for x: 399 of 280 characters. Shorten it by 119")


def test_a_channels_own_server_may_take_longer_texts(check: Check) -> None:
    text = "Umleitung " * 60
    assert [found[3].split(":")[0] for found in check(f"id: a\nchannels: [mastodon]\ntext: {text}\n")] == [
        "Too long for mastodon"
    ]
    assert check(f"id: a\nchannels: [jugendamt-mastodon]\ntext: {text}\n") == []


def test_a_variant_is_checked_instead_of_the_text_and_named_in_the_finding(check: Check) -> None:
    assert check(f"id: a\nchannels: [x]\ntext: {LONG}\nvariants: {{x: {{text: Kurz.}}}}\n") == []
    found = check(f"id: a\nchannels: [x]\ntext: Kurz.\nvariants:\n  x:\n    text: {LONG}\n")
    assert [(rule, line, field) for rule, line, field, _ in found] == [("platform/text-length", 6, "variants.x.text")]


def test_the_link_counts_as_part_of_the_text(check: Check) -> None:
    draft = "id: a\nchannels: [x]\ntext: {}\nlink: https://www.bund.de/{}\n"
    assert check(draft.format("Ä" * 255, "b" * 300)) == []
    ((rule, _, field, said),) = check(draft.format("Ä" * 256, "b"))
    assert (rule, field) == ("platform/text-length", "text")
    assert said.startswith("Too long for x: 281 of 280 characters. Shorten it by 1,")


def test_a_resolved_mention_counts_and_an_unknown_one_is_an_error(check: Check) -> None:
    assert check("id: a\nchannels: [mastodon]\ntext: Danke, {@feuerwehr}!\n") == []
    ((rule, line, field, said),) = check(
        "id: a\nchannels: [mastodon]\ntext: Danke!\nvariants:\n  mastodon:\n    text: Danke, {@feuerwher}!\n"
    )
    assert (rule, line, field) == ("references/mention", 6, "variants.mastodon.text")
    assert said == "There is no mention “feuerwher”. Did you mean “feuerwehr”?"


def test_a_misspelt_channel_is_named_at_its_entry(check: Check) -> None:
    assert check("id: a\nchannels:\n  - mastodon\n  - instagrm\ntext: Hallo\n") == [
        ("references/channel", 4, "channels[1]", "There is no channel “instagrm”. Did you mean “instagram”?")
    ]


def test_a_variant_for_nobody_is_named_at_its_key(check: Check) -> None:
    ((rule, line, field, said),) = check("id: a\nchannels: [x]\ntext: Hallo\nvariants:\n  mastodon: {text: b}\n")
    assert (rule, line, field) == ("references/channel", 5, "variants.mastodon")
    assert said.startswith("“mastodon” is not among this draft's channels.")


def test_a_variant_may_be_named_after_the_platform_of_a_channel(check: Check) -> None:
    assert check("id: a\nchannels: [jugendamt-mastodon]\ntext: Hallo\nvariants: {mastodon: {text: b}}\n") == []


def test_instagram_wants_a_picture_in_its_own_shape(check: Check) -> None:
    draft = "id: a\nchannels: [instagram]\ntext: Hallo\nmedia:\n  - {}\n"
    assert check(draft.format(PICTURE.format("good.jpg"))) == []
    for file, said in (("wrong.png", "does not take png pictures"), ("banner.jpg", "(width to height 6.00)")):
        ((rule, line, field, words),) = check(draft.format(PICTURE.format(file)))
        assert (rule, line, field) == ("platform/media-format", 5, "media[0].file")
        assert said in words


def test_pictures_taken_away_by_a_variant_are_missed_at_the_variant(check: Check) -> None:
    found = check(
        f"id: a\nchannels: [instagram]\ntext: Hallo\nmedia: [{PICTURE.format('good.jpg')}]\n"
        "variants:\n  instagram:\n    media: []\n"
    )
    assert [(rule, line, field) for rule, line, field, _ in found] == [
        ("platform/media-count", 7, "variants.instagram.media")
    ]


def test_too_many_pictures_are_counted(check: Check) -> None:
    pictures = ", ".join([PICTURE.format("good.jpg")] * 5)
    ((rule, line, field, said),) = check(f"id: a\nchannels: [x]\ntext: Hallo\nmedia: [{pictures}]\n")
    assert (rule, line, field, said) == ("platform/media-count", 4, "media", "x takes 4 pictures at most; here are 5.")


def test_a_missing_picture_is_reported_once_although_two_channels_want_it(check: Check) -> None:
    found = check(f"id: a\nchannels: [mastodon, instagram]\ntext: Hallo\nmedia: [{PICTURE.format('gone.jpg')}]\n")
    assert [(rule, field) for rule, _, field, _ in found] == [("references/media-file", "media[0].file")]


def test_twenty_mentions_are_the_most_that_instagram_takes(check: Check) -> None:
    media = f"media: [{PICTURE.format('good.jpg')}]"
    names = " ".join(f"@amt{number}" for number in range(21))
    found = check(f"id: a\nchannels: [instagram]\ntext: Danke {names}\n{media}\n")
    assert [(rule, said) for rule, *_, said in found] == [
        ("platform/tags", "instagram takes 20 mentions at most; here are 21.")
    ]
