import { Injectable } from '@nestjs/common';
import { NetworksService } from '../../networks/networks.service.js';
import { ProblemException } from '../../platform/http/problem.js';
import type { Money } from '../../platform/money/money.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Postback } from '../postback.schema.js';
import type { JudgeOptions } from '../postback-judge.service.js';
import { type PostbackOutcome, PostbackReceiver } from '../postback-receiver.service.js';
import { PostbackLogReader } from './postback-log-reader.service.js';
import { whyNotReplayable } from './replayable.js';

const LATE = 'outside_window';
const UNPRICED: ReadonlySet<string> = new Set(['invalid_amount', 'invalid_currency']);

/** What a person says of a request that is to count all the same. */
export interface Acceptance {
  payout?: Money | undefined;
  note?: string | null | undefined;
}

/** Runs single entries of the log again, for a person. */
@Injectable()
export class PostbackReplayer {
  constructor(
    private readonly log: PostbackLogReader,
    private readonly networks: NetworksService,
    private readonly receiver: PostbackReceiver,
  ) {}

  /** As it would be read today. */
  async replay(workspaceId: WorkspaceId, id: string): Promise<PostbackOutcome> {
    return this.run(workspaceId, await this.log.read(workspaceId, id), {});
  }

  /** Takes what came too late all the same, and with a payout what could not be read for its amount or currency alone. */
  async accept(workspaceId: WorkspaceId, id: string, { payout, note = null }: Acceptance): Promise<PostbackOutcome> {
    const postback = await this.log.read(workspaceId, id);
    const { reason, verdict } = postback;
    if (reason === LATE) return this.run(workspaceId, postback, { ignoreWindow: true, note, payout });
    if (!UNPRICED.has(reason ?? '')) {
      throw new ProblemException(
        'not_replayable',
        `Only what came too late (${LATE}) or had no readable amount (${[...UNPRICED].join(', ')}) is accepted by hand; this is "${reason ?? verdict}": change the network's mapping and replay it.`,
      );
    }
    if (payout === undefined) {
      const message = 'say what it is worth, as { "amount": "50.00", "currency": "EUR" }';
      throw ProblemException.invalid({ path: 'payout', code: 'required', message });
    }
    return this.run(workspaceId, postback, { ignoreWindow: true, note, payout });
  }

  private async run(workspaceId: WorkspaceId, postback: Postback, options: JudgeOptions): Promise<PostbackOutcome> {
    const obstacle = whyNotReplayable(postback);
    if (obstacle !== undefined) throw new ProblemException('not_replayable', obstacle);
    const network = await this.networks.find(workspaceId, postback.networkId);
    if (network === undefined) {
      const detail = `The network ${postback.networkId} was deleted, and with it how its requests are read.`;
      throw new ProblemException('network_deleted', detail);
    }
    return this.receiver.replay(network, postback, options);
  }
}
