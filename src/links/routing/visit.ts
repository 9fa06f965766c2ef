import type { LocalTime } from './local-time.js';

/** What a rule may ask about a visitor. Each is worked out when it is first asked for: most links ask for little. */
export interface Visit {
  /** ISO 3166-1 alpha-2, as all three of these `undefined` where it is not known. */
  readonly country: string | undefined;
  /** Code or name of the region within the country. */
  readonly region: string | undefined;
  readonly city: string | undefined;
  readonly asn: number | undefined;
  readonly device: string | undefined;
  readonly os: string | undefined;
  readonly browser: string | undefined;
  readonly inApp: string | undefined;
  /** The languages of `Accept-Language` by preference, lower case: `de-ch`, `de`. */
  readonly languages: readonly string[];
  readonly referrerHost: string | undefined;
  readonly ip: string;
  readonly isBot: boolean;
  /** They were here before, as far as their browser tells. */
  readonly isReturning: boolean;
  /** The values of a query parameter, decoded; empty where it is not there. */
  query(name: string): readonly string[];
  /** @param timezone IANA name. */
  localTime(timezone: string): LocalTime;
}
