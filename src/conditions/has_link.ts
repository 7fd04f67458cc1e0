import { defineCondition } from "../contracts/word.ts";
import { hostName, someLink } from "./shared/links.ts";
import { messageOf } from "./shared/message.ts";

export const has_link = defineCondition({
  name: "has_link",
  aka: ["link", "links", "url", "contains_link"],
  summary: "Whether the message leads to a web page, in its text or behind its words.",
  tells: "the message {?has a|has no} link[ other than to {except}]",
  short: "is",
  fields: {
    is: { kind: "boolean", about: "Yes for messages with a link, no for messages without.", default: true },
    except: {
      kind: "list",
      of: { kind: "plain", about: "The name of a site, such as example.org.", maxLength: 253 },
      about: "Sites whose links do not count, with all that stands before their names, as in docs.example.org.",
      optional: true,
      lone: true,
    },
  },
  feeds: ["message_text"],
  examples: [
    { about: "Any link", yaml: "has_link: true" },
    { about: "Any link but to two sites", yaml: "has_link: { except: [example.org, youtube.com] }" },
  ],
  steady: true,
  compile({ is, except = [] }) {
    const allowed: string[] = [];
    for (const site of except) {
      const problem = siteProblem(site.trim());
      if (problem !== undefined) return { problem, field: "except" };
      allowed.push(hostName(site.trim())!);
    }
    const counts = (host: string | undefined) =>
      host === undefined || !allowed.some((site) => host === site || host.endsWith(`.${site}`));
    return ({ event }) => {
      const message = messageOf(event);
      return message === undefined ? undefined : someLink(message, counts) === is;
    };
  },
});

function siteProblem(site: string): string | undefined {
  const [, name] = /^(?:[a-z]+:\/\/)?(?:\*\.)?([^/?#:@*\s]*)/i.exec(site) ?? [];
  if (name === site && hostName(site) !== undefined) return undefined;
  return !/\s/.test(site) && name !== undefined && hostName(name) !== undefined
    ? `"${site}" is more than the name of a site; write ${name}`
    : `"${site}" is not the name of a site; write for example example.org`;
}
