import type { RestrictedAuthor } from '../../workspaces/caller.js';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { PROBLEM_TITLES, ProblemException } from '../../platform/http/problems/problem.js';
import { limitedLog } from '../../platform/logging/limited-log.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { isUnavailable } from '../../platform/mongo/mongo-errors.js';
import { LinkPresenter } from '../link-presenter.service.js';
import { CreateLinkRequest, UpdateLinkRequest } from '../links.dto.js';
import { LinksService } from '../links.service.js';
import { validateLink } from '../write/validate-link.js';
import type { BulkResponse, BulkResultResponse, BulkUpdateRequest } from './link-bulk.dto.js';

/** Creates, changes or deletes many links, one after the other. A failure of one does not stop the others. */
@Injectable()
export class LinkBulk {
  constructor(
    private readonly links: LinksService,
    private readonly presenter: LinkPresenter,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  create(author: RestrictedAuthor, items: readonly unknown[]): Promise<BulkResponse> {
    return this.each(items, async (item) => {
      const input = await validateLink(CreateLinkRequest, item);
      return { status: 201, link: this.presenter.fresh(await this.links.create(author, input)) };
    });
  }

  update(author: RestrictedAuthor, request: BulkUpdateRequest): Promise<BulkResponse> {
    return this.each(toItems(request), async ({ reference, changes }) => {
      const input = await validateLink(UpdateLinkRequest, changes);
      const link = await this.links.update(author, reference, input);
      return { status: 200, link: await this.presenter.one(author.workspaceId, link) };
    });
  }

  delete(author: RestrictedAuthor, references: readonly string[]): Promise<BulkResponse> {
    return this.each(references, async (reference) => {
      await this.links.delete(author, reference);
      return { status: 204 };
    });
  }

  /** Takes back deletions of the last 30 days. */
  restore(author: RestrictedAuthor, references: readonly string[]): Promise<BulkResponse> {
    return this.each(references, async (reference) => {
      const link = await this.links.restore(author, reference);
      return { status: 200, link: await this.presenter.one(author.workspaceId, link) };
    });
  }

  private async each<T>(items: readonly T[], act: (item: T) => Promise<BulkResultResponse>): Promise<BulkResponse> {
    const results: BulkResultResponse[] = [];
    let isDatabaseAway = false;
    for (const item of items) {
      // While MongoDB is away, the remaining items fail at once instead of waiting one by one.
      const result: BulkResultResponse = isDatabaseAway
        ? UNAVAILABLE
        : await act(item).catch((error: unknown) => this.failed(error));
      isDatabaseAway = result.status === UNAVAILABLE.status;
      results.push(result);
      await new Promise((resolve) => setImmediate(resolve)); // let other requests run
    }
    return { results };
  }

  private failed(error: unknown): BulkResultResponse {
    if (error instanceof ProblemException) {
      const { code, detail, errors } = error;
      const title = PROBLEM_TITLES[code];
      return { status: error.getStatus(), error: { code, title, detail, ...(errors && { errors }) } };
    }
    limitedLog(this.logger).error({ err: error }, 'bulk operation failed for one link; continuing with the next');
    if (isUnavailable(error)) return UNAVAILABLE;
    const detail = 'Try this one again. The log of the server has the cause.';
    return { status: 500, error: { code: 'internal_error', title: PROBLEM_TITLES.internal_error, detail } };
  }
}

const UNAVAILABLE: BulkResultResponse = {
  status: 503,
  error: {
    code: 'unavailable',
    title: PROBLEM_TITLES.unavailable,
    detail: 'The database does not answer; try this one again in a few seconds.',
  },
};

/** References of the selected links, in the order of the request. */
export function selected({ ids, externalIds }: { ids?: string[]; externalIds?: string[] }): string[] {
  if ((ids === undefined) === (externalIds === undefined)) {
    throw ProblemException.invalid({ path: 'ids', code: 'required', message: 'give either ids or externalIds' });
  }
  return ids ?? (externalIds ?? []).map((externalId) => `ext_${externalId}`);
}

function toItems(request: BulkUpdateRequest): { reference: string; changes: unknown }[] {
  const { items, changes } = request;
  if (items === undefined) {
    const references = selected(request);
    if (changes !== undefined) return references.map((reference) => ({ reference, changes }));
    throw ProblemException.invalid({ path: 'changes', code: 'required', message: 'give the changes' });
  }
  if (changes !== undefined || request.ids !== undefined || request.externalIds !== undefined) {
    const message = 'give either items, or ids or externalIds with changes';
    throw ProblemException.invalid({ path: 'items', code: 'one_of', message });
  }
  return items.map((item) => {
    const { id, ...rest } = (item ?? {}) as { id?: unknown };
    return { reference: typeof id === 'string' ? id : '', changes: rest };
  });
}
