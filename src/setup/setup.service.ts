import { Injectable } from '@nestjs/common';
import { formatMoney } from '../platform/money/money.js';
import type { Caller } from '../workspaces/caller.js';
import { type Assessment, assessSetup } from './rules/assess-setup.js';
import type { SetupEvidence } from './rules/setup-evidence.js';
import { SETUP_STEP_IDS, type SetupStepId } from './rules/setup-steps.js';
import type { SetupResponse, SetupStepResponse } from './setup.dto.js';
import { SetupEvidenceService } from './setup-evidence.service.js';

type Seen = { [Id in SetupStepId]: Extract<SetupStepResponse, { id: Id }>['seen'] };

/** The setup checklist of a workspace. */
@Injectable()
export class SetupService {
  constructor(private readonly evidence: SetupEvidenceService) {}

  /** Steps for which the caller lacks the scope are hidden. */
  async read(caller: Caller): Promise<SetupResponse> {
    const evidence = await this.evidence.find(caller);
    const assessment = assessSetup(evidence);
    const seen = await this.seenOf(caller, evidence, assessment);
    const steps = assessment.steps.map(({ id, state, at, checks }) => {
      return { id, state, at: at?.toISOString() ?? null, seen: seen[id], checks } as SetupStepResponse;
    });
    return { steps, current: assessment.current, done: assessment.done, total: SETUP_STEP_IDS.length };
  }

  private async seenOf(
    caller: Caller,
    { link, click, network, test, conversions }: SetupEvidence,
    { transactionIds, parameters }: Assessment,
  ): Promise<Seen> {
    return {
      link: link ? without(link, 'at') : null,
      click: click ? { ...click, at: click.at.toISOString() } : null,
      network: network ? without(network, 'at') : null,
      testConversion: test ? { ...test, payout: formatMoney(test.payout), at: test.at.toISOString() } : null,
      conversion: await this.conversionSeen(caller, conversions[0]),
      transactionIds: transactionIds && without(transactionIds, 'at'),
      parameters: parameters && without(parameters, 'at'),
    };
  }

  private async conversionSeen(
    caller: Caller,
    first: SetupEvidence['conversions'][number] | undefined,
  ): Promise<Seen['conversion']> {
    if (first === undefined) return null;
    const { conversionId, eventType, isFtd, status, payout, linkId, networkId, sourceId, at } = first;
    const ip = sourceId === null ? null : await this.evidence.addressOf(caller, sourceId);
    return {
      conversionId,
      eventType,
      isFtd,
      status,
      payout: formatMoney(payout),
      ip,
      at: at.toISOString(),
      linkId,
      networkId,
    };
  }
}

function without<T, K extends keyof T>(facts: T, field: K): Omit<T, K> {
  const { [field]: _, ...rest } = facts;
  return rest;
}
