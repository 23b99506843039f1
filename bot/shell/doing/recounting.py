"""What `nps-bot recount` does. It needs the database alone."""

from bot import logs
from bot.database import ready_database
from bot.settings import load_database
from storage import counts


async def recount() -> str:
    """Count everything again in place of what is kept. Who taps meanwhile waits."""
    logs.silence()
    async with ready_database(load_database()) as database, database.writing() as session:
        wrong = await counts.wrong(session, closed=True)
        await counts.count_again(session)
    if not wrong:
        return "All counts were right."
    waves = "1 wave" if len(wrong) == 1 else f"{len(wrong)} waves"
    return f"The counts of {waves} were wrong, and are right now."
