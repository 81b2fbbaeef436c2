"""The words that the theme sets around a text, each looked up once for all pages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from jinja2 import TemplateNotFound
from mkdocs.exceptions import PluginError

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig

WORDS: Final = "imprimatur_words"
"""The name by which our `partials/language.html` knows them."""

_PLACE: Final = "partials/languages/{}.html"
_ENGLISH: Final = "en"


def theme_words(env: Environment, config: MkDocsConfig) -> Callable[[str], str]:
    """What Material says for a key: in the language of the site, else in English, else the key.

    Other themes have no such words; of them only the ``language`` is known, which is their locale.
    Raises PluginError where Material does not speak the site's language.
    """
    try:
        english = _table(env, _ENGLISH)
    except TemplateNotFound:
        known = {"language": str(config.theme.locale)}
        return lambda key: known.get(key, key)
    language = str(config.theme.get("language", _ENGLISH))
    try:
        own = _table(env, language)
    except TemplateNotFound:
        raise PluginError(
            f"imprimatur: the theme has no words in `{language}`; set `language` below `theme` in "
            "mkdocs.yml to one that it has"
        ) from None
    return cache(lambda key: own(key) or english(key) or key)


def _table(env: Environment, language: str) -> Callable[[str], str]:
    words: Callable[[str], object] = vars(env.get_template(_PLACE.format(language)).module)["t"]
    return lambda key: str(words(key))
