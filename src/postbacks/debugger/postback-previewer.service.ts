import { Injectable } from '@nestjs/common';
import { ConversionsService } from '../../conversions/conversions.service.js';
import type { Network } from '../../networks/network.schema.js';
import { newId } from '../../platform/ids/ids.js';
import type { Postback, PostbackOrigin, Verdict } from '../postback.schema.js';
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

  /** A logged request, by today's mapping. */
  async again(network: Network, logged: Postback): Promise<Preview> {
    const { query, body } = logged;
    return this.of(network, { query, body, contentType: contentTypeOf(logged) }, logged);
  }

  private async of(
    network: Network,
    request: RawRequest,
    entry: { _id: string; receivedAt: Date; origin: PostbackOrigin },
  ): Promise<Preview> {
    const interpretation = this.interpreter.interpret(network, readRequest(network, request), entry.origin);
    const attributed = await this.attribution.attribute(network, interpretation, entry);
    const { finding, event } = attributed;
    if (event === null) return { ...attributed, verdict: finding.verdict ?? 'rejected', conversionId: null };
    const [applied] = await this.conversions.preview(network.workspaceId, [event]);
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
}
