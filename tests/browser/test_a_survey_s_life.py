"""A manager makes a survey, changes it, pauses it and deletes it, in a real browser and in both languages."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from bot.shell.demo.people import GENERAL, MANAGER
from bot.shell.demo.stage import Stage, stage
from bot.wording import Words, words_for

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Desk:
    """One browser, in front of it a manager, and where the pictures go."""

    page: Page
    on: Stage
    say: Words
    pictures: Path

    async def type(self, command: str) -> None:
        await expect(self.page.get_by_role("dialog")).to_have_count(
            0
        )  # one that closes takes the focus along
        box = self.page.get_by_label("Message", exact=True)
        await box.fill(command)
        await box.press("Enter")

    def dialog(self, title: str) -> Locator:
        return self.page.get_by_role("dialog", name=self.say(title))

    async def press(self, where: Locator, label: str) -> None:
        await where.get_by_role("button", name=self.say(label), exact=True).last.click()

    async def choose(self, menu: Locator, name: str) -> None:
        await menu.click()
        await self.page.get_by_role("option", name=name).click()

    async def draw(self, name: str) -> None:
        await self.page.screenshot(path=self.pictures / f"{name}.png")


@pytest.mark.parametrize(
    ("locale", "changed", "paused", "deleted"),
    [
        ("en-GB", "is changed", "is paused", "deleted “Team pulse”"),
        ("fr-FR", "est modifié", "est en pause", "a supprimé « Team pulse »"),
    ],
    ids=["English", "French"],
)
async def test_a_manager_makes_changes_pauses_and_deletes_a_survey(  # noqa: PLR0913, PLR0917 - what each language reads
    chromium: Browser, tmp_path: Path, locale: str, changed: str, paused: str, deleted: str
) -> None:
    async with stage() as on:
        on.slack.add_user(replace(on.slack.users[MANAGER], locale=locale))
        page = await chromium.new_page(viewport={"width": 1100, "height": 1300})
        broken: list[str] = []
        page.on("pageerror", lambda error: broken.append(str(error)))
        desk = Desk(page, on, words_for(locale), tmp_path)
        await page.goto(f"{on.slack.url}/#{MANAGER}/{GENERAL}")

        await _make(desk)
        await _change(desk, changed)
        await desk.type("/nps pause Team pulse")
        await expect(page.get_by_role("article").last).to_contain_text(paused)
        await desk.draw("paused")
        await _delete(desk, deleted)

        assert broken == []


async def _make(desk: Desk) -> None:
    """Fill in the three steps, go back on the way and find all as it was, and save from the preview."""
    say = desk.say
    await desk.type("/nps new")
    form = desk.dialog("New survey")
    await form.get_by_label(say("Name of the survey")).fill("Acme pulse")
    await form.get_by_label(say("What would people recommend?")).fill("Acme")
    await form.get_by_role("checkbox", name=say("Name the reasons that people may tick")).check()
    await form.get_by_role("textbox", name=say("The reasons that people may tick")).fill("Pay\nTools")
    await desk.draw("what-is-asked")
    await desk.press(form, "Next step")
    await desk.choose(form.get_by_label(say("Ask everyone in these channels")), "general")
    await desk.choose(form.get_by_label(say("How often?")), say("Every few weeks"))
    weeks = form.get_by_label(say("Every how many weeks?"))
    await expect(weeks).to_have_value("4")
    await weeks.fill("6")
    await desk.draw("who-and-when")
    await desk.press(form, "Back")
    await expect(form.get_by_label(say("Name of the survey"))).to_have_value("Acme pulse")
    await desk.press(form, "Next step")
    await expect(weeks).to_have_value("6")
    await desk.press(form, "Next step")
    await desk.choose(form.get_by_label(say("Which channel gets a weekly digest?")), "nps")
    await expect(form.get_by_label(say("On which day?"))).to_be_visible()
    await desk.draw("what-happens")
    await desk.press(form, "Preview")
    preview = desk.dialog("Before it is saved")
    await expect(preview).to_contain_text("Pay · Tools")
    await desk.draw("preview")
    await desk.press(preview, "Save for later")
    saved = desk.dialog("Please note")
    await expect(saved).to_contain_text("Acme pulse")
    await desk.press(saved, "Close")


async def _change(desk: Desk, changed: str) -> None:
    await desk.type("/nps edit Acme pulse")
    form = desk.dialog("Change a survey")
    await form.get_by_label(desk.say("Name of the survey")).fill("Team pulse")
    await desk.press(form, "Next step")
    await expect(form.get_by_label(desk.say("Every how many weeks?"))).to_have_value("6")
    await desk.press(form, "Next step")
    await expect(form.get_by_label(desk.say("On which day?"))).to_be_visible()
    await desk.press(form, "Save")
    told = desk.dialog("Please note")
    await expect(told).to_contain_text(changed)
    await desk.draw("changed")
    await desk.press(told, "Close")


async def _delete(desk: Desk, deleted: str) -> None:
    """Type a wrong name first."""
    page, on = desk.page, desk.on
    await desk.type("/nps delete Team pulse")
    deleting = desk.dialog("Delete a survey")
    await deleting.get_by_role("textbox").fill("Team")
    await desk.press(deleting, "Delete it")
    await expect(deleting).to_contain_text(desk.say("This is not its name, so nothing was deleted."))
    await desk.draw("deleting")
    await deleting.get_by_role("textbox").fill("Team pulse")
    await desk.press(deleting, "Delete it")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.goto(f"{on.slack.url}/#{MANAGER}/{on.slack.direct_message_with(MANAGER).id}")
    await expect(page.get_by_role("article").last).to_contain_text(deleted)
    await desk.draw("deleted")
