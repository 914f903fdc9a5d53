"""An editor that talks to `keraslint server`, message by message."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

WAIT = 60


class Client:
    """A server process and what it said."""

    def __init__(self, folder: Path, **general: Any) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "keraslint", "server"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.messages: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self.diagnostics: dict[str, list[dict[str, Any]]] = {}
        self.versions: dict[str, Any] = {}
        self.published = 0
        self.shown: list[str] = []
        self.errors: list[dict[str, Any]] = []
        self._answers: dict[int, Any] = {}
        self._number = 0
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.initialized = self.request(
            "initialize",
            processId=None,
            rootUri=folder.as_uri(),
            capabilities={
                "general": general,
                "workspace": {"workspaceEdit": {"documentChanges": True}},
            },
        )
        self.notify("initialized")

    def _read(self) -> None:
        assert self.process.stdout is not None
        while True:
            size = 0
            while (line := self.process.stdout.readline().strip()) != b"":
                if line.lower().startswith(b"content-length:"):
                    size = int(line.split(b":")[1])
            if not size:
                break
            self.messages.put(json.loads(self.process.stdout.read(size)))
        self.messages.put(None)

    def send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self.process.stdin.flush()

    def notify(self, method: str, **params: Any) -> None:
        self.send({"method": method, "params": params})

    def ask(self, method: str, **params: Any) -> int:
        """Send a request; its number."""
        self._number += 1
        self.send({"id": self._number, "method": method, "params": params})
        return self._number

    def answer(self, number: int) -> Any:
        """Wait for the answer to a request."""
        while number not in self._answers:
            self._take()
        return self._answers.pop(number)

    def request(self, method: str, **params: Any) -> Any:
        answer = self.answer(self.ask(method, **params))
        assert "error" not in answer, answer
        return answer["result"]

    def _take(self, timeout: float = WAIT) -> None:
        message = self.messages.get(timeout=timeout)
        assert message is not None, self.stderr()
        if "method" not in message:
            self._answers[message["id"]] = message
            if "error" in message:
                self.errors.append(message["error"])
        elif message["method"] == "textDocument/publishDiagnostics":
            params = message["params"]
            self.published += 1
            self.diagnostics[params["uri"]] = params["diagnostics"]
            self.versions[params["uri"]] = params.get("version")
        elif message["method"] == "window/showMessage":
            self.shown.append(message["params"]["message"])

    def wait_for(self, uri: str, version: int) -> list[dict[str, Any]]:
        """The diagnostics of a version of a document."""
        while self.versions.get(uri) != version:
            self._take()
        return self.diagnostics[uri]

    def wait_until_shown(self) -> str:
        while not self.shown:
            self._take()
        return self.shown[-1]

    def open(self, uri: str, text: str, language: str = "python") -> list[dict[str, Any]]:
        document = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self.notify("textDocument/didOpen", textDocument=document)
        return self.wait_for(uri, 1)

    def type(self, uri: str, version: int, text: str) -> None:
        self.notify(
            "textDocument/didChange",
            textDocument={"uri": uri, "version": version},
            contentChanges=[{"text": text}],
        )

    def at(self, method: str, uri: str, line: int, character: int) -> Any:
        return self.request(
            f"textDocument/{method}",
            textDocument={"uri": uri},
            position={"line": line, "character": character},
        )

    def actions(self, uri: str, line: int, only: str | None = None) -> Any:
        context: dict[str, Any] = {"diagnostics": []}
        if only:
            context["only"] = [only]
        where = {"start": position(line, 0), "end": position(line, 999)}
        return self.request(
            "textDocument/codeAction", textDocument={"uri": uri}, range=where, context=context
        )

    def hints(self, uri: str) -> Any:
        where = {"start": position(0, 0), "end": position(9999, 0)}
        return self.request("textDocument/inlayHint", textDocument={"uri": uri}, range=where)

    def close(self) -> int:
        self.request("shutdown")
        self.notify("exit")
        return self.process.wait(WAIT)

    def stderr(self) -> str:
        assert self.process.stderr is not None
        self.process.kill()
        return self.process.stderr.read().decode()


def position(line: int, character: int) -> dict[str, int]:
    return {"line": line, "character": character}


def applied(text: str, edits: list[dict[str, Any]]) -> str:
    """A text after edits, columns counted in UTF-16."""
    lines = [*text.splitlines(keepends=True), ""]
    data = text.encode("utf-16-le")

    def offset(at: dict[str, int]) -> int:
        before = "".join(lines[: at["line"]]).encode("utf-16-le")
        return len(before) + 2 * at["character"]

    ordered = sorted(edits, key=lambda e: offset(e["range"]["start"]), reverse=True)
    for edit in ordered:
        start, end = (offset(edit["range"][key]) for key in ("start", "end"))
        data = data[:start] + edit["newText"].encode("utf-16-le") + data[end:]
    return data.decode("utf-16-le")


def edits_of(action: dict[str, Any], uri: str) -> Any:
    (change,) = [c for c in action["edit"]["documentChanges"] if c["textDocument"]["uri"] == uri]
    return change["edits"]
