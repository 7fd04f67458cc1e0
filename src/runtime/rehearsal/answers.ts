import type { Stage } from "../simulated/connection.ts";
import { directPrefix } from "../simulated/world.ts";
import { CannotDo, type Doing } from "./doing.ts";

/** Presses the newest button of that label that the person can see. */
export async function press({ stage, somebody, called, event }: Doing, label: string): Promise<string> {
  const { id } = somebody.person;
  const isWanted = (button: { readonly label: string }) => button.label.toLowerCase() === label.toLowerCase();
  const message = stage.world.messages.findLast(
    (one) => maySee(one.channelId, id) && one.buttons.some((button) => button.key !== undefined && isWanted(button)),
  );
  const button = message?.buttons.find(isWanted)?.key;
  if (message === undefined || button === undefined) throw new CannotDo(`there is no button "${label}"${near(stage)}`);
  await stage.cause({ ...event(message.channelId), kind: "button", button, messageId: message.id });
  return `${called} presses ${label}`;
}

/** Picks from the newest menu; a platform without menus shows buttons instead. */
export async function pick(
  { stage, somebody, called, event, also }: Doing,
  labels: readonly string[],
): Promise<string> {
  const { messages } = stage.world;
  const { id } = somebody.person;
  const said = `${called} picks ${labels.join(", ")}`;
  const message = messages.findLast((one) => one.menu !== undefined && maySee(one.channelId, id));
  if (message?.menu === undefined) {
    for (const label of labels) await also({ press: label });
    if (messages.some((one) => one.buttons.some((button) => button.label === "Done"))) await also({ press: "Done" });
    return said;
  }
  const { choices, key: menu } = message.menu;
  const picked = labels.map((label) => {
    const choice = choices.find((one) => one.label.toLowerCase() === label.toLowerCase());
    if (choice !== undefined) return choice.value;
    throw new CannotDo(`there is no "${label}" to pick; there is ${choices.map((one) => one.label).join(", ")}`);
  });
  await stage.cause({ ...event(message.channelId), kind: "menu", menu, picked, messageId: message.id });
  return said;
}

/** Fills in the form that is open; a platform without forms asks for one thing after the other. */
export async function fill(doing: Doing, values: Readonly<Record<string, string>>): Promise<string> {
  const { stage, somebody, called, event, also } = doing;
  const { forms } = stage.world;
  const { id } = somebody.person;
  const written = Object.entries(values).map(([field, value]) => `${field}: ${value}`);
  const said = `${called} fills in ${written.join(", ")}`;
  const open = forms.findLast((one) => one.personId === id);
  if (open === undefined) {
    for (const value of Object.values(values)) await also({ say: value });
    return said;
  }
  const fields = open.form.fields.map((field) => field.name);
  const unknown = Object.keys(values).find((field) => !fields.includes(field));
  if (unknown !== undefined) throw new CannotDo(`the form has no field "${unknown}"; it has ${fields.join(", ")}`);
  forms.splice(forms.indexOf(open), 1);
  await stage.cause({ ...event(), kind: "form", form: open.form.key, values });
  return said;
}

const maySee = (channelId: string, personId: string): boolean =>
  !channelId.startsWith(directPrefix) || channelId === `${directPrefix}${personId}`;

function near({ world }: Stage): string {
  const labels = [...new Set(world.messages.flatMap((one) => one.buttons.map((button) => button.label)))];
  return labels.length === 0 ? "; no message has buttons" : `; there is ${labels.join(", ")}`;
}
