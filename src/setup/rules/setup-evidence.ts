import type { Money } from '../../platform/money/money.js';
import type { ConversionStatus, EventType } from '../../platform/vocabulary/conversion-words.js';

import type { SetupStepId } from './setup-steps.js';

/** The first link of the workspace. */
export interface LinkEvidence {
  linkId: string;
  shortUrl: string;
  /** `null` when a macro stands in its place. */
  destinationHost: string | null;
  at: Date;
}

/** The newest link: what a person tries now. */
export interface LatestLinkEvidence {
  linkId: string;
  shortUrl: string;
  hostname: string;
  networkId: string | null;
  clickIdParam: string | null;
  isPaused: boolean;
  startsAt: Date | null;
  expiresAt: Date | null;
  /** Whether requests for its hostname reach it. */
  isServed: boolean;
}

/** The first click that is not a test. */
export interface ClickEvidence {
  clickId: string;
  linkId: string;
  country: string | null;
  device: string | null;
  isBot: boolean;
  at: Date;
}

export interface NetworkEvidence {
  networkId: string;
  name: string;
  preset: string | null;
  clickIdParam: string;
  postbackUrl: string;
  at: Date;
}

/** One step of a test, as the API shows it. */
export interface TestStepEvidence {
  name: string;
  ok: boolean;
  /** `null` for callers that may not read requests. */
  detail: string | null;
  ms: number;
}

/** The last test of a network. */
export interface TestEvidence {
  ok: boolean;
  networkId: string;
  postbackId: string | null;
  reason: string | null;
  eventType: EventType | null;
  payout: Money | null;
  ip: string | null;
  at: Date;
  steps: TestStepEvidence[];
}

/** A conversion that a request has reported. */
export interface ConversionEvidenceFacts {
  conversionId: string;
  eventType: EventType;
  isFtd: boolean;
  status: ConversionStatus;
  payout: Money | null;
  txid: string | null;
  isTxidReused: boolean;
  /** The request that reported it first. */
  sourceId: string | null;
  clickId: string | null;
  linkId: string;
  networkId: string | null;
  at: Date;
}

/** A request of a network, as the postback log has it. */
export interface RequestEvidence {
  postbackId: string;
  networkId: string;
  verdict: string;
  reason: string | null;
  at: Date;
}

/** The last check of a link: whether parameters survive the redirects. */
export interface LinkCheckEvidence {
  linkId: string;
  ok: boolean;
  hops: number;
  at: Date;
  /** The first problem. */
  problem: { code: string; param: string | null } | null;
}

/** All that was found of the set-up of a workspace. */
export interface SetupEvidence {
  now: Date;
  /** Steps whose evidence the caller may not see; nothing was looked up for them. */
  hidden: readonly SetupStepId[];
  link: LinkEvidence | undefined;
  latestLink: LatestLinkEvidence | undefined;
  click: ClickEvidence | undefined;
  network: NetworkEvidence | undefined;
  test: TestEvidence | undefined;
  /** Oldest first; the beginning and the end of all. */
  conversions: readonly ConversionEvidenceFacts[];
  /** Newest first. */
  requests: readonly RequestEvidence[];
  linkCheck: LinkCheckEvidence | undefined;
}
