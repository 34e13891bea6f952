from pathlib import Path

from kanal.lint.chosen import with_drafts
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
