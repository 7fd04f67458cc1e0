import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { atLeastOne } from "./at-least-one.ts";
import { bareValues } from "./bare-values.ts";
import { blocks } from "./blocks.ts";
import { capabilities } from "./capabilities.ts";
import type { Check, CheckContext } from "./check.ts";
import { choices } from "./choices.ts";
import { chosenRoles } from "./chosen-roles.ts";
import { commandLimits } from "./command-limits.ts";
import { commandNames } from "./command-names.ts";
import { commandSpelling } from "./command-spelling.ts";
import { customEvents } from "./custom-events.ts";
import { dataBounds } from "./data-bounds.ts";
import { dataNames } from "./data-names.ts";
import { dataValues } from "./data-values.ts";
import { declaredPlatforms } from "./declared-platforms.ts";
import { emojiNames } from "./emoji-names.ts";
import { emptyLists } from "./empty-lists.ts";
import { exactlyOne } from "./exactly-one.ts";
import { formFields } from "./form-fields.ts";
import { groups } from "./groups.ts";
import { homeServers } from "./home-servers.ts";
import { knownOfPeople } from "./known-of-people.ts";
import { letsNobodyIn } from "./lets-nobody-in.ts";
import { limits } from "./limits.ts";
import { messageRoom } from "./message-room.ts";
import { messages } from "./messages.ts";
import { namedPeople } from "./named-people.ts";
import { neverReached } from "./never-reached.ts";
import { neverTrue } from "./never-true.ts";
import { neverTrueValues } from "./never-true-values.ts";
import { openCommands } from "./open-commands.ts";
import { optionOrder } from "./option-order.ts";
import { publicThreads } from "./public-threads.ts";
import { reactions } from "./reactions.ts";
import { platformRights } from "./rights.ts";
import { roleOptions } from "./role-options.ts";
import { ruleNames } from "./rule-names.ts";
import { secrets } from "./secrets.ts";
import { severalInOneText } from "./several-in-one-text.ts";
import { shownAsWritten } from "./shown-as-written.ts";
import { shownLengths } from "./shown-lengths.ts";
import { switchedNames } from "./switched-names.ts";
import { testNames } from "./test-names.ts";
import { typedPattern, unescapedUrl } from "./typed-text.ts";
import { unreachable } from "./unreachable.ts";
import { unusedData, unusedSaves } from "./unused.ts";
import { usernames } from "./usernames.ts";
import { valueAsName } from "./value-as-name.ts";
import { webhooks } from "./webhooks.ts";

const checks: readonly Check[] = [
  blocks,
  groups,
  limits,
  dataNames,
  unusedData,
  commandNames,
  switchedNames,
  testNames,
  ruleNames,
  dataBounds,
  dataValues,
  exactlyOne,
  atLeastOne,
  declaredPlatforms,
  commandSpelling,
  commandLimits,
  optionOrder,
  capabilities,
  reactions,
  publicThreads,
  choices,
  formFields,
  shownLengths,
  messageRoom,
  messages,
  chosenRoles,
  platformRights,
  usernames,
  namedPeople,
  roleOptions,
  knownOfPeople,
  secrets,
  homeServers,
  openCommands,
  letsNobodyIn,
  neverTrue,
  neverTrueValues,
  bareValues,
  unescapedUrl,
  typedPattern,
  shownAsWritten,
  valueAsName,
  emojiNames,
  severalInOneText,
  unusedSaves,
  unreachable,
  neverReached,
  emptyLists,
  customEvents,
  webhooks,
];

/** What is wrong inside of a block is found by each rule that calls it, and told once. */
function once(found: readonly Diagnostic[]): Diagnostic[] {
  const places = new Map(found.map((one) => [JSON.stringify([one.file, one.line, one.column, one.message]), one]));
  return [...places.values()];
}

/** Everything that is wrong between the parts of a file whose parts are each right. */
export function checkConfig(context: CheckContext): Diagnostic[] {
  return once(checks.flatMap((check) => [...check(context)]));
}
