"""Every setting there is, as one table: key, where it goes, how it is read, how it is written."""

from dataclasses import dataclass
from datetime import timedelta

from mailflow.config.reach import address, host, path, store_url, variable, words
from mailflow.config.readers import (
    Reader,
    clock,
    counted,
    duration,
    each_once,
    flag,
    iso_day,
    line,
    many,
    number,
    one_of,
    region,
    text,
    weekday,
    zone,
)
from mailflow.config.values import Login, Wrap
from mailflow.model.contact import Tier


@dataclass(frozen=True, slots=True)
class Setting:
    """One key. `*` stands for the account's name, `into` names noun and field, `example` is TOML.

    The example of a setting that has a default is that default; a test holds it to that.
    """

    key: str
    into: str
    read: Reader
    example: str
    is_required: bool = False

    @property
    def section(self) -> str:
        return self.key.rpartition(".")[0]

    @property
    def leaf(self) -> str:
        return self.key.rpartition(".")[2]


SECOND, MINUTE, HOUR, DAY = (timedelta(seconds=s) for s in (1, 60, 3600, 86400))
NONE = timedelta(0)


def _server(end: str, port: str) -> tuple[Setting, ...]:
    """What the incoming and the outgoing server have in common; the latter may need no login."""
    is_incoming = end == "imap"
    user = line if is_incoming else text
    key, into = f"accounts.*.{end}", f"{end}."
    return (
        Setting(f"{key}.host", f"{into}host", host, f'"{end}.example.org"', is_required=True),
        Setting(f"{key}.security", f"{into}wrap", one_of(Wrap), '"tls"'),
        Setting(f"{key}.port", f"{into}port", number(1, 65535), port),
        Setting(f"{key}.user", f"{into}user", user, '"ada@example.org"', is_incoming),
        Setting(f"{key}.password_command", f"{into}secret.command", words, '"pass show mail/ada"'),
        Setting(f"{key}.password_env", f"{into}secret.env", variable, '"MAILFLOW_PASSWORD"'),
        Setting(f"{key}.password_file", f"{into}secret.file", path, '"password"'),
        Setting(f"{key}.login", f"{into}login", one_of(Login), '"password"'),
        Setting(f"{key}.timeout", f"{into}timeout", duration(SECOND, 10 * MINUTE), '"30s"'),
        Setting(f"{key}.ca_file", f"{into}ca_file", path, '"ca.pem"'),
    )


OWNER = (
    Setting("owner.name", "identity.name", line, '"Ada Lovelace"', is_required=True),
    Setting(
        "owner.addresses",
        "identity.addresses",
        many(address, at_least=1),
        '["ada@example.org"]',
        is_required=True,
    ),
    Setting("owner.zone", "identity.zone", zone, '"Europe/London"', is_required=True),
    Setting("owner.signature", "identity.signature", text, '""'),
    Setting("owner.about", "identity.about", text, '""'),
    Setting("owner.region", "identity.region", region, '"US"'),
)

SERVICE = (
    Setting(
        "service.address",
        "identity.service",
        address,
        '"ada+mailflow@example.org"',
        is_required=True,
    ),
    Setting("service.move_done", "config.moves_done", flag, "false"),
)

ACCOUNT = (
    *_server("imap", "993"),
    *_server("smtp", "465"),
    Setting("accounts.*.mailboxes", "account.mailboxes", many(line), "[]"),
    Setting("accounts.*.sent", "account.sent", line, '"Sent"'),
    Setting("accounts.*.drafts", "account.drafts", line, '"Drafts"'),
    Setting("accounts.*.files_sent_itself", "account.files_sent_itself", flag, "true"),
)

PLACES = (
    Setting("store.url", "config.store_url", store_url, '"postgresql://ada@localhost/mailflow"'),
    Setting("store.state_dir", "config.state_dir", path, '"~/.local/state/mailflow"'),
    Setting("templates.folder", "config.templates_dir", path, '"templates"'),
    Setting("security.authserv_id", "identity.authserv_id", line, '"mx.example.org"'),
    Setting("security.max_message_mb", "megabytes.max_message_bytes", number(1, 200), "25"),
    Setting("retention.days", "config.retention", counted(DAY, 30, 36500), "400"),
    Setting("retention.raw_days", "config.raw_retention", counted(DAY, 1, 36500), "30"),
    Setting("daemon.tick_seconds", "config.tick_every", counted(SECOND, 5, 3600), "60"),
)

PICTURES = (
    Setting("pictures.within", "pictures.within", duration(SECOND, 5 * MINUTE), '"10s"'),
    Setting("pictures.memory_mb", "pictures.memory_mb", number(800, 16000), "1500"),
    Setting("pictures.max_megapixels", "pictures.max_megapixels", number(1, 200), "50"),
    Setting("pictures.max_pages", "pictures.max_pages", number(1, 50), "10"),
    Setting("pictures.let_go_after", "pictures.let_go_after", duration(NONE, DAY), '"10m"'),
)

