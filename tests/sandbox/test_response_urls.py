"""Response URLs, as a real Bolt app uses them."""

import asyncio

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond

from bot.sandbox.driving.driver import SlackDriver
from bot.sandbox.records import Message
from bot.sandbox.workspace import Sandbox
from tests.sandbox.examples import BUTTONS
from tests.sandbox.hands import Hands


async def test_a_response_url_serves_five_times(app: AsyncApp, sandbox: Sandbox, driver: SlackDriver) -> None:
    statuses: list[int] = []
    done = asyncio.Event()

    @app.command("/nps")
    async def nps(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        statuses.extend([(await respond(text=f"{number}")).status_code for number in range(6)])
        done.set()

    await driver.command("U0ADA", "#general")
    await asyncio.wait_for(done.wait(), 2)

    assert statuses == [200, 200, 200, 200, 200, 404]
    assert [message.text for message in sandbox.ephemerals("U0ADA")] == ["0", "1", "2", "3", "4"]


async def test_a_response_url_grows_old(
    app: AsyncApp, sandbox: Sandbox, driver: SlackDriver, hands: Hands
) -> None:
    statuses: list[int] = []
    done = asyncio.Event()

    @app.command("/nps")
    async def nps(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        for _ in range(2):
            statuses.append((await respond(text="late")).status_code)
            hands.turn(30 * 60 + 1)
        done.set()

    await driver.command("U0ADA", "#general")
    await asyncio.wait_for(done.wait(), 2)

    assert statuses == [200, 404]
    assert len(sandbox.ephemerals("U0ADA")) == 1


async def test_a_response_url_replaces_and_deletes_what_was_clicked(
    app: AsyncApp, sandbox: Sandbox, driver: SlackDriver, question: Message
) -> None:
    @app.action("score.9")
    async def scored(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond(text="You chose 9", blocks=BUTTONS, replace_original=True)

    @app.action("score.10")
    async def regretted(ack: AsyncAck, respond: AsyncRespond) -> None:
        await ack()
        await respond(delete_original=True)

    await driver.click("U0BEN", question, "score.9")
    await sandbox.until(lambda: [m.text for m in sandbox.direct_messages("U0BEN")] == ["You chose 9"])
    await driver.click("U0BEN", question, "score.10")
    await sandbox.until(lambda: sandbox.direct_messages("U0BEN") == [])
