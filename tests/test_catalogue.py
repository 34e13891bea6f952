"""Whether translations are found as the standard library finds them, without reading all of them."""

import gettext
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from kanal.catalogue import Catalogue
from kanal.language import LOCALE


def _compiled(sentences: dict[str, str], counted: dict[str, str]) -> bytes:
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    catalogue = Catalog(locale="de")
    for original, translation in sentences.items():
        catalogue.add(original, translation)
    for original, translation in counted.items():
        catalogue.add((original, f"{original}s"), (translation, f"{translation}n"))
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


_texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=12)


@given(st.dictionaries(_texts, _texts), _texts)
def test_every_translation_is_found_and_nothing_else_is(sentences: dict[str, str], other: str) -> None:
    catalogue = Catalogue(_compiled(sentences, {}))
    for original, translation in sentences.items():
        assert catalogue.find(original) == translation
    assert catalogue.find(other) == sentences.get(other)


@given(st.dictionaries(_texts, _texts), st.integers(0, 120))
def test_a_count_decides_which_of_two_forms_is_meant(counted: dict[str, str], count: int) -> None:
    catalogue = Catalogue(_compiled({}, counted))
    for original, translation in counted.items():
        expected = translation if count == 1 else f"{translation}n"
        assert catalogue.find(original, f"{original}s", count) == expected
        assert catalogue.find(original) is None


def test_the_german_catalogue_says_what_gettext_says() -> None:
    content = (LOCALE / "de" / "LC_MESSAGES" / "kanal.mo").read_bytes()
    catalogue, theirs = Catalogue(content), gettext.GNUTranslations(BytesIO(content))
    originals = {original for original in theirs._catalog if original}  # type: ignore[attr-defined]  # no other way to list them
    assert len(originals) > 2000
    for original in originals:
        if isinstance(original, str):
            assert catalogue.find(original) == theirs.gettext(original)


def test_german_counts_as_the_catalogue_takes_for_granted() -> None:
    content = (LOCALE / "de" / "LC_MESSAGES" / "kanal.mo").read_bytes()
    theirs = gettext.GNUTranslations(BytesIO(content))
    assert theirs.info()["plural-forms"] == "nplurals=2; plural=(n != 1);"
