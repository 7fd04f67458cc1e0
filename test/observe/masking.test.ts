import fc from "fast-check";
import { expect, test } from "vitest";
import { createMasker, maskingReader } from "../../src/observe/masking.ts";

/** Ways in which a secret turns up in an output. */
const forms: Record<string, (secret: string) => string> = {
  plain: (secret) => secret,
  json: (secret) => JSON.stringify({ secret }),
  "json in json": (secret) => JSON.stringify({ body: JSON.stringify({ secret }) }),
  url: (secret) => encodeURIComponent(secret),
  "lowercase url": (secret) => encodeURIComponent(secret).replace(/%../g, (hex) => hex.toLowerCase()),
  "strict url": (secret) =>
    encodeURIComponent(secret).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`),
  form: (secret) => new URLSearchParams({ secret }).toString(),
  "address with a query": (secret) => new URL(`https://example.org/?x=${encodeURIComponent(secret)}`).href,
};
/** What the form adds around the secret. */
const frames: Record<string, string> = Object.fromEntries(
  Object.entries(forms).map(([name, write]) => [name, write("SECRET").replace("SECRET", "***")]),
);
const secrets = fc
  .string({
    minLength: 4,
    maxLength: 40,
    unit: fc.oneof(fc.constantFrom(...'ab1./:+%&"\\ \n{}$^()[]|?-_~é漢😀'), fc.string({ minLength: 1, maxLength: 1 })),
  })
  .filter((secret) => !secret.includes("*") && secret.trim() === secret && secret.length >= 4);
const beside = fc.string({ maxLength: 6 });

test.each(Object.entries(forms))("no secret gets through: %s", (name, write) => {
  fc.assert(
    fc.property(secrets, secrets, beside, beside, (secret, other, before, after) => {
      const alone = createMasker();
      alone.add(secret);
      // Where the secret's letters are also in what stands around it, those go too.
      if (!`${before}${frames[name]}${after}`.includes(secret))
        expect(alone.mask(`\u0001${write(secret)}\u0001`)).toBe(alone.mask(`\u0001${frames[name]}\u0001`));
      const both = createMasker();
      for (const one of [secret, other]) both.add(one);
      const masked = both.mask(before + write(secret) + after);
      for (const one of [secret, write(secret)]) expect(masked).not.toContain(one);
    }),
    { seed: 7, numRuns: 500 },
  );
});

test.each(["base64", "base64url"] as const)("no secret gets through: %s at any offset", (encoding) => {
  fc.assert(
    fc.property(secrets, beside, beside, (secret, before, after) => {
      const masker = createMasker();
      masker.add(secret);
      const text = masker.mask(Buffer.from(`${before}${secret}${after}`).toString(encoding));
      const pieces = text.split("***");
      expect(pieces.length).toBeGreaterThan(1);
      for (const piece of pieces) expect(Buffer.from(piece, encoding).toString()).not.toContain(secret);
    }),
    { seed: 7, numRuns: 500 },
  );
});

test("several secrets, one inside another, are masked in one pass", () => {
  const masker = createMasker();
  for (const secret of ["token", "token-extended", "zzzz"]) masker.add(secret);
  expect(masker.mask("a token-extended b token c zzzzz")).toBe("a *** b *** c ***z");
});

test("a text without secrets stays as it is", () => {
  const masker = createMasker();
  expect(masker.mask("anything")).toBe("anything");
  masker.add("secret");
  expect(masker.mask("secre t")).toBe("secre t");
});

test("the password of an address is masked alone too, as written and as meant", () => {
  const masker = createMasker();
  masker.add("postgres://bot:p%40ssword@db.example.org:5432/bot");
  expect(masker.mask("at postgres://bot:p%40ssword@db.example.org:5432/bot")).toBe("at ***");
  expect(masker.mask("password p@ssword or p%40ssword at db.example.org")).toBe(
    "password *** or *** at db.example.org",
  );
});

test("the lines of a key are masked when it is printed indented", () => {
  const masker = createMasker();
  masker.add("-----BEGIN KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQEF\n-----END KEY-----\n");
  const printed = "  key:\n    -----BEGIN KEY-----\n    MIIEvQIBADANBg\n    kqhkiG9w0BAQEF\n";
  expect(masker.mask(printed)).not.toMatch(/MIIE|kqhk/);
});

test("what is read is masked from then on, and what is too short is told once", () => {
  const masker = createMasker();
  const told: string[] = [];
  const values: Record<string, string> = { TOKEN: "long-token", PIN: "123", EMPTY: "" };
  const reader = maskingReader({ env: (name) => values[name], file: (path) => `content of ${path}` }, masker, (name) =>
    told.push(name),
  );
  expect(masker.mask("long-token")).toBe("long-token");
  expect([reader.env("TOKEN"), reader.env("PIN"), reader.env("PIN"), reader.env("EMPTY"), reader.env("NONE")]).toEqual([
    ...["long-token", "123", "123", ""],
    undefined,
  ]);
  expect(reader.file("/run/x")).toBe("content of /run/x");
  expect(masker.mask("long-token, 123, content of /run/x")).toBe("***, 123, ***");
  expect(told).toEqual(["PIN"]);
});
