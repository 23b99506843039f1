"""`nps-bot doctor` and `recount`: what is right, and what to do about the rest."""
# ruff: noqa: PLC0415 - `nps-bot --help` need not wait for Slack and SQL to be imported

import typer

from bot.shell.kit.sentences import AsJson, Output, show


def doctor(*, as_json: AsJson = False) -> None:
    """Check that all is well. Settings, token, scopes, database, waves, deliveries: each is ok or says what to do."""
    import asyncio

    from bot import logs
    from bot.app import utc_now
    from bot.shell.doctor import checks
    from bot.shell.doctor.findings import State

    logs.silence()
    findings = asyncio.run(checks.examine(utc_now()))
    is_well = all(finding.state is State.OK for finding in findings)
    data = {
        "ok": is_well,
        "checks": [
            {"check": finding.check, "state": finding.state.value, "says": finding.says}
            for finding in findings
        ],
    }
    show(Output(data, "\n".join(finding.line for finding in findings)), as_json=as_json)
    if not is_well:
        raise typer.Exit(1)


def recount() -> None:
    """Count open waves again, when the doctor says so. Cards and digests are read from these counts."""
    import asyncio

    from bot.shell.doing import recounting

    typer.echo(asyncio.run(recounting.recount()))
