"""A second lock on every page: a browser runs no script but those that were built into the site.

Should an author's script ever pass the sanitiser and the scan, browsers refuse it. The policy
stands in each page, because some hosts send no headers of ours (GitHub Pages), and in the files by
which servers send it: ``_headers`` (Netlify, Cloudflare Pages), ``.htaccess`` (Apache) and
``.headers/nginx.conf``, to be included. It is one for the whole site: pages that the theme's script
swaps into each other obey the first one's policy.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from imprimatur.errors import CannotExamineError
from imprimatur.gate.page_code import PageCode, read_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path, PurePath

FOR_SERVERS: Final = ("_headers", ".htaccess", ".headers/nginx.conf")
"""Files within the site that speak to its server. Servers keep them to themselves."""

_SELF: Final = ("font-src", "connect-src", "worker-src")
_NONE: Final = ("base-uri", "form-action")
_LONGEST: Final = 1_900
"""Signs of a policy. Cloudflare Pages reads lines of up to 2,000."""

_MOST: Final = 90
"""Notices named in ``_headers``, of which Cloudflare Pages reads 100 rules."""

_OTHERS: Final = {
    "X-Content-Type-Options": "nosniff",
    # The address of an article can tell what its reader has: it goes to nobody.
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
}
_ROBOTS: Final = "X-Robots-Tag"
_QUIET: Final = '<meta name="robots" content="noindex">'
_CHARSET: Final = re.compile(rb"<meta charset=[^>]*>", re.IGNORECASE)
_HEAD_END: Final = re.compile(rb"</head\s*>", re.IGNORECASE)


def write_headers(site: Path, *, preview: bool = False) -> None:
    """Write the policy into a built site, before it is scanned.

    preview: every page is kept from search engines, and the policy is left to servers alone,
    because a browser that opens a file from the disk would take it to forbid everything.
    Raises CannotExamineError where a page cannot be read, or the policy would be too long; OSError.
    """
    pages = {path: read_page(path) for path in sorted(site.rglob("*.html"))}
    policy = policy_of(pages.values())
    if not preview:
        for path, page in pages.items():
            _mark(path, page, policy)
    within = ((path.relative_to(site), page) for path, page in pages.items())
    for name, data in for_servers(within, preview=preview).items():
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_bytes(data)


def for_servers(
    pages: Iterable[tuple[PurePath, PageCode]], *, preview: bool = False
) -> dict[str, bytes]:
    """The files that speak to the server of a site. pages: every one of it, with its path in it.

    Raises CannotExamineError where the policy would be too long.
    """
    read = list(pages)
    policy = policy_of(page for _, page in read)
    notices = [_address(path) for path in sorted(path for path, page in read if page.is_notice)]
    headers = {"Content-Security-Policy": f"{policy}; frame-ancestors 'none'", **_OTHERS}
    if preview:
        headers, notices = headers | {_ROBOTS: "noindex, nofollow"}, []
    texts = _texts(headers, notices)
    return {name: text.encode() for name, text in zip(FOR_SERVERS, texts, strict=True)}


def texts_for_servers() -> tuple[str, ...]:
    """What these files say of any site, notices or none, beside what they name of it."""
    headers = {"Content-Security-Policy": policy_of(()), **_OTHERS}
    return tuple(text for notices in ([], ["/notice/"]) for text in _texts(headers, notices))


def policy_of(pages: Iterable[PageCode]) -> str:
    """The one policy of these pages, as it stands in each; what only a header may say is left out.

    Raises CannotExamineError where it would be longer than servers take.
    """
    read = list(pages)
    scripts = sorted({each for page in read for each in page.scripts})
    styles = sorted({each for page in read for each in page.styles})
    attributes = sorted({each for page in read for each in page.attributes})
    # Of attributes, only those that were built in; never of scripts.
    by_attribute = ["'unsafe-hashes'", *attributes] if attributes else []
    parts = [
        "default-src 'none'",
        # The search is a small program in WebAssembly.
        " ".join(["script-src 'self' 'wasm-unsafe-eval'", *scripts]),
        " ".join(["style-src 'self'", *styles, *by_attribute]),
        # The signs of our style and the theme's stand in the style itself; none can run anything.
        "img-src 'self' data:",
        *(f"{name} 'self'" for name in _SELF),
        *(f"{name} 'none'" for name in _NONE),
    ]
    policy = "; ".join(parts)
    if len(policy) > _LONGEST:
        count = len(scripts) + len(styles) + len(attributes)
        raise CannotExamineError(
            f"the pages hold {count} different scripts and styles within the text, more than a "
            "policy can name; put them into files, and remove `style` from tables and pictures"
        )
    return policy


def _mark(path: Path, page: PageCode, policy: str) -> None:
    """Write the policy into a page, and keep search engines from a notice."""
    data = path.read_bytes()
    end = _HEAD_END.search(data)
    charset = _CHARSET.search(data, 0, end.start() if end else 0)
    if charset is None:
        raise CannotExamineError(
            f"{path} has no `<meta charset=…>` in its head, so no policy can be written behind it; "
            "remove it from the site, or let the theme's template begin the page"
        )
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    if page.is_notice and not page.is_quiet:
        tag += _QUIET
    # Straight behind it: what stands before a policy does not obey it.
    at = charset.end()
    if not data[at:].startswith(tag.encode()):
        path.write_bytes(data[:at] + tag.encode() + data[at:])


def _address(page: PurePath) -> str:
    return f"/{page.as_posix()}".removesuffix("index.html")


def _texts(headers: Mapping[str, str], notices: list[str]) -> tuple[str, ...]:
    return _netlify(headers, notices), _apache(headers, notices), _nginx(headers, notices)


def _netlify(headers: Mapping[str, str], notices: list[str]) -> str:
    lines = ["/*", *(f"  {name}: {value}" for name, value in headers.items())]
    # Those beyond say it in the page alone.
    for notice in notices[:_MOST]:
        lines += [notice, f"  {_ROBOTS}: noindex"]
    return "\n".join([*lines, ""])


def _apache(headers: Mapping[str, str], notices: list[str]) -> str:
    lines = [
        "# Needs the modules headers and alias. Where they are missing, Apache shows no page at",
        "# all rather than one without these.",
        *(f'Header always set {name} "{value}"' for name, value in headers.items()),
        r'RedirectMatch 404 "/\.headers/"',
    ]
    if notices:
        match = f'"expr=%{{REQUEST_URI}} =~ m#{_any(notices)}#"'
        lines.append(f'Header always set {_ROBOTS} "noindex" {match}')
    return "\n".join([*lines, ""])


def _nginx(headers: Mapping[str, str], notices: list[str]) -> str:
    lines = [
        "# Include this in the `server` block of the site: include /…/.headers/nginx.conf;",
        "# A `location` with an add_header of its own drops all of these. Let nginx read it anew",
        "# after each release: nginx -s reload",
        *(f'add_header {name} "{value}" always;' for name, value in headers.items()),
        r"location ~ /\.headers/ { return 404; }",
    ]
    if notices:
        lines += [
            'set $imprimatur_robots "";',
            f'if ($uri ~ "{_any(notices)}") {{ set $imprimatur_robots "noindex"; }}',
            f"add_header {_ROBOTS} $imprimatur_robots always;",
        ]
    return "\n".join([*lines, ""])


def _any(paths: list[str]) -> str:
    """A pattern for any of these addresses, wherever the site begins."""
    return f"({'|'.join(map(re.escape, paths))})(index\\.html)?$"
