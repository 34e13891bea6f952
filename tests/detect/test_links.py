"""Links in texts; redirectors; services of others."""

import pytest

from kanal.detect.links import links_in, redirector, third_party_service
from tests.detect.finding import found


@pytest.mark.parametrize(
    "link",
    [
        "https://www.landkreis-musterland.example/sturm", "http://bund.de", "HTTPS://BUND.DE/A", "ftp://bund.de/x",
        "https://müll.de/straße?x=ä#ö", "https://bund.de/a_(b)", "https://bund.de/?a=1&b=2;c=3",
        "http://localhost:8000/x",
        "https://bund.de/?text=1,2", "www.bund.de", "www.bund.de/pfad/", "www.amt.example", "bit.ly/xyz", "bund.de",
        "musterland.example", "service.berlin.de/dienstleistung/1/", "https://bund.de/x–y",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "around", ["{}", "Mehr: {}.", "({})", "„{}“", "[Text]({})", "{}, klar?", "\u00a0{}\u202f", "{}!\n"]
)
def test_a_link_is_found_without_what_stands_around_it(link: str, around: str) -> None:
    assert found(links_in, around.format(link)) == [link]


def test_links_side_by_side_are_apart() -> None:
    text = "https://bund.de,https://berlin.de/a und bit.ly/x"
    assert found(links_in, text) == ["https://bund.de", "https://berlin.de/a", "bit.ly/x"]


@pytest.mark.parametrize(
    "text",
    [
        "Das Feuer ist vorbei.So geht es weiter.", "Ende.Am Montag", "Ab 8.00 Uhr", "am 3.5.2026",
        "z.B. hier, d.h. dort",
        "plan.zip und liste.md", "Dr.med. Trost", "amt@social.bund.de", "presse@landkreis-musterland.example",
        "@amt@social.bund.de", "Punkt ...", "Zimmer 3.14", "ja.nein.vielleicht", "https://", "www.", "http://_",
    ],
)  # fmt: skip
def test_what_only_has_a_dot_is_no_link(text: str) -> None:
    assert found(links_in, text) == []


@pytest.mark.parametrize(
    "url",
    [
        "https://bit.ly/abc", "bit.ly/abc", "HTTP://BIT.LY/abc", "https://t.co/a", "https://tinyurl.com/a", "t1p.de/x",
        "https://kurzelinks.de/x", "https://lnkd.in/x", "https://goo.gl/x", "https://maps.app.goo.gl/x", "//is.gd/x",
        "https://www.buff.ly:443/x", "https://user@ow.ly/x", "https://bit.ly./x",
    ],
)  # fmt: skip
def test_a_shortener_hides_where_it_leads(url: str) -> None:
    assert redirector(url) == "shortener"


@pytest.mark.parametrize(
    "url",
    [
        "https://l.facebook.com/l.php?u=x", "https://l.instagram.com/?u=x", "https://www.google.com/url?q=x",
        "https://www.google.de/url?q=x", "https://google.co.uk/url?q=x", "https://www.youtube.com/redirect?q=x",
        "https://eur01.safelinks.protection.outlook.com/?url=x", "https://deref-gmx.net/mail/client/x",
    ],
)  # fmt: skip
def test_a_click_counter_learns_who_clicks(url: str) -> None:
    assert redirector(url) == "click"


@pytest.mark.parametrize(
    "url",
    [
        "https://bund.de", "https://notbit.ly/x", "https://bit.ly.bund.de/x", "https://bit.ly@bund.de/",
        "https://bund.de/t.co",
        "https://www.google.de/urlaub", "https://www.google.de/maps", "https://facebook.com/amt", "https://youtu.be/x",
        "https://mygoogle.com/url", "https://google.bund.de/url", "bit", "", "://", "https://[::1]/",
    ],
)  # fmt: skip
def test_an_address_that_shows_where_it_leads_is_no_redirector(url: str) -> None:
    assert redirector(url) is None


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://docs.google.com/forms/d/e/x/viewform", "Google Forms"),
        ("https://forms.gle/x", "Google Forms"),
        ("https://docs.google.com/document/d/x", "Google Docs"),
        ("https://forms.office.com/e/x", "Microsoft Forms"),
        ("https://doodle.com/meeting/x", "Doodle"),
        ("https://de.surveymonkey.com/r/x", "SurveyMonkey"),
        ("https://amt.typeform.com/to/x", "Typeform"),
        ("https://www.eventbrite.de/e/x", "Eventbrite"),
        ("https://www.mentimeter.com/x", "Mentimeter"),
        ("https://www.google.com/maps/embed?pb=x", "Google Maps"),
        ("https://maps.google.de/?q=x", "Google Maps"),
        ("https://www.youtube.com/embed/x", "YouTube"),
    ],
)
def test_services_of_others_have_names(url: str, name: str) -> None:
    assert third_party_service(url) == name


@pytest.mark.parametrize(
    "url", ["https://bund.de/forms", "https://www.youtube.com/watch?v=x", "https://google.de/", ""]
)
def test_other_addresses_are_no_such_service(url: str) -> None:
    assert third_party_service(url) is None


def test_an_office_knows_further_services_and_some_of_its_own() -> None:
    more = {"umfrage.example/extern": "Umfrage GmbH"}
    assert third_party_service("https://umfrage.example/extern/1", more) == "Umfrage GmbH"
    assert third_party_service("https://umfrage.example/intern", more) is None
    assert third_party_service("https://amt.limesurvey.net/1") == "LimeSurvey Cloud"
    assert third_party_service("https://amt.limesurvey.net/1", own=("amt.limesurvey.net",)) is None
