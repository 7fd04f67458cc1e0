import type { CanonicalConfig, CanonicalCooldown, CanonicalDatum, CanonicalRule } from "../contracts/canonical.ts";
import type { BotEvent, Person, Role } from "../contracts/event.ts";
import type { ResolvedPlace } from "../contracts/fields.ts";
import type { Actor, Truth, Who } from "../contracts/permission.ts";
import type {
  CommandOptionForm,
  ConnectionPlan,
  NameKind,
  PlatformDefinition,
  WrittenBy,
} from "../contracts/platform.ts";
import type { Feed, Right } from "../contracts/right.ts";
import type {
  ActionDefinition,
  Surroundings,
  TriggerContext,
  TriggerDefinition,
  ValueMakers,
} from "../contracts/word.ts";
import type { Position } from "../diagnostics/diagnostic.ts";
import type { RateWindow } from "../language/rate.ts";
import type { NextMoment } from "../language/recurrence.ts";
import type { RichText } from "../language/rich-text.ts";
import type { SecretText } from "../language/secret-reference.ts";
import type { Env, Values } from "../language/values.ts";
import type { Sentence } from "../sentences/sentence.ts";
import type { Speaker } from "../sentences/speaker.ts";
import type { Spelled } from "./spelling.ts";

/** What compiled pieces of a rule are evaluated against: one event, in one run. */
export interface RunScope {
  readonly event: BotEvent;
  readonly values: Values;
  readonly env: Env;
  readonly actor: Actor;
  /** Message text in lower case; empty for events without a message. */
  readonly lowerText: string;
  readonly names: NameResolver;
  /** Whether a rule is switched off while the bot runs. */
  readonly isOff: (rule: CompiledRule) => boolean;
  readonly here: Surroundings;
  /** A sentence in the language of who caused the event. */
  readonly say: (sentence: Sentence) => RichText;
}

/** Finds what is named, on the event's platform and server. Each rejects with `Refusal`, a sentence for people. */
export interface NameResolver {
  place(platform: string | undefined, name: string, by: WrittenBy): Promise<ResolvedPlace>;
  role(platform: string | undefined, name: string, by: WrittenBy): Promise<Role>;
  person(platform: string | undefined, name: string, by: WrittenBy): Promise<Person>;
}

/** A value or a name that cannot be used here and now: the action is refused with this sentence, as bad input is. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly sentence: Sentence;
  constructor(sentence: Sentence) {
    super(sentence.key);
    this.sentence = sentence;
  }
}

export type Evaluate<T> = (scope: RunScope) => T | Promise<T>;

/** One action, ready to run. */
export interface CompiledStep {
  readonly word: ActionDefinition;
  readonly if?: Evaluate<Truth>;
  readonly args: Evaluate<Readonly<Record<string, unknown>>>;
  readonly saveAs?: string;
  /** Names that actions inside its blocks save. */
  readonly savedInside: readonly string[];
  /** Whether it, or an action inside its blocks, may suspend the run. */
  readonly waits: boolean;
  /** The blocks of this step by name; `@else` and `@on_error` are the outcomes' blocks. */
  readonly blocks: ReadonlyMap<string, Sequence>;
  /** The buttons written in this step, by the path that a stored button keeps. */
  readonly buttons: readonly CompiledButton[];
  /** The role it gives or takes is named by the file itself, not by whoever uses it. */
  readonly roleFromFile: boolean;
  /** Line of the action in its file; undefined for a rule that is older than the file. */
  line(): number | undefined;
}

/** Where a rule keeps the list of a block that it calls. */
export const blockPath = (name: string): string => `@block/${name}`;

export type Sequence = readonly CompiledStep[];

export interface CompiledButton {
  /** Where the button stands in its rule: stable for one canonical rule. */
  readonly path: string;
  readonly do?: Sequence;
  readonly run?: string;
  readonly if?: Evaluate<Truth>;
  /** A menu, not a button: whether several can be picked. */
  readonly menu?: { readonly multiple: boolean };
  readonly allow?: Who;
  /** Rights that its actions need from whoever presses it, unless it says `allow`. */
  readonly rights: readonly Right[];
  readonly once: boolean;
}

/** Data that the rule's texts and conditions read: asked for in one query before the first action. */
export interface DataRead {
  readonly name: string;
  /** Whose: the event's own (`[]`), or a person among the variables (`["options", "member"]`). */
  readonly of: readonly string[];
}

