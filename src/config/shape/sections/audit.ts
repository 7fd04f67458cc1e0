import { type AuditPolicy, auditKinds } from "../../../contracts/audit.ts";
import type { Fields } from "../../../contracts/fields.ts";
import { readObject } from "../object.ts";
import { isListWritten, itemsOf, memberOf, type Reading, tell, tellKey, type Written } from "../reading.ts";

const alsoFields = {
  file: { kind: "plain", about: "A file that gets every entry as a line of JSON.", optional: true },
  send: { kind: "plain", about: "A channel that is told in a sentence.", optional: true },
} as const satisfies Fields;

/** `audit:` */
export const auditFields = {
  record: {
    kind: "list",
    of: { kind: "choice", values: auditKinds, about: "A kind of event." },
    lone: true,
    about: "What is written to the audit log.",
    default: auditKinds,
  },
  keep: { kind: "duration", minimumMs: 86_400_000, about: "How long entries are kept.", default: "90d" },
  redact: {
    kind: "list",
    of: { kind: "plain", about: "A path, such as options.password.", examples: ["options.password"] },
    lone: true,
    about: "Values that are never written.",
    default: [],
  },
  also: {
    kind: "list",
    of: { kind: "object", fields: alsoFields, about: "Another place." },
    lone: true,
    about: "Where entries go besides the storage.",
    default: [],
  },
} as const satisfies Fields;

/** `audit:`; left out, everything is recorded and kept for 90 days. */
export function readAudit(reading: Reading, written: Written): AuditPolicy | undefined {
  const member = memberOf(written, "also");
  if (member !== undefined && typeof member.value === "string" && member.value !== "") {
    const place = /[./\\]/.test(member.value) ? "file" : "send";
    const message = '"also" is a list of places, each with send: or file:.';
    tell(reading, member.pointer, {
      code: "wrong-type",
      message,
      hint: `write also: [ { ${place}: ${member.value} } ]`,
    });
    return undefined;
  }
  const args = readObject(reading, auditFields, written, { where: '"audit"' });
  if (args === undefined) return undefined;
  for (const item of member === undefined ? [] : isListWritten(member) ? itemsOf(member) : [member]) {
    const count = Object.keys((item.value ?? {}) as object).filter((key) => key in alsoFields).length;
    if (count === 1) continue;
    const message = "each place has either file: or send:.";
    tellKey(reading, item.pointer, { code: "missing-key", message });
  }
  const { record, keep, redact, also } = args as unknown as Partial<Omit<AuditPolicy, "keepMs">> & { keep?: number };
  if (record === undefined || keep === undefined || redact === undefined || also === undefined) return undefined;
  return reading.origins.note({ record, keepMs: keep, redact, also }, written.pointer);
}
