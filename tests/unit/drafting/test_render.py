"""Templates are sandboxed, strict about what is missing, and leave no holes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.drafting.render import Templates, keep_line_ends, tidy
from mailflow.errors import MissingFact, TemplateFault


def templates(body: str, **blocks: str) -> Templates:
    more = "".join(f"{{% block {name} %}}{text}{{% endblock %}}" for name, text in blocks.items())
    source = f"{{% block subject %}}Hello{{% endblock %}}\n{{% block body %}}{body}{{% endblock %}}"
    return Templates({"letter": source + more, "_part": "Part of {{ who }}"})


def body(source: str, **values: object) -> str:
    return templates(source).render("letter", values).body


def test_a_missing_value_blocks_the_mail_and_is_named() -> None:
    with pytest.raises(MissingFact, match="first_name") as caught:
        body("Hi {{ first_name }},")
    assert caught.value.fact == "first_name"
    assert caught.value.template == "letter.j2"


def test_a_missing_attribute_is_named_too() -> None:
    with pytest.raises(MissingFact) as caught:
        body("{{ person.street }}", person={"name": "Jane"})
    assert caught.value.fact == "street"


def test_a_missing_value_in_a_condition_is_no_excuse() -> None:
    with pytest.raises(MissingFact):
        body("{% if nothing %}x{% endif %}")


def test_a_syntax_error_is_told_with_file_and_line() -> None:
    with pytest.raises(TemplateFault) as caught:
        body("one\ntwo\n{% if %}\n")
    assert (caught.value.template, caught.value.line) == ("letter.j2", 4)


def test_a_failure_while_filling_is_told_with_its_line() -> None:
    with pytest.raises(TemplateFault) as caught:
        body("one\n{{ 1 / zero }}", zero=0)
    assert (caught.value.template, caught.value.line) == ("letter.j2", 3)


def test_an_error_in_an_included_part_names_the_part() -> None:
    subject, text = "{% block subject %}S{% endblock %}", "{% include '_p' %}"
    letter = f"{subject}{{% block body %}}{text}{{% endblock %}}"
    broken = Templates({"letter": letter, "_p": "x\n{% endfor %}"})
    with pytest.raises(TemplateFault) as caught:
        broken.render("letter", {})
    assert (caught.value.template, caught.value.line) == ("_p.j2", 2)


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ who.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{% set x = items.append(1) %}",
        "{% include '../secret' %}",
        "{% for i in range(10 ** 9) %}x{% endfor %}",
    ],
)
def test_the_sandbox_keeps_a_template_at_home(source: str) -> None:
    with pytest.raises((TemplateFault, MissingFact)):
        body(source, who="Jane", items=[])


def test_a_template_without_end_is_stopped() -> None:
    with pytest.raises(TemplateFault, match="no end"):
        body("{% for i in range(9999) %}{% for j in range(9999) %}abcdefgh{% endfor %}{% endfor %}")


def test_an_unknown_kind_and_a_missing_block_are_faults() -> None:
    with pytest.raises(TemplateFault, match="no such file"):
        templates("x").render("unknown", {})
    with pytest.raises(TemplateFault, match="no block named body"):
        Templates({"bare": "{% block subject %}S{% endblock %}"}).render("bare", {})


@given(st.text())
def test_what_comes_in_is_never_a_template(text: str) -> None:
    hostile = f"{text}{{{{ 7 * 7 }}}}{{% raw %}}"
    shown = Templates(
        {"notice": "{% block subject %}S{% endblock %}{% block body %}>{{ x }}<{% endblock %}"}
    )
    assert "{{ 7 * 7 }}{% raw %}" in shown.render("notice", {"x": hostile}).body


def test_html_escapes_and_text_does_not() -> None:
    found = templates("{{ x }}", html="<p>{{ x }}</p>").render("letter", {"x": "<b>&"})
    assert found.body == "<b>&\n"
    assert found.html == "<p>&lt;b&gt;&amp;</p>\n"


def test_variants_go_round_with_their_own_subjects() -> None:
    three = templates("one", body_2="two", body_3="three", subject_2="Second")
    assert three.variants("letter") == 3
    rendered = [three.render("letter", {}, variant=n) for n in range(4)]
    assert [r.body for r in rendered] == ["one\n", "two\n", "three\n", "one\n"]
    assert [r.subject for r in rendered] == ["Hello", "Second", "Hello", "Hello"]


def test_lines_of_tags_vanish_and_sentences_keep_their_line_break() -> None:
    source = "{% if a %}\nOne.{% if b %} Two.{% endif %}\nThree.\n{% endif %}\nFour.\n"
    assert body(source, a=True, b=True) == "One. Two.\nThree.\nFour.\n"
    assert body(source, a=True, b=False) == "One.\nThree.\nFour.\n"
    assert body(source, a=False, b=True) == "Four.\n"


def test_what_drops_out_leaves_no_hole() -> None:
    source = "Hi.{% if a %} Gone.{% endif %} Bye.\n\n{% if a %}\nGone.\n\n{% endif %}\n\n\nAda"
    assert body(source, a=False) == "Hi. Bye.\n\nAda\n"


def test_the_source_keeps_its_line_numbers() -> None:
    source = "a {% if x %}b{% endif %}\n{% if x %}\n{{ y }}\n"
    assert keep_line_ends(source).count("\n") == source.count("\n")


@given(st.text(alphabet="ab \t\n"))
def test_tidy_text_has_no_loose_ends(text: str) -> None:
    tidied = tidy(text)
    assert "  " not in tidied
    assert " \n" not in tidied
    assert "\n\n\n" not in tidied
    assert tidied.endswith("\n")
    assert tidy(tidied) == tidied


@given(st.text(alphabet="ab \n|"))
def test_letters_to_the_owner_keep_what_is_inside_a_line(text: str) -> None:
    quoted = f"| x{text.replace(chr(10), '')}x"
    assert tidy(quoted, is_verbatim=True) == f"{quoted}\n"


def test_the_names_of_a_kind_include_those_of_its_parts() -> None:
    both = templates("{{ title }}{% include '_part' %}")
    assert both.names("letter") == {"title", "who"}
    assert both.kinds == ("letter",)
