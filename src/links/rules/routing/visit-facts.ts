import type { LocalTime } from './local-time.js';

/** The facts that rules and variants may ask about a visit. Each is worked out when it is first asked for. */
export interface VisitFacts {
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
  /** The visitor was here before, by the variant cookie. */
  readonly isReturning: boolean;
  /** Key of the variant that the visitor was sent to before, by the variant cookie. */
  readonly previousVariant: string | undefined;
  /** Tells visitors without a cookie apart: address and user agent. */
  readonly identity: string;
  /** The values of a query parameter, decoded; empty where it is not there. */
  query(name: string): readonly string[];
  /** @param timezone IANA name. */
  localTime(timezone: string): LocalTime;
}
