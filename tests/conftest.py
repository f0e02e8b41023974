"""What every test shares: Hypothesis profiles, and that on a build machine nothing may skip."""

import os
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = [
    "tests.servers.cyrus",
    "tests.servers.dovecot",
    "tests.servers.postfix",
    "tests.servers.postgres",
    "tests.servers.world",
]

settings.register_profile(
    "default", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=100
)
settings.register_profile("ci", parent=settings.get_profile("default"), max_examples=300)
settings.load_profile("ci" if os.environ.get("CI") else "default")

SKIPS_FAIL = os.environ.get("MAILFLOW_NO_SKIPS") == "1"
"""A test that cannot run has not passed: set where every server is expected to be installed."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if SKIPS_FAIL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped, and MAILFLOW_NO_SKIPS=1 forbids it: {report.longreprtext}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if SKIPS_FAIL and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"Skipped, and MAILFLOW_NO_SKIPS=1 forbids it: {report.longreprtext}"
    return report
