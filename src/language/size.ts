import { type Parsed, wholeProblem } from "./problem.ts";

const units: Record<string, number> = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };

/** Reads `8MB` as bytes. A KB is 1024 bytes, as the platforms count their upload limits. */
export function parseSize(source: string): Parsed<number> {
  const text = source.trim();
  const match = /^(\d+(?:\.\d+)?)\s*(B|KB|MB|GB)$/.exec(text);
  const bytes = match === null ? Number.NaN : Math.floor(Number(match[1]) * units[match[2]!]!);
  if (Number.isSafeInteger(bytes)) return { ok: true, value: bytes };
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  const near = /^(\d+(?:[.,]\d+)?)\s*([kmg])?(i?b|b?ytes)?$/i.exec(text);
  const hint =
    near?.[2] !== undefined
      ? `write ${near[1]!.replace(",", ".")}${near[2].toUpperCase()}B`
      : "write 500KB, 8MB or 1GB";
  return {
    ok: false,
    problem: wholeProblem("bad-size", source, text === "" ? "the size is empty" : `"${shown}" is not a size`, hint),
  };
}

/** Bytes in the largest unit that they fill, such as `8 MB`; rounded down. */
export function formatSize(bytes: number): string {
  const [unit, size] = Object.entries(units).findLast(([, size]) => bytes >= size) ?? ["B", 1];
  return `${Math.floor(bytes / size)} ${unit}`;
}
