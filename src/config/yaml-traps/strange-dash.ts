/** What stands for the "- " of an item and is none: no blank behind it, a blank that does not count, a longer dash. */
const strange = /^([ \t]*)(?:-(?!-)[\u00a0\u2000-\u200d\u202f\u3000]*|[–—‒―−•‐‑][\s\u200b-\u200d]*)(?=[^\s-])/;

/** A line whose dash is none, as it should read, with what is wrong; undefined for other lines. */
export function strangeDash(
  text: string,
):
  | { readonly code: "missing-space" | "missing-dash"; readonly message: string; readonly corrected: string }
  | undefined {
  const found = strange.exec(text);
  if (found === null || /^[ \t]*-\d/.test(text)) return undefined;
  const corrected = `${found[1]}- ${text.slice(found[0].length)}`;
  const sign = found[0].trimStart()[0]!;
  if (sign === "-") {
    const unusual = found[0].length > found[1]!.length + 1;
    const message = unusual ? 'the space behind the "-" is one that does not count, as web pages have.' : missingSpace;
    return { code: "missing-space", message, corrected };
  }
  return { code: "missing-dash", message: `an item of a list begins with "- ", not with "${sign}".`, corrected };
}

const missingSpace = 'a space is missing behind the "-".';
