import { Injectable } from '@nestjs/common';
import type { Network } from '../../networks/network.schema.js';
import { NetworksService } from '../../networks/networks.service.js';
import type { Money } from '../../platform/money/money.js';
import { contentTypeOf } from '../log/read-back.js';
import type { Postback } from '../postback.schema.js';
import type { PostbackOutcome } from '../process/incoming-postback.js';
import { UNREAD } from '../process/log-entries.service.js';
import { type AttributionOptions, PostbackAttribution } from '../process/postback-attribution.service.js';
import { PostbackInterpreter, readRequest } from '../process/postback-interpreter.service.js';
import { PostbackWriter } from '../process/postback-writer.service.js';

/**
 * `replay`: a user runs this entry again. `bulk`: it is part of a bulk replay. `rematch`: what it lacked may have appeared; an
 * unchanged result is not stored.
 */
export type ReprocessReason = 'replay' | 'bulk' | 'rematch';

/** `payout`: a manual amount that replaces an unreadable one. */
export interface ReprocessOptions extends AttributionOptions {
  payout?: Money | undefined;
}

export interface ReprocessOutcome extends PostbackOutcome {
  /** False if a rematch changed nothing. */
  isStored: boolean;
}

/**
 * Runs log entries again by the current mapping: the common function of replays, bulk replays and rematching. Start reading
 * here. postback-replayer.service.ts, bulk-replay-runner.service.ts and rematch-jobs.service.ts select the entries.
 */
@Injectable()
export class ReprocessPostback {
  constructor(
    private readonly interpreter: PostbackInterpreter,
    private readonly attribution: PostbackAttribution,
    private readonly writer: PostbackWriter,
    private readonly networks: NetworksService,
  ) {}

  /** @returns the result of this run. An entry that has counted keeps its verdict, and gets an attempt. */
  async reprocess(
    network: Network,
    logged: Postback,
    reason: ReprocessReason,
    options: ReprocessOptions = {},
  ): Promise<ReprocessOutcome> {
    const { workspaceId: _, ...before } = logged;
    const { waitsUntil: _until, waitsForTxid: _for, charset: _charset, ...unread } = { ...before, ...UNREAD };
    const request = { query: logged.query, body: logged.body, contentType: contentTypeOf(logged) };
    // Steps 2 to 5 of ProcessPostback: interpret, attribute, write, answer.
    const interpretation = this.interpreter.interpret(
      network,
      readRequest(network, request),
      logged.origin,
      options.payout,
    );
    const { finding, event } = await this.attribution.attribute(network, interpretation, unread, options);
    const entry = { ...unread, ...finding };
    const isSame = event === null && entry.verdict === logged.verdict && entry.reason === logged.reason;
    if (reason === 'rematch' && isSame) return { ...outcomeOf(logged._id, logged, logged.hint), isStored: false };
    const stored = await this.writer.write(network.workspaceId, { entry, event, mode: 'again' });
    const result = stored.attempts.at(-1) ?? stored;
    const hint = stored.verdict === result.verdict ? stored.hint : entry.hint;
    return { ...outcomeOf(stored._id, result, hint), isStored: true };
  }

  /** The networks of entries of any workspaces, by id; deleted ones are left out. */
  async networksOf(entries: readonly Postback[]): Promise<ReadonlyMap<string, Network>> {
    const networks = new Map<string, Network>();
    const asked = new Set<string>();
    for (const { workspaceId, networkId } of entries) {
      if (asked.has(networkId)) continue;
      asked.add(networkId);
      const network = await this.networks.find(workspaceId, networkId);
      if (network) networks.set(networkId, network);
    }
    return networks;
  }
}

function outcomeOf(
  postbackId: string,
  { verdict, reason, conversionId }: Pick<Postback, 'verdict' | 'reason' | 'conversionId'>,
  hint: string | null,
): PostbackOutcome {
  return { postbackId, verdict, reason, hint, conversionId };
}
