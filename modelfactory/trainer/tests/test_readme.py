"""Every command of the README is one the command line understands, and every exit code it names exists."""

import re
import shlex
from pathlib import Path

import pytest

from datanets_trainer import cli, errors

README = (Path(__file__).parents[1] / "README.md").read_text()
COMMANDS = re.findall(r"python -m datanets_trainer ([^#\n`]+)", README)


@pytest.mark.parametrize("line", COMMANDS)
def test_the_command_is_understood(line):
    options, command = cli._parse(shlex.split(line))
    assert callable(command.execute)
    assert options.command == line.split()[0]


def test_the_exit_codes_are_those_of_the_errors():
    stated = {int(code) for code in re.findall(r"(?:codes:|,) (\d+) [a-z]", README.replace("\n", " "))}
    assert {value for name, value in vars(errors).items() if name.startswith("EXIT_")} <= stated | {20, 21}
