"""Header fields as no two programs write them, drawn by dice."""

import random

NAMES = ["Jane Roe", '"Roe, Jane"', "=?utf-8?q?J=C3=BCrgen?=", '"Jane \\"J\\" Roe"', "(Jane)", "",
         "=?utf-8?b?0JDQvdC90LA=?= Roe", "Jane Roe via List", "'Jane'", "Jürgen", "Mail Daemon",
         "J <x> Roe", "Jane Roe im Auftrag von Raj"]  # fmt: skip
ADDRESSES = ["jane@acme.io", "Jane@ACME.io", "no-reply@acme.io", "ada@example.org", "x@localhost",
             "jane@münchen.example", "a..b@acme.io", "bounces@lists.example", "jane@acme.io.",
             "ada+mailflow@example.org", "postmaster@acme.io", '"jane roe"@acme.io'] + [
             f"p{n}@firm.example" for n in range(40)]  # fmt: skip
SUBJECTS = [
    "Lunch",
    "Re: Lunch",
    "Automatic reply: x",
    "[list] x",
    "Out of Office",
    "Re: (ooo) x",
    "=?utf-8?q?caf=C3=A9?= =?utf-8?q?_au_lait?=",
    "",
    "  two  spaces ",
    "Fwd: a\tb",
    "Undelivered Mail Returned to Sender",
    "Please confirm your message",
    "Grüße",
    "Abwesenheitsnotiz: x",
    "Away: x",
    "Jane Roe is out of the office",
    "Delivery failure",
    "a\r\n folded subject",
    "*** auto: x",
]
DATES = ["Sun, 01 Mar 2026 10:00:00 +0100", "1 Mar 2026 10:00:00 -0000", "yesterday", "",
         "Sun, 1 Mar 2026 10:00 GMT", "Sun, 01 Mar 2026 10:00:61 +0000",
         "31 Feb 2026 10:00:00 +0100",
         "Sun, 01 Mar 2026 10:00:00 +0000 (UTC)", "Sun, 01 Mar 2026 10:00:00 -0000 (UTC)",
         "Sun, 01 Mar 2026 25:00:00 +0000", "Sunday, 01-Mar-26 10:00:00 EST",
         "Sun, 01 Mar 0026 10:00:00 +0000", "Sun, 01 Mar 2026 10:00:00 +9959"]  # fmt: skip
IDS = ["<1@acme.io>", "1@acme.io", "", "<1@ac me.io>", "<<1@acme.io>>", "<a><b>", "<>", "<noat>",
       "<1@acme.io> (comment)", "<x\r\n y@acme.io>", f"<{'i' * 1200}@x>"]  # fmt: skip
EXTRA = ["List-Id: <x>", "Precedence: bulk", "Precedence: normal", "Auto-Submitted: no",
         "Auto-Submitted: auto-replied", "Auto-Submitted: weird", "Return-Path: <>",
         "Return-Path: <jane@acme.io>", "X-Failed-Recipients: a@b.example", "X-Cron-Env: <A=b>",
         "X-GitHub-Reason: mention", "X-Autoreply: no", "X-Mailflow-Loop: 1",
         "List-Unsubscribe: <x>",
         "Content-Type: text/plain", "Content-Type: multipart/report; boundary=x",
         "From: raj@rao.in",
         "Content-Type: multipart/mixed; boundary=x", "Content-Type: text/calendar; method=REPLY",
         "no colon here", " continued", "X Y: z", "Subject: second", "Mailing-List: x",
         "To: second@x.io",
         "X-Odd: \x07bell", "Delivered-To: autoresponder@x.io", "X-Nul: a\x00b",
         "Bcc: ada@example.org",
         "Date: Sun, 01 Mar 2026 10:00:00 +0000", "Tab\t: x", ""]  # fmt: skip


def odd_mail(dice: random.Random) -> bytes:
    """Header fields as no two programs write them."""

    def mostly(values: list[str]) -> str:
        return values[0] if dice.random() < 0.5 else dice.choice(values)

    def one() -> str:
        name, address = mostly(NAMES), dice.choice(ADDRESSES)
        shapes = (f"{name} <{address}>", address, f"<{address}>", f"{address} ({name})",
                  f"{name} {address}", f"group: {address};",
                  f"{name}<mailto:{address}>")  # fmt: skip
        return shapes[0] if dice.random() < 0.6 else dice.choice(shapes)

    def many() -> str:
        joint = dice.choice((", ", ",", "; ", ",\r\n\t", ",\r\n "))
        return joint.join(one() for _ in range(dice.choice((0, 1, 1, 2, 5))))

    lines = [
        f"From: {one()}", f"To: {many()}", f"Cc: {many()}", f"Subject: {mostly(SUBJECTS)}",
        f"Date: {mostly(DATES)}", f"Message-ID: {mostly(IDS)}",
        f"In-Reply-To: {mostly(IDS)}",
    ]  # fmt: skip
    lines = [line for line in lines if dice.random() < 0.99]
    if dice.random() < 0.3:
        lines.insert(dice.randrange(len(lines) + 1), dice.choice(EXTRA))
    if dice.random() < 0.3:
        dice.shuffle(lines)
    if dice.random() < 0.1:
        lines = [line.upper() if dice.random() < 0.5 else line.lower() for line in lines]
    ending = "\r\n" if dice.random() < 0.95 else dice.choice(("\n", "\r"))
    data = (ending.join(lines) + ending + ending).encode(
        dice.choice(("utf-8", "latin-1")), "replace"
    )
    if dice.random() < 0.05:
        at = dice.randrange(len(data))
        data = data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]
    return data
