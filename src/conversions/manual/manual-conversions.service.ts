import { Injectable } from '@nestjs/common';
import { NetworksService } from '../../networks/networks.service.js';
import { type FieldProblem, ProblemException } from '../../platform/http/problems/problem.js';
import { isId } from '../../platform/ids/ids.js';
import { isNegative, plainAmount } from '../../platform/money/money.js';
import { Transactions } from '../../platform/mongo/transactions.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { parseTime } from '../../platform/time/parse-time.js';
import type { ConversionStatus, EventType } from '../../platform/vocabulary/conversion-words.js';
import { definedOnly } from '../../platform/collections/defined-only.js';
import { AuditLog } from '../../workspaces/audit/audit-log.service.js';
import type { Caller } from '../../workspaces/caller.js';
import type { ConversionEvent } from '../rules/conversion-event.js';
import {
  createEvent,
  type EventNetwork,
  type EventOwner,
  isInFuture,
  NO_NETWORK,
  notAfter,
} from '../rules/create-event.js';
import type { Conversion } from '../conversion.schema.js';
import type { MoneyRequest } from '../../platform/money/money.dto.js';
import type { CreateConversionRequest, UpdateConversionRequest } from './manual-conversions.dto.js';
import { ConversionsRepository } from '../conversions.repository.js';
import { ConversionsService } from '../conversions.service.js';

/** The result of a manual conversion. */
export interface ManualConversion {
  verdict: 'accepted' | 'updated' | 'duplicate';
  conversionId: string;
}

/** A report or change by a person. */
interface ManualReport {
  eventType: EventType;
  status: ConversionStatus;
  payout?: MoneyRequest | undefined;
  networkStatus?: string | null;
  txid?: string | null | undefined;
  playerId?: string | null | undefined;
  note?: string | null | undefined;
}

const WHY_NOT_OURS = {
  malformed_click_id: 'this is not a click id; copy the whole click id',
  forged_click_id: 'it looks like a click id, but this Hopback did not make it',
  unknown_click: 'it belongs to no link of this workspace',
} as const;

/** Manual conversions, and manual changes of others. */
@Injectable()
export class ManualConversionsService {
  constructor(
    private readonly core: ConversionsService,
    private readonly conversions: ConversionsRepository,
    private readonly networks: NetworksService,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
  ) {}

  async create(caller: Caller, input: CreateConversionRequest): Promise<ManualConversion> {
    const { workspaceId, actor } = caller;
    const { eventType, status = 'approved', networkId = null } = input;
    const now = new Date();
    const convertedAt = input.convertedAt === undefined ? now : (parseTime(input.convertedAt) ?? now);
    const owner = await this.ownerOf(workspaceId, input);
    const network = networkId === null ? undefined : await this.networks.find(workspaceId, networkId);
    const problems = [
      ...('code' in owner ? [owner] : []),
      ...payoutProblems(input.payout, eventType),
      ...(networkId !== null && network === undefined ? [NO_SUCH_NETWORK] : []),
      ...(isInFuture(convertedAt, now) ? [IN_FUTURE] : []),
    ];
    if ('code' in owner || problems.length > 0) throw ProblemException.invalid(...problems);
    const time = { at: notAfter(now, convertedAt), isTimed: input.convertedAt !== undefined };
    const from = network === undefined ? NO_NETWORK : { ...network, id: network._id };
    return this.apply(caller, manualEvent(actor.id, { ...input, status }, time, owner, from));
  }

  /** @throws ProblemException where there is none, or its status does not allow it. */
  async update(caller: Caller, id: string, input: UpdateConversionRequest): Promise<void> {
    const { workspaceId, actor } = caller;
    const isEmpty = input.status === undefined && input.payout === undefined && input.note === undefined;
    if (isEmpty) throw ProblemException.invalid(NOTHING_TO_CHANGE);
    await this.transactions.run(async (tx) => {
      const before = await this.conversions.findById(workspaceId, id, tx);
      if (before === undefined) throw ProblemException.notFound('conversion');
      const problems = payoutProblems(input.payout, before.eventType);
      if (problems.length > 0) throw ProblemException.invalid(...problems);
      const status = input.status ?? before.status;
      if (status === 'pending' && before.status !== 'pending') throw finalStatus(before);
      // The network's own word for a status goes with that status.
      const networkStatus = status === before.status ? before.networkStatus : null;
      const { eventType, txid, playerId } = before;
      // Without a payout the earlier amount stays.
      const { payout, note } = input;
      const report = { eventType, txid, playerId, status, networkStatus, payout, note };
      const owner = { ...before, linkNetworkId: null };
      const time = { at: afterAllOf(before), isTimed: true };
      const network = { ...NO_NETWORK, id: before.networkId };
      await this.core.applyTo(workspaceId, id, manualEvent(actor.id, report, time, owner, network), tx);
      const after = await this.conversions.findById(workspaceId, id, tx);
      const states = {
        before: auditable(before),
        after: after && { ...auditable(after), ...definedOnly({ note: input.note }) },
      };
      await this.audit.record(caller, { action: 'conversion.updated', objectId: id, ...states }, tx);
    });
  }

