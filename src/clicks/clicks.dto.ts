export class ClickResponse {
  /** The click id. */
  id: string;
  linkId: string;
  at: string;
  userAgent: string;
  /** @example "de" */
  language: string | null;
  referrer: string | null;
  /** The click's query parameters in their order. */
  query: { name: string; value: string }[];
  /** @example { "sub1": "facebook" } */
  subs: Record<string, string>;
  isBot: boolean;
  /** Why it is taken for a bot's: `head`, `prefetch`, `no_user_agent`, `user_agent`. */
  botReason: string | null;
  /** The first click of this person on this link on this day (UTC). */
  isUnique: boolean;
}
