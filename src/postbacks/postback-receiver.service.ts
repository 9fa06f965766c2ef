import { Injectable } from '@nestjs/common';
import { ClickIdService } from '../clicks/click-id.service.js';
import { ConversionsService } from '../conversions/conversions.service.js';
import type { Network } from '../networks/network.schema.js';
import { PresetCatalogue } from '../networks/preset-catalogue.service.js';
import { newId } from '../platform/ids/ids.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { Transactions } from '../platform/mongo/transactions.js';
import { maskHeaders, maskKey, maskParameters } from './masking.js';
import type { Postback, Verdict } from './postback.schema.js';
import { PostbacksRepository } from './postbacks.repository.js';
import { dialectOf } from './reading/dialect-of.js';
import { readParameters } from './reading/parameters.js';
import { readPostback } from './reading/read-postback.js';
import type { ReadEvent } from './reading/reading.js';

/** A request from a network, as it came. */
export interface IncomingPostback {
  method: string;
  query: string;
  body: string;
  contentType: string;
  headers: NodeJS.Dict<string | string[]>;
  ip: string;
}

/** What became of it. */
export interface PostbackOutcome {
  postbackId: string;
  verdict: Verdict;
  reason: string | null;
  conversionId: string | null;
}

type LogEntry = Omit<Postback, 'workspaceId'>;
type Finding = Pick<LogEntry, 'verdict'> & Partial<LogEntry>;

/** Reads a postback, applies it, and logs it with its verdict, whatever that is. */
@Injectable()
export class PostbackReceiver {
  constructor(
    private readonly conversions: ConversionsService,
    private readonly clickIds: ClickIdService,
    private readonly log: PostbacksRepository,
    private readonly transactions: Transactions,
    private readonly metrics: Metrics,
    private readonly presets: PresetCatalogue,
  ) {}

  async receive(network: Network, request: IncomingPostback): Promise<PostbackOutcome> {
    const entry = newEntry(network, request);
    const finding = await this.judge(network, request, entry);
    const logged = { ...entry, ...finding };
    // One that was applied is in the log already, in the transaction that applied it.
    if (finding.conversionId === undefined) await this.log.insert(network.workspaceId, logged);
    this.metrics.postbacks.inc({ verdict: logged.verdict, reason: logged.reason ?? '' });
    return {
      postbackId: logged._id,
      verdict: logged.verdict,
      reason: logged.reason,
      conversionId: logged.conversionId,
    };
  }

  /** Logs a request that is not even to be read. */
  async refuse(network: Network, request: IncomingPostback, hint: string): Promise<void> {
    const entry = { ...newEntry(network, request), reason: 'malformed_request', hint };
    await this.log.insert(network.workspaceId, entry);
    this.metrics.postbacks.inc({ verdict: entry.verdict, reason: entry.reason });
  }

  private async judge(network: Network, request: IncomingPostback, entry: LogEntry): Promise<Finding> {
    const parameters = readParameters(request);
    if (!parameters.ok)
      return {
        verdict: 'rejected',
        reason: 'malformed_request',
        hint: `Nothing could be read: ${parameters.message}.`,
      };

    const dialect = dialectOf(network, this.presets.find(network.preset));
    const reading = readPostback(parameters.parameters, dialect, (value) => this.clickIds.read(value).ok);
    if (reading.kind === 'ignored') return { verdict: 'ignored', hint: reading.hint };
    if (reading.kind === 'rejected') return { verdict: 'rejected', reason: reading.reason, hint: reading.hint };
    return this.apply(network, reading.event, entry);
  }

  private async apply(network: Network, event: ReadEvent, entry: LogEntry): Promise<Finding> {
    const { workspaceId, _id: networkId } = network;
    const { clickId } = event;
    const attribution = await this.conversions.attribute(workspaceId, clickId);
    if (!attribution.ok) {
      return {
        verdict: 'rejected',
        reason: attribution.reason,
        hint: HINTS[attribution.reason],
        clickId: clickId.slice(0, 200),
      };
    }
    const { linkId, clickedAt } = attribution;
    const conversionEvent = {
      ...event,
      at: event.time !== null && event.time < entry.receivedAt ? event.time : entry.receivedAt,
      postbackId: entry._id,
      countRepeats: network.repeats[event.eventType] === 'count',
    };
    const transaction = (): Promise<Finding> =>
      this.transactions.run(async (tx) => {
        const applied = await this.conversions.apply(
          workspaceId,
          networkId,
          { linkId, clickedAt },
          conversionEvent,
          tx,
        );
        const finding = {
          verdict: applied.outcome,
          conversionId: applied.conversionId,
          linkId: applied.linkId,
          clickId,
        };
        await this.log.insert(workspaceId, { ...entry, ...finding }, tx);
        return finding;
      });
    return this.conversions.oneAtATime(linkId, clickId, transaction);
  }
}

const HINTS = {
  malformed_click_id:
    'The value does not look like a click id of ours: check that the link passes it on unbroken and that the network returns that very parameter.',
  forged_click_id: 'It looks like a click id, but this Hopback did not make it, or a character was changed on the way.',
  unknown_click: 'The click id is genuine, but no link of this workspace belongs to it.',
} as const;

function newEntry(network: Network, request: IncomingPostback): LogEntry {
  return {
    _id: newId('pbk'),
    networkId: network._id,
    receivedAt: new Date(),
    method: request.method,
    path: `/postback/${maskKey(network.key)}`,
    query: maskParameters(request.query),
    body: maskParameters(request.body),
    headers: Object.entries(maskHeaders(request.headers)).map(([name, value]) => ({ name, value })),
    ip: request.ip,
    verdict: 'rejected',
    reason: null,
    hint: null,
    clickId: null,
    linkId: null,
    conversionId: null,
  };
}
