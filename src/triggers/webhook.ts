import { defineTrigger } from "../contracts/word.ts";
import { t } from "../language/types.ts";

export const webhook = defineTrigger({
  name: "webhook",
  summary:
    "Another program calls an address of the bot, with POST; body is what it sent: JSON or a form by its names, such as body.branch, and anything else as one text. It proves itself with the secret: as the header X-Webhook-Secret, behind Authorization: Bearer, or by signing the body as GitHub does.",
  tells: "another program calls the path {path}",
  fields: {
    path: {
      kind: "plain",
      about: "The path of the address.",
      pattern: "^/?[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$",
      maxLength: 200,
      examples: ["deploy"],
    },
    secret: { kind: "secret", about: "What whoever calls must know, such as ${DEPLOY_SECRET}." },
    listen: {
      kind: "plain",
      about: "The address and port on this machine that requests arrive at.",
      pattern: "^(\\[[0-9a-fA-F:]+\\]|[^:\\s]+):\\d{1,5}$",
      default: "127.0.0.1:8090",
    },
  },
  events: ["webhook"],
  matches: ({ path }) => {
    const wanted = path.replace(/^\//, "");
    return ({ event }) => event.kind === "webhook" && event.webhook === wanted;
  },
  variables: () => ({ body: t.unknown }),
  values: (event) => (event.kind === "webhook" ? { body: event.body } : {}),
  feeds: [],
  hasMessage: false,
  nobody: true,
  examples: [
    { about: "When a new version was installed", yaml: 'webhook: { path: deploy, secret: "${DEPLOY_SECRET}" }' },
  ],
});
