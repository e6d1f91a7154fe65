"""What templates know, and how Jinja compiles them: nothing is asked or made twice for twenty thousand pages."""

import operator
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import segno
from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape
from mkdocs.theme import Theme

from chautari import wording
from chautari.cache import code, digest
from chautari.linking import ROOT
from chautari.packs import Render
from chautari.values import licence_url

COMPILED = Path(".cache") / "templates"
"""Where compiled templates are kept: to compile them takes a third of a second."""


class _VisibleTemplates(FileSystemLoader):
    def list_templates(self) -> list[str]:
        found = set()
        for folder in map(str, self.searchpath):
            for where, folders, names in os.walk(folder):
                folders[:] = [name for name in folders if not name.startswith(".")]
                found |= {os.path.relpath(f"{where}/{name}", folder).replace(os.sep, "/") for name in names}
        return sorted(found)


def without_hidden(theme: Theme) -> None:
    """Has hidden folders left out when MkDocs lists the theme's files. It would leave them out afterwards, and
    Material's icons are 14,000 files: a tenth of a second.
    """
    environment = theme.get_env

    def get_env() -> Environment:
        env = environment()
        env.loader = _VisibleTemplates(theme.dirs)
        return env

    theme.get_env = get_env  # type: ignore[method-assign]  # MkDocs makes the theme


class Drawing(Template):
    """A template that leaves markup as it is: Jinja makes it anew, twice, at each place where it stands."""

    @classmethod
    def from_code(cls, *given: Any, **named: Any) -> Template:
        """Has the compiled template escape by our function; it finds the one of Jinja by its name."""
        template = super().from_code(*given, **named)
        template.root_render_func.__globals__["escape"] = escaped
        return template


_text = lru_cache(maxsize=4_096)(escape)
"""The way to the root, titles and names stand on a page dozens of times."""


def escaped(value: Any) -> str:
    """Text as markup."""
    if type(value) is Markup:
        return value
    return _text(value) if type(value) is str else escape(value)  # 1, 1.0 and True are the same key


class Plain(Context):
    """Jinja finds out at each call whether the called wants the context, and nothing that we call does."""

    call: Any = operator.call


