import { Inject, Injectable } from '@nestjs/common';
import { customAlphabet } from 'nanoid';
import type { Logger } from 'pino';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { BASE62 } from '../../platform/ids/base62.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { isDuplicateKey } from '../../platform/mongo/mongo-errors.js';
import type { Within } from '../../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { DomainChecker, type DomainCheck } from './domain-check.service.js';
import { DomainCache } from '../domain-cache.service.js';
import type { Domain } from '../domain.schema.js';
import { DomainsRepository } from '../domains.repository.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Days in a row on which the proof was not there. */
export const MAX_FAILURES = 3;

/** 190 bits: nobody guesses what to put into his DNS for another's claim. */
export const newProofToken = customAlphabet(BASE62, 32);

/** What follows from a look at DNS: a claim becomes a verified domain, and one that lost its proof a claim again. */
@Injectable()
export class DomainVerification {
  constructor(
    private readonly domains: DomainsRepository,
    private readonly checker: DomainChecker,
    private readonly directory: DomainCache,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Looks for the proof now. A verified domain does not lose anything by it: only the daily checks take away.
   * @throws ProblemException `conflict` when another workspace has proved the hostname.
   */
  async verify(workspaceId: WorkspaceId, id: string): Promise<Domain> {
    const domain = await this.withToken(workspaceId, id);
    if (isVouchedFor(domain)) return domain;
    const check = await this.checker.check(domain.hostname, domain.token ?? '');
    const now = new Date();
    const changes = { ...seen(check, now), ...(check.proof === 'found' && proved(domain, now)) };
    try {
      const filter = { _id: id, token: domain.token } as Within<Domain>;
      const update = { $set: changes, ...(check.proof === 'found' && { $unset: { lostAt: 1 } }) };
      const after = await this.domains.updateOne(workspaceId, filter, update);
      if (after === undefined) throw ProblemException.notFound('domain');
      return after;
    } catch (error) {
      throw isDuplicateKey(error) ? takenByAnother() : error;
    } finally {
      await this.directory.refresh().catch(() => undefined); // it will be seen a moment later
    }
  }

  /** A daily check of a verified domain that is due. */
  async recheck(domain: Domain): Promise<void> {
    const check = await this.checker.check(domain.hostname, domain.token ?? '');
    const now = new Date();
    const failures = domain.failures ?? 0;
    const changes: Partial<Domain> = seen(check, now);
    if (check.proof === 'found') Object.assign(changes, proved(domain, now));
    else if (check.proof === 'unknown') changes.nextCheckAt = later(now, HOUR_MS);
    else Object.assign(changes, { failures: failures + 1, nextCheckAt: later(now, DAY_MS) });
    const isLost = check.proof === 'missing' && failures + 1 >= MAX_FAILURES;
    if (isLost) {
      Object.assign(changes, { status: 'pending', lostAt: now, updatedAt: now, failures: 0 });
      delete changes.nextCheckAt;
    }
    // As it was when it was taken: nothing is counted twice, whoever else has checked it meanwhile.
    const filter = { _id: domain._id, status: 'verified', nextCheckAt: domain.nextCheckAt } as Within<Domain>;
    if (!isLost) {
      await this.domains.note(domain.workspaceId, filter, changes);
      return;
    }
    const lost = await this.domains.updateOne(domain.workspaceId, filter, {
      $set: changes,
      $unset: { nextCheckAt: 1 },
    });
    if (lost === undefined) return;
    this.logger.warn(
      { hostname: domain.hostname, domainId: domain._id },
      'a domain has lost its proof and serves no more',
    );
    await this.directory.refresh().catch(() => undefined);
  }

  private async withToken(workspaceId: WorkspaceId, id: string): Promise<Domain> {
    const domain = await this.domains.findById(workspaceId, id);
    if (domain === undefined) throw ProblemException.notFound('domain');
    if (domain.token !== undefined || isVouchedFor(domain)) return domain;
    await this.domains.updateOne(workspaceId, { _id: id, token: { $exists: false } } as Within<Domain>, {
      $set: { token: newProofToken() },
    });
    return (await this.domains.findById(workspaceId, id)) ?? domain;
  }
}

export function takenByAnother(): ProblemException {
  return new ProblemException(
    'conflict',
    'Another workspace has proved that this hostname is its own. Once its TXT record is gone from DNS, the hostname is free after three days.',
  );
}

/** Verified by the operator's settings, and so neither checked nor lost. */
function isVouchedFor({ status, nextCheckAt }: Domain): boolean {
  return status === 'verified' && nextCheckAt === undefined;
}

function seen({ problems, warnings }: DomainCheck, now: Date): Pick<Domain, 'checkedAt' | 'problems' | 'warnings'> {
  return { checkedAt: now, problems, warnings };
}

function proved(domain: Domain, now: Date): Partial<Domain> {
  const isNew = domain.status !== 'verified';
  return {
    status: 'verified',
    failures: 0,
    nextCheckAt: later(now, DAY_MS),
    ...(isNew && { verifiedAt: now, updatedAt: now }),
  };
}

/** Not all at the same minute: a tenth earlier or later. */
function later(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms * (0.9 + Math.random() * 0.2));
}
