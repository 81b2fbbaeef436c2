"""MkDocs, and ProperDocs, which runs the same plugins: translation only."""

from __future__ import annotations

import os
from importlib.resources import files as package_files
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, InclusionLevel

from imprimatur.editorial.places import BIBLIOGRAPHY
from imprimatur.hosts.indexing import Indexing
from imprimatur.hosts.precautions import (
    EXTENSION,
    refuse_altered_page,
    refuse_other_settings,
    without_misused_attributes,
)
from imprimatur.hosts.printed_page import PrintedPage
from imprimatur.hosts.search import Searchable, searchable, spoken
from imprimatur.hosts.sheets import Sheets, opened
from imprimatur.hosts.words import keep_words
from imprimatur.press import STYLESHEET, stylesheet

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

PREVIEW: Final = "IMPRIMATUR_PREVIEW"
"""Set to 1 by ``imprimatur build --preview``: pages are marked, and search engines kept away."""

_CONTENTS: Final = 2
"""The level of the headings that stand in the contents."""


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """The plugin has none: what the gate needs is policy, not a host's setting."""


class ImprimaturPlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """Previews under ``serve``, refuses under ``build`` while anything is pending."""

    def __init__(self) -> None:
        self._preview = False
        self._sheets: Sheets | None = None
        self._indexing: Indexing | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Only a local preview shows what nobody approved; nothing old is left beside the new."""
        asked = command == "build" and os.environ.get(PREVIEW) == "1"
        self._preview = asked or command == "serve"
        if dirty and command != "serve":
            raise PluginError("imprimatur: --dirty keeps pages of earlier builds; build without it")

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the repository anew, and refuse here, before anything is written."""
        root = Path(config.config_file_path).parent
        refuse_other_settings(config, root)
        directories = config.use_directory_urls
        self._sheets = Sheets(opened(root, preview=self._preview, directories=directories))
        config.mdx_configs[EXTENSION] = {"sheet": self._sheets.sheet}
        config.extra_css.append(STYLESHEET)
        config.extra["imprimatur_preview"] = self._preview
        # Behind the site's own overrides, before the theme's templates.
        own = 1 if config.theme.custom_dir else 0
        config.theme.dirs.insert(own, str(package_files("imprimatur.press") / "theme"))
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the style, and the pages of lists: in no navigation, which must not grow."""
        for path, text in {**self._known().edition.generated, STYLESHEET: stylesheet()}.items():
            # Ours stands: another file of that name could hide a caution.
            written = files.get_file_from_path(path)
            if written is not None:
                files.remove(written)
            quiet = InclusionLevel.NOT_IN_NAV
            files.append(File.generated(config, path, content=text, inclusion=quiet))
        early = {}
        for file in files.documentation_pages():
            sheet = self._known().edition.printed(file.src_uri)
            if sheet is not None:
                self._known().printed[file.src_uri] = sheet
                early[file.dest_uri] = Searchable(sheet.html, is_article=True)
                # MkDocs takes the page from the file, where it finds one.
                PrintedPage(file, config, sheet)
        self.on_shutdown()
        self._indexing = Indexing(early)
        return files

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """Keep manuscripts from the host's own reader, which guesses where ours refuses."""
        del config
        # Not nothing: Python-Markdown asks no extension about an empty text.
        return "\u2014" if self._known().edition.is_among_articles(page.file.src_uri) else None

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Remember the page, and give the host what the strictly read front matter says."""
        del config, files
        self._known().page = page
        source = page.file.src_uri
        if self._known().edition.is_among_articles(source):
            page.meta = {"imprimatur_article": True, **self._known().edition.head(source)}
            page.title = page.meta["title"]
        return markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give the page's contents the headings, each with the audiences it is for."""
        del config, files
        proof = self._known().printed.get(page.file.src_uri)
        if proof is not None:
            page.meta["imprimatur_contents"] = [
                {"id": each.id, "text": each.text, "audiences": each.audiences}
                for each in proof.headings
                if each.level == _CONTENTS
            ]
        return html

    @event_priority(-1000)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Begin to index what all pages say, as it was left by whatever else ran."""
        keep_words(env, config)
        if self._indexing is not None:
            self._indexing.start(searchable(files), spoken(env, config))
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Let no page of a preview name another one as its original, from which it may differ."""
        del config, nav
        if self._preview:
            # Only here: the site map is made before, and the theme swaps pages by what it lists.
            page.canonical_url = None
        return context

    @event_priority(-1000)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """See that the page holds what the press printed, whatever else ran behind it."""
        del config
        source = page.file.src_uri
        printed = self._known().printed.get(source)
        if self._known().edition.slug(source) is not None and printed is None and not self._preview:
            raise PluginError(f"imprimatur: docs/{source} was refused; run `imprimatur check`")
        html = printed.html if printed else None
        refuse_altered_page(source, output, html, preview=self._preview)
        return without_misused_attributes(output)

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Mend the page that is shown for a wrong address as any other."""
        del config
        return without_misused_attributes(output) if template_name.endswith(".html") else output

    @event_priority(-1000)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the index beside the pages; it was made while they were framed."""
        if self._indexing is not None:
            self._indexing.finish(Path(config.site_dir))
            self._indexing = None

    def on_build_error(self, *, error: Exception) -> None:
        """Index nothing of a site that is not built."""
        del error
        self.on_shutdown()

    def on_shutdown(self) -> None:
        """Leave nothing behind where somebody interrupts, which is no error to MkDocs."""
        if self._indexing is not None:
            self._indexing.close()
            self._indexing = None

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object
    ) -> LiveReloadServer:
        """Reload when the bibliography or a record changes, too."""
        del builder
        root = Path(config.config_file_path).parent
        for watched in (BIBLIOGRAPHY, "editorial"):
            if (root / watched).exists():
                server.watch(str(root / watched))
        return server

    def _known(self) -> Sheets:
        if self._sheets is None:
            raise PluginError("imprimatur: the configuration was never read")
        return self._sheets
