import { Injectable } from '@nestjs/common';
import { inBatches } from '../../platform/collections/in-batches.js';
import type { Viewer } from '../../workspaces/caller.js';
import { LinkPresenter } from '../link-presenter.service.js';
import type { LinkResponse } from '../links.dto.js';
import { fieldsOf } from '../rules/transfer/export-columns.js';
import type { LinkFilterQuery } from '../list/link-list.dto.js';
import { LinkList } from '../list/link-list.service.js';

const BATCH = 500;

/** All links that a query asks for, for a file. Some hundred at a time are held. */
@Injectable()
export class LinkExport {
  constructor(
    private readonly found: LinkList,
    private readonly presenter: LinkPresenter,
  ) {}

  async *rows(viewer: Viewer, query: LinkFilterQuery): AsyncGenerator<LinkResponse> {
    for await (const batch of inBatches(this.found.stream(viewer, query), BATCH)) {
      yield* await this.presenter.many(viewer.workspaceId, batch);
    }
  }

  /** A JSON list, a line for each link. @param columns the fields that it has; none: all. */
  async *json(rows: AsyncIterable<LinkResponse>, columns: string | undefined): AsyncGenerator<string> {
    let before = '[\n';
    for await (const link of rows) {
      yield before + JSON.stringify(fieldsOf(link, columns));
      before = ',\n';
    }
    yield before === '[\n' ? '[]\n' : '\n]\n';
  }
}