class Settled(CodeGenerator):
    """Compiles templates so that what is the same on all pages is a part of the text around it."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja calls it so
        """Puts parts, words and the way to the root in place before anything is compiled."""
        super().visit_Template(_Settling(self.environment).visit(node), frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - Jinja calls it so
        """Leaves out the variables that Jinja hands over for those who want the context."""
        bare = frame.copy()
        bare.loop_frame = bare.block_frame = False
        super().visit_Call(node, bare, forward_caller=forward_caller)


class _Settling(NodeTransformer):
    """Puts in what does not change: methods are named after the nodes (Jinja's visitors)."""

    def __init__(self, env: Environment) -> None:
        self.env = env
        self.known: Mapping[str, Any] = env.globals
        self.parts: list[str] = []

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802 - Jinja calls it so
        """A part of a page, once in each: to hand one all that the page knows takes longer than to draw most of them.

        What is included again is left to Jinja, for a part may include itself; so are icons, which nobody compares.
        """
        match node:
            case nodes.Include(template=nodes.Const(value=str(name)), with_context=True, ignore_missing=False) if (
                name.endswith(".html") and name not in self.parts
            ):
                self.parts.append(name)
                body = self.env.parse(_source(self.env, name), name).body
                return self.generic_visit(nodes.Scope(body, lineno=node.lineno))
        return node

    def visit_Name(self, node: nodes.Name) -> nodes.Expr:  # noqa: N802 - Jinja calls it so
        return nodes.Const(ROOT) if node.name == "root" and node.ctx == "load" else node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja calls it so
        """A message without values."""
        match node:
            case nodes.Call(node=nodes.Name(name="_" | "gettext"), args=[nodes.Const(value=message)], kwargs=[]):
                return nodes.Const(self.known["gettext"](message))
        return self.generic_visit(node)


def words(language: str) -> dict[str, Callable[..., Markup]]:
    """What templates ask for words in the hub's language. Those of Jinja find out at each call what they are to do."""
    translated = wording.translations(language)

    def filled(message: str, values: Mapping[str, Any]) -> Markup:
        told = {name: escaped(value) for name, value in values.items()}
        return Markup(message % told)  # noqa: S704 - our own words; what is put into them is escaped

    def gettext(message: str, /, **values: Any) -> Markup:
        return filled(translated.gettext(message), values)

    def ngettext(one: str, many: str, number: int, /, **values: Any) -> Markup:
        return filled(translated.ngettext(one, many, number), {"num": number, **values})

    return {"_": gettext, "gettext": gettext, "ngettext": ngettext}


def furnish(env: Environment, shared: Mapping[str, Any], compiled: Path | None) -> Render:
    """Gives the templates gettext, dates, the names of languages, and what is the same on all pages; the way to render
    one that is no page.

    The way to the root is no different on any page, either: templates write `ROOT`, and a finished page is put at its
    place (`placed`). So what pages have in common is drawn once, and macros are made once and not for every page.
    """
    language = shared["language"]
    if compiled:
        env.bytecode_cache = FileSystemBytecodeCache(str(_own_folder(compiled, env, language)))
    env.globals.update(shared, drawn={})
    # The same for all templates, which look through it at every import: Jinja would make a chain for each of them.
    env.make_globals = lambda own: {**env.globals, **own} if own else env.globals  # type: ignore[assignment, method-assign]
    # A hundred templates: none is ever let go, so nobody need note which was asked for last.
    env.cache, env.get_template = {}, cache(env.get_template)  # type: ignore[method-assign]  # MkDocs makes it
    env.context_class, env.template_class, env.code_generator_class = Plain, Drawing, Settled
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_translations(wording.translations(language), newstyle=True)  # type: ignore[attr-defined]  # by the extension
    env.globals.update(words(language))

    @cache
    def facts_in(spoken: str) -> Any:
        """The macros of facts.html for an entry in this language: there are few."""
        return env.get_template("partials/facts.html").make_module({"entry": {"language": spoken}})

    env.globals["facts_in"] = facts_in
    env.trim_blocks = env.lstrip_blocks = True
    env.autoescape = True  # MkDocs leaves it off; a title is text and never markup

    def in_language(function: Any) -> Any:
        return lambda value, spoken=language: function(value, spoken)

    env.filters.update(
        day=in_language(wording.day),
        month=in_language(wording.month),
        clock=in_language(wording.clock),
        number=in_language(wording.number),
        size=in_language(wording.size),
        elapsed=wording.elapsed,
        language_name=in_language(wording.language_name),
        direction=wording.direction,
        licence_url=licence_url,
        territory=wording.territory,
        qr_code=qr_code,
    )
    return lambda name, shown: placed(env.get_template(name).render(shown), shown["root"])


def _own_folder(compiled: Path, env: Environment, language: str) -> Path:
    """Where templates as this code compiles them are kept: Jinja would take those of other code, or with other parts,
    for the same.
    """
    sources = [(name, _source(env, name)) for name in env.list_templates(["html"])]
    own = compiled / digest(code(), sources, language, version("Jinja2"), sys.version)
    if not own.is_dir():
        shutil.rmtree(compiled, ignore_errors=True)
        own.mkdir(parents=True)
    return own


def _source(env: Environment, name: str) -> str:
    """The text of a template."""
    return env.loader.get_source(env, name)[0]  # type: ignore[union-attr]  # MkDocs makes none without a loader


def placed(html: str, root: str) -> str:
    """A finished page with the way to the site's root."""
    return html.replace(ROOT, root)


def qr_code(address: str) -> str:
    """An address as a QR code (ISO/IEC 18004), as markup; level M can be read also when the paper was folded."""
    code = segno.make(address, error="m", micro=False)
    return str(code.svg_inline(light="#fff", omitsize=True))
