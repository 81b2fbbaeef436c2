"""A folder served as a public host serves it: compressed, with times to keep it."""

from __future__ import annotations

import contextlib
import gzip
import threading
from functools import cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Fonts, images and the search's own pieces are compressed as they are.
COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".map"}


class Handler(SimpleHTTPRequestHandler):
    """Answers with a whole file, compressed where that helps."""

    # Connections stay open, as they do with every host.
    protocol_version = "HTTP/1.1"
    extensions_map = {  # noqa: RUF012 - the library's own attribute
        **SimpleHTTPRequestHandler.extensions_map,
        ".woff2": "font/woff2",
        ".js": "text/javascript",
        ".wasm": "application/wasm",
    }

    def do_GET(self) -> None:
        """Send the file, a folder's page, or that there is none."""
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        content, packed = _content(path)
        kind = self.guess_type(path)
        text = kind.startswith("text/") or path.suffix in {".json", ".svg", ".xml"}
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Content-Length", str(len(content)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        lasting = "public, max-age=31536000, immutable"
        self.send_header("Cache-Control", lasting if "/assets/" in self.path else "max-age=600")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing: the table is what is to be read."""


@cache
def _content(path: Path) -> tuple[bytes, bool]:
    content = path.read_bytes()
    if path.suffix in COMPRESSED:
        return gzip.compress(content, compresslevel=9, mtime=0), True
    return content, False


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve the folder on this machine; give its address, which ends in a slash."""
    handler = partial(Handler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
