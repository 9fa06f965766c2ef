export class ClickResponse {
  /** The click id. */
  id: string;
  linkId: string;
  at: string;
  userAgent: string;
  /** @example "de" */
  language: string | null;
  referrer: string | null;
  /**
   * The referrer's host in lower case, without `www.`; of an Android app its package name.
   * @example "blog.example"
   */
  referrerHost: string | null;
  /** The click's query parameters in their order. */
  query: { name: string; value: string }[];
  /** @example { "sub1": "facebook" } */
  subs: Record<string, string>;
  /**
   * Where the visitor's address is: ISO 3166-1 alpha-2. IP geolocation by DB-IP (https://db-ip.com), unless the operator
   * brings a database. `null` for addresses that are unknown or private.
   * @example "GB"
   */
  country: string | null;
  /**
   * The largest part of the country, by its English name.
   * @example "England"
   */
  region: string | null;
  /** @example "London" */
  city: string | null;
  /**
   * The number of the network (autonomous system) that the visitor's address belongs to.
   * @example 20712
   */
  asn: number | null;
  /**
   * `desktop`, `mobile`, `tablet`, `tv`, `console`, `wearable` or `other`.
   * @example "mobile"
   */
  device: string | null;
  /**
   * One of some twenty well-known operating systems, or `other`.
   * @example "iOS"
   */
  os: string | null;
  /**
   * One of some thirty well-known browsers, or `other`. In an app it is the system's web view.
   * @example "Safari"
   */
  browser: string | null;
  /**
   * The app whose built-in browser opened the link.
   * @example "Instagram"
   */
  inApp: string | null;
  /** The rule that decided where it went; `~expired` and `~fallback` for where people go instead of the link's own places. */
  rule: string | null;
  /** The variant that it went to. */
  variant: string | null;
  isBot: boolean;
  /** Why it is taken for a bot's: `head`, `prefetch`, `no_user_agent`, `user_agent`, `visitor_rule`. */
  botReason: string | null;
  /** The visitor rule that decided whether it is a bot's or a person's. */
  visitorRuleId: string | null;
  /** When a conversion showed that this click, a prefetch, was a person's: since then it counts as one. */
  humanSince: string | null;
  /** The first click of this person on this link on this day (UTC). */
  isUnique: boolean;
  /** Made to try a network out: it is counted nowhere, and neither is what is told of it. */
  isTest: boolean;
  /** The visitor's address: whole for as many days as the workspace says, then its network; `null` where it is not kept. */
  ip: string | null;
  /** Who clicked asked not to be tracked, and the workspace heeds that: what is personal was not kept. */
  isPrivate: boolean;
  /** When what is personal was erased. */
  erasedAt: string | null;
}
