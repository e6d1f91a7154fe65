"""Python-Markdown as it is, without the work that cannot change a text.

It tries each of some twenty expressions on each piece of text, and nearly all in vain. Here one is tried only on a text
that holds what it needs (prefilter.py). The rules, their order and what they do are Python-Markdown's and its
extensions', whichever a project has chosen; tests compare the HTML of both.
"""

import re
from collections.abc import Mapping, Sequence
from inspect import getmembers
from typing import Any, Self
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions.toc import TocTreeprocessor
from markdown.inlinepatterns import Pattern
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

from chautari.prefilter import Prefiltered, needed

_KNOWN = ("markdown.", "pymdownx.")
"""Whose processors use their expressions by their methods alone; another might hand them to `re.sub`."""


class QuickInlineProcessor(InlineProcessor):
    """Applies those inline patterns to a text that can match it."""

    expressions: list[Any] | None = None

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Applies the patterns to a tree. An extension may have registered more while it was parsed."""
        expressions = [_expression(pattern) for pattern in self.inlinePatterns]
        if expressions != self.expressions:
            self.expressions = expressions
            self.needs = [needed(expression) or ("",) for expression in expressions]
            self.signs = sorted({string for strings in self.needs for string in strings})
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        """Puts placeholders for what patterns find: a private method there, replaced under its whole name."""
        if isinstance(data, AtomicString) or not [sign for sign in self.signs if sign in data]:
            return data
        for index in range(patternIndex, len(self.needs)):
            for string in self.needs[index]:
                if string in data:
                    data = self._applied(index, data)
                    break
        return data

    def _applied(self, index: int, data: str) -> str:
        apply = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]
        pattern, found, start = self.inlinePatterns[index], True, 0
        while found:
            data, found, start = apply(pattern, data, index, start)
        return data


class QuickMarkdown(markdown.Markdown):
    """Python-Markdown with quicker parts in place of its own; an extension may still replace them."""

    def build_parser(self) -> Self:
        """Makes the parts. Extensions are registered later."""
        super().build_parser()
        self.treeprocessors.register(QuickInlineProcessor(self), "inline", 20)
        self.block_level: dict[Any, bool] = {}
        return self

    def reset(self) -> Self:
        """Makes ready for another text. Extensions name their block elements when they are registered, before this."""
        self.block_level = {}
        return super().reset()

    def is_block_level(self, tag: Any) -> bool:
        """Whether a tag is that of a block: asked a hundred times of a text, and answered from a list of seventy."""
        if tag not in self.block_level:
            self.block_level[tag] = super().is_block_level(tag)
        return self.block_level[tag]


def quick_markdown(extensions: Sequence[Any], configs: Mapping[str, Mapping[str, Any]]) -> markdown.Markdown:
    """An instance that speaks the dialect of these extensions."""
    instance = QuickMarkdown(extensions=list(extensions), extension_configs=dict(configs))
    for processor in (*instance.parser.blockprocessors, *instance.treeprocessors):
        if type(processor).__module__.startswith(_KNOWN):
            _prefilter(processor)
        if type(processor) is TocTreeprocessor:
            _make_table_where_asked(processor)
    return instance


def _make_table_where_asked(toc: TocTreeprocessor) -> None:
    """A table of contents is made for a text that has its marker, which is looked for once and not at each level."""
    build, replace = toc.build_toc_div, toc.replace_marker
    titles = list[Any]()

    def build_toc_div(found: list[Any]) -> Element:
        titles[:] = found
        return Element("div")

    def replace_marker(root: Element, table: Element) -> None:
        if any(toc.marker in text for text in root.itertext()):
            replace(root, build(titles))

    vars(toc).update(build_toc_div=build_toc_div, replace_marker=replace_marker)


def _prefilter(processor: object) -> None:
    for name, value in getmembers(processor, lambda value: isinstance(value, re.Pattern)):
        if strings := needed(value):
            setattr(processor, name, Prefiltered(value, strings))


def _expression(pattern: Any) -> object:
    """The expression of a pattern, None if it is another at each call."""
    own = type(pattern).getCompiledRegExp is Pattern.getCompiledRegExp
    return pattern.getCompiledRegExp() if own else None
