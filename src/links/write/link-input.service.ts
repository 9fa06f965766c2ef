import { Injectable } from '@nestjs/common';
import { DomainsService } from '../../domains/domains.service.js';
import type { Network } from '../../networks/network.schema.js';
import { NetworksService } from '../../networks/networks.service.js';
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
    const { utm, problems } = await this.utmTemplates.resolve(workspaceId, request);
    const input = { ...request, url: builtUrl({ ...request, utm }) ?? request.url };
    const [domain, network, urlProblems, stored] = await Promise.all([
      this.domains.choose(workspaceId, input.domain),
      this.findNetwork(workspaceId, input.networkId),
      this.urls.problems(input),
      this.toStored(workspaceId, input, new Date()),
    ]);
    refuse(
      ...(domain ? [] : [noSuchDomain(input.domain)]),
      ...(network === 'unknown' ? [NO_SUCH_NETWORK] : []),
      ...problems,
      ...urlProblems,
      ...periodProblems({ ...before, ...stored }, input),
    );
    if (!domain || network === 'unknown') throw ProblemException.invalid(noSuchDomain(input.domain));
    const { clickIdParam, url } = input;
    const fields = {
      ...stored,
      url: stored.url ?? url,
      hostname: domain.hostname,
      tags: stored.tags ?? [],
      clickIdParam: clickIdParam === undefined ? (network?.clickIdParam ?? DEFAULT_CLICK_ID_PARAM) : clickIdParam,
      forwardQuery: input.forwardQuery ?? 'fill',
      redirectStatus: input.redirectStatus ?? 302,
      paused: input.paused ?? false,
      live: true,
    } as const;
    return { fields, slug: input.slug?.normalize('NFC'), isCaseSensitive: this.addresses.isCaseSensitive(domain) };
  }

  /**
   * Checks what does not depend on the link: URLs, the network and the UTM template, which it fills in.
   * @throws ProblemException 422.
   */
  async checked(workspaceId: WorkspaceId, input: UpdateLinkRequest): Promise<UpdateLinkRequest> {
    const { utm, problems } = await this.utmTemplates.resolve(workspaceId, input);
    const url = builtUrl({ ...input, utm });
    const filled = { ...input, utm, ...(url !== undefined && { url }) };
    const [network, urlProblems] = await Promise.all([
      this.findNetwork(workspaceId, filled.networkId),
      this.urls.problems(filled),
    ]);
    refuse(...problems, ...(network === 'unknown' ? [NO_SUCH_NETWORK] : []), ...urlProblems);
    return filled;
  }

  /**
   * @param input as `checked` returns it.
   * @throws ProblemException 422 when the link would contradict itself, or has too many former slugs.
   */
  async toChanges(workspaceId: WorkspaceId, before: Link, input: UpdateLinkRequest): Promise<LinkChanges> {
    const now = new Date();
    const url = input.url ?? builtUrl(input, before.url);
    if (url !== input.url) refuse(...(await this.urls.problems({ url })));
    const changes = {
      ...(await this.toStored(workspaceId, { ...input, ...(url !== undefined && { url }) }, now)),
      ...(input.slug !== undefined && (await this.toSlugChange(workspaceId, before, input.slug, input.keepOldSlug))),
      updatedAt: now,
    };
    const after = { ...before, ...changes };
    refuse(...cloakProblems(after, input), ...periodProblems(after, input));
    return { ...changes, ...this.urls.suspension(after, now) };
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
    const change = changedSlug(before, slug.normalize('NFC'), keepsOld, keyOf);
    if (change.formerSlugs.length > MAX_FORMER_SLUGS) throw ProblemException.invalid(TOO_MANY_FORMER_SLUGS);
    return change;
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
