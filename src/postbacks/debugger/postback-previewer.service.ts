import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { ConversionsService } from '../../conversions/conversions.service.js';
import type { EventResult } from '../../conversions/rules/event-result.js';
import type { LedgerChanges } from '../../conversions/rules/ledger.js';
import type { Network } from '../../networks/network.schema.js';
import { newId } from '../../platform/ids/ids.js';
import type { Postback, Verdict } from '../postback.schema.js';
import { PostbackAttribution } from '../process/postback-attribution.service.js';
import { PostbackInterpreter, readRequest } from '../process/postback-interpreter.service.js';
import type { AttributedPostback } from '../rules/findings.js';
import type { RawRequest } from '../rules/reading/parameters.js';
import { contentTypeOf } from '../log/read-back.js';

/** The result that a request would have. */
export interface Preview extends AttributedPostback {
  verdict: Verdict;
  /** The conversion that it would change or repeat; `null` when it would be a new one, or none. */
  conversionId: string | null;
}

/** The results of requests, one after the other, and the changes of conversions that they would make together. */
export interface PreviewsInOrder {
  previews: Preview[];
  changes: Pick<LedgerChanges, 'inserts' | 'updates'>;
}

type Entry = Pick<Postback, '_id' | 'receivedAt' | 'origin'>;

const BATCH = 50;

/** Computes the results that requests would have; nothing is stored. */
@Injectable()
export class PostbackPreviewer {
  constructor(
    private readonly interpreter: PostbackInterpreter,
    private readonly attribution: PostbackAttribution,
    private readonly conversions: ConversionsService,
  ) {}

  /** A request, as if it arrived now. */
  async preview(network: Network, request: RawRequest): Promise<Preview> {
    return this.of(network, request, { _id: newId('pbk'), receivedAt: new Date(), origin: 'postback' });
  }

  /** A logged request, by this mapping. */
  async again(network: Network, logged: Postback): Promise<Preview> {
    const { previews } = await this.againInOrder(network, [logged]);
    return previews[0] as Preview;
  }

  /**
   * Logged requests of one network, by this mapping, one after the other: each sees the conversions that the earlier ones would
   * leave, so that repeats among them count once.
   */
  async againInOrder(network: Network, logged: readonly Postback[]): Promise<PreviewsInOrder> {
    const attributed: AttributedPostback[] = [];
    for (let i = 0; i < logged.length; i += BATCH) {
      const batch = logged.slice(i, i + BATCH).map((entry) => {
        const { query, body } = entry;
        return this.attribute(network, { query, body, contentType: contentTypeOf(entry) }, entry);
      });
      attributed.push(...(await Promise.all(batch)));
      await nextTurn(); // other requests come between
    }
    return this.apply(network, attributed);
  }

  private async of(network: Network, request: RawRequest, entry: Entry): Promise<Preview> {
    const { previews } = await this.apply(network, [await this.attribute(network, request, entry)]);
    return previews[0] as Preview;
  }

  private attribute(network: Network, request: RawRequest, entry: Entry): Promise<AttributedPostback> {
    const interpretation = this.interpreter.interpret(network, readRequest(network, request), entry.origin);
    return this.attribution.attribute(network, interpretation, entry);
  }

  private async apply({ workspaceId }: Network, attributed: readonly AttributedPostback[]): Promise<PreviewsInOrder> {
    const events = attributed.flatMap(({ event }) => event ?? []);
    const { applied, ledger } = await this.conversions.dryRun(workspaceId, events);
    const results = new Map(events.map((event, i) => [event, applied[i]]));
    const previews = attributed.map((one) => toPreview(one, one.event === null ? undefined : results.get(one.event)));
    return { previews, changes: ledger.changes() };
  }
}

/** The preview of an attributed request. @param applied the result of its event, if it has one. */
function toPreview(attributed: AttributedPostback, applied: EventResult | undefined): Preview {
  const { finding, event } = attributed;
  if (event === null) return { ...attributed, verdict: finding.verdict ?? 'rejected', conversionId: null };
  const hint = [finding.hint, ...(applied?.notices ?? []).map(({ text }) => text)].filter(Boolean).join(' ') || null;
  if (applied === undefined || applied.outcome === 'unknown_transaction') {
    const unknown = `No payment with the transaction id "${event.txid ?? ''}" was received yet.`;
    const refused = { ...finding, reason: 'unknown_transaction', hint: [unknown, hint].filter(Boolean).join(' ') };
    return { ...attributed, finding: refused, verdict: 'rejected', conversionId: null };
  }
  if (!('conversionId' in applied)) {
    const refused = { ...finding, reason: applied.outcome, hint };
    return { ...attributed, finding: refused, verdict: 'rejected', conversionId: null };
  }
  const { outcome, conversionId } = applied;
  const explained = { ...attributed, finding: { ...finding, hint } };
  return { ...explained, verdict: outcome, conversionId: outcome === 'accepted' ? null : conversionId };
}
