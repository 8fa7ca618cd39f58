"""Completing on Tab: the script each shell is given, tried in a real bash."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from assistant.cli.main import run


def script(shell: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["completion", shell]) == 0
    return capsys.readouterr().out


def offered(words: str, completion: str) -> set[str]:
    """What a real bash offers when Tab is pressed behind *words*."""
    ask = f"""
    {completion}
    COMP_WORDS=({words} ''); [[ "{words}" == *[[:space:]] ]] || COMP_WORDS=({words})
    COMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 )); COMP_LINE="{words}"; COMP_POINT=${{#COMP_LINE}}
    $(complete -p ziping | sed 's/.*-F \\([^ ]*\\).*/\\1/') ziping "${{COMP_WORDS[COMP_CWORD]}}" ''
    printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    shown = subprocess.run(["bash", "-c", ask], capture_output=True, text=True, check=True)
    return set(shown.stdout.split())


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash on this machine")
def test_bash_completes_commands_options_rule_sets_and_check_codes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    completion = script("bash", capsys)
    assert {"export", "explain"} <= offered("ziping ex", completion)
    assert "score" not in offered("ziping ex", completion)
    assert "--profile" in offered("ziping score --pro", completion)
    assert {"central-2020", "central-2021"} <= offered("ziping score --profile central", completion)
    assert "F06" in offered("ziping explain F0", completion)


@pytest.mark.parametrize("shell", ["zsh", "fish", "powershell", "tcsh"])
def test_every_other_shell_gets_a_script_that_knows_the_commands(
    shell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    completion = script(shell, capsys)
    assert "ziping" in completion
    assert all(command in completion for command in ("export", "explain", "--profile"))


@pytest.mark.skipif(shutil.which("zsh") is None, reason="no zsh on this machine")
@pytest.mark.parametrize("taken_in", ["source script", 'eval "$(<script)"'])
def test_zsh_registers_the_completion_both_ways_of_a_zshrc(
    taken_in: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "script").write_text(script("zsh", capsys), "utf-8")
    ask = f'compdef() {{ print -r -- "$@" }}; {taken_in}'
    shown = subprocess.run(["zsh", "-fc", ask], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert shown.stdout.split() == ["_shtab_ziping", "-N", "ziping"]
    assert not shown.stderr


def test_an_unknown_shell_is_refused_with_the_choices(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(["completion", "cmd"])
    assert "可选" in capsys.readouterr().err
