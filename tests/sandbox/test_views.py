"""views.* as Slack's own client meets them."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.records import Json
from bot.sandbox.workspace import Sandbox
from tests.sandbox.hands import Hands
from tests.sandbox.refusals import error_of

DIVIDER = {"type": "divider"}


def modal(title: str = "Hello", **more: object) -> Json:
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": title},
        "blocks": [DIVIDER],
        **more,
    }


async def test_a_trigger_opens_one_modal(sandbox: Sandbox, web: AsyncWebClient) -> None:
    trigger = sandbox.triggers.issue("U0BEN")
    view = (await web.views_open(trigger_id=trigger, view=modal(private_metadata="7")))["view"]

    shown = sandbox.modal("U0BEN")
    assert shown is not None
    assert (shown.id, shown.hash, shown.definition["private_metadata"]) == (view["id"], view["hash"], "7")
    assert view["root_view_id"] == view["id"]
    assert sandbox.modal("U0ADA") is None
    assert await error_of(web.views_open(trigger_id=trigger, view=modal())) == "exchanged_trigger_id"


async def test_a_trigger_is_good_for_three_seconds(
    sandbox: Sandbox, web: AsyncWebClient, hands: Hands
) -> None:
    punctual, late = sandbox.triggers.issue("U0BEN"), sandbox.triggers.issue("U0BEN")
    hands.turn(3)
    await web.views_open(trigger_id=punctual, view=modal())
    hands.turn(0.001)
    assert await error_of(web.views_open(trigger_id=late, view=modal())) == "expired_trigger_id"
    assert await error_of(web.views_open(trigger_id="1.2.3", view=modal())) == "invalid_trigger_id"


async def test_modals_stack_three_high(sandbox: Sandbox, web: AsyncWebClient) -> None:
    def trigger() -> str:
        return sandbox.triggers.issue("U0BEN")

    assert await error_of(web.views_push(trigger_id=trigger(), view=modal())) == "not_found"
    root = (await web.views_open(trigger_id=trigger(), view=modal("one")))["view"]
    second = (await web.views_push(trigger_id=trigger(), view=modal("two")))["view"]
    await web.views_push(trigger_id=trigger(), view=modal("three"))

    assert (second["previous_view_id"], second["root_view_id"]) == (root["id"], root["id"])
    assert await error_of(web.views_push(trigger_id=trigger(), view=modal("four"))) == "push_limit_reached"
    titles = [view.definition["title"]["text"] for view in sandbox.modals["U0BEN"]]
    assert titles == ["one", "two", "three"]


async def test_a_view_is_updated_by_id_or_external_id_and_only_from_the_hash_it_had(
    sandbox: Sandbox, web: AsyncWebClient
) -> None:
    trigger = sandbox.triggers.issue("U0BEN")
    first = (await web.views_open(trigger_id=trigger, view=modal(external_id="mine")))["view"]
    second = (await web.views_update(view_id=first["id"], hash=first["hash"], view=modal("2")))["view"]

    stale = web.views_update(view_id=first["id"], hash=first["hash"], view=modal("3"))
    assert await error_of(stale) == "hash_conflict"
    assert second["id"] == first["id"]
    shown = sandbox.modal("U0BEN")
    assert shown is not None
    assert shown.definition["title"]["text"] == "2"
    assert await error_of(web.views_update(external_id="mine", view=modal("4"))) == "not_found"
    await web.views_update(view_id=first["id"], view=modal("5", external_id="mine"))
    await web.views_update(external_id="mine", view=modal("6", external_id="mine"))
    again = sandbox.triggers.issue("U0ADA")
    twin = web.views_open(trigger_id=again, view=modal(external_id="mine"))
    assert await error_of(twin) == "duplicate_external_id"


async def test_a_home_tab_is_published_for_one_person_and_replaced(
    sandbox: Sandbox, web: AsyncWebClient
) -> None:
    home = {"type": "home", "blocks": [DIVIDER]}
    first = (await web.views_publish(user_id="U0BEN", view=home))["view"]
    second = (await web.views_publish(user_id="U0BEN", view={"type": "home", "blocks": []}))["view"]

    assert first["id"] == second["id"]
    shown = sandbox.home("U0BEN")
    assert shown is not None
    assert shown.blocks == []
    assert sandbox.home("U0ADA") is None
    stale = web.views_publish(user_id="U0BEN", view=home, hash=first["hash"])
    assert await error_of(stale) == "hash_conflict"
    assert await error_of(web.views_publish(user_id="U0BEN", view=modal())) == "invalid_arguments"
    assert await error_of(web.views_publish(user_id="U0NOBODY", view=home)) == "user_not_found"


async def test_a_refused_view_shows_nothing(sandbox: Sandbox, web: AsyncWebClient) -> None:
    long = web.views_open(trigger_id=sandbox.triggers.issue("U0BEN"), view=modal("x" * 25))
    assert await error_of(long) == "invalid_arguments"
    assert sandbox.modal("U0BEN") is None
