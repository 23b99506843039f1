"""The journey of a newcomer, clicked in a real browser: ask, answer, say why, read the score, see the digest."""

from pathlib import Path

from playwright.async_api import Browser, Locator, Page, expect

from bot.shell.demo.browser import add_controls
from bot.shell.demo.history import live_through
from bot.shell.demo.people import CURIOUS, DIGESTS, GENERAL, MANAGER, READER
from bot.shell.demo.stage import Stage, stage

SURVEY = "Acme customers"
REASON = "Rapide et <b>aimable</b> & <!channel>"


async def test_a_newcomer_clicks_through_ask_answer_reason_score_and_digest(
    chromium: Browser, tmp_path: Path
) -> None:
    async with stage() as on:
        await live_through(on)
        add_controls(on)
        page = await chromium.new_page(viewport={"width": 1400, "height": 900})
        broken: list[str] = []
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.on("console", lambda line: broken.append(line.text) if line.type == "error" else None)

        await _a_manager_makes_a_survey_and_opens_its_first_wave(page, on)
        await _somebody_answers_and_says_why(page, on)
        await _somebody_else_reads_the_score(page, on)
        await _the_digest_stands_in_its_channel(page, on)

        await page.screenshot(path=tmp_path / "digest.png")
        assert broken == []


async def _a_manager_makes_a_survey_and_opens_its_first_wave(page: Page, on: Stage) -> None:
    await _be(page, on, MANAGER, GENERAL)
    await _type(page, "/nps new")
    form = page.get_by_role("dialog", name="New survey")
    await form.get_by_label("Name of the survey").fill(SURVEY)
    await form.get_by_label("What would people recommend?").fill("Acme")
    await form.get_by_role("radio", name="Customers").check()
    await _choose(page, form.get_by_label("Ask everyone in these channels"), "general")
    await _choose(page, form.get_by_label("Where does the weekly digest go?"), "nps")
    await form.get_by_role("button", name="Preview").click()
    preview = page.get_by_role("dialog", name="Before you open it")
    await expect(preview).to_contain_text("12 people get one direct message each.")
    await expect(preview).to_contain_text("Left out: 2 bots, 1 deactivated account.")
    await preview.get_by_role("button", name="Open the first wave now").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await on.slack.until(lambda: "is open" in on.slack.direct_messages(MANAGER)[-1].text)
    await on.tick()


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
    await expect(card).to_contain_text("1 of 12")
    await expect(card).to_contain_text("Only visible to you")


async def _the_digest_stands_in_its_channel(page: Page, on: Stage) -> None:
    await page.get_by_role("button", name="Jump to the next digest").click()
    await _be(page, on, CURIOUS, DIGESTS)
    digest = page.get_by_role("article").filter(has_text=f"{SURVEY}: NPS +100")
    await expect(digest).to_have_count(1)
    await expect(digest).to_contain_text("1 new answer.")


async def _be(page: Page, on: Stage, person: str, place: str) -> None:
    await page.goto(f"{on.slack.url}/#{person}/{place}")
    await expect(page.get_by_label("Message", exact=True)).to_be_visible()


async def _type(page: Page, command: str) -> None:
    await page.get_by_label("Message", exact=True).fill(command)
    await page.keyboard.press("Enter")


async def _choose(page: Page, menu: Locator, name: str) -> None:
    await menu.click()
    await page.get_by_role("option", name=name).click()