export interface CompiledRule {
  readonly id: string;
  readonly name: string;
  readonly canonical: CanonicalRule;
  /** sha-256 of the canonical rule, worked out when first needed. */
  readonly hash: () => string;
  readonly platforms: ReadonlySet<string> | undefined;
  readonly bots: boolean;
  readonly triggers: readonly CompiledTrigger[];
  readonly if?: Evaluate<Truth>;
  /** Whether the `if` reads data or somebody's standing; where it does not, they are asked for only when it holds. */
  readonly ifReads: boolean;
  readonly blocks: ReadonlyMap<string, Sequence>;
  readonly buttons: ReadonlyMap<string, CompiledButton>;
  readonly reads: readonly DataRead[];
  /** People among the variables whose roles or time of joining are read, which may cost a call each. */
  readonly readsStandingOf: readonly (readonly string[])[];
  /** Feeds that its conditions need, besides those of its triggers. */
  readonly feeds: readonly Feed[];
  /** Rights that its actions need from a person. */
  readonly rights: readonly Right[];
  readonly command?: CompiledCommand;
  /** Of a rule that is no command. */
  readonly limit?: CompiledLimit;
  readonly cooldown?: CompiledCooldown;
  readonly order: number;
}

/** One of a rule's triggers: any of them starts it. */
export interface CompiledTrigger {
  readonly word: TriggerDefinition;
  /** @returns the trigger's own variables where the event starts the rule. `scope` is for names that the file writes. */
  readonly start: (
    context: TriggerContext,
    make: ValueMakers,
    scope: () => RunScope,
  ) => Values | undefined | Promise<Values | undefined>;
}

/** A rule that the clock starts. */
export interface CompiledSchedule {
  readonly rule: CompiledRule;
  /** The same for the same times: what is stored for another one belongs to an earlier file. */
  readonly times: string;
  readonly next: NextMoment;
  /** Once for the whole bot; otherwise once on each home server. */
  readonly once: boolean;
  /** Whether a time at which nothing ran is made up for. */
  readonly runsMissed: boolean;
}

/** An address at which other programs start a rule. */
export interface CompiledWebhook {
  readonly rule: CompiledRule;
  /** Without the slash before it. */
  readonly path: string;
  readonly secret: SecretText;
  readonly host: string;
  readonly port: number;
}

export interface CompiledCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CommandOptionForm[];
  readonly allow: Who | undefined;
  readonly deny: Who | undefined;
  readonly limit: CompiledLimit | undefined;
}

export interface CompiledCooldown {
  readonly window: RateWindow;
  readonly per: CanonicalCooldown["per"];
  readonly whenCooling: ((values: Values, env: Env) => RichText) | undefined;
}

export interface CompiledLimit {
  readonly name: string;
  readonly limit: number;
  readonly window: RateWindow;
  readonly per: "user" | "member" | "channel" | "server" | "everyone";
  readonly exempt: Who | undefined;
  readonly whenLimited: ((values: Values, env: Env) => RichText) | undefined;
}

/** A name of the file that must be found in every home server before the bot starts. */
export interface NameUse {
  readonly platform: string;
  readonly kind: NameKind;
  readonly name: string;
  readonly position: Position | undefined;
}

/** All that the bot does, frozen. A reload makes another. */
export interface BotPlan {
  readonly config: CanonicalConfig;
  readonly rules: ReadonlyMap<string, CompiledRule>;
  /** By platform, then by the command's spelling there. */
  readonly commands: ReadonlyMap<string, ReadonlyMap<string, CompiledRule>>;
  /** The message rules that this text can match, in file order. */
  readonly messageRules: (lowerText: string) => readonly CompiledRule[];
  /** The rules that listen for each kind of event besides messages, in file order. */
  readonly rulesFor: ReadonlyMap<BotEvent["kind"], readonly CompiledRule[]>;
  readonly schedules: readonly CompiledSchedule[];
  readonly webhooks: readonly CompiledWebhook[];
  readonly data: Readonly<Record<string, CanonicalDatum>>;
  readonly connections: readonly ConnectionPlan[];
  readonly nameUses: readonly NameUse[];
  /** The words and platforms that it was compiled with. */
  readonly actions: ReadonlyMap<string, ActionDefinition>;
  readonly platforms: ReadonlyMap<string, PlatformDefinition>;
  /** How people call a command on a platform, for sentences. */
  readonly spelled: Spelled;
  /** Tells the bot's own sentences as the file wants them told. */
  readonly speaker: Speaker;
  /** Compiles a rule that a suspended run or a button kept, under this plan's names, groups and data. */
  readonly compileStored: (rule: CanonicalRule) => CompiledRule | undefined;
}
