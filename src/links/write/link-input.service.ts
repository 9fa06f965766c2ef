import { Injectable } from '@nestjs/common';
import { type ChosenDomain, DomainsService } from '../../domains/domains.service.js';
import type { Network } from '../../networks/network.schema.js';
import { NetworksService } from '../../networks/networks.service.js';
import { definedOnly } from '../../platform/collections/defined-only.js';
import { type FieldProblem, ProblemException } from '../../platform/http/problems/problem.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { WorkspaceSettingsService } from '../../workspaces/settings/workspace-settings.service.js';
import type { Link } from '../link.schema.js';
import type { CreateLinkRequest, UpdateLinkRequest } from '../links.dto.js';
import { PasswordHasher } from '../password/password-hasher.service.js';
import {
  builtUrl,
  changedSlug,
  MAX_FORMER_SLUGS,
  NO_SUCH_NETWORK,
  noSuchDomain,
  periodProblems,
  type SlugChange,
  toLinkInput,
  TOO_MANY_FORMER_SLUGS,
} from '../rules/link-input.js';
import { UtmTemplates } from '../utm-templates/utm-templates.service.js';
import { LinkAddresses } from './link-addresses.service.js';
import { cloakProblems, LinkUrlPolicy } from './link-url-policy.service.js';

const DEFAULT_CLICK_ID_PARAM = 'click_id';

/** A new link as it is to be stored, but for its slug. */
export interface NewLink {
  fields: Omit<Link, '_id' | 'workspaceId' | 'slug' | 'slugKeys' | 'number' | 'createdAt' | 'updatedAt'>;
  /** The slug that was asked for; without one, a random slug is chosen. */
  slug: string | undefined;
  isCaseSensitive: boolean;
}

/** A request for a new link, checked. */
export interface NewLinkReading {
  /** Absent without a domain or a destination. With problems, it must not be stored. */
  link: NewLink | undefined;
  problems: FieldProblem[];
  clickIdParam: string | null;
  domain: ChosenDomain | undefined;
}

/** A request for a link that may not have its destination yet. */
export type DraftRequest = Omit<CreateLinkRequest, 'url'> & { url?: string };

export type LinkChanges = Partial<Link> & { updatedAt: Date };

/** Turns requests into the fields that are stored, and refuses those that no link may have. Stores nothing. */
@Injectable()
export class LinkInputService {
  constructor(
    private readonly addresses: LinkAddresses,
    private readonly domains: DomainsService,
    private readonly networks: NetworksService,
    private readonly urls: LinkUrlPolicy,
    private readonly passwords: PasswordHasher,
    private readonly utmTemplates: UtmTemplates,
    private readonly settings: WorkspaceSettingsService,
  ) {}

  /**
   * @param before the link that the request would change, if there is one.
   * @throws ProblemException 422 with all problems of the request.
   */
  async toNewLink(workspaceId: WorkspaceId, request: CreateLinkRequest, before?: Link): Promise<NewLink> {
    const { link, problems } = await this.readNewLink(workspaceId, request, before);
    refuse(...problems);
    if (link === undefined) throw ProblemException.invalid(noSuchDomain(request.domain));
    return link;
  }

  /** Like `toNewLink`, but returns the problems. The destination may be missing. */
  async readNewLink(workspaceId: WorkspaceId, request: DraftRequest, before?: Link): Promise<NewLinkReading> {
    const { utm, problems: templateProblems } = await this.utmTemplates.resolve(workspaceId, request);
    const input = { ...request, url: builtUrl({ ...request, utm }) ?? request.url };
    const [domain, network, urlProblems, stored] = await Promise.all([
      this.domains.choose(workspaceId, input.domain),
      this.findNetwork(workspaceId, input.networkId),
      this.urls.problems(input),
      this.toStored(workspaceId, definedOnly(input) as UpdateLinkRequest, new Date()),
    ]);
    const problems = [
      ...(domain ? [] : [noSuchDomain(input.domain)]),
      ...(network === 'unknown' ? [NO_SUCH_NETWORK] : []),
      ...templateProblems,
      ...urlProblems,
      ...periodProblems({ ...before, ...stored }, input),
    ];
    const ofNetwork = network === 'unknown' ? undefined : network?.clickIdParam;
    const clickIdParam = input.clickIdParam === undefined ? (ofNetwork ?? DEFAULT_CLICK_ID_PARAM) : input.clickIdParam;
    const url = stored.url ?? input.url;
    if (!domain || url === undefined) return { link: undefined, problems, clickIdParam, domain };
    const fields = {
      ...stored,
      url,
      hostname: domain.hostname,
      tags: stored.tags ?? [],
      clickIdParam,
      forwardQuery: input.forwardQuery ?? 'fill',
      redirectStatus: input.redirectStatus ?? 302,
      paused: input.paused ?? false,
      live: true,
    } as const;
    const isCaseSensitive = this.addresses.isCaseSensitive(domain);
    const link = { fields, slug: input.slug?.normalize('NFC'), isCaseSensitive };
    return { link, problems, clickIdParam, domain };
  }

