"""What a reader sees in a real browser: the trend drawn, the reasons in a table, and App Home as the place to read."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from bot.reports.views import drivers
from bot.shell.demo.browser import add_controls
from bot.shell.demo.history import SURVEY, live_through
from bot.shell.demo.people import GENERAL, MANAGER, READER
from bot.shell.demo.stage import stage
from bot.wording import words_for

pytestmark = pytest.mark.slow


async def test_trend_drivers_and_home_are_drawn_as_they_should(chromium: Browser, tmp_path: Path) -> None:
    async with stage() as on:
        await live_through(on)
        add_controls(on)
        page = await chromium.new_page(viewport={"width": 1300, "height": 1600})
        broken: list[str] = []
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.on("console", lambda line: broken.append(line.text) if line.type == "error" else None)

        await page.goto(f"{on.slack.url}/#{MANAGER}/{GENERAL}")
        trend = await _typed(page, f"/nps trend {SURVEY}")
        await expect(trend).to_contain_text(f"{SURVEY}: 3 closed waves")
        await expect(trend.get_by_role("img", name="Line chart.")).to_be_visible()
        assert await trend.get_by_role("row").count() == 4
        await trend.screenshot(path=tmp_path / "trend.png")

        # Twelve colleagues tick too little for a table: what a larger company reads is posted.
        example = drivers.render(drivers.EXAMPLES["a closed wave"], words_for("en-US"))
        await on.app.services.slack.post(GENERAL, example)
        table = page.get_by_role("article").last
        await expect(table.get_by_role("columnheader", name="Points")).to_be_visible()
        await expect(table.get_by_role("rowheader").or_(table.get_by_role("cell")).first).to_be_visible()
        await table.screenshot(path=tmp_path / "drivers.png")

        for person, trend_button, groups in ((MANAGER, "Trend", "Groups"), (READER, "Tendance", "Groupes")):
            await page.goto(f"{on.slack.url}/#{person}/home")
            home = page.get_by_role("main")
            await expect(home).to_contain_text(SURVEY)
            await expect(home.get_by_role("button", name=trend_button).first).to_be_visible()
            await expect(home.get_by_role("button", name=groups).first).to_be_visible()
            await page.screenshot(path=tmp_path / f"home of {person}.png")

        assert broken == []


async def _typed(page: Page, command: str) -> Locator:
    """Type a command, and return what is shown for it."""
    before = await page.get_by_role("article").count()
    await page.get_by_label("Message", exact=True).fill(command)
    await page.keyboard.press("Enter")
    shown = page.get_by_role("article").nth(before)
    await expect(shown).to_be_visible()
    return shown
