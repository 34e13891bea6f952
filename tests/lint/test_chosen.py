from pathlib import Path

from kanal.lint.chosen import below, with_drafts
from tests.conftest import WriteFile


def test_a_picture_stands_for_the_drafts_that_show_it(office_folder: Path, write_file: WriteFile) -> None:
    write_file("posts/a/größe.yml", "id: a\nchannels: [x]\ntext: a\nmedia: [{file: good.jpg}]\n")
    assert with_drafts(office_folder, ["posts/good.jpg"]) == {
        "posts/good.jpg",
        "posts/a/größe.yml",
        "posts/verkehr/linden.yaml",
    }


def test_drafts_and_configuration_stand_for_themselves(office_folder: Path) -> None:
    chosen = {"posts/baustelle.yaml", "config/kanal.yaml", "posts/wrong.png"}
    assert with_drafts(office_folder, chosen) == chosen


def test_a_folder_stands_for_the_drafts_and_settings_below_it(office_folder: Path, write_file: WriteFile) -> None:
    for name in ("posts/märkte/a.yaml", "posts/märkte/herbst/B.YML", "posts/märkte/.alt/c.yaml", "posts/märkte/d.txt"):
        write_file(name, "id: a\n")
    assert below(office_folder, "posts/märkte") == {"posts/märkte/a.yaml", "posts/märkte/herbst/B.YML"}
    assert "config/kanal.yaml" in below(office_folder, "config")
