import { Injectable } from '@nestjs/common';
import { NetworksService } from '../../networks/networks.service.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import type { Money } from '../../platform/money/money.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Postback } from '../postback.schema.js';
import type { PostbackOutcome } from '../process/incoming-postback.js';
import { PostbackLogReader } from '../log/postback-log-reader.service.js';
import { whyNotReplayable } from '../rules/replayable.js';
import { type ReprocessOptions, ReprocessPostback } from './reprocess-postback.service.js';

const LATE = 'outside_window';
const UNPRICED: ReadonlySet<string> = new Set(['invalid_amount', 'invalid_currency']);

/** A user's decision that a rejected request counts. */
export interface Acceptance {
  payout?: Money | undefined;
  note?: string | null | undefined;
}

/** Runs single log entries again when a user asks for it. */
@Injectable()
export class PostbackReplayer {
  constructor(
    private readonly log: PostbackLogReader,
    private readonly networks: NetworksService,
    private readonly reprocessing: ReprocessPostback,
  ) {}

  /** Runs an entry again by the current mapping. */
  async replay(workspaceId: WorkspaceId, id: string): Promise<PostbackOutcome> {
    return this.run(workspaceId, await this.log.read(workspaceId, id), {});
  }

  /** Accepts a request that was too late, or, with a payout, one whose amount or currency could not be read. */
  async accept(workspaceId: WorkspaceId, id: string, { payout, note = null }: Acceptance): Promise<PostbackOutcome> {
    const postback = await this.log.read(workspaceId, id);
    const { reason, verdict } = postback;
    if (reason === LATE) return this.run(workspaceId, postback, { ignoreWindow: true, note, payout });
    if (!UNPRICED.has(reason ?? '')) {
      throw new ProblemException(
        'not_replayable',
        `Only a postback that came too late (${LATE}) or had no readable amount (${[...UNPRICED].join(', ')}) can be accepted manually; this one is "${reason ?? verdict}": change the network's mapping and replay it.`,
      );
    }
    if (payout === undefined) {
      const message = 'give the amount, such as { "amount": "50.00", "currency": "EUR" }';
      throw ProblemException.invalid({ path: 'payout', code: 'required', message });
    }
    return this.run(workspaceId, postback, { ignoreWindow: true, note, payout });
  }

  private async run(workspaceId: WorkspaceId, postback: Postback, options: ReprocessOptions): Promise<PostbackOutcome> {
    const obstacle = whyNotReplayable(postback);
    if (obstacle !== undefined) throw new ProblemException('not_replayable', obstacle);
    const network = await this.networks.find(workspaceId, postback.networkId);
    if (network === undefined) {
      const detail = `The network ${postback.networkId} was deleted together with the mapping that its requests are read with.`;
      throw new ProblemException('network_deleted', detail);
    }
    const { isStored: _, ...outcome } = await this.reprocessing.reprocess(network, postback, 'replay', options);
    return outcome;
  }
}
