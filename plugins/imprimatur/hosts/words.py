"""The words that Material sets around a text, each looked up once for all pages."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import ChoiceLoader, DictLoader, TemplateNotFound

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig

TEMPLATE: Final = "partials/language.html"
"""In which a theme, or a site, keeps its words."""

_WORDS: Final = "imprimatur_words"
_INSTEAD: Final = f"{{% set t = {_WORDS} %}}"


def keep_words(env: Environment, config: MkDocsConfig) -> None:
    """Remember what Material's own template says for a key.

    It makes a dictionary of all its words for each that it is asked for, and a page asks for
    thirteen. A site or a theme that has another template keeps it: what that depends on, nobody
    knows.
    """
    try:
        template = env.get_template(TEMPLATE)
    except TemplateNotFound:
        return
    if env.loader is None or template.filename != _materials():
        return
    try:
        words = vars(template.make_module({"config": config}))["t"]
    except TemplateNotFound:
        # Of a language that it does not speak; the host says so of the first page.
        return
    env.globals[_WORDS] = cache(words)
    env.loader = ChoiceLoader([DictLoader({TEMPLATE: _INSTEAD}), env.loader])


def _materials() -> str:
    found = find_spec("material")
    places = found.submodule_search_locations if found else None
    return str(Path(places[0], "templates", TEMPLATE)) if places else ""
