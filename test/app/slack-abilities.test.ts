import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { eventually } from "../support/app.ts";
import { startOn } from "./behaviours.ts";
import { type SlackStage, slackStage } from "./slack-stage.ts";
import { endStage } from "./stage.ts";

let stage: SlackStage;
beforeEach(async () => {
  stage = await slackStage();
});
afterEach(() => endStage(stage));

const start = (commands: readonly string[], rules = "") => startOn(stage, { commands, more: rules });

describe("a file on Slack", () => {
  it("opens a form of Slack's own and goes on with what it says", async () => {
    await start([
      'apply: { do: [ { form: { title: Join us, fields: { name: Your name, age: { label: Your age, type: integer } } }, save_as: it }, { reply: "{{ steps.it.name }}, {{ steps.it.age }} soon" } ] }',
    ]);
    const { slack } = stage;
    stage.call("ada", "apply");
    const view = await eventually(() => {
      const [open] = [...slack.workspace.views.values()];
      if (open === undefined) throw new Error("no form was opened");
      return open;
    });
    slack.submit({ user: "ada", view, values: { name: "Ada", age: "36" } });
    await stage.hears("Ada, 36 soon");
  });

  it("edits, pins, and hears edits, deletions and reactions", async () => {
    await start(
      [
        'vote: { do: [ { reply: Open, save_as: sent }, { edit_message: { message: "{{ steps.sent }}", text: Closed } }, { pin: "{{ steps.sent }}" } ] }',
      ],
      `rules:
  - { name: Edits, when: message_edited, do: [ { reply: "Now {{ message.text }}" } ] }
  - { name: Gone, when: message_deleted, do: [ { reply: "Gone {{ message.text }}" } ] }
  - { name: Likes, when: { reaction_added: ❤️ }, do: [ { reply: "{{ user.name }} likes it" } ] }
`,
    );
    const { slack } = stage;
    stage.call("ada", "vote");
    await stage.hears("Closed");
    await eventually(() => expect(slack.seen("general")[0]).toMatchObject({ text: "Closed", pinned: true }));
    stage.say("bob", "teh ship");
    const said = slack.seen("general").at(-1)!;
    slack.edit(said, "the ship");
    await stage.hears("Now the ship");
    slack.react({ user: "ada", message: said, name: "heart" });
    await stage.hears("Ada likes it");
    slack.removeMessage(said);
    await stage.hears("Gone the ship");
    expect(stage.heard()).toEqual(["Closed", "Now the ship", "Ada likes it", "Gone the ship"]);
  });

  it("takes back what the bot itself has written, for whoever asks", async () => {
    await start([
      'oops: { do: [ { send: { to: general, text: A slip }, save_as: sent }, { delete_message: "{{ steps.sent }}" }, { reply: Gone } ] }',
    ]);
    stage.call("bob", "oops");
    await stage.hears("Gone");
    expect(stage.slack.seen("general").map(({ text }) => text)).toEqual(["Gone"]);
  });

  it("keeps a private thread for a ticket, and writes down what was said there", async () => {
    await start([
      'ticket: { allow: everyone, do: [ { create_thread: { name: "Ticket of {{ user.name }}", private: yes, people: "{{ user }}" }, save_as: thread }, { send: { to: "{{ steps.thread }}", text: How can we help? } }, { transcript: "{{ steps.thread }}", save_as: record }, { close_thread: "{{ steps.thread }}" }, { reply: "Kept {{ steps.record.count }}" } ] }',
    ]);
    const { slack } = stage;
    expect(await stage.call("bob", "ticket").answer()).toBe("How can we help?");
    await stage.hears("Kept 1");
    const ticket = slack.workspace.channel("ticket-of-bob");
    expect(ticket).toMatchObject({ kind: "group", is_archived: true });
    expect(ticket.members.has(slack.workspace.user("bob").id)).toBe(true);
  });
});
