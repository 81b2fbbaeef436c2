"""What the theme says around a text: the same words as its own template gives, each asked once."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.theme import Theme

from imprimatur.hosts.words import theme_words

MATERIAL = Path(str(files("material"))) / "templates"
ENGLISH = (MATERIAL / "partials/languages/en.html").read_text()
KEYS = re.findall(r'^\s*"([a-z.]+)":', ENGLISH, re.MULTILINE)


def material(language):
    config = MkDocsConfig()
    config.theme = Theme(name="material", language=language)
    return config.theme.get_env(), config


@pytest.mark.parametrize("language", ["en", "de", "pt-BR", "he", "ja"])
def test_each_word_is_the_one_that_the_theme_gives_itself(language):
    env, config = material(language)
    theirs = env.get_template("partials/language.html").make_module({"config": config})
    word = theme_words(env, config)
    assert len(KEYS) > 50
    for key in (*KEYS, "no.such.word"):
        assert word(key) == str(vars(theirs)["t"](key))


@pytest.mark.parametrize("language", ["en", "he"])
def test_a_plugin_of_the_theme_gets_the_same_words_of_our_template(language):
    env, config = material(language)
    theirs = env.get_template("partials/language.html").make_module({"config": config})
    config.theme.dirs.insert(0, str(files("imprimatur.press") / "theme"))
    ours = config.theme.get_env().get_template("partials/language.html", None, {"config": config})
    for key in KEYS:
        assert str(vars(ours.module)["t"](key)) == str(vars(theirs)["t"](key))


def test_a_language_that_the_theme_does_not_speak_is_told_and_how_to_mend_it():
    with pytest.raises(PluginError, match="no words in `xx`; set `language` below `theme`"):
        theme_words(*material("xx"))


def test_of_another_theme_nothing_is_known_but_its_locale():
    config = MkDocsConfig()
    config.theme = Theme(name="mkdocs", locale="de")
    word = theme_words(config.theme.get_env(), config)
    assert (word("language"), word("search.placeholder")) == ("de", "search.placeholder")
