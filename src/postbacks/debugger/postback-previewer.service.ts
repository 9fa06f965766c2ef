import { Injectable } from '@nestjs/common';
import { ConversionsService } from '../../conversions/conversions.service.js';
import type { Network } from '../../networks/network.schema.js';
import { newId } from '../../platform/ids/ids.js';
import type { Postback, PostbackOrigin, Verdict } from '../postback.schema.js';
import { type Judgement, PostbackJudge } from '../postback-judge.service.js';
import type { RawRequest } from '../reading/parameters.js';
import { contentTypeOf } from './read-back.js';

/** What a request would do. */
export interface Preview extends Judgement {
  verdict: Verdict;
  /** The conversion that it would change or repeat; `null` when it would be a new one, or none. */
  conversionId: string | null;
}

/** Says what requests would do, without doing it. */
@Injectable()
export class PostbackPreviewer {
  constructor(
    private readonly judge: PostbackJudge,
    private readonly conversions: ConversionsService,
  ) {}

  /** As if it came now. */
  async preview(network: Network, request: RawRequest): Promise<Preview> {
    return this.of(network, request, { _id: newId('pbk'), receivedAt: new Date(), origin: 'postback' });
  }

  /** A logged request, as it would be read today. */
  async again(network: Network, logged: Postback): Promise<Preview> {
    const { query, body } = logged;
    return this.of(network, { query, body, contentType: contentTypeOf(logged) }, logged);
  }

  private async of(
    network: Network,
    request: RawRequest,
    entry: { _id: string; receivedAt: Date; origin: PostbackOrigin },
  ): Promise<Preview> {
    const judgement = await this.judge.judge(network, request, entry);
    const { finding, event } = judgement;
    if (event === null) return { ...judgement, verdict: finding.verdict ?? 'rejected', conversionId: null };
    const [applied] = await this.conversions.preview(network.workspaceId, [event]);
    const hint = [finding.hint, ...(applied?.notices ?? []).map(({ text }) => text)].filter(Boolean).join(' ') || null;
    if (applied === undefined || applied.outcome === 'unknown_transaction') {
      const unknown = `No money is known under the transaction id "${event.txid ?? ''}" yet.`;
      const refused = { ...finding, reason: 'unknown_transaction', hint: [unknown, hint].filter(Boolean).join(' ') };
      return { ...judgement, finding: refused, verdict: 'rejected', conversionId: null };
    }
    if (!('conversionId' in applied)) {
      const refused = { ...finding, reason: applied.outcome, hint };
      return { ...judgement, finding: refused, verdict: 'rejected', conversionId: null };
    }
    const { outcome, conversionId } = applied;
    const told = { ...judgement, finding: { ...finding, hint } };
    return { ...told, verdict: outcome, conversionId: outcome === 'accepted' ? null : conversionId };
  }
}
