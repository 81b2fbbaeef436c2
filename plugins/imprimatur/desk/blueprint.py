"""The files of a new site, and what a site may be called."""

from __future__ import annotations

from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from imprimatur.desk.yaml_text import in_yaml
from imprimatur.editorial import Policy
from imprimatur.editorial.places import POLICY, POLICY_IS_READABLE
from imprimatur.editorial.schemas import FOLDER, SCHEMAS, schema_text
from imprimatur.editorial.site_list import SITE, is_site_path, site_digest, site_list_text
from imprimatur.errors import CannotExamineError
from imprimatur.strict import read_file

if TYPE_CHECKING:
    from collections.abc import Mapping

_TEMPLATES: Final = files("imprimatur.desk") / "templates"
_PLACES: Final = {
    "mkdocs.yml": "mkdocs.yml",
    "index.md": "docs/index.md",
    "editorial-policy.md": "docs/about/editorial-policy.md",
    "medical-advisory-board.md": "docs/about/medical-advisory-board.md",
    "policy.yml": POLICY,
    "board.yml": "editorial/board.yml",
    "bibliography.bib": "bibliography.bib",
    # Under their own names, the templates would be obeyed where they lie.
    "gitattributes": ".gitattributes",
    "gitignore": ".gitignore",
}
_LIMIT: Final = 1_000_000

WORKFLOWS: Final = ("publish.yml", "pull-request.yml", "schedule.yml")
"""What GitHub runs of a site: each says at its head what it needs."""

LOCK: Final = (
    "uv pip compile --universal --python-version 3.11 --generate-hashes requirements.in "
    "--output-file requirements.lock"
)
"""The command that names every package, and what it needs itself, each with its digest."""


def template(name: str) -> str:
    """The text of a template of this package."""
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def site_files(site: str, *, github: bool = False) -> Mapping[str, str]:
    """The text of every file of a new site, by its path.

    site: the address that acts name. github: whether to add workflows for GitHub.
    Raises CannotExamineError for a site that cannot be called so.
    """
    _demand_bare(site)
    written = in_yaml(site)
    found = {
        path: template(f"site/{name}").replace("{{site}}", written)
        for name, path in _PLACES.items()
    }
    _demand_policy(found[POLICY], site)
    schemas = {f"{FOLDER}/{name}.schema.json": schema_text(name) for name in SCHEMAS}
    workflows = _workflows() if github else {}
    return {**found, SITE: _list(found), **schemas, **workflows}


def _workflows() -> Mapping[str, str]:
    """The workflows, and what they install: this very version."""
    wanted = template("site/requirements.in").replace("{{lock}}", LOCK)
    return {
        "requirements.in": wanted.replace("{{version}}", version("mkdocs-imprimatur")),
        **{f".github/workflows/{name}": template(f"workflows/{name}") for name in WORKFLOWS},
    }


def _list(files: Mapping[str, str]) -> str:
    """The list of the site's own files, which nobody has signed yet."""
    own = {path: site_digest(text.encode()) for path, text in files.items() if is_site_path(path)}
    return site_list_text(1, own)


def _demand_bare(site: str) -> None:
    """Acts name it for good, and people write it in more ways than one."""
    bare = site.rpartition("://")[2].rstrip("/")
    if bare != site:
        raise CannotExamineError(
            f"a site cannot be called {site!r}: acts name it for good, without https:// and "
            f"without a / at its end; write --site {bare or 'articles.example.org'}"
        )


def _demand_policy(text: str, site: str) -> None:
    read = read_file(Policy, text.encode(), POLICY, POLICY_IS_READABLE, limit=_LIMIT)
    if read.value is None or read.value.site != site:
        why = "; ".join(each.message for each in read.findings) or "it would be read differently"
        raise CannotExamineError(
            f"a site cannot be called {site!r}: {why}; give the address under which people will "
            "read it, such as --site articles.example.org"
        )
