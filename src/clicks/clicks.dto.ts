import { ApiProperty } from '@nestjs/swagger';
import { MoneyResponse } from '../platform/money/money.dto.js';

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
   * The referrer's host in lower case, without `www.`. For an Android app, its package name.
   * @example "blog.example"
   */
  referrerHost: string | null;
  /** The click's query parameters, in the order of the URL. Where money is hidden, the value of `cost` is `null`. */
  query: { name: string; value: string }[];
  /** @example { "sub1": "facebook" } */
  subs: Record<string, string>;
  /**
   * Country of the visitor's address, ISO 3166-1 alpha-2. IP geolocation by DB-IP (https://db-ip.com), unless the operator
   * has set another database. `null` for unknown and private addresses.
   * @example "GB"
   */
  country: string | null;
  /**
   * English name of the largest subdivision of the country.
   * @example "England"
   */
  region: string | null;
  /** @example "London" */
  city: string | null;
  /**
   * Number of the autonomous system (network) that the visitor's address belongs to.
   * @example 20712
   */
  asn: number | null;
  /**
   * `desktop`, `mobile`, `tablet`, `tv`, `console`, `wearable` or `other`.
   * @example "mobile"
   */
  device: string | null;
  /**
   * One of about twenty operating systems, or `other`.
   * @example "iOS"
   */
  os: string | null;
  /**
   * One of about thirty browsers, or `other`. Inside an app it is the web view of the system.
   * @example "Safari"
   */
  browser: string | null;
  /**
   * The app whose built-in browser opened the link.
   * @example "Instagram"
   */
  inApp: string | null;
  /** The rule that decided the destination. `~expired` and `~fallback`: the URL for an expired or closed link was used. */
  rule: string | null;
  /** The variant that was chosen. */
  variant: string | null;
  isBot: boolean;
  /** Why the click counts as a bot's: `head`, `prefetch`, `no_user_agent`, `user_agent` or `visitor_rule`. */
  botReason: string | null;
  /** The visitor rule that decided whether the click is a bot's or a person's. */
  visitorRuleId: string | null;
  /** When a conversion showed that this prefetch was a person's. Since then it counts as a person's click. */
  humanSince: string | null;
  /**
   * Cost of the click: its parameter `cost`, else the link's cost. In the workspace's currency; in that of `costGiven`
   * while there is no exchange rate.
   */
  @ApiProperty({ type: MoneyResponse, nullable: true })
  cost: MoneyResponse | null;
  /** The cost as it was given, where its currency is not the workspace's. */
  @ApiProperty({ type: MoneyResponse, nullable: true })
  costGiven: MoneyResponse | null;
  /** Whether this is the person's first click on the link on that day (UTC). */
  isUnique: boolean;
  /** A test click, made to test a network. Neither it nor its conversions are counted. */
  isTest: boolean;
  /** The visitor's address: whole for `privacy.ipDays` days, afterwards its network. `null` where it is not kept. */
  ip: string | null;
  /** The visitor asked not to be tracked and the workspace honours that. Personal data was not kept. */
  isPrivate: boolean;
  /** When the personal data was erased. */
  erasedAt: string | null;
}
