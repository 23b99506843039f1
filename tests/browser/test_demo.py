"""The journey of a newcomer, clicked in a real browser: ask, put off, answer, say why, watch, read the score, see the digest."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from bot.shell.demo.browser import add_controls, address
from bot.shell.demo.history import DID, live_through
from bot.shell.demo.people import CARE, CURIOUS, DIGESTS, GENERAL, MANAGER, READER
from bot.shell.demo.stage import Stage, stage

pytestmark = pytest.mark.slow

SURVEY = "Acme customers"
REASON = "Rapide et <b>aimable</b> & <!channel>"


async def test_a_newcomer_clicks_through_ask_later_answer_progress_score_and_digest(
    chromium: Browser, tmp_path: Path
) -> None:
    async with stage() as on:
        await live_through(on)
        add_controls(on)
        page = await chromium.new_page(viewport={"width": 1400, "height": 900})
        broken: list[str] = []
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.on("console", lambda line: broken.append(line.text) if line.type == "error" else None)

        await _the_first_clock_says_half_past_nine(page, on)
        await _the_loop_is_closed(page, on)
        await _a_manager_makes_a_survey_and_opens_its_first_wave(page, on)
        await _somebody_puts_it_off_and_is_asked_again(page, on)
        await _somebody_answers_and_says_why(page, on)
        await _the_manager_watches_the_waves(page, on)
        await _somebody_else_reads_the_score(page, on)
        await _the_digest_stands_in_its_channel(page, on)

        await page.screenshot(path=tmp_path / "digest.png")
        assert broken == []


async def _the_first_clock_says_half_past_nine(page: Page, on: Stage) -> None:
    await page.goto(address(on))
    await expect(page.locator("#clock")).to_contain_text("09:30")
    await expect(page.locator("#clock")).to_contain_text("Paris")


async def _the_loop_is_closed(page: Page, on: Stage) -> None:
    """Above the question that waits stands what was done; in #care a case that was closed, and one that Maya has."""
    question = page.get_by_role("article").last
    await expect(question).to_contain_text(f"Nous avons fait\N{NO-BREAK SPACE}: {DID}")
    await _be(page, on, MANAGER, CARE)
    called_back, taken = page.get_by_role("article").nth(0), page.get_by_role("article").nth(1)
    await expect(called_back).to_contain_text("It is closed.")
    await expect(taken).to_contain_text("@Maya Lind has it and will write.")
    await expect(taken.get_by_role("button", name="Contacted")).to_be_visible()
    await page.goto(address(on))


async def _a_manager_makes_a_survey_and_opens_its_first_wave(page: Page, on: Stage) -> None:
    await _be(page, on, MANAGER, GENERAL)
    await _type(page, "/nps new")
    form = page.get_by_role("dialog", name="New survey")
    await form.get_by_label("Name of the survey").fill(SURVEY)
    await form.get_by_label("What would people recommend?").fill("Acme")
    await form.get_by_role("radio", name="Customers").check()
    await form.get_by_role("button", name="Next step").click()
    await _choose(page, form.get_by_label("Ask everyone in these channels"), "general")
    await form.get_by_role("button", name="Next step").click()
    await _choose(page, form.get_by_label("Which channel gets a weekly digest?"), "nps")
    await expect(form.get_by_label("On which day?")).to_be_visible()
    await form.get_by_role("button", name="Preview").click()
    preview = page.get_by_role("dialog", name="Before it is saved")
    await expect(preview).to_contain_text("11 people get one direct message each")
    await expect(preview).to_contain_text(
        "Left out: 2 bots, 1 deactivated account, 1 who was asked lately or wants no questions."
    )
    await preview.get_by_role("button", name="Save and open it now").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await on.slack.until(lambda: SURVEY in on.slack.direct_messages(MANAGER)[-1].text)
    while not _is_asked(on, READER):
        await _jump(page, "Next message")


async def _somebody_puts_it_off_and_is_asked_again(page: Page, on: Stage) -> None:
    await _be(page, on, READER, on.slack.direct_message_with(READER).id)
    asked = page.get_by_role("article").last
    await asked.get_by_label("Me demander plus tard").click()
    await page.get_by_role("option", name="Dans une heure").click()
    await expect(asked).to_contain_text("Je vous reposerai la question")
    await _jump(page, "Next message")
    await expect(
        page.get_by_role("article").last.get_by_role("button", name="9 sur 10", exact=True)
    ).to_be_visible()


async def _the_manager_watches_the_waves(page: Page, on: Stage) -> None:
    await _be(page, on, MANAGER, GENERAL)
    await _type(page, "/nps waves")
    shown = page.get_by_role("article").last
    await expect(shown).to_contain_text(f"Wave 1 of “{SURVEY}” is open until")
    await expect(shown).to_contain_text("Sent to")
    await expect(shown).to_contain_text("1 answer")
    await expect(shown).to_contain_text("What opens next")


async def _somebody_answers_and_says_why(page: Page, on: Stage) -> None:
    await _be(page, on, READER, on.slack.direct_message_with(READER).id)
    await page.get_by_role("article").last.get_by_role("button", name="9 sur 10", exact=True).click()
    why = page.get_by_role("dialog", name="Votre raison")
    await why.get_by_label("Qu’appréciez-vous le plus").fill(REASON)
    await why.get_by_role("checkbox", name="Service et assistance").check()
    await why.get_by_role("button", name="Envoyer").click()
    message = page.get_by_role("article").last
    await expect(message).to_contain_text("Vous avez choisi 9")
    await expect(message).to_contain_text(REASON)


async def _somebody_else_reads_the_score(page: Page, on: Stage) -> None:
    await _be(page, on, CURIOUS, GENERAL)
    await _type(page, "/nps")
    card = page.get_by_role("article").last
    await expect(card).to_contain_text(f"{SURVEY}: NPS +100")
    # It is half past ten in Paris: seven were at work at once, and Inês in Lisbon since.
    await expect(card).to_contain_text("1 of 8")
    await expect(card).to_contain_text("Only visible to you")


async def _the_digest_stands_in_its_channel(page: Page, on: Stage) -> None:
    await _jump(page, "Next digest")
    await _be(page, on, CURIOUS, DIGESTS)
    digest = page.get_by_role("article").filter(has_text=f"{SURVEY}: NPS +100")
    await expect(digest).to_have_count(1)
    await expect(digest).to_contain_text("1 new answer.")


def _is_asked(on: Stage, person: str) -> bool:
    return any("un ami ou un collègue" in message.text for message in on.slack.direct_messages(person))


async def _be(page: Page, on: Stage, person: str, place: str) -> None:
    await page.goto(f"{on.slack.url}/#{person}/{place}")
    # The page stands already, as somebody else: what is typed before it has changed goes out in that one's name.
    await expect(page.locator("#you-name")).to_have_text(on.slack.users[person].real_name)
    await expect(page.get_by_label("Message", exact=True)).to_be_visible()


async def _jump(page: Page, label: str) -> None:
    """Move time, and wait until all that is due on the way is done."""
    await page.get_by_role("button", name=label).click()
    await expect(page.locator("#controls [aria-busy=true]")).to_have_count(0)


async def _type(page: Page, command: str) -> None:
    await page.get_by_label("Message", exact=True).fill(command)
    await page.keyboard.press("Enter")


async def _choose(page: Page, menu: Locator, name: str) -> None:
    await menu.click()
    await page.get_by_role("option", name=name).click()