  /**
   * Takes back the latest change by a person, if nothing has changed the conversion since.
   * @throws ProblemException 404, or 409 where there is nothing to take back.
   */
  async undo(caller: Caller, id: string, note: string | undefined): Promise<void> {
    const { workspaceId, actor } = caller;
    await this.transactions.run(async (tx) => {
      const before = await this.conversions.findById(workspaceId, id, tx);
      if (before === undefined) throw ProblemException.notFound('conversion');
      const undo = { at: afterAllOf(before), sourceId: actor.id, note: note ?? null };
      if (!(await this.core.undo(workspaceId, id, undo, tx))) throw new ProblemException('conflict', NOTHING_TO_UNDO);
      const after = await this.conversions.findById(workspaceId, id, tx);
      const states = { before: auditable(before), after: after && { ...auditable(after), ...definedOnly({ note }) } };
      await this.audit.record(caller, { action: 'conversion.undone', objectId: id, ...states }, tx);
    });
  }

  private async apply(caller: Caller, event: ConversionEvent): Promise<ManualConversion> {
    return this.transactions.run(async (tx) => {
      const [applied] = await this.core.applyAll(caller.workspaceId, [event], tx);
      if (applied === undefined || !('conversionId' in applied))
        throw new Error('manual conversion produced no outcome');
      const { outcome: verdict, conversionId } = applied;
      const after = await this.conversions.findById(caller.workspaceId, conversionId, tx);
      const told = { action: 'conversion.told', objectId: conversionId, after: after && auditable(after) };
      if (verdict !== 'duplicate') await this.audit.record(caller, told, tx);
      return { verdict, conversionId };
    });
  }

  private async ownerOf(
    workspaceId: WorkspaceId,
    { clickId, linkId, eventType }: CreateConversionRequest,
  ): Promise<EventOwner | FieldProblem> {
    if (clickId === undefined && (linkId === undefined || eventType !== 'revshare')) return CLICK_MISSING;
    if (clickId !== undefined && linkId !== undefined) return ONE_OF_BOTH;
    const path = clickId === undefined ? 'linkId' : 'clickId';
    const id = clickId ?? linkId ?? '';
    if (isId('lnk', id) !== (path === 'linkId')) {
      const code = path === 'linkId' ? 'not_found' : 'malformed_click_id';
      return { path, code, message: path === 'linkId' ? NO_SUCH_LINK : WHY_NOT_OURS.malformed_click_id };
    }
    const attribution = await this.core.attribute(workspaceId, id, eventType);
    if (!attribution.ok) {
      return path === 'linkId'
        ? { path, code: 'not_found', message: NO_SUCH_LINK }
        : { path, code: attribution.reason, message: WHY_NOT_OURS[attribution.reason] };
    }
    return attribution.isTest ? TEST_CLICK : attribution;
  }
}

function manualEvent(
  apiKeyId: string,
  report: ManualReport,
  { at, isTimed }: Pick<ConversionEvent, 'at' | 'isTimed'>,
  owner: EventOwner,
  network: EventNetwork,
): ConversionEvent {
  const { eventType, status, payout, networkStatus = null, txid = null, playerId = null, note = null } = report;
  const reported = {
    eventType,
    status,
    networkStatus,
    txid,
    playerId,
    payout: payout === undefined ? null : { amount: plainAmount(payout.amount), currency: payout.currency },
    isCurrencyNamed: true,
    isChargeback: false,
  };
  // A person who enters the same conversion again means the same one, whatever the network's rule for repeats.
  const once = { ...network, repeats: {} };
  return createEvent(reported, owner, once, { origin: 'manual', at, isTimed, sourceId: apiKeyId, note });
}

/** Now, and in any case after what was said before, should another machine's clock be ahead. */
function afterAllOf({ statusAt, payoutAt }: Conversion): Date {
  const known = [statusAt, payoutAt].map((time) => (time === null ? 0 : time.getTime() + 1));
  return new Date(Math.max(Date.now(), ...known));
}

function payoutProblems(payout: MoneyRequest | undefined, eventType: EventType): FieldProblem[] {
  if (payout === undefined || eventType === 'revshare' || !isNegative(payout.amount)) return [];
  const message = 'only a revshare can be negative; to take a conversion back, reject it';
  return [{ path: 'payout.amount', code: 'negative_amount', message }];
}

/** The manual changes. */
function auditable({ status, payout, eventType, clickId, linkId, networkId, txid }: Conversion): object {
  return { status, payout, eventType, clickId, linkId, networkId, txid };
}

function finalStatus({ status }: Conversion): ProblemException {
  return new ProblemException('invalid_transition', `This conversion is ${status}: it cannot become pending again.`);
}

const NO_SUCH_NETWORK: FieldProblem = {
  path: 'networkId',
  code: 'not_found',
  message: 'there is no such network in this workspace',
};
const NOTHING_TO_UNDO =
  'The latest entry of the history is no change by a person that could be taken back: change the conversion instead.';
const NO_SUCH_LINK = 'there is no such link in this workspace';
const IN_FUTURE: FieldProblem = { path: 'convertedAt', code: 'in_future', message: 'it cannot be in the future' };
const CLICK_MISSING: FieldProblem = {
  path: 'clickId',
  code: 'missing_click_id',
  message: 'give the click id of the conversion; only a revshare may have a linkId instead',
};
const ONE_OF_BOTH: FieldProblem = {
  path: 'linkId',
  code: 'one_of_both',
  message: 'a click id already determines the link: give clickId or linkId, not both',
};
const TEST_CLICK: FieldProblem = {
  path: 'clickId',
  code: 'test_click_id',
  message: 'it was created for a test, and tests are never counted',
};
const NOTHING_TO_CHANGE: FieldProblem = {
  path: 'status',
  code: 'nothing_to_change',
  message: 'give at least one of status, payout and note',
};
