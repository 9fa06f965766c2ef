import { Injectable } from '@nestjs/common';
import { type FieldProblem, ProblemException } from '../../platform/http/problems/problem.js';
import { SequenceRepository } from '../../platform/mongo/sequence.repository.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Viewer } from '../../workspaces/caller.js';
import { limitsProblem } from '../../workspaces/restrictions/rules/link-limits.js';
import { LinkLookup } from '../link-lookup.service.js';
import { LinkPresenter } from '../link-presenter.service.js';
import type { Link } from '../link.schema.js';
import { CreateLinkRequest, DraftLinkFields, UpdateLinkRequest } from '../links.dto.js';
import { LinksRepository } from '../links.repository.js';
import { randomSlug, slugProblem } from '../rules/slug.js';
import { slugSuggestions } from '../rules/slug-suggestions.js';
import type { LinkWarning } from '../rules/warnings/link-warning.js';
import { linkWarnings } from '../rules/warnings/link-warnings.js';
import { LinkAddresses } from './link-addresses.service.js';
import { EXTERNAL_ID_TAKEN, SLUG_TAKEN } from './link-conflicts.js';
import { LinkInputService } from './link-input.service.js';
import { validateLink } from './validate-link.js';

/** The id of a link that is not stored. It is always the same, so that a visitor gets the same variant each time. */
const DRAFT_ID = 'lnk_00000000000000000000';
/** Stands for the hash of a password that is not stored. */
const DRAFT_PASSWORD = 'draft';

/** A link that is being written, and what its creation or change would answer. */
export interface LinkDraft {
  /** The link as it would be stored. Absent without a valid destination and domain. */
  link: Link | undefined;
  shortUrl: string | null;
  slug: DraftSlug;
  clickIdParam: string | null;
  problems: FieldProblem[];
  warnings: LinkWarning[];
}

export interface DraftSlug {
  value: string;
  /** `null`: not known, because the domain is not one of the workspace. */
  free: boolean | null;
  suggestion: string | null;
}

/** The fields of a request without those that are not valid, and the problems of those. */
interface ReadableFields<T> {
  request: T;
  problems: FieldProblem[];
}

/** Where a draft would be found. */
interface DraftAddress {
  hostname: string | undefined;
  isCaseSensitive: boolean;
}

/** Reads links that are being written, with the rules of creation and change. Stores nothing, and hashes no password. */
@Injectable()
export class LinkDraftService {
  constructor(
    private readonly lookup: LinkLookup,
    private readonly links: LinksRepository,
    private readonly inputs: LinkInputService,
    private readonly addresses: LinkAddresses,
    private readonly presenter: LinkPresenter,
    private readonly sequences: SequenceRepository,
  ) {}

  /**
   * @param fields as for `POST /api/v1/links`, or with `linkId` as for `PATCH /api/v1/links/{id}`.
   * @throws ProblemException 404
   */
  async read(viewer: Viewer, fields: unknown, linkId?: string): Promise<LinkDraft> {
    if (linkId === undefined) return this.readNew(viewer, fields);
    return this.readChange(viewer, fields, await this.lookup.get(viewer, linkId));
  }

  private async readNew(viewer: Viewer, fields: unknown): Promise<LinkDraft> {
    const { workspaceId } = viewer;
    const { request, problems } = await readable(CreateLinkRequest, DraftLinkFields, fields);
    const reading = await this.inputs.readNewLink(workspaceId, request);
    const { link, clickIdParam } = reading;
    // A domain that is not valid was left out, and the default one is not meant.
    const domain = problems.some(({ path }) => path === 'domain') ? undefined : reading.domain;
    const isCaseSensitive = domain === undefined || this.addresses.isCaseSensitive(domain);
    const address = { hostname: domain?.hostname, isCaseSensitive };
    const slug = await this.slugOf(workspaceId, fields, address);
    const all = [
      ...problems,
      ...reading.problems,
      ...(await this.conflicts(workspaceId, request, slug)),
      ...limitProblems(viewer, { tags: request.tags ?? [], campaign: request.campaign }),
    ];
    const now = new Date();
    const identity = { _id: DRAFT_ID, workspaceId, number: 0, slug: slug.value, slugKeys: [] };
    const draft = link && { ...link.fields, ...withPassword(request), ...identity, createdAt: now, updatedAt: now };
    return this.toDraft(domain && draft, { slug, clickIdParam, problems: all, ...address });
  }

