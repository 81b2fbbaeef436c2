"""Whether what an approval covers holds the images that a reader sees."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from lxml import html

from imprimatur.editorial.places import DOCS
from imprimatur.errors import Finding, RuleName
from imprimatur.gate.drawings import drawing_flaw
from imprimatur.gate.pictures import picture_flaw
from imprimatur.manuscript import MISSING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from imprimatur.gate.examination import ArticleProof, Examination
    from imprimatur.manuscript import Manifest, Manuscript


ABOVE: Final = "../"
"""What stands before the address of an image, since ``x.md`` is published as ``x/``."""

_ENDINGS: Final = frozenset(
    (
        ".png",
        ".jpg",
        ".jpeg",
        ".webp",
        ".gif",
        ".avif",
        ".apng",
        ".svg",
        ".svgz",
        ".ico",
        ".bmp",
        ".tif",
        ".tiff",
    )
)


def image_is_bound(examination: Examination) -> Iterator[Finding]:
    """Every image is a file beside its article, named so plainly that an approval covers it.

    Bad: ![dose by weight](dose%2Dtable.svg)
    Good: ![dose by weight](dose-table.svg)
    """
    for article in examination.articles:
        manuscript = article.copy.manuscript
        manifest = examination.repository.manifest(manuscript.slug)
        yield from unbound(manuscript, manifest, article.images)


def unbound(
    manuscript: Manuscript, manifest: Manifest | None, images: Iterable[str]
) -> Iterator[Finding]:
    """Those of an article's images that its manifest does not hold.

    images: the address of each, as seen from the manuscript.
    """
    held = {} if manifest is None else manifest.images
    for source in images:
        path = _path(source, manuscript.path)
        if held.get(path, MISSING) == MISSING:
            yield Finding(
                path=manuscript.path,
                line=_line(manuscript, source),
                rule=RuleName("image-is-bound"),
                message=f"an approval could not cover the image `{source}`, which is {path}",
                cure="put the file there, and write its path in plain letters",
            )


def image_is_described(article: ArticleProof) -> Iterator[Finding]:
    """Every image of an article says in words what it shows, for readers who do not see it.

    Bad: ![](dose-by-weight.svg)
    Good: ![dose by weight: 0.1 mmol/kg](dose-by-weight.svg)
    """
    manuscript, at = article.copy.manuscript, 0
    for image in _images(article.proof.html):
        written = str(image.get("src")).removeprefix(ABOVE)
        line = _line(manuscript, written, at)
        # The same image may stand there twice, and be described once.
        at = max(at, manuscript.body.find(written, at) + 1)
        if not any(map(str.isalnum, image.get("alt", ""))):
            message = f"of the image `{written}` nothing is said to whoever does not see it"
            cure = "say in a few words what it shows, `![dose by weight](…)`"
            yield article.finding(line, "image-is-described", message, cure)


def image_is_plain(examination: Examination) -> Iterator[Finding]:
    """Every image below docs/ is a whole picture of the kind its name says, and nothing besides.

    Bad: an SVG with a script or `light-dark()`, a JPEG with its place, text behind the end of a PNG
    Good: a PNG, JPEG or WebP without metadata; a plain SVG
    """
    for path in examination.repository.files.under(DOCS):
        if is_image(path):
            data = examination.repository.files.read(path)
            yield from flawed(path, data) if data is not None else ()


def flawed(path: str, data: bytes) -> Iterator[Finding]:
    """What an image holds besides a picture of the kind its name says."""
    ending = posixpath.splitext(path)[1].lower()
    flaw = drawing_flaw(data) if ending == ".svg" else picture_flaw(data, ending)
    if flaw is not None:
        yield Finding(
            path=path,
            line=flaw.line,
            rule=RuleName("image-is-plain"),
            message=flaw.message,
            cure=flaw.cure,
        )


def is_image(path: str) -> bool:
    """Whether a path is named like an image."""
    return posixpath.splitext(path)[1].lower() in _ENDINGS


def images_of(printed: str) -> Iterator[str]:
    """The address of each image, as a browser is told it; one that was taken out is none.

    printed: by the press, which writes the names of elements in small letters.
    """
    return (str(each.get("src")) for each in _images(printed))


def _images(printed: str) -> Iterator[HtmlElement]:
    if "<img" not in printed:
        # Most articles have none, and to take one apart again takes long.
        return
    for image in html.fromstring(printed).iter("img"):
        if image.get("src"):
            yield image


def _path(source: str, manuscript: str) -> str:
    """The file of the repository that a browser would show."""
    try:
        path = unquote(urlsplit(source).path)
    except ValueError:
        path = source
    return posixpath.normpath(posixpath.join(posixpath.dirname(manuscript), path))


def _line(manuscript: Manuscript, source: str, after: int = 0) -> int:
    place = manuscript.body.find(source, after)
    return manuscript.body_line + manuscript.body.count("\n", 0, place) if place >= 0 else 0