FOLLOW_UPS = (
    Setting("policy.follow_up_within", "policy.follow_up_within", duration(HOUR), '"24h"'),
    Setting("policy.warn_after", "policy.warn_after", duration(HOUR), '"20h"'),
    Setting("policy.nudge_1_after_days", "policy.nudge_1_after_days", number(1, 365), "4"),
    Setting("policy.nudge_2_after_days", "policy.nudge_2_after_days", number(1, 365), "8"),
    Setting("policy.reply_owed_after_days", "policy.reply_owed_after_days", number(1, 30), "5"),
    Setting(
        "policy.approval_expires_after", "policy.approval_expires_after", duration(HOUR), '"7d"'
    ),
    Setting("policy.away_without_date", "policy.away_without_date", duration(DAY), '"7d"'),
    Setting("policy.away_extra_days", "policy.away_extra_days", number(0, 60), "2"),
    Setting("policy.new_people_per_week", "policy.new_people_per_week", number(0, 1000), "10"),
    Setting("policy.max_words", "policy.max_words", number(20, 2000), "125"),
    Setting("policy.max_questions", "policy.max_questions", number(0, 20), "2"),
)

CADENCE = (
    Setting("policy.default_tier", "policy.default_tier", one_of(Tier), '"key"'),
    Setting("policy.tier_days.inner", "tier.inner", number(1, 3650), "21"),
    Setting("policy.tier_days.key", "tier.key", number(1, 3650), "60"),
    Setting("policy.tier_days.wide", "tier.wide", number(1, 3650), "180"),
    Setting("policy.focus_size", "policy.focus_size", number(1, 1000), "10"),
    Setting("policy.dormant_after_gaps", "policy.dormant_after_gaps", number(1, 100), "8"),
    Setting("policy.dormant_min", "policy.dormant_min", duration(DAY), '"180d"'),
    Setting("policy.dormant_max", "policy.dormant_max", duration(DAY), '"365d"'),
    Setting("policy.revivals_per_week", "policy.revivals_per_week", number(0, 100), "2"),
)

INTRODUCTIONS = (
    Setting(
        "policy.introduction_nudge_after_days",
        "policy.introduction_nudge_after_days",
        number(1, 60),
        "5",
    ),
    *(
        Setting(f"policy.introduction_{name}_after", f"policy.introduction_{name}_after",
                duration(DAY), f'"{days}d"')
        for name, days in (
            ("expires", 14), ("later", 90), ("again", 180), ("quiet", 7), ("outcome", 30),
        )
    ),
)  # fmt: skip

SENDING = (
    Setting("policy.window_opens", "policy.window_opens", clock, '"09:00"'),
    Setting("policy.window_closes", "policy.window_closes", clock, '"17:00"'),
    Setting(
        "policy.window_days",
        "policy.window_days",
        each_once(weekday, at_least=1),
        '["mon", "tue", "wed", "thu", "fri"]',
    ),
    Setting("policy.holidays", "policy.holidays", each_once(iso_day), "[]"),
    Setting("policy.per_day", "policy.per_day", number(1, 500), "25"),
    Setting("policy.per_hour", "policy.per_hour", number(1, 100), "10"),
    Setting("policy.spacing_min", "policy.spacing_min", duration(NONE, HOUR), '"60s"'),
    Setting("policy.spacing_max", "policy.spacing_max", duration(NONE, DAY), '"150s"'),
    Setting("policy.undo_within", "policy.undo_within", duration(2 * MINUTE, DAY), '"2m"'),
    Setting("policy.uncertain_after", "policy.uncertain_after", duration(MINUTE, DAY), '"2m"'),
    Setting("policy.sandbox_address", "policy.sandbox_address", address, '"ada@example.org"'),
)

SUMMARY = (
    Setting("policy.summary_weekday", "policy.summary_weekday", weekday, '"mon"'),
    Setting("policy.summary_at", "policy.summary_at", clock, '"08:00"'),
    Setting("policy.summary_late", "policy.summary_late", duration(NONE, 6 * DAY), '"48h"'),
    Setting("policy.empty_summary", "policy.empty_summary", flag, "true"),
    Setting("policy.suggestions_per_week", "policy.suggestions_per_week", number(0, 10), "3"),
    Setting("policy.answers_per_hour", "policy.answers_per_hour", number(1, 1000), "5"),
    Setting("policy.answers_per_day", "policy.answers_per_day", number(1, 5000), "20"),
    Setting("policy.absurd_per_tick", "policy.absurd_per_tick", number(1, 10000), "40"),
)

SETTINGS = (
    OWNER
    + SERVICE
    + ACCOUNT
    + PLACES
    + PICTURES
    + FOLLOW_UPS
    + CADENCE
    + INTRODUCTIONS
    + SENDING
    + SUMMARY
)

REFUSED = dict.fromkeys(
    ("password", "passwd", "pass", "secret", "token"),
    "a password has no place in this file; write password_command, password_env or password_file",
)
"""Last parts of keys that are refused by name, and what to write instead; values are not shown."""
