"""Strings meant to command a terminal, in every cell and on every page: shown, never obeyed."""

from __future__ import annotations

import base64
import logging
import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.store.casefile import save
from assistant.tui.app import ZipingApp
from assistant.tui.screens.copying import CopyingScreen
from tests.injection import batches, payloads
from tests.injection.doors import value
from tests.injection.exits import RAW, shown
from tests.machine import slowness

LETTERS = re.compile("[\u4e00-\u9fff]")


def painted(app: ZipingApp) -> str:
    """Everything on the screen, each line as the terminal gets it but for colours."""
    lines = app.screen._compositor.render_strips()
    for strip in lines:
        for text, style, _ in strip._segments:
            assert RAW.search(text.replace("\n", "")) is None, f"raw control in {text!a}"
            if style is not None:
                assert style.link is None, f"a link in {text!a}"
    return "".join(strip.text for strip in lines)


@pytest.mark.parametrize("number", range(len(list(batches()))))
async def test_every_page_of_a_form_full_of_them_is_drawn_without_a_command(number, make_services):
    texts = list(batches())[number]
    case = value(texts).model_copy(update={"drafts": (), "overrides": ()})
    app = ZipingApp(make_services(case))
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        main = app.screen_stack[0]
        seen = painted(app)
        for at, stop in enumerate(main.overview.stops):
            if stop.key.startswith("indicators") and at % 4 != number % 4:
                continue  # every string is in each kind of cell; one page in four draws them all in turn
            main.go(at)
            await pilot.pause()
            seen += painted(app)
        assert app.is_running, "no string of the form may act on the program"
        for text in texts:
            letters = "".join(LETTERS.findall(shown(text)))[:4]
            begins = shown(text).strip()[:8]  # a narrow cell shows only how it begins
            assert letters in "".join(LETTERS.findall(seen)) or begins in seen, (
                f"nothing to be seen of {text[:60]!a}"
            )


async def test_a_model_s_answer_streams_into_the_panel_without_a_command(demo, make_services, scripted, says):
    texts = [
        payload.text
        for payload in payloads()
        if payload.kind in {"csi", "osc", "c1", "bidi", "markup", "dcs", "esc"}
    ]
    path = "indicators[16].reason"
    app = ZipingApp(make_services(demo, drafter=scripted(says(path, "完成。".join(texts)[:5000]))))
    async with app.run_test(size=(140, 40)) as pilot:
        app.screen_stack[0].go_to(path)
        await pilot.pause()
        await pilot.press("f4")
        for _ in range(20):
            await pilot.pause(0.02)
            painted(app)
        await pilot.press("1")
        await pilot.pause(0.1)
        painted(app)
        assert app.is_running


async def test_messages_with_them_are_shown_as_they_are(demo, make_services):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(140, 40)) as pilot:
        for text in ("\x1b]52;c;YQ==\x07路径", "[@click=app.quit]点[/]", "\u202e反"):
            app.notify(text)
            await pilot.pause(0.1)
            assert LETTERS.findall(text)[-1] in painted(app)


