import { Inject, Injectable } from '@nestjs/common';
import { definedOnly } from '../platform/collections/defined-only.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.token.js';
import type { Page, PageRequest } from '../platform/http/pagination.js';
import { type FieldProblem, ProblemException } from '../platform/http/problems/problem.js';
import { newId } from '../platform/ids/ids.js';
import { isDuplicateKey } from '../platform/mongo/mongo-errors.js';
import type { Within } from '../platform/mongo/tenant.repository.js';
import { Ports } from '../platform/ports/ports.service.js';
import type { Transaction } from '../platform/mongo/transactions.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { appFileProblems, toAppFileTexts } from './rules/app-files/app-files.js';
import { DestinationPolicy } from './destination-policy.service.js';
import { DomainCache } from './domain-cache.service.js';
import { AuditLog } from '../workspaces/audit/audit-log.service.js';
import type { Author } from '../workspaces/caller.js';
import { Quotas } from '../workspaces/plans/quotas.service.js';
import { DomainReadModel } from './domain.read-model.js';
import type { Domain } from './domain.schema.js';
import { newProofToken, takenByAnother } from './verification/domain-verification.service.js';
import { DomainsRepository } from './domains.repository.js';
import { asHostname, parseHostname } from './rules/hostname.js';
import type { CreateDomainRequest, DomainFields, UpdateDomainRequest } from './domains.dto.js';
import { LINKS_OF_DOMAINS } from './domains.ports.js';

const URL_FIELDS = ['rootUrl', 'notFoundUrl', 'expiredUrl'] as const;

const CHOSEN_FIELDS = ['_id', 'hostname', 'isPrimary', 'caseSensitive'] as const;
/** The fields of a domain that a new link needs. */
export type ChosenDomain = Pick<Domain, (typeof CHOSEN_FIELDS)[number]>;

/** Creates, changes and deletes domains, and chooses the domain of a new link. */
@Injectable()
export class DomainsService {
  private readonly publicUrl: URL;

  constructor(
    @Inject(SETTINGS) settings: Settings,
    private readonly domains: DomainsRepository,
    private readonly domainReadModel: DomainReadModel,
    private readonly domainCache: DomainCache,
    private readonly destinations: DestinationPolicy,
    private readonly ports: Ports,
    private readonly audit: AuditLog,
    private readonly quotas: Quotas,
  ) {
    this.publicUrl = new URL(settings.publicUrl);
  }

  /** Claims a hostname. Several workspaces may claim one until the first has proved it. */
  async create(author: Author, input: CreateDomainRequest): Promise<Domain> {
    const { workspaceId } = author;
    const { hostname: text, ...fields } = input;
    const reading = parseHostname(text, this.publicUrl.hostname);
    const problems = this.problemsOf(fields);
    if (!reading.ok) problems.unshift({ path: 'hostname', code: reading.code, message: reading.message });
    if (!reading.ok || problems.length > 0) throw ProblemException.invalid(...problems);
    const { hostname } = reading;
    const owner = await this.domainReadModel.findVerified(hostname);
    if (owner !== undefined && owner.workspaceId !== workspaceId) throw takenByAnother();
    const now = new Date();
    const claim: Omit<Domain, 'workspaceId'> = {
      ...toStored(fields),
      _id: newId('dom'),
      hostname,
      status: 'pending',
      token: newProofToken(),
      createdAt: now,
      updatedAt: now,
    };
    try {
      const event = { action: 'domain.created', objectId: claim._id, after: { hostname } };
      return await this.quotas.reserve(workspaceId, 'domains', () =>
        this.domains.inTransaction(async (tx) => {
          const domain = await this.domains.insert(workspaceId, claim, tx);
          await this.audit.record(author, event, tx);
          return domain;
        }),
      );
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      throw new ProblemException('conflict', 'This workspace has this hostname already.');
    }
  }

  async read(workspaceId: WorkspaceId, id: string): Promise<Domain> {
    return orMissing(await this.domains.findById(workspaceId, id));
  }

  page(workspaceId: WorkspaceId, page: PageRequest): Promise<Page<Domain>> {
    return this.domains.page(workspaceId, {}, page);
  }

