import { Injectable } from '@nestjs/common';
import type { Network } from '../../networks/network.schema.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { PostbackRetention } from '../log/postback-retention.service.js';
import type { Arrival, IncomingPostback } from './incoming-postback.js';
import type { LogEntry } from './log-entry.js';
import { NetworkDialects } from './network-dialects.service.js';
import { maskHeaders, maskKey, maskRequestText } from '../rules/masking.js';
import { entrySizeBytes, RefusedBytes, shortened } from '../rules/refused-bytes.js';

const PATHS = { postback: '/postback/', pixel: '/pixel/' } as const;

/** The fields of an entry whose request has not been read. */
export const UNREAD = {
  verdict: 'rejected',
  reason: null,
  hint: null,
  clickId: null,
  linkId: null,
  conversionId: null,
  parameters: [],
} satisfies Partial<LogEntry>;

/** Makes the log entries of requests: secrets are masked, and a flood of refused requests is bounded. */
@Injectable()
export class LogEntries {
  private readonly refused = new RefusedBytes();
  private shortenedCount = 0;

  constructor(
    private readonly dialects: NetworkDialects,
    private readonly retention: PostbackRetention,
    metrics: Metrics,
  ) {
    metrics.observeCounter(
      'hopback_postbacks_shortened_total',
      'Refused postbacks of which the log keeps a part, as their network had many of them',
      () => this.shortenedCount,
    );
  }

  /** The entry of a request that has not been read. */
  async create(network: Network, request: IncomingPostback, { postbackId, receivedAt }: Arrival): Promise<LogEntry> {
    const { masking } = this.dialects.of(network);
    const query = maskRequestText(request.query, masking);
    const body = maskRequestText(request.body, masking);
    return {
      _id: postbackId,
      networkId: network._id,
      receivedAt,
      origin: request.origin ?? 'postback',
      method: request.method,
      path: request.path ?? PATHS[request.origin ?? 'postback'] + maskKey(network.key),
      query: query.text,
      body: body.text,
      headers: Object.entries(maskHeaders(request.headers, masking)).map(([name, value]) => ({ name, value })),
      ip: request.ip,
      ...UNREAD,
      attempts: [],
      expiresAt: await this.retention.expiryOf(network.workspaceId, receivedAt),
      ...((query.isCut || body.isCut) && { isIncomplete: true }),
      ...(request.signed && { signed: request.signed }),
    };
  }

  /** The entry, or a part of it where its network was refused too many bytes lately. */
  bounded(entry: LogEntry): LogEntry {
    const isRefused = entry.verdict === 'rejected' || entry.verdict === 'ignored';
    if (!isRefused || this.refused.take(entry.networkId, entrySizeBytes(entry), performance.now())) return entry;
    this.shortenedCount++;
    return shortened(entry);
  }
}

/** @param known the entry before anything was found: its body may be incomplete for other reasons, which have a hint. */
export function withCutNote(entry: LogEntry, known = entry): LogEntry {
  if (known.isIncomplete !== true) return entry;
  const note = 'It has more than is read: the log keeps its beginning only, and it cannot be run again.';
  return { ...entry, hint: [entry.hint, note].filter(Boolean).join(' ') };
}
