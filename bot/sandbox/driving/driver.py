"""What people do in Slack, as methods: type a command, click, send a form, close it, open Home."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.sandbox import form
from bot.sandbox.block_kit.suggestions import checked_suggestions, suggested_options
from bot.sandbox.companies import is_foreign
from bot.sandbox.failures.errors import WebApiError
from bot.sandbox.records import Json, Message, StepRun, View
from bot.sandbox.web_api.functions import faults_of
from bot.sandbox.web_api.responses import respond
from bot.sandbox.web_api.views import pushed, updated
from bot.sandbox.wire.tickets import ResponseUrl
from bot.sandbox.workspace import Sandbox

from . import payloads
from .deliver import deliver, deliver_event
from .post import Reply, post

CLICK_FAILED = "This didn't work: {app} did not answer. Try again."
MODAL_FAILED = "We had some trouble connecting. Try again?"
NO_CHOICES = "The app did not say what there is to choose from."
EXTERNAL = frozenset({"external_select", "multi_external_select"})
# Slack's own default (docs.slack.dev/reference/block-kit/block-elements/select-menu-element).
LEAST_QUERY = 3


class SlackDriver:
    """The hands of everyone in the workspace.

    Each action waits for the app's answer, as the person's own Slack would, and returns it. When the
    app fails, the person also finds a notice in `sandbox.notices`.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self._offered: dict[tuple[str, str], list[Json]] = {}

    async def command(self, user: str, channel: str, text: str = "", command: str = "/nps") -> Reply:
        """Type a slash command in a channel (id or name) or direct message.

        Raises LookupError for somebody of another company: Slack offers them no commands of ours.
        """
        sandbox = self.sandbox
        if is_foreign(sandbox, sandbox.users[user]):
            message = f"{command} is not a valid command."
            raise LookupError(message)
        place = sandbox.conversation(channel)
        reply = await deliver(
            sandbox, "slash_commands", payloads.slash_command(sandbox, user, place, command, text)
        )
        if not reply.ok:
            error = "operation_timeout" if reply.problem == "http_timeout" else "dispatch_failed"
            sandbox.notify(user, f'{command} failed with the error "{error}"')
            return reply
        said = reply.json or ({"text": reply.body} if reply.body else {})
        if said:
            try:
                respond(sandbox, ResponseUrl(user, place, None, 0), said)
            except WebApiError as error:
                sandbox.notify(user, f'{command} failed with the error "{error.code}"')
        return reply

    async def click(  # noqa: PLR0913 - each names one thing about the click
        self,
        user: str,
        seen: Message | View,
        action_id: str,
        value: object = None,
        *,
        block_id: str | None = None,
        answers: Mapping[str, object] | None = None,
    ) -> Reply:
        """Press a button, or choose `value` in a menu, in a message or view as this person sees it.

        `answers` are other inputs beside it, `{action_id: answer}`. Raises LookupError when no such
        element is to be seen.
        """
        block, element = form.element(seen.blocks, action_id, block_id)
        action: Json = {"action_id": action_id, "block_id": block}
        if element["type"] != "button":
            suggested = await self._suggested(user, seen, [action_id])
            action |= form.chosen(element, value, suggested.get(action_id, ()))
        return await self.act(user, seen, action, await self._filled_in(user, seen, answers))

    async def suggest(self, user: str, seen: Message | View, action_id: str, query: str = "") -> Json:
        """Open a menu of the app's own choices or type into it; return `{"options"}` or `{"option_groups"}`.

        Raises LookupError when there is no such menu or too little is typed for Slack to ask, and ValueError
        when the app's answer is nothing Slack could show.
        """
        block, element = form.element(seen.blocks, action_id)
        least = element.get("min_query_length", LEAST_QUERY)
        if len(query) < least:
            message = f"Slack asks the app for choices from {least} letters on; {len(query)} were typed"
            raise LookupError(message)
        asked = {"block_id": block, "action_id": action_id, "value": query}
        payload = payloads.block_suggestion(self.sandbox, user, seen, asked)
        reply = await deliver(self.sandbox, "interactive", payload)
        if not reply.ok:
            raise ValueError(NO_CHOICES)
        answer = checked_suggestions(reply.json)
        self._offered.setdefault((_key(seen), action_id), []).extend(suggested_options(answer))
        return answer

    async def press(self, user: str, seen: Message | View, label: str) -> Reply:
        """Press the button that says `label`; raise LookupError when there is not exactly one."""
        block, button = form.labelled(seen.blocks, label)
        return await self.act(user, seen, {"block_id": block, "action_id": button["action_id"]}, {})

    async def act(
        self, user: str, seen: Message | View, action: Json, values: Mapping[str, Mapping[str, Json]]
    ) -> Reply:
        """Use an element as the page reports it: its ids and, unless it is a button, what was chosen.

        `values` are the inputs beside it, `{block_id: {action_id: state}}`.
        """
        block, element = form.element(seen.blocks, action["action_id"], action.get("block_id"))
        full: Json = {"action_id": action["action_id"], "block_id": block, "type": element["type"]}
        if element["type"] == "button":
            full |= {key: element[key] for key in ("text", "value", "style") if key in element}
        else:
            full |= {key: action[key] for key in action if key == "value" or key.startswith("selected_")}
        state = {place: dict(inputs) for place, inputs in values.items()}
        if form.keeps_state(element):
            state.setdefault(block, {})[full["action_id"]] = full
        return await self.interaction(payloads.block_actions(self.sandbox, user, seen, full, state))

    async def submit(
        self, user: str, view: View, answers: Mapping[str, object] | None = None
    ) -> Reply | None:
        """Send a modal with these answers, `{action_id: answer}`; the rest stays as it began."""
        return await self.submit_values(user, view, await self._filled_in(user, view, answers))

    async def submit_values(
        self, user: str, view: View, values: Mapping[str, Mapping[str, Json]]
    ) -> Reply | None:
        """Send a modal with Slack's own values; None when Slack itself objects to what was filled in."""
        state = form.state_of(view.blocks, values)
        objections = form.complaints(view.blocks, state)
        if objections:
            self._show_errors(view, objections)
            return None
        payload = payloads.view_submission(self.sandbox, user, view, state)
        reply = await deliver(self.sandbox, "interactive", payload)
        if not reply.ok or not self._follow(user, view, reply.json):
            self.sandbox.notify(user, MODAL_FAILED)
        return reply

    async def close(self, user: str, view: View) -> Reply | None:
        """Close a modal; the app hears of it only when the view asked to be told."""
        cleared = bool(view.definition.get("clear_on_close"))
        self._close(view, everything=cleared)
        if not view.definition.get("notify_on_close"):
            return None
        payload = payloads.view_closed(self.sandbox, user, view, is_cleared=cleared)
        return await deliver(self.sandbox, "interactive", payload)

    async def open_home(self, user: str) -> Reply:
        """Open the app's Home tab."""
        direct = self.sandbox.direct_message_with(user)
        return await self.event(
            {"type": "app_home_opened", "user": user, "channel": direct.id, "tab": "home"}
        )

    async def run_step(self, callback_id: str, function: Json, inputs: Json) -> StepRun:
        """Let somebody's workflow come to a step of the app, which its manifest describes as `function`.

        Raises LookupError when the workflow does not give what the step needs: Slack runs none such.
        """
        if wrong := faults_of(function["input_parameters"], inputs):
            raise LookupError("; ".join(wrong))
        id_ = self.sandbox.new_id("Fx")
        run = StepRun(id_, callback_id, function, inputs, token=f"xwfp-pretend-{id_}")
        self.sandbox.steps[id_] = run
        await self.tell_of_step(run)
        return run

    async def tell_of_step(self, run: StepRun) -> Reply:
        """Tell the app of a run, which Slack does again where it heard no answer."""
        return await self.event(payloads.function_executed(self.sandbox, run))

    async def event(self, event: Mapping[str, Any]) -> Reply:
        """Tell the app of something that happened; failures are retried three times."""
        return await deliver_event(self.sandbox, payloads.event_callback(self.sandbox, event))

    async def interaction(self, payload: Json) -> Reply:
        """Send any interaction payload, signed; the person named in it is told when the app fails."""
        reply = await deliver(self.sandbox, "interactive", payload)
        if not reply.ok:
            self.sandbox.notify(payload["user"]["id"], CLICK_FAILED.format(app=self.sandbox.app_name))
        return reply

    async def raw_post(self, body: str, headers: Mapping[str, str]) -> Reply:
        """Send these very bytes and headers: forged, stale or replayed, as a stranger would."""
        return await post(self.sandbox, body, headers)

    async def _filled_in(
        self, user: str, seen: Message | View, answers: Mapping[str, object] | None
    ) -> dict[str, dict[str, Json]]:
        suggested = await self._suggested(user, seen, answers or {})
        return form.filled_in(seen.blocks, answers or {}, suggested)

    async def _suggested(
        self, user: str, seen: Message | View, action_ids: Iterable[str]
    ) -> dict[str, list[Json]]:
        """Return what the app suggests for these menus, opening those nobody has opened yet."""
        suggested = {}
        for action_id in action_ids:
            if form.element(seen.blocks, action_id)[1]["type"] in EXTERNAL:
                if (_key(seen), action_id) not in self._offered:
                    await self.suggest(user, seen, action_id)
                suggested[action_id] = self._offered[_key(seen), action_id]
        return suggested

    def _follow(self, user: str, view: View, answer: Json) -> bool:
        """Do what the app answered to a form, and tell whether Slack could."""
        match answer.get("response_action"):
            case None:
                self._close(view, everything=False)
            case "clear":
                self._close(view, everything=True)
            case "errors":
                return self._show_errors(view, answer.get("errors", {}))
            case "update" | "push" as step:
                try:
                    if step == "push":
                        pushed(self.sandbox, user, answer.get("view"))
                    else:
                        updated(self.sandbox, view, answer.get("view"))
                except WebApiError:
                    return False
            case _:
                return False
        return True

    def _show_errors(self, view: View, errors: Mapping[str, str]) -> bool:
        """Show errors beside the inputs they name; Slack cannot show one that names no input."""
        inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
        if not errors or not set(errors) <= inputs:
            return False
        self.sandbox.replace_view(replace(view, errors=dict(errors)))
        return True

    def _close(self, view: View, *, everything: bool) -> None:
        stack = self.sandbox.modals.get(view.user, [])
        self.sandbox.modals[view.user] = (
            [] if everything else [open_ for open_ in stack if open_.id != view.id]
        )
        self.sandbox.changed()


def _key(seen: Message | View) -> str:
    return seen.id if isinstance(seen, View) else f"{seen.channel} {seen.ts}"
