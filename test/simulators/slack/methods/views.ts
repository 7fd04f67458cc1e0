import { isJson, type Json, objectsIn, textOf } from "../json.ts";
import { viewObject } from "../objects.ts";
import { type SlackView, type Workspace, withIds } from "../workspace.ts";
import { fail, type Method, type MethodContext } from "./method.ts";

/** Modals. */
export const viewMethods: Record<string, Method> = {
  "views.open": { run: (context) => show(context, undefined) },
  "views.push": {
    run(context) {
      const stack = [...context.workspace.views.values()];
      return show(context, stack.at(-1));
    },
  },
  "views.update": {
    run({ args, workspace }) {
      const view =
        workspace.views.get(String(args.view_id)) ??
        [...workspace.views.values()].find(
          (candidate) => candidate.external_id !== "" && candidate.external_id === args.external_id,
        );
      if (view === undefined) return fail("not_found");
      if (args.hash !== undefined && args.hash !== view.hash) return fail("hash_conflict");
      replaceView(view, isJson(args.view) ? args.view : {}, workspace);
      return { ok: true, view: viewObject(view, workspace) };
    },
  },
};

function show({ args, workspace, triggers, arrived }: MethodContext, previous: SlackView | undefined): Json {
  const trigger = triggers.exchange(String(args.trigger_id), arrived);
  if ("error" in trigger) return fail(trigger.error);
  const view = addView(isJson(args.view) ? args.view : {}, trigger.user, workspace, previous);
  return { ok: true, view: viewObject(view, workspace) };
}

export function addView(body: Json, user: string, workspace: Workspace, previous?: SlackView): SlackView {
  const id = workspace.nextId("V");
  const view: SlackView = {
    id,
    hash: "",
    external_id: "",
    user,
    body: {},
    root_view_id: previous?.root_view_id ?? id,
    previous_view_id: previous?.id ?? null,
  };
  workspace.views.set(id, view);
  replaceView(view, body, workspace);
  return view;
}

export function replaceView(view: SlackView, body: Json, workspace: Workspace): void {
  view.body = { ...body, blocks: withIds(objectsIn(body.blocks), workspace.nextId) };
  view.external_id = textOf(body.external_id) ?? view.external_id;
  view.hash = `${workspace.nextTs()}.${workspace.nextId("")}`;
}
