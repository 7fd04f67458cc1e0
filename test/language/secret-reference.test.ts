import { describe, expect, it } from "vitest";
import {
  findReferences,
  parseSecretText,
  resolveSecretText,
  type SecretReader,
} from "../../src/language/secret-reference.ts";

const reader: SecretReader = {
  env: (name) => ({ TOKEN: "abc", BLANK: "" })[name],
  file: (path) => {
    if (path === "/run/secrets/token") return "from file\n";
    throw Object.assign(new Error("no"), { code: path === "/gone" ? "ENOENT" : "EACCES" });
  },
};

function resolve(source: string): string | string[] {
  const parsed = parseSecretText(source);
  if (!parsed.ok) return [`${parsed.problem.offset + 1}: ${parsed.problem.message} (${parsed.problem.hint})`];
  const resolved = resolveSecretText(parsed.value, reader);
  return resolved.ok ? resolved.value : resolved.missing.map(({ message }) => message);
}

describe("references to secrets", () => {
  it.each<[string, string | string[]]>([
    ["${TOKEN}", "abc"],
    ["postgres://bot:${TOKEN}@db/${BLANK:-bot}", "postgres://bot:abc@db/bot"],
    ["${UNSET:-}", ""],
    ["${UNSET:-a:b-c}", "a:b-c"],
    ["${file:/run/secrets/token}", "from file"],
    ["$${TOKEN} costs $5", "${TOKEN} costs $5"],
    ["no reference", "no reference"],
    ["${UNSET}", ["UNSET is not set"]],
    ["${BLANK}", ["BLANK is empty"]],
    ["${UNSET:?get one from the portal}", ["UNSET is not set: get one from the portal"]],
    ["${UNSET}${BLANK}", ["UNSET is not set", "BLANK is empty"]],
    ["${file:/gone}", ["the secret file /gone: there is no such file"]],
    ["${file:/root/x}", ["the secret file /root/x: it cannot be read"]],
    ["a${TOKEN", ["2: this ${ is never closed (end it with }: ${NAME})"]],
    ["${}", ['1: "${}" is not a reference to a secret (write the name of an environment variable: ${DISCORD_TOKEN})']],
    ["${ TOKEN }", ['1: "${ TOKEN }" is not a reference to a secret (write ${TOKEN}, without spaces)']],
    ["${TOKEN-x}", ['1: "${TOKEN-x}" is not a reference to a secret (a default is written ${TOKEN:-x})']],
    ["${file:}", ['1: "${file:}" is not a reference to a secret (name the file: ${file:/run/secrets/token})']],
    ["$TOKEN", ['1: "$TOKEN" needs braces around the name (write ${TOKEN})']],
  ])("%j", (source, expected) => {
    expect(resolve(source)).toEqual(expected);
  });

  it("are frozen and hold no value", () => {
    const parsed = parseSecretText("x${TOKEN:-y}");
    if (!parsed.ok) throw new Error("must be right");
    expect(parsed.value.parts).toEqual(["x", { kind: "env", name: "TOKEN", default: "y" }]);
    expect(
      Object.isFrozen(parsed.value) && Object.isFrozen(parsed.value.parts) && Object.isFrozen(parsed.value.parts[1]),
    ).toBe(true);
  });

  it("are found with their places", () => {
    expect(findReferences("a ${A} $${B} ${file:/c}")).toEqual([
      { reference: { kind: "env", name: "A" }, offset: 2, length: 4 },
      { reference: { kind: "file", path: "/c" }, offset: 13, length: 10 },
    ]);
  });
});