  private async readChange(viewer: Viewer, fields: unknown, before: Link): Promise<LinkDraft> {
    const { workspaceId } = viewer;
    const { request, problems } = await readable(UpdateLinkRequest, UpdateLinkRequest, fields);
    const { changes, problems: further } = await this.inputs.readChanges(workspaceId, before, request);
    const { hostname } = before;
    const isCaseSensitive = await this.addresses.isCaseSensitiveOn(workspaceId, hostname);
    const slug = await this.slugOf(workspaceId, fields, { hostname, isCaseSensitive }, before);
    const after = { ...before, ...changes, ...withPassword(request) };
    const all = [
      ...problems,
      ...further,
      ...(await this.conflicts(workspaceId, request, slug, before)),
      ...limitProblems(viewer, after),
    ];
    return this.toDraft(after, { slug, clickIdParam: after.clickIdParam, problems: all, hostname });
  }

  private toDraft(
    link: Link | undefined,
    { hostname, ...rest }: Pick<LinkDraft, 'slug' | 'clickIdParam' | 'problems'> & Pick<DraftAddress, 'hostname'>,
  ): LinkDraft {
    const isUsable = !rest.problems.some(({ path }) => path === 'url');
    const shortUrl = hostname === undefined ? null : this.presenter.shortUrl(hostname, rest.slug.value);
    const warnings = link === undefined ? [] : linkWarnings(link, { now: new Date() });
    return { ...rest, shortUrl, warnings, link: isUsable ? link : undefined };
  }

  private async slugOf(
    workspaceId: WorkspaceId,
    fields: unknown,
    { hostname, isCaseSensitive }: DraftAddress,
    before?: Link,
  ): Promise<DraftSlug> {
    const { slug: given } = fields as { slug?: unknown };
    if (given === undefined) {
      const value = before?.slug ?? randomSlug(await this.sequences.current('link'), isCaseSensitive);
      return { value, free: hostname === undefined ? null : true, suggestion: null };
    }
    const value = typeof given === 'string' ? given.normalize('NFC') : '';
    if (slugProblem(value) !== undefined) return { value, free: false, suggestion: null };
    if (hostname === undefined) return { value, free: null, suggestion: null };
    const keyOf = (slug: string): string => this.addresses.keyOf(slug, isCaseSensitive);
    const taken = await this.takenKeys(workspaceId, hostname, [keyOf(value)], before);
    if (taken.size === 0) return { value, free: true, suggestion: null };
    const suggestions = slugSuggestions(value).filter((slug) => slugProblem(slug) === undefined);
    const takenToo = await this.takenKeys(workspaceId, hostname, suggestions.map(keyOf), before);
    return { value, free: false, suggestion: suggestions.find((slug) => !takenToo.has(keyOf(slug))) ?? null };
  }

  /** Those of the keys under which another link is found. */
  private async takenKeys(
    workspaceId: WorkspaceId,
    hostname: string,
    keys: string[],
    before: Link | undefined,
  ): Promise<ReadonlySet<string>> {
    const filter = { hostname, slugKeys: { $in: keys }, live: true };
    const found = await this.links.findMany(workspaceId, filter, undefined, { fields: ['_id', 'slugKeys'] });
    return new Set(found.flatMap(({ _id, slugKeys }) => (_id === before?._id ? [] : slugKeys)));
  }

  private async conflicts(
    workspaceId: WorkspaceId,
    { externalId }: DraftLinkFields,
    slug: DraftSlug,
    before?: Link,
  ): Promise<FieldProblem[]> {
    const named = externalId ? await this.lookup.findByExternalId(workspaceId, externalId) : undefined;
    const isTaken = slug.free === false && slugProblem(slug.value) === undefined;
    return [
      ...(isTaken ? [toProblem('slug', SLUG_TAKEN())] : []),
      ...(named !== undefined && named._id !== before?._id ? [toProblem('externalId', EXTERNAL_ID_TAKEN())] : []),
    ];
  }
}

/** Validates the fields by the class of a finished request, and reads those that are valid by the other class. */
async function readable<T extends object>(
  finished: new () => object,
  unfinished: new () => T,
  fields: unknown,
): Promise<ReadableFields<T>> {
  const problems = await validateLink(finished, fields).then(() => [], problemsOf);
  const bad = new Set(problems.map(({ path }) => path.split('.')[0]));
  const good = Object.fromEntries(Object.entries(fields ?? {}).filter(([name]) => !bad.has(name)));
  return { request: await validateLink(unfinished, good), problems };
}

function problemsOf(error: unknown): FieldProblem[] {
  if (error instanceof ProblemException && error.errors !== undefined) return error.errors;
  throw error;
}

function toProblem(path: string, { code, detail }: ProblemException): FieldProblem {
  return { path, code, message: detail };
}

function limitProblems({ restrictions }: Viewer, link: Parameters<typeof limitsProblem>[1]): FieldProblem[] {
  const message = limitsProblem(restrictions.linkLimits, link);
  return message === undefined ? [] : [{ path: 'tags', code: 'forbidden', message }];
}

function withPassword({ password }: DraftLinkFields): Pick<Link, 'passwordHash'> {
  if (password === undefined) return {};
  return { passwordHash: password === null ? null : DRAFT_PASSWORD };
}
