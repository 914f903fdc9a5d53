"""The language server: what editors ask, and who answers."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Iterable
from contextlib import redirect_stdout
from functools import partial

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from keraslint import __version__
from keraslint.editor.actions import KINDS, Offer, offers
from keraslint.editor.columns import Layout
from keraslint.editor.diagnostics import diagnostics
from keraslint.editor.drafts import Draft, Sheet, path_for
from keraslint.editor.edits import workspace_edit
from keraslint.editor.examining import Examined, examine
from keraslint.editor.hints import hints
from keraslint.editor.hovers import hover
from keraslint.editor.worker import Worker

DELAY = 0.2


class Server(LanguageServer):
    """Answers for the drafts of one editor; each is examined in a thread, one after the other."""

    def __init__(self) -> None:
        python = types.NotebookCellLanguage(language="python")
        notebooks = types.NotebookDocumentFilterWithCells(notebook="*", cells=[python])
        super().__init__(
            "keraslint",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Full,
            notebook_document_sync=types.NotebookDocumentSyncOptions([notebooks], save=True),
        )
        self.worker = Worker()
        self._examined: dict[str, Examined] = {}
        self._running: dict[str, tuple[Draft, asyncio.Future[Examined]]] = {}
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._changed: set[str] = set()
        self._told: set[str] = set()

    @property
    def encoding(self) -> types.PositionEncodingKind:
        """How the client counts columns."""
        agreed = self.workspace.position_encoding
        return types.PositionEncodingKind(agreed or types.PositionEncodingKind.Utf16)

    def key(self, uri: str) -> str:
        """The document that a sheet belongs to: itself, or the notebook that it is a cell of."""
        notebook = self.workspace.get_notebook_document(cell_uri=uri)
        return uri if notebook is None else notebook.uri

    def draft(self, key: str) -> Draft:
        """A document as it is now."""
        notebook = self.workspace.get_notebook_document(notebook_uri=key)
        if notebook is None:
            document = self.workspace.get_text_document(key)
            path = path_for(_path(key), document.language_id)
            return Draft(path, (Sheet(key, document.version, document.source),))
        cells = [
            self.workspace.get_text_document(cell.document)
            for cell in notebook.cells
            if cell.kind == types.NotebookCellKind.Code
        ]
        path = _path(key)
        return Draft(
            path if path.endswith(".ipynb") else f"{path}.ipynb",
            tuple(Sheet(cell.uri, cell.version, cell.source) for cell in cells),
            is_notebook=True,
        )

    def changed(self, key: str, delay: float = 0) -> None:
        """Examine a document, unless it changes again before the delay is over."""
        self._note(key)
        if (earlier := self._waiting.pop(key, None)) is not None:
            earlier.cancel()
        self._waiting[key] = asyncio.get_running_loop().create_task(self._later(key, delay))

    def closed(self, key: str, uris: Iterable[str]) -> None:
        """Forget a document."""
        from keraslint.sources import unsaved

        path = os.path.realpath(_path(key))
        unsaved.pop(path, None)
        self._changed.add(path)
        self._examined.pop(key, None)
        if (waiting := self._waiting.pop(key, None)) is not None:
            waiting.cancel()
        for uri in uris:
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    async def examined(self, key: str) -> tuple[Examined, Layout]:
        """What is known of a document as it is now."""
        draft = self.draft(key)
        known = self._examined.get(key)
        if known is None or known.draft != draft:
            known = await self._examine(key, draft)
        return known, Layout(draft, self.encoding)

    async def _examine(self, key: str, draft: Draft) -> Examined:
        running = self._running.get(key)
        if running is None or running[0] != draft:
            others = self._changed - {os.path.realpath(draft.path)}
            self._changed -= others
            work = self.worker.do(partial(_examine, draft, bool(others)))
            running = self._running[key] = (draft, work)
        try:
            # one request that is cancelled must not cancel the work that others wait for
            known = await asyncio.shield(running[1])
        finally:
            if running[1].done() and self._running.get(key) is running:
                del self._running[key]
        self._examined[key] = known
        for trouble in known.troubles:
            self._tell(trouble)
        return known

    async def _later(self, key: str, delay: float) -> None:
        await asyncio.sleep(delay)
        before = self._examined.get(key)
        known, layout = await self.examined(key)
        if known.draft != self.draft(key):
            return
        versions = {sheet.uri: sheet.version for sheet in known.draft.sheets}
        for uri, found in diagnostics(layout, known.findings).items():
            self.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(uri, found, versions[uri])
            )
        if before is not None and before.draft != known.draft:
            self._look_again_at_importers(key)

    def _look_again_at_importers(self, key: str) -> None:
        path = os.path.realpath(_path(key))
        for other, examined in list(self._examined.items()):
            if other != key and path in examined.dependencies:
                del self._examined[other]
                self.changed(other)

    def _note(self, key: str) -> None:
        """Let programs that import a document see it as it is now."""
        from keraslint.sources import unsaved

        draft = self.draft(key)
        path = os.path.realpath(draft.path)
        self._changed.add(path)
        if key.startswith("file:") and not draft.is_notebook:  # not what it was in some commit
            unsaved[path] = draft.data

    def _tell(self, trouble: str) -> None:
        if trouble not in self._told:
            self._told.add(trouble)
            message = types.ShowMessageParams(types.MessageType.Warning, f"keraslint: {trouble}")
            self.window_show_message(message)


def _examine(draft: Draft, imports_changed: bool) -> Examined:
    from keraslint.engine import forget

    if imports_changed:
        forget()
    return examine(draft)


def _path(uri: str) -> str:
    return to_fs_path(uri) or uri.rpartition("/")[2].rpartition(":")[2] or "untitled"


def serve() -> None:
    """Talk to an editor on stdin and stdout until it says goodbye."""
    logging.basicConfig(level=logging.ERROR)
    # its own stream, for nothing else may be written between its messages
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as messages, redirect_stdout(sys.stderr):
        make().start_io(sys.stdin.buffer, messages)


def make() -> Server:
    """A server that knows what to do."""
    server = Server()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def opened(ls: Server, given: types.DidOpenTextDocumentParams) -> None:
        ls.changed(given.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def typed(ls: Server, given: types.DidChangeTextDocumentParams) -> None:
        ls.changed(given.text_document.uri, DELAY)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def saved(ls: Server, given: types.DidSaveTextDocumentParams) -> None:
        ls.changed(given.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(ls: Server, given: types.DidCloseTextDocumentParams) -> None:
        ls.closed(given.text_document.uri, [given.text_document.uri])

    @server.feature(types.NOTEBOOK_DOCUMENT_DID_OPEN)
    async def notebook_opened(ls: Server, given: types.DidOpenNotebookDocumentParams) -> None:
        ls.changed(given.notebook_document.uri)

    @server.feature(types.NOTEBOOK_DOCUMENT_DID_CHANGE)
    async def notebook_changed(ls: Server, given: types.DidChangeNotebookDocumentParams) -> None:
        ls.changed(given.notebook_document.uri, DELAY)

    @server.feature(types.NOTEBOOK_DOCUMENT_DID_SAVE)
    async def notebook_saved(ls: Server, given: types.DidSaveNotebookDocumentParams) -> None:
        ls.changed(given.notebook_document.uri)

    @server.feature(types.NOTEBOOK_DOCUMENT_DID_CLOSE)
    async def notebook_closed(ls: Server, given: types.DidCloseNotebookDocumentParams) -> None:
        ls.closed(given.notebook_document.uri, [cell.uri for cell in given.cell_text_documents])

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hovered(ls: Server, given: types.HoverParams) -> types.Hover | None:
        uri = given.text_document.uri
        examined, layout = await ls.examined(ls.key(uri))
        return hover(examined, layout, uri, layout.place(uri, given.position))

    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    async def hinted(ls: Server, given: types.InlayHintParams) -> list[types.InlayHint]:
        uri = given.text_document.uri
        examined, layout = await ls.examined(ls.key(uri))
        return hints(examined, layout, uri, given.range)

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=list(KINDS))
    )
    async def asked(ls: Server, given: types.CodeActionParams) -> list[types.CodeAction]:
        uri = given.text_document.uri
        examined, layout = await ls.examined(ls.key(uri))
        between = layout.place(uri, given.range.start), layout.place(uri, given.range.end)
        only = [str(kind) for kind in given.context.only] if given.context.only else None
        found = await ls.worker.do(lambda: list(offers(examined, layout, between, only)))
        return [_action(ls, examined.draft, offer) for offer in found]

    return server


def _action(ls: Server, draft: Draft, offer: Offer) -> types.CodeAction:
    workspace = ls.client_capabilities.workspace
    edits = workspace.workspace_edit if workspace else None
    versioned = bool(edits and edits.document_changes)
    return types.CodeAction(
        offer.title,
        kind=offer.kind,
        diagnostics=[offer.solves] if offer.solves else None,
        is_preferred=offer.preferred or None,
        edit=workspace_edit(draft, offer.edits, versioned),
    )
