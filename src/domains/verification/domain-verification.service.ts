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
/** A domain is lost after this many consecutive daily checks without proof. */
export const MAX_FAILURES = 3;

/** 190 bits, so that the token of another workspace's claim cannot be guessed. */
export const newProofToken = customAlphabet(BASE62, 32);

/** Applies DNS checks: a claim with a proof becomes verified, a domain without one becomes a claim again. */
@Injectable()
export class DomainVerification {
  constructor(
    private readonly domains: DomainsRepository,
    private readonly checker: DomainChecker,
    private readonly domainCache: DomainCache,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Checks the proof now. A verified domain stays verified: only daily checks can end that.
   * @throws ProblemException `conflict` when another workspace has proved the hostname.
   */
  async verify(workspaceId: WorkspaceId, id: string): Promise<Domain> {
    const domain = await this.withToken(workspaceId, id);
    if (isVerifiedBySettings(domain)) return domain;
    const check = await this.checker.check(domain.hostname, domain.token ?? '');
    const now = new Date();
    const changes = { ...checked(check, now), ...(check.proof === 'found' && proved(domain, now)) };
    try {
      const filter = { _id: id, token: domain.token } as Within<Domain>;
      const update = { $set: changes, ...(check.proof === 'found' && { $unset: { lostAt: 1 } }) };
      const after = await this.domains.updateOne(workspaceId, filter, update);
      if (after === undefined) throw ProblemException.notFound('domain');
      return after;
    } catch (error) {
      throw isDuplicateKey(error) ? takenByAnother() : error;
    } finally {
      await this.domainCache.refresh().catch(() => undefined); // the next poll will see the change
    }
  }

  /** Runs the daily check of a verified domain. */
  async recheck(domain: Domain): Promise<void> {
    const check = await this.checker.check(domain.hostname, domain.token ?? '');
    const now = new Date();
    const failures = domain.failures ?? 0;
    const changes: Partial<Domain> = checked(check, now);
    if (check.proof === 'found') Object.assign(changes, proved(domain, now));
    else if (check.proof === 'unknown') changes.nextCheckAt = later(now, HOUR_MS);
    else Object.assign(changes, { failures: failures + 1, nextCheckAt: later(now, DAY_MS) });
    const isLost = check.proof === 'missing' && failures + 1 >= MAX_FAILURES;
    if (isLost) {
      Object.assign(changes, { status: 'pending', lostAt: now, updatedAt: now, failures: 0 });
      delete changes.nextCheckAt;
    }
    // Matches only the claimed state, so that a check by another process is not counted twice.
    const filter = { _id: domain._id, status: 'verified', nextCheckAt: domain.nextCheckAt } as Within<Domain>;
    if (!isLost) {
      await this.domains.updateUncounted(domain.workspaceId, filter, changes);
      return;
    }
    const lost = await this.domains.updateOne(domain.workspaceId, filter, {
      $set: changes,
      $unset: { nextCheckAt: 1 },
    });
    if (lost === undefined) return;
    this.logger.warn(
      { hostname: domain.hostname, domainId: domain._id },
      'domain lost its proof; its links are no longer served',
    );
    await this.domainCache.refresh().catch(() => undefined);
  }

  private async withToken(workspaceId: WorkspaceId, id: string): Promise<Domain> {
    const domain = await this.domains.findById(workspaceId, id);
    if (domain === undefined) throw ProblemException.notFound('domain');
    if (domain.token !== undefined || isVerifiedBySettings(domain)) return domain;
    await this.domains.updateOne(workspaceId, { _id: id, token: { $exists: false } } as Within<Domain>, {
      $set: { token: newProofToken() },
    });
    return (await this.domains.findById(workspaceId, id)) ?? domain;
  }
}

export function takenByAnother(): ProblemException {
  return new ProblemException(
    'conflict',
    'Another workspace has proved that it owns this hostname. Once its TXT record is removed from DNS, the hostname is free after three days.',
  );
}

/** True for a domain that the operator's settings verify: it is never checked and never lost. */
function isVerifiedBySettings({ status, nextCheckAt }: Domain): boolean {
  return status === 'verified' && nextCheckAt === undefined;
}

function checked({ problems, warnings }: DomainCheck, now: Date): Pick<Domain, 'checkedAt' | 'problems' | 'warnings'> {
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

/** Varies by up to a tenth, so that checks do not run at the same time. */
function later(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms * (0.9 + Math.random() * 0.2));
}
