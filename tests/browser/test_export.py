"""A manager takes the answers away: the file stands in their messages, and the browser saves it."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.shell.demo.history import live_through
from bot.shell.demo.people import GENERAL, MANAGER
from bot.shell.demo.stage import stage

pytestmark = pytest.mark.slow


async def test_the_file_of_an_export_is_shown_and_can_be_saved(chromium: Browser, tmp_path: Path) -> None:
    async with stage() as on:
        await live_through(on)
        page = await chromium.new_page(viewport={"width": 1400, "height": 900})
        broken: list[str] = []
        page.on("pageerror", lambda error: broken.append(str(error)))

        await page.goto(f"{on.slack.url}/#{MANAGER}/{GENERAL}")
        composer = page.get_by_label("Message", exact=True)
        await composer.fill("/nps export")
        await composer.press("Enter")
        await expect(page.get_by_role("article").last).to_contain_text("in my messages to you")

        await page.goto(f"{on.slack.url}/#{MANAGER}/{on.slack.direct_message_with(MANAGER).id}")
        file = page.get_by_role("article").last.get_by_role("link", name="Download nps-")
        await expect(file).to_contain_text("kB")
        async with page.expect_download() as saving:
            await file.click()
        saved = tmp_path / "saved.csv"
        await (await saving.value).save_as(saved)

        await page.screenshot(path=tmp_path / "file.png")
        [sent] = on.slack.direct_messages(MANAGER)[-1].files
        assert saved.read_bytes() == sent.content
        assert (await saving.value).suggested_filename == sent.name
        assert broken == []
