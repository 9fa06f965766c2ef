import { Injectable } from '@nestjs/common';
import type { Conversion } from '../../conversions/conversion.schema.js';
import { ConversionsService } from '../../conversions/conversions.service.js';
import type { TransactionScope } from '../../networks/network-words.js';
import type { Network } from '../../networks/network.schema.js';
import { NetworksService } from '../../networks/networks.service.js';
import { groupBy } from '../../platform/collections/group-by.js';
import type { Within } from '../../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { PostbackMetrics } from '../postback-metrics.service.js';
import type { Postback } from '../postback.schema.js';
import { PostbackReceiver } from '../postback-receiver.service.js';
import { PostbacksRepository } from '../postbacks.repository.js';
import { WAITING_MS } from '../waiting.js';

/** Money that has come in under a transaction id. */
export interface Incoming {
  networkId: string;
  txid: string;
}

const BATCH = 50;

/** Runs entries again whose lack may have been mended. */
@Injectable()
export class Rematcher {
  constructor(
    private readonly postbacks: PostbacksRepository,
    private readonly networks: NetworksService,
    private readonly conversions: ConversionsService,
    private readonly receiver: PostbackReceiver,
    private readonly metrics: PostbackMetrics,
  ) {}

  /**
   * All that still waits for this network, oldest first.
   * @param goOn asked before each further batch; its no is the end.
   */
  async network(workspaceId: WorkspaceId, networkId: string, goOn: () => Promise<boolean>): Promise<boolean> {
    const network = await this.networks.find(workspaceId, networkId);
    if (network === undefined) return true;
    const waiting = { networkId, waitsUntil: { $gt: new Date() } } as Within<Postback>;
    for (let after = ''; ;) {
      const entries = await this.postbacks.scan(workspaceId, waiting, { after, limit: BATCH });
      await Promise.all(entries.map((entry) => this.rematch(network, entry)));
      if (entries.length < BATCH) return true;
      after = entries.at(-1)?._id ?? after;
      if (!(await goOn())) return false;
    }
  }

  /** Entries of any workspaces; those that mean what they meant are left as they are. */
  async entries(entries: readonly Postback[]): Promise<void> {
    const networks = await this.networksOf(entries);
    for (let i = 0; i < entries.length; i += BATCH) {
      const batch = entries.slice(i, i + BATCH);
      await Promise.all(
        batch.map(async (entry) => {
          const network = networks.get(entry.networkId);
          if (network) await this.rematch(network, entry);
        }),
      );
    }
  }

  /** Money came in: what takes it back, and came before, does so now. */
  async takeBack(workspaceId: WorkspaceId, incoming: readonly Incoming[]): Promise<void> {
    const filter = {
      networkId: { $in: [...new Set(incoming.map(({ networkId }) => networkId))] },
      waitsForTxid: { $in: [...new Set(incoming.map(({ txid }) => txid))] },
      receivedAt: { $gt: new Date(Date.now() - WAITING_MS) },
    } as Within<Postback>;
    const chargebacks = await this.postbacks.findMany(workspaceId, filter);
    if (chargebacks.length > 0) await this.chargebacks(chargebacks);
  }

  /** Runs those chargebacks again that have not taken back yet what is there for them. */
  async chargebacks(chargebacks: readonly Postback[]): Promise<void> {
    const due: Postback[] = [];
    const networks = await this.networksOf(chargebacks);
    for (const [workspaceId, own] of groupBy(chargebacks, (one) => one.workspaceId)) {
      const transactions = own.map(({ networkId, waitsForTxid = '' }) => ({ networkId, txid: waitsForTxid }));
      const money = await this.conversions.findByTransactions(workspaceId, transactions);
      const byTransaction = groupBy(money, ({ networkId, txid }) => `${networkId} ${txid}`);
      for (const chargeback of own) {
        const known = byTransaction.get(`${chargeback.networkId} ${chargeback.waitsForTxid}`) ?? [];
        const scope = networks.get(chargeback.networkId)?.transactions ?? 'click';
        if (isDueFor(chargeback, known, scope)) due.push(chargeback);
      }
    }
    await this.entries(due);
  }

  private async networksOf(entries: readonly Postback[]): Promise<Map<string, Network | undefined>> {
    const networks = new Map<string, Network | undefined>();
    for (const { workspaceId, networkId } of entries) {
      if (!networks.has(networkId)) networks.set(networkId, await this.networks.find(workspaceId, networkId));
    }
    return networks;
  }

  private async rematch(network: Network, entry: Postback): Promise<void> {
    const outcome = await this.receiver.rematch(network, entry);
    if (outcome !== undefined) this.metrics.rematched.inc({ verdict: outcome.verdict });
  }
}

type Money = Pick<Conversion, '_id' | 'clickId' | 'status' | 'history'>;

/** Whether there is money that the chargeback has not taken back. Once it has taken some, it is for money of the same click only. */
function isDueFor(
  { _id, clickId, conversionId }: Postback,
  known: readonly Money[],
  transactions: TransactionScope,
): boolean {
  const taken = known.find((one) => one._id === conversionId);
  const ofClick = taken?.clickId ?? (transactions === 'click' ? clickId : null);
  return known.some(
    (one) =>
      one.status !== 'rejected' &&
      !one.history.some(({ sourceId }) => sourceId === _id) &&
      (ofClick === null || one.clickId === ofClick),
  );
}
