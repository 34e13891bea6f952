"""Links without what follows their readers, and otherwise untouched."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kanal.detect.tracking import tracking, without_tracking

_PARTS = [
    "?",
    "#",
    "&",
    ";",
    "&amp;",
    "=",
    "utm_source",
    "UTM_Medium",
    "fbclid",
    "utm%5Fa",
    "%",
    "a",
    "id",
    "s",
    "/",
    "",
]
_URLS = st.builds(
    lambda head, parts: head + "".join(parts),
    st.sampled_from(["https://bund.de/", "https://x.com/a", "bund.de", "", "utm_a"]),
    st.lists(st.sampled_from(_PARTS), max_size=14),
)


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://bund.de/?utm_source=x", "https://bund.de/"),
        ("https://bund.de/?a=1&utm_x=2#frag", "https://bund.de/?a=1#frag"),
        ("https://bund.de/?utm_x=2&a=1", "https://bund.de/?a=1"),
        ("https://bund.de/?a=1&utm_x=2&b=3", "https://bund.de/?a=1&b=3"),
        ("https://bund.de/?a=1;utm_x=2;b=3", "https://bund.de/?a=1;b=3"),
        ("https://bund.de/?a=1&amp;utm_x=2&amp;b=3", "https://bund.de/?a=1&amp;b=3"),
        ("https://bund.de/?UTM_Source=x", "https://bund.de/"),
        ("https://bund.de/?utm%5Fsource=x", "https://bund.de/"),
        ("https://bund.de/?fbclid", "https://bund.de/"),
        ("https://bund.de/?a=1?utm_source=x", "https://bund.de/?a=1"),
        ("https://bund.de/?gclid=1&fbclid=2&mtm_campaign=3&pk_kwd=4&wt_zmc=5&at_campaign=6&xtor=7", "https://bund.de/"),
        ("https://bund.de/#utm_source=x", "https://bund.de/"),
        ("https://bund.de/#/weg?utm_source=x&b=2", "https://bund.de/#/weg?b=2"),
        ("https://bund.de/?utm_source=x#abschnitt", "https://bund.de/#abschnitt"),
        ("https://bund.de/%C3%A4+%20ä?q=%C3%A4+%20ä&utm_a=ä&&b", "https://bund.de/%C3%A4+%20ä?q=%C3%A4+%20ä&&b"),
        ("bund.de?fbclid=1", "bund.de"),
        ("https://x.com/amt/status/1?s=20&t=abc", "https://x.com/amt/status/1"),
        ("https://youtu.be/x?si=abc&t=30", "https://youtu.be/x?t=30"),
        ("https://www.youtube.com/watch?v=x&pp=y&feature=z", "https://www.youtube.com/watch?v=x"),
        ("https://www.tiktok.com/@amt/video/1?_r=1&_t=2&is_from_webapp=1", "https://www.tiktok.com/@amt/video/1"),
        ("https://www.threads.net/@amt?xmt=1&slof=1", "https://www.threads.net/@amt"),
        ("https://www.linkedin.com/jobs/1?trk=x&rcm=y&lipi=z", "https://www.linkedin.com/jobs/1"),
        ("https://www.facebook.com/amt?__cft__[0]=x&__tn__=R&id=3", "https://www.facebook.com/amt?id=3"),
        ("https://www.instagram.com/p/1/?igsh=abc", "https://www.instagram.com/p/1/"),
    ],
)
def test_tracking_goes_and_the_rest_stays_byte_for_byte(url: str, clean: str) -> None:
    assert without_tracking(url) == clean
    assert tracking(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://bund.de/", "https://bund.de/?", "https://bund.de/?a=1&", "https://bund.de/#", "", "kein Link",
        "https://ris.musterland.example/vo020?VOLFDNR=1&__ktonr=2&sitzung=3&id=4&dienstleister=5&ref=6&mc=7&tid=8",
        "https://bund.de/?s=suche&t=1&si=2&pp=3&feature=4&trk=5&pk_id=6", "https://bund.de/utm_source=x",
        "https://bund.de/#si",
        "https://bund.de/#fbclid", "https://youtu.be/x?t=30", "https://bund.de/?q=utm_source", "https://notx.com/?s=1",
    ],
)  # fmt: skip
def test_what_a_page_needs_stays(url: str) -> None:
    assert tracking(url) == ()
    assert without_tracking(url) == url


def test_names_come_as_written_and_in_order() -> None:
    assert tracking("https://x.com/?s=1&a=2&UTM_a=3#utm_b=4") == ("s", "UTM_a", "utm_b")


@given(_URLS | st.text(st.characters(exclude_categories=()), max_size=100))
@example("https://bund.de/#utm_a=1?utm_b=2&c=3")
@example("https://bund.de/#utm_a=1#b=2")
@example("?utm_a?#utm_a=1&b")
def test_a_cleaned_link_is_clean_and_a_clean_one_untouched(url: str) -> None:
    clean = without_tracking(url)
    assert tracking(clean) == ()
    assert without_tracking(clean) == clean
    assert (clean == url) == (tracking(url) == ())


@given(_URLS)
def test_cleaning_only_takes_away(url: str) -> None:
    rest = iter(url)
    assert all(character in rest for character in without_tracking(url))
