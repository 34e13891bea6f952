"""`kanal lint` runs in commit hooks: importing the package must not pay for what most texts never need."""

import subprocess
import sys


def test_importing_the_package_loads_neither_regex_nor_the_list_of_domains() -> None:
    script = (
        "import sys, kanal.text, kanal.text.domains as domains\n"
        "print('regex' in sys.modules, 'html' in sys.modules, domains._list.cache_info().currsize)\n"
        "print(kanal.text.weighted_length('Grüße aus dem Rathaus'), kanal.text.mastodon_length('Grüße'))\n"
        "print('regex' in sys.modules)\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, encoding="utf-8")
    assert run.stdout.split() == ["False", "False", "0", "21", "5", "False"]
