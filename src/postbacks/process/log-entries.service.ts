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

/** The result fields of an entry whose request was not interpreted yet. */
export const UNREAD = {
  verdict: 'rejected',
  reason: null,
  hint: null,
  clickId: null,
  linkId: null,
  conversionId: null,
  parameters: [],
} satisfies Partial<LogEntry>;

/** Creates the log entries of requests: masks secrets, and bounds the bytes of refused requests. */
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
      'Refused postbacks whose log entry was shortened, because their network had too many of them',
      () => this.shortenedCount,
    );
  }

  /** Creates the entry of a request that was not interpreted yet. */
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

  /** The entry, shortened if the network has exceeded its limit of refused bytes. */
  bounded(entry: LogEntry): LogEntry {
    const isRefused = entry.verdict === 'rejected' || entry.verdict === 'ignored';
    if (!isRefused || this.refused.take(entry.networkId, entrySizeBytes(entry), performance.now())) return entry;
    this.shortenedCount++;
    return shortened(entry);
  }
}

/**
 * Adds a note to the hint of an entry whose request was cut.
 * @param known the entry before interpretation. `entry` may be incomplete for other reasons, which have their own hint.
 */
export function withCutNote(entry: LogEntry, known = entry): LogEntry {
  if (known.isIncomplete !== true) return entry;
  const note = 'The request is larger than the limit: the log keeps only its beginning, and it cannot be replayed.';
  return { ...entry, hint: [entry.hint, note].filter(Boolean).join(' ') };
}
