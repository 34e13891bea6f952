"""E-mail addresses and telephone numbers; what an office publishes on purpose is none of them."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.detect.contacts import emails, is_official, phones
from tests.detect.finding import found

OFFICIAL = ("presse@landkreis.example", "@amt.example", "030 23125-400", "+49 40 66969 *", "115", "112")


@pytest.mark.parametrize(
    "written",
    [
        "erika.muster@example.org",
        "ERIKA@EXAMPLE.ORG",
        "jürgen+amt@müller.example",
        "erika@post.amt.example",
        "erika(at)example.org",
        "erika [at] example.org",
        "erika ( at ) example ( dot ) org",
        "erika[at]example(dot)org",
        "erika {ät} example [punkt] org",
        "erika%40example.org",
    ],
)
def test_an_address_is_found_even_in_disguise(written: str) -> None:
    assert found(emails, f"Schreiben Sie an {written}, bitte.") == [written]
    assert found(emails, f"Schreiben Sie an {written}.") == [written]


@pytest.mark.parametrize(
    "text",
    [
        "mailto:erika@example.org",
        "https://amt.example/?an=erika@example.org",
        "E-Mail/erika@example.org",
        "Anfrage_von_erika@example.org.pdf",
    ],
)
def test_an_address_is_found_in_links_and_file_names(text: str) -> None:
    assert "erika@example.org" in found(emails, text)[0]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("foto_erika@example.org.jpg", "erika@example.org"),
        ("Foto-erika@example.org-kita.jpg", "erika@example.org"),
        ("bild_12_lena_muster@example.org_2026.heic", "lena_muster@example.org"),
        ("foto_erika%40example.org.jpg", "erika%40example.org"),
        ("erika@example.org.jpg.webp", "erika@example.org"),
        ("erika@pdf.example.pdf", "erika@pdf.example"),
        ("Mail an erika@scan.pdf-dienst.example.", "erika@scan.pdf-dienst.example"),
        ("von_hand@example.org antwortet.", "von_hand@example.org"),
        ("Schreiben Sie an erika@example.org.Die Ausleihe ist frei.", "erika@example.org"),
        ("Erika@Post.Example", "Erika@Post.Example"),
        ("mailto:a%40example.org%2Cb%40example.org", "a%40example.org"),
    ],
)
def test_an_address_ends_where_a_file_name_or_the_next_sentence_goes_on(text: str, address: str) -> None:
    assert found(emails, text)[0] == address


@pytest.mark.parametrize(
    "text",
    [
        "logo@rathaus.jpg",
        "%2Berika@example.org",
        "@feuerwehr@social.example",
        "Folgen Sie uns: @BA_Mitte_Berlin",
        "Facebook [at]BAMitteBerlin",
        "Facebook [at]Rathaus.Mitte",
        "https://social.example/@amt",
        "https://leser@example.org/seite",
        "https://leser:geheim@example.org/seite",
        "banner@2x.png",
        "logo@1.5x.webp",
        "3 @ 5 Euro",
        "erika@localhost",
        "@",
        "",
    ],
)
def test_handles_pictures_and_prices_are_no_addresses(text: str) -> None:
    assert found(emails, text) == []


@pytest.mark.parametrize(
    "written",
    [
        "030 23125-400",
        "030 23125400",
        "030/23125-400",
        "(030) 23125 – 400",
        "0 30 / 2 31 25-4 00",
        "030.23125.400",
        "030\u00a023125\u202f400",
        "+49 30 23125 400",
        "+49 (0)30 23125-400",
        "+49 (30) 23125-400",
        "+493023125400",
        "0049 30 23125400",
        "0152 28817386",
        "0152-28817386",
        "015228817386",
        "0171 3920000",
        "0221 4710-123",
        "089 99998 000",
        "(030) 9(0)23125-400",
        "+43 1 5885800",
    ],
)
def test_a_telephone_number_is_found_however_it_is_written(written: str) -> None:
    for text in (f"Rufen Sie {written} an.", f"Tel.: {written}", f"Fragen? {written}", f"Büro ({written})"):
        assert found(phones, text) == [written]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("tel:+493023125400", "+493023125400"),
        ("https://amt.example/?tel=%2B493023125400", "%2B493023125400"),
        ("https://amt.example/?telefon=03023125400", "03023125400"),
        ("https://wa.me/4915228817386", "4915228817386"),
        ("tel://015228817386", "015228817386"),
        ("sms://015228817386?body=Hallo", "015228817386"),
        ("https://chat.example/send?phone=4915228817386", "4915228817386"),
        ("Anruf_015228817386.jpg", "015228817386"),
        ("anruf-015228817386-neu.jpg", "015228817386"),
        ("Tel./Fax 030 23125400", "030 23125400"),
        ("unter der Nummer 030 23125400.", "030 23125400"),
        ("Servicenummer 030 23125400", "030 23125400"),
        ("Verwaltungsnummer 040/66969-200", "040/66969-200"),
        ("Tel03023125400", "03023125400"),
        ("☎ 030 · 23125 · 400", "030 · 23125 · 400"),
        ("Raum 12 030 23125 010", "030 23125 010"),
        ("030 23125400 (9–12 Uhr)", "030 23125400"),
        ("030 23125400 9–12 Uhr", "030 23125400"),
        ("030 23125400 9:00 bis 12:00", "030 23125400"),
        ("Seit 2026.\n030 23125400", "030 23125400"),
    ],
)
def test_a_telephone_number_is_found_in_links_and_beside_opening_hours(text: str, number: str) -> None:
    assert found(phones, text) == [number]


@pytest.mark.parametrize("between", [" oder ", "/", " / ", ", ", " ", "\n"])
def test_two_numbers_in_a_row_are_two_hits(between: str) -> None:
    assert found(phones, f"030 23125400{between}0171 3920000") == ["030 23125400", "0171 3920000"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Tel.: 23125-400", "23125-400"),
        ("Tel. 23125400", "23125400"),
        ("Telefon: 47 11-0", "47 11-0"),
        ("Telefon 23125/400", "23125/400"),
        ("telefonisch unter 23125-400", "23125-400"),
        ("Telefonnummer 23125400", "23125400"),
    ],
)
def test_a_local_number_is_found_behind_its_word(text: str, number: str) -> None:
    assert found(phones, text) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "Notruf 112, Polizei 110, Behörde 115",
        "Tel. 116 117",
        "Telefon: 116117 oder 116 116",
        "Tel.: 19222",
        "23125-400",
        "Das Telefon klingelte 12000 Mal",
    ],
)
def test_emergency_and_service_numbers_and_bare_digits_are_none(text: str) -> None:
    assert found(phones, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "am 03.05.2026 oder 03.05.-07.05.2026",
        "01.02.2026-28.02.2026",
        "03-05-2026",
        "03/05/2026",
        "03/2026 bis 12/2026",
        "08.00-12.00 Uhr und 09.30 - 11.30 Uhr",
        "Drs. 0718/5344",
        "Drucksache 07/1344-12",
        "ISBN 0-306-40615-2",
        "IBAN DE89 0370 0440 0532 0130 00",
        "Az. 030/1234567",
        "Kundennummer 03012345678",
        "Bestell-Nr. 0301 2345678",
        "Vorlage 0123/2026-45",
        "030/2026",
        "01067 Dresden, 01099 Dresden",
        "04 150872 P 084",
        "https://amt.example/artikel/0302312540",
        "https://amt.example/?id=0302312540",
        "0,5 bis 0,75 Prozent",
        "1.030 23125",
        "Nr. HH-030 2312540",
        "Kd-015228817386",
        "vorlage-0152-28817386",
        "kundennummer-015228817386.jpg",
        "Rechnung_015228817386.pdf",
        "DSC_0302312.jpg",
        "0302312540a",
        "0000000000",
        "01234567890123456789",
        "Version 0.30.2312540",
        "Flurstück 0123/45",
        "Flurstücke 0301/231 und 0301/232",
        "Haushaltstitel 0302/231 25",
        "Beleg 0221-2026-321",
        "Art.-Nr. 0221-47-10321",
        "Auftrag 030 2026 00412 wurde vergeben",
        "BG-Nummer: 03504//0012345",
        "Steuer-ID 86 095 742 719",
        "Steuer-ID 47/036/892/816",
        "Nummer 0399/12345",
        "",
    ],
)
def test_dates_papers_orders_and_other_numbers_are_no_telephone_numbers(text: str) -> None:
    assert found(phones, text) == []


@pytest.mark.parametrize(
    "written",
    [
        "presse@landkreis.example",
        "Presse@Landkreis.Example",
        "presse (at) landkreis (dot) example",
        "presse%40landkreis.example",
        "presse%40landkreis%2Eexample",
        "presse ( at ) landkreis ( dot ) example",
        "jemand@amt.example",
        "jemand@jugend.amt.example",
        "030 23125-400",
        "030/23125400",
        "0 30 / 2 31 25-4 00",
        "+49 30 23125 400",
        "+49 (0)30 23125-400",
        "+49 030 23125 400",
        "0049 30 23125400",
        "%2B493023125400",
        "030 23125-400/-401",
        "23125-400",
        "040 66969-123",
        "+49 40 66969 0",
        "66969-123",
        "115",
        "493023125400",
    ],
)
def test_official_contacts_are_recognised_however_they_are_written(written: str) -> None:
    assert is_official(written, OFFICIAL)


@pytest.mark.parametrize(
    "written",
    [
        "erika@landkreis.example",
        "presse@landkreis.example.org",
        "presse@nochein-amt.example",
        "030 23125-401",
        "030 23125",
        "040 66968-123",
        "0172 9925904",
        "+43 1 66969123",
        "+6696 9123456",
        "+1 23125400",
        "400",
        "110",
    ],
)
def test_other_contacts_are_not_official(written: str) -> None:
    assert not is_official(written, OFFICIAL)
    assert not is_official(written, ())


def test_a_freephone_number_is_official_as_a_whole_only() -> None:
    official = ("0800 111 0 111",)
    assert is_official("0800 1110111", official)
    assert is_official("+49 800 111 0 111", official)
    assert not is_official("1110111", official)
    assert not is_official("0800 1110112", official)


def test_an_entry_of_the_register_without_digits_makes_nothing_official() -> None:
    assert not is_official("030 23125-400", ("*", "", " "))


def test_official_numbers_are_left_out_and_others_found() -> None:
    text = "Presse: 030 23125-400, privat: 0171 3920000"
    assert found(lambda words: phones(words, OFFICIAL), text) == ["0171 3920000"]


def test_neither_ordinary_posts_nor_official_numbers_load_the_telephone_library() -> None:
    texts = (
        "Ab 03.05.2026, 8.00-12.00 Uhr: Sperrung der K 29. Az. 030/1234567, Drs. 21-1344, 01067 Dresden, 5.000 Euro.",
        "Rückfragen: Tel. 030 23125-400, +49 (0)40 66969-12, Behördennummer 115.",
    )
    script = (
        "import sys\nfrom kanal.detect.contacts import phones, emails\n"
        f"print([phones(text, {OFFICIAL!r}) + emails(text) for text in {texts!r}], 'phonenumbers' in sys.modules)\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, encoding="utf-8")
    assert run.stdout.strip() == "[(), ()] False"


@given(
    st.integers(0, 999), st.sampled_from(["030 23125 {}", "+49 (0) 30/23125-{}", "0049 30 23125{}", "(030) 23125 – {}"])
)
def test_every_number_kept_for_fiction_is_found_and_official_by_its_stem(extension: int, written: str) -> None:
    number = written.format(f"{extension:03}")
    assert found(phones, f"Anruf unter {number}!") == [number]
    assert phones(f"Anruf unter {number}!", ("030 23125 *",)) == ()
