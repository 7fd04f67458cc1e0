/** Trigger ids: each opens one view, within three seconds (docs.slack.dev, "Handling user interaction": trigger_id). */
export interface Triggers {
  issue(user: string): string;
  /** Uses it up at that time; the user it was issued for, or the error that Slack answers. */
  exchange(
    id: string,
    at: number,
  ): { user: string } | { error: "invalid_trigger_id" | "expired_trigger_id" | "exchanged_trigger_id" };
  /** Makes those issued so far expire now, without waiting. */
  expire(): void;
}

export function createTriggers(nextId: (prefix: string) => string, now: () => number): Triggers {
  const issued = new Map<string, { user: string; until: number; used: boolean }>();
  return {
    issue(user) {
      const id = `${nextId("")}.${nextId("")}.${nextId("").toLowerCase()}`;
      issued.set(id, { user, until: now() + 3000, used: false });
      return id;
    },
    exchange(id, at) {
      const trigger = issued.get(id);
      if (trigger === undefined) return { error: "invalid_trigger_id" };
      if (trigger.used) return { error: "exchanged_trigger_id" };
      if (at > trigger.until) return { error: "expired_trigger_id" };
      trigger.used = true;
      return { user: trigger.user };
    },
    expire() {
      for (const trigger of issued.values()) trigger.until = 0;
    },
  };
}
