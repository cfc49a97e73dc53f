"""Old Office files (.doc, .ppt) and OpenDocument presentations, through the LibreOffice program where it is installed.

It knows how to have LibreOffice convert a file alone, without macros, without links and in limited time; the reader of
the new format does the rest. It does not know the old formats.

The program stays in the process group of whoever called it, so that a worker that is stopped takes it along.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from imetaudit.extract.build import Reading, Refusal
from imetaudit.extract.sniff import Format
from imetaudit.extract.thresholds import Thresholds
from imetaudit.model import UnreadableReason

_PROGRAMS = ("soffice", "libreoffice")
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""
"""Of the private profile: no macro runs, and no file or page to which a document links is fetched."""


def find_libreoffice() -> str | None:
    """Return the path of LibreOffice's program, or None where it is not installed."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def read_through_libreoffice(data: bytes, thresholds: Thresholds, held: Format) -> Reading | Refusal:
    """Read an old text document or a presentation, or say what to do where LibreOffice cannot help."""
    target = "docx" if held is Format.DOC else "pptx"
    program = find_libreoffice()
    if program is None:
        what = "a Word file of before 2007" if held is Format.DOC else f"a presentation in the format {held}"
        detail = f"This is {what}; install LibreOffice and audit it again, or save it as .{target}."
        return Refusal(UnreadableReason.UNSUPPORTED, detail)
    converted = _convert(program, data, held, target, thresholds.libreoffice.seconds)
    if isinstance(converted, Refusal):
        return converted
    if target == "docx":
        from imetaudit.extract.docx import read_docx as reader
    else:
        from imetaudit.extract.pptx import read_pptx as reader
    reading = reader(converted, thresholds)
    return replace(reading, extractor=f"{held} via libreoffice") if isinstance(reading, Reading) else reading


def _convert(program: str, data: bytes, held: Format, target: str, seconds: int) -> bytes | Refusal:
    with tempfile.TemporaryDirectory(prefix="imetaudit-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"in.{held}")
        source.write_bytes(data)
        settings = Path(folder, "profile", "user", "registrymodifications.xcu")
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        command = [
            program, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless", "--norestore",
            "--convert-to", target, "--outdir", str(Path(folder, "out")), str(source),
        ]  # fmt: skip
        if not _run(command, folder, seconds):
            detail = f"LibreOffice took longer than {seconds} seconds; open the file and save it as .{target}."
            return Refusal(UnreadableReason.TIMED_OUT, detail)
        made = Path(folder, "out", f"in.{target}")
        if not made.is_file():
            detail = f"LibreOffice cannot convert the file; open it in its program and save it as .{target}."
            return Refusal(UnreadableReason.DAMAGED, detail)
        return made.read_bytes()


def _run(command: list[str], folder: str, seconds: int) -> bool:
    """Run a program to its end and return True, or end it with all that it started and return False."""
    with subprocess.Popen(  # noqa: S603 - the program is found on the path and the arguments are our own
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TMPDIR": folder},
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            _end(process)
            return False
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    # From the top down, so that none is started anew by its parent; the list is taken before it falls apart.
    below = _descendants(process.pid)
    process.kill()
    for pid in below:
        with suppress(OSError):
            os.kill(pid, signal.SIGKILL)


def _descendants(pid: int) -> list[int]:
    """Return the processes that a process started, and that these started; [] on systems without `/proc`."""
    found: list[int] = []
    waiting = [pid]
    while waiting:
        parent = waiting.pop(0)
        for children in sorted(Path(f"/proc/{parent}/task").glob("*/children")):
            with suppress(OSError):
                waiting += map(int, children.read_text(encoding="ascii").split())
        found.append(parent)
    return found[1:]