async def test_the_clipboard_gets_no_controls(demo, make_services, monkeypatch):
    app = ZipingApp(make_services(demo))
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        written: list[str] = []
        monkeypatch.setattr(app._driver, "write", written.append)
        for payload in payloads():
            written.clear()
            app.copy_to_clipboard(payload.text)
            sequence = re.fullmatch(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\a", "".join(written))
            assert sequence, ascii(written)
            copied = base64.b64decode(sequence[1]).decode()
            assert RAW.search(copied) is None, ascii(payload.text)
            assert shown(copied) == shown(payload.text)


async def test_copying_cell_by_cell_shows_and_hands_no_controls(make_services):
    from assistant.catalogue.profiles import load_profile

    for texts in list(batches())[:3]:
        app = ZipingApp(make_services(value(texts)))
        async with app.run_test(size=(140, 40)) as pilot:
            await pilot.pause()
            app.push_screen(CopyingScreen(value(texts), load_profile("central-2020"), Path("x.txt"), {}))
            await pilot.pause()
            for _ in range(12):
                await pilot.press("enter")
                painted(app)


def _from_terminal(command: list[str], keys: list[bytes], home: Path) -> bytes:
    """What *command* writes to a real pseudo-terminal of 140×40 while *keys* are pressed."""
    import fcntl
    import struct
    import termios

    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 140, 0, 0))
    environment = {
        **os.environ,
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "ZIPING_HOME": str(home),
        "COLORTERM": "truecolor",
    }
    process = subprocess.Popen(
        command,
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env=environment,
        close_fds=True,
        start_new_session=True,
    )
    os.close(follower)
    written = b""

    def listen(quiet: float, most: float) -> Iterator[bytes]:
        until = time.monotonic() + most
        while time.monotonic() < until and select.select([leader], [], [], quiet)[0]:
            try:
                yield os.read(leader, 65536)
            except OSError:
                return

    slow = min(slowness(300_000, on_the_wall=True), 4)
    written += b"".join(listen(3.0 * slow, 30 * slow))
    for key in keys:
        os.write(leader, key)
        written += b"".join(listen(0.3 * slow, 5 * slow))
    try:
        process.wait(20 * slow)
    except subprocess.TimeoutExpired:  # what it wrote is asked for here, not how soon it ends
        process.kill()
        process.wait()
    written += b"".join(listen(0.2, 2))
    os.close(leader)
    return written


OSC_OR_STRING = re.compile(rb"\x1b[\]P_^X]|\xc2[\x80-\x9f]")
_F3, _QUIT = b"\x1bOR", b"\x11"


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_the_bytes_a_real_terminal_gets_hold_only_our_own_sequences(tmp_path: Path) -> None:
    """Compared with the same form of harmless texts: the same kinds of sequences, none of the strings' own."""
    hostile = [
        payload.text
        for payload in payloads()
        if payload.kind in {"csi", "osc", "dcs", "esc", "c1", "c0", "bidi"}
    ]
    sets = {
        "harmless": ["甲乙丙"] * 40,
        "hostile": hostile[:40],
        "more": hostile[40:80],
        "rest": hostile[80:],
    }
    wrote = {}
    for name, texts in sets.items():
        folder = tmp_path / name
        folder.mkdir()
        # The name of the file and of its folder is foreign, too.
        path = folder / ("表.ziping.json" if name == "harmless" else "表\x1b]0;t\x07\x9b2J\u202e.ziping.json")
        save(path, value(texts).model_copy(update={"drafts": (), "overrides": ()}))
        wrote[name] = _from_terminal(
            [sys.executable, "-m", "assistant", "open", str(path)],
            [_F3] * 12 + [b"\x1b[20~", b"\x1b[21~", _QUIT, _QUIT],
            folder,
        )
    usual = {match[0] for match in OSC_OR_STRING.finditer(wrote["harmless"])}
    assert len(wrote["harmless"]) > 20_000, "the form was drawn"
    for name in ("hostile", "more", "rest"):
        assert len(wrote[name]) > 20_000, f"{name}: the form was drawn"
        unusual = [match for match in OSC_OR_STRING.finditer(wrote[name]) if match[0] not in usual]
        assert not unusual, [
            wrote[name][max(0, match.start() - 30) : match.end() + 30] for match in unusual[:3]
        ]
        text = wrote[name].decode("utf-8", "replace")
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", text)
        for one in hostile:
            for match in re.finditer(r"\x1b[^\x1b]{2,}", one):
                if len(match[0]) > 5 and match[0].encode() not in wrote["harmless"]:  # some are Textual's own
                    assert match[0] not in text, f"{match[0][:40]!a} reached the terminal"
        letters = {sign for sign in text if ord(sign) < 32 and sign not in "\n\r\x1b\t\x0f\x0e\x08\x07"}
        assert not letters, f"{name}: raw {sorted(map(ascii, letters))}"


def test_nothing_is_logged_of_them(caplog: pytest.LogCaptureFixture) -> None:
    from tests.injection.exits import to_docx, to_plain

    with caplog.at_level(logging.DEBUG):
        for texts in list(batches())[:2]:
            to_docx(value(texts))
            to_plain(value(texts))
    assert RAW.search(caplog.text.replace("\n", "")) is None
