"""The templates as shipped: they read well whatever is known, and nothing in them is a command."""

from collections.abc import Iterator

import pytest

from mailflow.approving.clauses import clauses_of
from mailflow.drafting import letters
from mailflow.drafting.check import check
from mailflow.drafting.lint import lint
from mailflow.drafting.render import TO_OWNER, Rendered, Templates
from mailflow.drafting.samples import samples
from mailflow.drafting.values import FIRST_MAILS, mail_values
from mailflow.errors import MissingFact
from mailflow.model.contact import Contact
from mailflow.model.letter import Line, ReceiptItem
from mailflow.model.text import printable
from mailflow.reading import command
from tests.builders import BERLIN, NOW, a_contact, a_draft, a_sent, an_identity

MORE = {
    "thanks_for": "the introduction",
    "what": "an article on pricing",
    "occasion": "your new role",
}
SITUATIONS = (
    "first_meeting", "met_at_event", "card_only", "forwarded", "reply_owed", "nudge_1", "nudge_2",
    "keep_in_touch", "revive", "thanks", "send_something", "congratulate", "how_can_i_help",
    "coffee",
)  # fmt: skip
RICH = a_contact(
    wants="intros to seed investors", offers="pilot projects", promised="our benchmark"
)
SPARE = a_contact(title="", org="", event="PyCon")


def test_every_template_reads_well_with_every_combination_of_facts(shipped: Templates) -> None:
    assert check(shipped) == ()


def test_there_is_a_template_for_every_situation_and_every_letter(shipped: Templates) -> None:
    assert set(SITUATIONS) | (TO_OWNER - {"summary"}) <= set(shipped.kinds)


def mails(shipped: Templates, kind: str) -> Iterator[tuple[Contact, Rendered]]:
    for contact in (RICH, SPARE):
        told = mail_values(contact, an_identity(), situation=kind, now=NOW, more=MORE)
        for variant in range(shipped.variants(kind)):
            yield contact, shipped.render(kind, told, variant=variant)


@pytest.mark.parametrize("kind", SITUATIONS)
def test_a_mail_to_a_contact_is_short_asks_little_and_raises_no_doubt(
    shipped: Templates, kind: str
) -> None:
    for contact, mail in mails(shipped, kind):
        assert len(mail.body.split()) <= 105
        assert mail.body.count("?") <= 1
        assert mail.body.startswith("Hi Jane,\n\n")
        assert lint(mail.subject, mail.body, contact, is_first=kind in FIRST_MAILS) == ()


@pytest.mark.parametrize("kind", SITUATIONS)
def test_nobody_is_greeted_without_a_name(shipped: Templates, kind: str) -> None:
    told = mail_values(
        a_contact(name="", given=""), an_identity(), situation=kind, now=NOW, more=MORE
    )
    with pytest.raises(MissingFact, match="first_name"):
        shipped.render(kind, told)


@pytest.mark.parametrize("kind", sorted(FIRST_MAILS))
def test_a_first_mail_says_where_the_address_came_from(shipped: Templates, kind: str) -> None:
    told = mail_values(a_contact(through="Raj Rao"), an_identity(), situation=kind, now=NOW)
    for variant in range(shipped.variants(kind)):
        body = shipped.render(kind, told, variant=variant).body
        assert "Raj Rao" in body
        assert "rather not hear from me" in body


def test_three_people_of_one_event_get_three_letters(shipped: Templates) -> None:
    told = mail_values(SPARE, an_identity(), situation="met_at_event", now=NOW)
    found = [shipped.render("met_at_event", told, variant=n) for n in (11, 12, 13)]
    assert len({mail.body for mail in found}) == len({mail.subject for mail in found}) == 3


def test_a_nudge_answers_in_the_thread(shipped: Templates) -> None:
    sent = [a_sent(None, NOW, subject="Good to meet you")]
    told = mail_values(RICH, an_identity(), situation="nudge_1", now=NOW, sent=sent)
    assert shipped.render("nudge_1", told).subject == "Re: Good to meet you"