  /**
   * Checks what does not depend on the link: URLs, the network and the UTM template, which it fills in.
   * @throws ProblemException 422.
   */
  async checked(workspaceId: WorkspaceId, input: UpdateLinkRequest): Promise<UpdateLinkRequest> {
    const { filled, problems } = await this.readRequest(workspaceId, input);
    refuse(...problems);
    return filled;
  }

  /**
   * @param input as `checked` returns it.
   * @throws ProblemException 422 when the link would contradict itself, or has too many former slugs.
   */
  async toChanges(workspaceId: WorkspaceId, before: Link, input: UpdateLinkRequest): Promise<LinkChanges> {
    const { changes, problems } = await this.readOwnChanges(workspaceId, before, input);
    refuse(...problems);
    return changes;
  }

  /** Like `checked` and then `toChanges`, but returns the problems of both. */
  async readChanges(
    workspaceId: WorkspaceId,
    before: Link,
    request: UpdateLinkRequest,
  ): Promise<{ changes: LinkChanges; problems: FieldProblem[] }> {
    const { filled, problems } = await this.readRequest(workspaceId, request);
    const read = await this.readOwnChanges(workspaceId, before, filled);
    return { changes: read.changes, problems: [...problems, ...read.problems] };
  }

  private async readRequest(
    workspaceId: WorkspaceId,
    input: UpdateLinkRequest,
  ): Promise<{ filled: UpdateLinkRequest; problems: FieldProblem[] }> {
    const { utm, problems } = await this.utmTemplates.resolve(workspaceId, input);
    const url = builtUrl({ ...input, utm });
    const filled = { ...input, utm, ...(url !== undefined && { url }) };
    const [network, urlProblems] = await Promise.all([
      this.findNetwork(workspaceId, filled.networkId),
      this.urls.problems(filled),
    ]);
    return { filled, problems: [...problems, ...(network === 'unknown' ? [NO_SUCH_NETWORK] : []), ...urlProblems] };
  }

  private async readOwnChanges(
    workspaceId: WorkspaceId,
    before: Link,
    input: UpdateLinkRequest,
  ): Promise<{ changes: LinkChanges; problems: FieldProblem[] }> {
    const now = new Date();
    const url = input.url ?? builtUrl(input, before.url);
    const urlProblems = url === input.url ? [] : await this.urls.problems({ url });
    const slugChange =
      input.slug !== undefined && (await this.toSlugChange(workspaceId, before, input.slug, input.keepOldSlug));
    const changes = {
      ...(await this.toStored(workspaceId, { ...input, ...(url !== undefined && { url }) }, now)),
      ...slugChange,
      updatedAt: now,
    };
    const after = { ...before, ...changes };
    const tooMany = (after.formerSlugs ?? []).length > MAX_FORMER_SLUGS && slugChange ? [TOO_MANY_FORMER_SLUGS] : [];
    const problems = [...urlProblems, ...tooMany, ...cloakProblems(after, input), ...periodProblems(after, input)];
    return { changes: { ...changes, ...this.urls.suspension(after, now) }, problems };
  }

  /** @returns `undefined`: the password stays as it is. `null`: the link has none. */
  async hashPassword(password: string | null | undefined): Promise<string | null | undefined> {
    return typeof password === 'string' ? this.passwords.hash(password) : password;
  }

  /** The time zone is looked up only for requests with times. */
  private async toStored(workspaceId: WorkspaceId, input: UpdateLinkRequest, now: Date): Promise<Partial<Link>> {
    const hasTimes = typeof input.startsAt === 'string' || typeof input.expiresAt === 'string';
    const { timezone } = hasTimes ? await this.settings.of(workspaceId) : { timezone: 'UTC' };
    return toLinkInput(input, now, timezone);
  }

  private async toSlugChange(
    workspaceId: WorkspaceId,
    before: Link,
    slug: string,
    keepsOld = false,
  ): Promise<SlugChange> {
    const isCaseSensitive = await this.addresses.isCaseSensitiveOn(workspaceId, before.hostname);
    const keyOf = (text: string): string => this.addresses.keyOf(text, isCaseSensitive);
    return changedSlug(before, slug.normalize('NFC'), keepsOld, keyOf);
  }

  private async findNetwork(
    workspaceId: WorkspaceId,
    id: string | null | undefined,
  ): Promise<Network | 'unknown' | undefined> {
    if (id === undefined || id === null) return undefined;
    return (await this.networks.find(workspaceId, id)) ?? 'unknown';
  }
}

function refuse(...problems: FieldProblem[]): void {
  if (problems.length > 0) throw ProblemException.invalid(...problems);
}