  async update(author: Author, id: string, input: UpdateDomainRequest): Promise<Domain> {
    const { workspaceId } = author;
    const { isPrimary: _, ...fields } = input;
    const problems = this.problemsOf(fields);
    if (problems.length > 0) throw ProblemException.invalid(...problems);
    try {
      const after = await this.domains.inTransaction((tx) => this.change(author, id, input, tx));
      // Repeated when the domain is case-sensitive already: the process may have ended before this step last time.
      const links = this.ports.get(LINKS_OF_DOMAINS);
      if (fields.caseSensitive === true) await links.makeSlugsCaseSensitive(workspaceId, after.hostname);
      return after;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const detail = 'Another request has made a different domain the primary one. Read the list again.';
      throw new ProblemException('conflict', detail);
    } finally {
      await this.domainCache.refresh().catch(() => undefined); // the next poll will see the change
    }
  }

  /** Deletes a domain. Its links are kept, and are served again when the workspace proves the hostname again. */
  async delete(author: Author, id: string): Promise<void> {
    const { workspaceId } = author;
    await this.domains.inTransaction(async (tx) => {
      const { hostname, status } = orMissing(await this.domains.findById(workspaceId, id, tx));
      if (hostname === this.publicUrl.hostname && status === 'verified') throw isPublicHost();
      if (!(await this.domains.deleteById(workspaceId, id, tx))) throw ProblemException.notFound('domain');
      await this.audit.record(author, { action: 'domain.deleted', objectId: id, before: { hostname } }, tx);
    });
    await this.domainCache.refresh().catch(() => undefined);
  }

  /** Makes PUBLIC_URL's host a verified domain of this workspace, unless the host belongs to one already. */
  async claimPublicHost(workspaceId: WorkspaceId): Promise<void> {
    const { hostname } = this.publicUrl;
    if (await this.domainReadModel.findVerified(hostname)) return;
    const now = new Date();
    try {
      const vouched = { status: 'verified', verifiedAt: now, updatedAt: now } as const;
      const claimed = { $set: vouched, $unset: { nextCheckAt: 1, lostAt: 1 } };
      if (await this.domains.updateOne(workspaceId, { hostname } as Within<Domain>, claimed)) return;
      await this.domains.insert(workspaceId, { _id: newId('dom'), hostname, createdAt: now, ...vouched });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error; // another instance was faster
    }
  }

  /**
   * Adds the made-up hostname of a demo workspace. It counts as verified by the operator's settings, so that links can be
   * created on it and no DNS server is asked. It is never served.
   * @param hostname a name under `.example`, which RFC 2606 keeps from being registered.
   */
  async createForDemo(workspaceId: WorkspaceId, hostname: string, now: Date): Promise<void> {
    if (!hostname.endsWith('.example')) throw new Error(`${hostname} is not a name for examples`);
    const known = await this.domains.findOne(workspaceId, { hostname } as Within<Domain>);
    if (known !== undefined) return;
    const vouched = { status: 'verified', verifiedAt: now, isDemo: true } as const;
    await this.domains.insert(workspaceId, { _id: newId('dom', now.getTime()), hostname, createdAt: now, ...vouched });
  }

  /**
   * The domain of a new link: the requested one, else the primary one, else PUBLIC_URL's if it is this workspace's, else
   * the oldest. `undefined` when this workspace has no such domain that is verified and not archived.
   */
  async choose(workspaceId: WorkspaceId, hostname?: string): Promise<ChosenDomain | undefined> {
    const named = hostname === undefined ? {} : { hostname: asHostname(hostname) };
    const open = { status: 'verified', isArchived: { $ne: true }, ...named } as Within<Domain>;
    const verified = await this.domains.findMany(workspaceId, open, undefined, { fields: CHOSEN_FIELDS });
    const oldest = verified.toSorted((a, b) => (a._id < b._id ? -1 : 1))[0];
    const ofPublicUrl = verified.find((domain) => domain.hostname === this.publicUrl.hostname);
    return verified.find(({ isPrimary }) => isPrimary === true) ?? ofPublicUrl ?? oldest;
  }

  /**
   * The workspace that has proved this host, and whose links are served on it.
   * @throws Error when nothing is loaded yet and MongoDB does not answer.
   */
  async findOwner(hostname: string): Promise<WorkspaceId | undefined> {
    return (await this.domainCache.find(hostname))?.workspaceId;
  }

