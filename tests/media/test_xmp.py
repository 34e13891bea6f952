"""The properties of XMP packets, in both forms and from damaged packets, too."""

import pytest

from kanal.media.xmp import properties
from tests.media.pictures import xmp


def found(packet: bytes) -> list[tuple[str, str]]:
    return list(properties(packet, {"dc:creator", "exif:GPSLatitude"}.__contains__))


def test_attributes_and_elements_have_values() -> None:
    assert found(xmp("<dc:creator>Mia</dc:creator>", 'exif:GPSLatitude="52"')) == [
        ("exif:GPSLatitude", "52"),
        ("dc:creator", "Mia"),
    ]


def test_a_value_counts_for_all_that_enclose_it() -> None:
    packet = xmp("<dc:creator><rdf:Seq><rdf:li><exif:GPSLatitude>52</exif:GPSLatitude></rdf:li></rdf:Seq></dc:creator>")
    assert found(packet) == [("dc:creator", "52"), ("exif:GPSLatitude", "52")]


@pytest.mark.parametrize(
    "packet",
    [xmp("<dc:creator> </dc:creator>"), xmp("<dc:creator/>"), xmp("", 'exif:GPSLatitude=" "'), xmp("Mia"), b""],
)
def test_what_is_empty_has_no_value(packet: bytes) -> None:
    assert found(packet) == []


def test_blanks_and_zeros_before_the_packet_are_passed_over() -> None:
    packet = b'<?xml version="1.0"?><x><dc:creator>Mia</dc:creator></x>'
    assert found(b"\0\n " + packet) == [("dc:creator", "Mia")]


def test_entities_are_not_expanded() -> None:
    packet = b'<!DOCTYPE x [<!ENTITY a "Mia"><!ENTITY b "&a;&a;">]><x><dc:creator>&b;</dc:creator></x>'
    assert set(found(packet)) == {("dc:creator", "dc:creator")}


def test_what_stands_before_the_damage_is_read_and_behind_it_names_count() -> None:
    packet = b"<x><dc:creator>Mia</dc:creator></y><exif:GPSLatitude/>"
    assert found(packet) == [("dc:creator", "Mia"), ("exif:GPSLatitude", "exif:GPSLatitude")]
