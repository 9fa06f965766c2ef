import { Injectable } from '@nestjs/common';
import { NetworksService } from '../../networks/networks.service.js';
import { ProblemException } from '../../platform/http/problem.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Postback } from '../postback.schema.js';
import { type PostbackOutcome, PostbackReceiver } from '../postback-receiver.service.js';
import { PostbackLogReader } from './postback-log-reader.service.js';
import { whyNotReplayable } from './replayable.js';

const LATE = 'outside_window';

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

  /** Takes what came too late all the same. */
  async accept(workspaceId: WorkspaceId, id: string, note: string | null): Promise<PostbackOutcome> {
    const postback = await this.log.read(workspaceId, id);
    if (postback.reason !== LATE) {
      const state = postback.reason ?? postback.verdict;
      throw new ProblemException(
        'not_replayable',
        `Only what came too late (${LATE}) is accepted by hand; this is "${state}": mend the network's mapping and replay it.`,
      );
    }
    return this.run(workspaceId, postback, { ignoreWindow: true, note });
  }

  private async run(
    workspaceId: WorkspaceId,
    postback: Postback,
    options: { ignoreWindow?: boolean; note?: string | null },
  ): Promise<PostbackOutcome> {
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