  /** `https://go.brand.com`. For the host of PUBLIC_URL its origin, which may have a port or use HTTP. */
  originOf(hostname: string): string {
    return hostname === this.publicUrl.hostname ? this.publicUrl.origin : `https://${hostname}`;
  }

  /** Stores the change and its audit entry. @throws ProblemException when the change is not allowed. */
  private async change(author: Author, id: string, input: UpdateDomainRequest, tx: Transaction): Promise<Domain> {
    const { workspaceId } = author;
    const { isPrimary, ...fields } = input;
    const before = orMissing(await this.domains.findById(workspaceId, id, tx));
    const isArchived = fields.isArchived ?? before.isArchived ?? false;
    if (isPrimary === true && (before.status !== 'verified' || isArchived)) throw notForNewLinks();
    if (fields.caseSensitive === false && before.caseSensitive !== false) await this.refuseCapitals(before);
    const set = {
      ...toStored(fields),
      ...((isArchived || isPrimary === false) && { isPrimary: false }),
      updatedAt: new Date(),
    };
    let after = await this.domains.updateById(workspaceId, id, { $set: set }, tx);
    if (after !== undefined && isPrimary === true) {
      after = await this.domains.setPrimary(workspaceId, id, tx);
      if (after === undefined) throw notForNewLinks();
    }
    const changed = orMissing(after);
    const views = { before: auditView(before), after: auditView(changed) };
    await this.audit.record(author, { action: 'domain.updated', objectId: id, ...views }, tx);
    return changed;
  }

  /** Without case, slugs are looked up in lower case, and slugs with capital letters would not be found. */
  private async refuseCapitals({ workspaceId, hostname }: Domain): Promise<void> {
    if (!(await this.ports.get(LINKS_OF_DOMAINS).hasCapitals(workspaceId, hostname))) return;
    const detail =
      'Links on this domain have slugs with capital letters, which would no longer be found. ' +
      'Rename or delete these links first, then set caseSensitive to false.';
    throw new ProblemException('conflict', detail);
  }

  private problemsOf(fields: DomainFields): FieldProblem[] {
    return [...this.urlProblems(fields), ...appFileProblems(fields)];
  }

  private urlProblems(fields: Partial<Pick<DomainFields, (typeof URL_FIELDS)[number]>>): FieldProblem[] {
    return URL_FIELDS.flatMap((path) => {
      const url = fields[path];
      const problem = typeof url === 'string' ? this.destinations.problemOfPage(url) : undefined;
      return problem === undefined ? [] : [{ path, ...problem }];
    });
  }
}

/** Validated fields as they are stored. URLs get the ASCII form of a `Location` header. */
function toStored<T extends DomainFields>({ appleAppSiteAssociation, assetLinks, ...fields }: T): Partial<Domain> {
  const urls = URL_FIELDS.flatMap((name) => {
    const url = fields[name];
    return typeof url === 'string' ? [[name, new URL(url).href]] : [];
  });
  const files = toAppFileTexts({ appleAppSiteAssociation, assetLinks });
  return { ...definedOnly(fields), ...Object.fromEntries(urls), ...files };
}

function orMissing(domain: Domain | undefined): Domain {
  if (domain === undefined) throw ProblemException.notFound('domain');
  return domain;
}

function isPublicHost(): ProblemException {
  const detail = 'This is the host of PUBLIC_URL. Archive it, so that it gets no new links, or change that setting.';
  return new ProblemException('conflict', detail);
}

function notForNewLinks(): ProblemException {
  const detail = 'Only a domain that is verified and not archived can be the primary one.';
  return new ProblemException('conflict', detail);
}

/** The audit view of a domain: the fields that people set. */
function auditView({
  isPrimary,
  rootUrl,
  notFoundUrl,
  expiredUrl,
  caseSensitive,
  robots,
  isArchived,
  title,
  appleAppSiteAssociation,
  assetLinks,
}: Domain): object {
  const urls = { rootUrl, notFoundUrl, expiredUrl };
  return { isPrimary, ...urls, caseSensitive, robots, isArchived, title, appleAppSiteAssociation, assetLinks };
}
