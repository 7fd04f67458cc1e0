import type { CanonicalValue } from "../../contracts/canonical.ts";
import type { Field } from "../../contracts/fields.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { SourceMap } from "../../diagnostics/source-map.ts";
import type { Words } from "../words.ts";
import { readActions } from "./kinds/actions.ts";
import { readChoice } from "./kinds/choice.ts";
import { readList, readMap } from "./kinds/collection.ts";
import { readCondition } from "./kinds/condition.ts";
import { readExpression } from "./kinds/expression.ts";
import { readFilePath } from "./kinds/file.ts";
import { readNumber } from "./kinds/number.ts";
import { readName, readPlaces, readValue } from "./kinds/reference.ts";
import { readDuration, readPercent, readRate, readRight, readSize, readYesNo } from "./kinds/small.ts";
import { readText } from "./kinds/text.ts";
import { readWho } from "./kinds/who.ts";
import { readObject } from "./object.ts";
import { originNotes } from "./origins.ts";
import type { Reading, Written } from "./reading.ts";

/** Kinds that hold text or further structure, in which an expression is part of it or cannot stand. */
const withoutExpression: ReadonlySet<Field["kind"]> = new Set([
  "text",
  "plain",
  "secret",
  "emoji",
  "who",
  "condition",
  "actions",
  "list",
  "map",
  "object",
  "places",
  "block_name",
]);

/** What the readers of one file share, before the first of them. */
export function startReading(words: Words, map: SourceMap, problems: Diagnostic[]): Reading {
  return { words, map, origins: originNotes(map), problems, elsewhere: new Set(), read: readField };
}

/** Reads a value by its field's kind into canonical form; undefined after telling why it cannot be read. */
export function readField(reading: Reading, field: Field, written: Written): CanonicalValue | undefined {
  if (field.kind === "value" && field.template === true) {
    const expression = readExpression({ ...reading, problems: [] }, written);
    if (expression === "told") return readText(reading, { kind: "plain", about: field.about }, written);
  }
  if (!withoutExpression.has(field.kind)) {
    const expression = readExpression(reading, written, field.kind === "value");
    if (expression === "told") return undefined;
    if (expression !== undefined) return expression;
  }
  switch (field.kind) {
    case "text":
    case "plain":
    case "secret":
    case "emoji":
      return readText(reading, field, written);
    case "integer":
    case "number":
      return readNumber(reading, field, written);
    case "boolean":
      return readYesNo(reading, written);
    case "duration":
      return readDuration(reading, field, written);
    case "size":
      return readSize(reading, written);
    case "rate":
      return readRate(reading, written);
    case "percent":
      return readPercent(reading, written);
    case "right":
      return readRight(reading, written);
    case "platform_name":
      return readText(reading, { kind: "plain", about: field.about }, written);
    case "choice":
      return readChoice(reading, field.values, written);
    case "value":
      return readValue(reading, field, written);
    case "data_name":
    case "block_name":
      return readText(reading, { kind: "plain", about: field.about }, written);
    case "command_name": {
      const name = readText(reading, { kind: "plain", about: field.about }, written);
      return typeof name === "string" ? name.replace(/^\//, "") : name;
    }
    case "file":
      return readFilePath(reading, field.about, written);
    case "person":
    case "role":
      return readName(reading, written, field.kind);
    case "places":
      return readPlaces(reading, field.asWritten === true ? { ...written, dynamic: false } : written, field.forPerson);
    case "who":
      return readWho(reading, written, field.as);
    case "condition":
      return readCondition(reading, written);
    case "actions":
      return readActions(reading, written, field.lone);
    case "list":
      return readList(reading, field, written);
    case "map":
      return readMap(reading, field, written);
    case "object":
      return readObject(reading, field.fields, written, {
        where: written.name === "this" ? "this item" : `"${written.name}"`,
        short: field.short,
      });
  }
}
