"""mailflow: follow up with the people you meet, by mail, with your ok on every word.

    account ── IMAP, SMTP, credentials: the wire to the mail provider
       │
    inbox ──▶ reading ──▶ store ──▶ deciding ──▶ drafting ──▶ approving ──▶ outbox ──▶ measuring
    mail in   understood  recorded  decided      drafted      approved      sent       measured

Places (account, inbox, store, outbox) touch the world; the -ing packages are pure: values in,
values out, `now` is a parameter. `tick` is the only part where the stages meet.
"""

__version__ = "0.1.0"