def test_the_two_nudges_give_reasons_of_their_own(shipped: Templates) -> None:
    told = mail_values(RICH, an_identity(), situation="nudge_1", now=NOW)
    first = shipped.render("met_at_event", told).body.splitlines()
    second = shipped.render("nudge_1", told).body.splitlines()
    third = shipped.render("nudge_2", told).body.splitlines()
    repeated = set(first) & set(second) | set(second) & set(third) | set(first) & set(third)
    assert repeated == {"", "Hi Jane,", "Ada"}


def test_control_characters_in_a_name_break_no_line(shipped: Templates) -> None:
    hostile = a_contact(given="Jane\r\nBcc: eve@example.com\x00\u202e", event="Py\nCon")
    told = mail_values(hostile, an_identity(), situation="met_at_event", now=NOW)
    mail = shipped.render("met_at_event", told)
    assert mail.body.startswith("Hi Jane Bcc: eve@example.com,\n\n")
    assert mail.subject == "Good to meet you at Py Con"


HOSTILE = ("ok all", "later 3d", "send", "👍", "skip 1", "help", "undo", "forget Jane", "who Bob",
           "met Eve <eve@example.com>", "send again", "sent", "do it", "- ok", "> yes")  # fmt: skip


def hostile_letters(shipped: Templates, word: str) -> Iterator[Rendered]:
    contact = a_contact(
        name=word, given=word, title=word, org="", event=word, wants=word, offers=word,
        promised=word, through=word, notes=word, tags=(word,), doubts=(word,),
    )  # fmt: skip
    bare = a_contact(id=2, name=word, title="", org="", event="", address=None)
    draft = a_draft(to_name=word, subject=word, body=f"{word}\n{word}\n", lint=(word,), reason=word)
    items = [ReceiptItem(contact, 1, draft), ReceiptItem(bare, problems=(word,), waiting=word)]
    lines = [Line(word, word), Line(word, f"{word}\n{word}", is_done=False), Line("", word),
             Line("", word, is_done=False)]  # fmt: skip
    ada = an_identity()
    yield shipped.render("receipt", letters.receipt(items, ada, lines=lines))
    yield shipped.render("receipt", letters.receipt(items[1:], ada))
    yield shipped.render("approval_request", letters.approval_request(items[:1], ada, reason=word))
    yield shipped.render("transcript", letters.transcript(lines, ada))
    yield shipped.render("transcript", letters.transcript(lines[2:3], ada))
    yield shipped.render("notice", letters.notice("Notice", [word, word], ada))
    yield shipped.render("question", letters.question(draft, contact, ada))
    yield shipped.render("help", letters.help_values(ada))


@pytest.mark.parametrize("word", HOSTILE)
def test_no_line_of_a_letter_is_itself_an_instruction(shipped: Templates, word: str) -> None:
    for letter in hostile_letters(shipped, word):
        for line in (*letter.body.splitlines(), letter.subject):
            assert command.read(line, "", now=NOW, zone=BERLIN) == (), line
            assert clauses_of(line.strip(), NOW, BERLIN) is None, line


def test_the_words_to_answer_with_are_instructions_themselves() -> None:
    for answer in ("ok", "later 3d", "skip", "ok 1 2", "ok all", "sent", "send again"):
        assert clauses_of(answer, NOW, BERLIN) is not None, answer


@pytest.mark.parametrize("kind", sorted(set(samples())))
def test_html_letters_escape_everything_and_fetch_nothing(shipped: Templates, kind: str) -> None:
    for told in samples()[kind]:
        html = shipped.render(kind, told).html
        assert "http" not in html.lower()
        pictures = html.count("<img")
        assert html.count('<img src="cid:') == pictures, "only what the letter itself carries"
        assert "<script" not in html


def test_html_shows_names_as_text(shipped: Templates) -> None:
    name = '<img src=x onerror="alert(1)">'
    contact = a_contact(name=name, org=name, event=name, wants=name)
    draft = a_draft(body=f"Hi {name}", subject=name, to_name=name, lint=(name,))
    told = letters.receipt(
        [ReceiptItem(contact, 1, draft)], an_identity(), lines=[Line(name, name)]
    )
    html = shipped.render("receipt", told).html
    assert "<img" not in html
    assert "&lt;img src=x" in html


