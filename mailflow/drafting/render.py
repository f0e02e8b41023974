"""Templates to text: sandboxed, strict about what is missing, all that comes in only data."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import (
    DictLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
    meta,
)
from jinja2.exceptions import SecurityError, TemplateNotFound, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mailflow.errors import DraftingError, MissingFact, TemplateFault

TO_OWNER = frozenset({
    "receipt", "approval_request", "transcript", "summary", "notice", "question", "help",
    "introduction_question",
})  # fmt: skip
"""The kinds that quote texts word for word; in all others runs of spaces become one."""

MAX_RENDERED = 1_000_000
"""Characters of one rendered block; a template that makes more is at fault."""

NAME_IN_ERROR = re.compile(r"'([^']{1,80})' is undefined|has no attribute '([^']{1,80})'")
SPACES = re.compile(r"(?<=\S)[ \t]{2,}")
BLANK_LINES = re.compile(r"\n{3,}")
TAG = re.compile(r"\{%.*?%\}")


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a template became. `body` ends with one line break; `html` is empty without a block."""

    subject: str
    body: str
    html: str = ""


class Templates:
    """A set of templates by kind; names that begin with `_` are parts that others include.

    A template has the blocks `subject` and `body`, maybe `subject_2`, `body_2`, … as variants,
    and maybe `html`, in which every value is escaped. `sources` maps kind to Jinja source.

    With `packaged`, a letter to the owner that his own template cannot make is made from that set:
    he must hear from us. `faults` then says what was wrong, until somebody tells of it.
    """

    def __init__(
        self, sources: Mapping[str, str], packaged: Mapping[str, str] | None = None
    ) -> None:
        self._sources = {name: keep_line_ends(source) for name, source in sources.items()}
        self._text = _environment(self._sources, is_html=False)
        self._html = _environment(self._sources, is_html=True)
        self._packaged = None if packaged is None else Templates(packaged)
        self.faults: dict[str, None] = {}

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind that can be rendered, sorted."""
        return tuple(sorted(name for name in self._sources if not name.startswith("_")))

    def variants(self, kind: str) -> int:
        """How many bodies the kind has."""
        blocks = self._template(self._text, kind).blocks
        return sum(1 for name in blocks if name == "body" or name.startswith("body_"))

    def names(self, kind: str) -> frozenset[str]:
        """The values a kind uses, with those of the parts it includes."""
        found: set[str] = set()
        todo, seen = [kind], {kind}
        while todo:
            name = todo.pop()
            self._template(self._text, name)
            tree = self._text.parse(self._sources[name])
            found |= meta.find_undeclared_variables(tree)
            parts = {part for part in meta.find_referenced_templates(tree) if part} - seen
            seen |= parts
            todo += sorted(parts)
        return frozenset(found)

    def render(self, kind: str, values: Mapping[str, object], *, variant: int = 0) -> Rendered:
        """Fill one template; `variant` counts round its bodies from 0.

        Raises MissingFact naming the value that is not there, TemplateFault naming the file and
        line for a template that cannot be used. Nothing in `values` is ever read as a template.
        """
        try:
            return self._render(kind, values, variant)
        except DraftingError as error:
            if self._packaged is None or kind not in TO_OWNER:
                raise
            self.faults[str(error)] = None
            return self._packaged.render(kind, values, variant=variant)

    def _render(self, kind: str, values: Mapping[str, object], variant: int) -> Rendered:
        template = self._template(self._text, kind)
        number = variant % max(self.variants(kind), 1)
        tail = f"_{number + 1}" if number else ""
        subject = f"subject{tail}" if f"subject{tail}" in template.blocks else "subject"
        html = ""
        if "html" in template.blocks:
            rich = self._template(self._html, kind)
            html = self._block(rich, kind, "html", values).strip() + "\n"
        body = self._block(template, kind, f"body{tail}", values)
        return Rendered(
            subject=" ".join(self._block(template, kind, subject, values).split()),
            body=tidy(body, is_verbatim=kind in TO_OWNER),
            html=html,
        )

    def _template(self, environment: ImmutableSandboxedEnvironment, kind: str) -> Template:
        try:
            return environment.get_template(kind)
        except TemplateSyntaxError as error:
            name = f"{error.name or kind}.j2"
            raise TemplateFault(name, error.lineno, error.message or "syntax error") from None
        except TemplateNotFound:
            raise TemplateFault(f"{kind}.j2", None, "there is no such file.") from None

    def _block(
        self, template: Template, kind: str, block: str, values: Mapping[str, object]
    ) -> str:
        if block not in template.blocks:
            raise TemplateFault(f"{kind}.j2", None, f"it has no block named {block}.")
        parts: list[str] = []
        size = 0
        try:
            for part in template.blocks[block](template.new_context(dict(values))):
                size += len(part)
                if size > MAX_RENDERED:
                    raise TemplateFault(f"{kind}.j2", None, f"its block {block} has no end.")
                parts.append(part)
        except UndefinedError as error:
            found = NAME_IN_ERROR.search(str(error))
            fact = (found.group(1) or found.group(2)) if found else str(error)
            raise MissingFact(f"{kind}.j2", fact) from None
        except TemplateSyntaxError as error:
            name = f"{error.name or kind}.j2"
            raise TemplateFault(name, error.lineno, error.message or "syntax error") from None
        except SecurityError as error:
            raise TemplateFault(f"{kind}.j2", None, f"that is not allowed: {error}") from None
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
            line = _line_of(error, template)
            raise TemplateFault(f"{kind}.j2", line, f"{type(error).__name__}: {error}") from None
        return "".join(parts)


def tidy(text: str, *, is_verbatim: bool = False) -> str:
    """No spaces at the ends of lines, no two blank lines together, one line break at the end.

    Unless `is_verbatim`, runs of spaces inside a line become one, so that a sentence that dropped
    out leaves no hole.
    """
    lines = [line.rstrip() for line in text.split("\n")]
    if not is_verbatim:
        lines = [SPACES.sub(" ", line).lstrip() for line in lines]
    return BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n") + "\n"


def keep_line_ends(source: str) -> str:
    """The same source, in which only lines that hold nothing but tags vanish.

    Jinja's `trim_blocks` would also swallow the line break after `… {% endif %}` in a sentence and
    run two paragraphs together; `+%}` tells it not to. Line numbers stay as they are.
    """
    lines = source.split("\n")
    for number, line in enumerate(lines):
        text = line.rstrip()
        if text.endswith("%}") and text[-3:-2] not in "+-" and TAG.sub("", text).strip():
            lines[number] = f"{text[:-2]}+%}}"
    return "\n".join(lines)


def _environment(sources: Mapping[str, str], *, is_html: bool) -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=DictLoader(sources),
        undefined=StrictUndefined,
        autoescape=is_html,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )


def _line_of(error: BaseException, template: Template) -> int | None:
    """The line of the template an error came from (Jinja rewrites the traceback's last frame)."""
    found, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_globals.get("__jinja_template__") is not None or (
            trace.tb_frame.f_code.co_filename == "<template>"
        ):
            found = template.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return found
