"""What `nps-bot import --match email` does: it asks Slack who has which e-mail address, and imports with that."""

from dataclasses import replace
from pathlib import Path

from bot.app import App
from bot.importing.options import Options
from bot.importing.outcome import Wanted
from bot.shell.doing.imports import import_file
from bot.shell.doing.manifest import EMAIL_SCOPE
from bot.shell.kit.sentences import Output
from bot.shell.kit.terminal import NotDone
from bot.shell.kit.with_app import at_work


async def import_matched(path: Path, options: Options, wanted: Wanted, *, as_json: bool) -> Output:
    """Import, and link people that the file names by e-mail address to people of Slack. Raises NpsBotError."""

    async def work(app: App) -> Output:
        if EMAIL_SCOPE not in app.identity.scopes:
            message = (
                f"Slack shows this app no e-mail addresses. Add the scope {EMAIL_SCOPE} to the app (`nps-bot manifest --match-email` "
                "prints it), install the app to the workspace again, and try again."
            )
            raise NotDone(message)
        slack_ids: dict[str, str] = {}
        async for page in app.services.slack.email_addresses():
            slack_ids |= page
        return await import_file.run(
            app.services.database, path, options, replace(wanted, slack_ids=slack_ids), as_json=as_json
        )

    return await at_work(work)