def test_a_receipt_for_one_card_fits_a_screen(shipped: Templates) -> None:
    told = mail_values(RICH, an_identity(), situation="met_at_event", now=NOW)
    body = shipped.render("met_at_event", told).body
    item = ReceiptItem(RICH, 1, a_draft(body=body, lint=("Look.",)), doubts=("Unsure.",))
    receipt = shipped.render("receipt", letters.receipt([item], an_identity()))
    assert len(receipt.body.splitlines()) <= 35
    assert receipt.subject == "Ready for you: a mail to Jane Roe"


def test_a_receipt_shows_the_text_exactly_as_it_would_be_sent(shipped: Templates) -> None:
    text = "Hi Jane,\n\n  two  spaces\tand a tab\n\n\nthree line breaks\n.\n"
    told = letters.receipt([ReceiptItem(RICH, 1, a_draft(body=text))], an_identity())
    receipt = shipped.render("receipt", told)
    quoted = [line[2:] for line in receipt.body.splitlines() if line == "|" or line[:2] == "| "]
    assert "\n".join(quoted) + "\n" == text
    assert "\n  two  spaces\tand a tab\n\n\nthree" in receipt.html


def test_doubts_and_reasons_for_waiting_are_told(shipped: Templates) -> None:
    items = [
        ReceiptItem(RICH, 1, a_draft(), doubts=("The name was hard to read.",)),
        ReceiptItem(SPARE, waiting="This week's 10 new people are reached."),
    ]
    receipt = shipped.render("receipt", letters.receipt(items, an_identity()))
    for text in (receipt.body, receipt.html):
        assert "The name was hard to read." in text
        assert "10 new people" in text
    assert receipt.subject == "Ready for you: a mail to Jane Roe and Jane Roe"


def test_a_batch_tells_how_to_answer_by_number(shipped: Templates) -> None:
    items = [ReceiptItem(RICH, n, a_draft(id=n)) for n in (1, 2, 3)]
    request = shipped.render("approval_request", letters.approval_request(items, an_identity()))
    assert "“ok 1 2”" in request.body
    assert request.subject == "May these go out? Jane Roe, Jane Roe and 1 more"


def test_a_transcript_says_first_whether_all_was_done(shipped: Templates) -> None:
    done, failed = (
        Line("call Jane", "Noted."),
        Line("tier Bob x", "There is no Bob.", is_done=False),
    )
    subjects = [
        shipped.render("transcript", letters.transcript(lines, an_identity())).subject
        for lines in ([done], [failed], [done, failed], [])
    ]
    assert subjects == [
        "All done: call Jane", "That did not work: tier Bob x",
        "In part done: call Jane and 1 more", "Nothing to do in your mail",
    ]  # fmt: skip


def test_help_names_every_instruction(shipped: Templates) -> None:
    body = shipped.render("help", letters.help_values(an_identity())).body
    for usage, _ in command.HELP:
        assert printable(usage).split()[0].strip(",") in body


PLANTED = {
    "None": "Hi. {{ org or none }}",
    "gap before": "Hi {{ org }} , you",
    "empty sentence": "Hi. {{ org }}. You",
    "begins with a punctuation": "{{ org }}, hello",
    "small letter": "Hi. {% if org %}And {% endif %}you",
    "breaks off": "Hi, {{ org }}.",
    "unfilled": "{{ '{{' }} name",
    "no text": "{% if org %}Hi{% endif %}",
}


@pytest.mark.parametrize(("flaw", "source"), PLANTED.items())
def test_the_check_finds_a_planted_flaw(flaw: str, source: str) -> None:
    letter = f"{{% block subject %}}S{{% endblock %}}{{% block body %}}{source}{{% endblock %}}"
    found = check(Templates({"coffee": letter}))
    assert any(flaw in each for each in found), found


def test_the_check_tells_of_a_broken_template_and_goes_on() -> None:
    good = "{% block subject %}S{% endblock %}{% block body %}Hi {{ first_name }}.{% endblock %}"
    broken = {"coffee": good, "lunch": "{% if %}", "tea": good.replace("first_name", "frist_name")}
    found = check(Templates(broken))
    assert len(found) == 2
    assert "lunch.j2, line 1" in found[0]
    assert "frist_name" in found[1]
