import type { Test } from 'supertest';
import { expect } from 'vitest';
import { ClickIdService } from '../../../src/clicks/click-id.service.js';
import type { ImportResponse, ImportRowListResponse } from '../../../src/conversions/import/imports.dto.js';
import { eventually } from '../eventually.js';
import type { TestApp } from '../test-app.js';

/** Rows as a file. */
export const lines = (...rows: string[]): string => `${rows.join('\r\n')}\r\n`;

/** Imports of one app, as its API tells of them. */
export class ImportClient {
  constructor(readonly app: TestApp) {}

  upload(csv: string, query = '', key = this.app.apiKey): Test {
    return this.app.api('post', `/conversions/import${query}`, key).set('content-type', 'text/csv').send(csv);
  }

  /** Sends a file that must be taken. The place of the one before may be free a moment after its verdict. */
  async start(csv: string, query = '', key = this.app.apiKey): Promise<string> {
    const response = await eventually(
      () => this.upload(csv, query, key),
      ({ status }) => status !== 429,
    );
    expect(response.status, response.text).toBe(202);
    return (response.body as ImportResponse).id;
  }

  async read(id: string, key = this.app.apiKey): Promise<ImportResponse> {
    return (await this.app.api('get', `/conversions/imports/${id}`, key)).body as ImportResponse;
  }

  async newest(): Promise<ImportResponse | undefined> {
    const { body } = await this.app.api('get', '/conversions/imports?limit=1');
    return (body as { data: ImportResponse[] }).data[0];
  }

  ended(id: string, patienceMs = 30_000): Promise<ImportResponse> {
    return eventually(
      () => this.read(id),
      ({ status }) => status !== 'running',
      patienceMs,
    );
  }

  async run(csv: string, query = ''): Promise<ImportResponse> {
    return this.ended(await this.start(csv, query));
  }

  async rows(id: string, query = 'limit=100'): Promise<ImportRowListResponse> {
    return (await this.app.api('get', `/conversions/imports/${id}/rows?${query}`)).body as ImportRowListResponse;
  }

  /** How many conversions there are, of all imports and everything else. */
  conversions(): Promise<number> {
    return this.app.connection.collection('conversions').countDocuments();
  }

  /** How many chunks of a file are kept. */
  chunks(id: string): Promise<number> {
    return this.app.connection
      .collection<{ _id: string }>('conversionImportChunks')
      .countDocuments({ _id: { $regex: `^${id}:` } });
  }

  /** Click ids of a new link, without clicks. */
  async mintedClicks(count: number): Promise<{ linkId: string; clickIds: string[] }> {
    const { id } = await this.app.createLink();
    const link = await this.app.connection.collection<{ _id: string; number: number }>('links').findOne({ _id: id });
    const ids = this.app.app.get(ClickIdService);
    const clickIds = Array.from({ length: count }, (_, i) => ids.mint(link?.number ?? 0, Date.now() - i));
    return { linkId: id, clickIds };
  }
}
