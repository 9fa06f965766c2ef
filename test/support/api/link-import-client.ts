import type { Response } from 'supertest';
import { expect } from 'vitest';
import type { LinkResponse } from '../../../src/links/links.dto.js';
import type { LinkImportResponse } from '../../../src/links/transfer/link-import.dto.js';
import type { TestApp } from '../test-app.js';

export const CSV = 'text/csv';
export const JSON_TYPE = 'application/json';

/** Imports of links of one app. */
export class LinkImportClient {
  constructor(readonly app: TestApp) {}

  /** By fetch: supertest would make JSON of bytes. */
  async send(body: string | Buffer, query: string, key: string, type = CSV): Promise<Response> {
    const headers = { authorization: `Bearer ${key}`, 'content-type': type };
    const bytes = new Uint8Array(typeof body === 'string' ? Buffer.from(body) : body);
    const url = `${this.app.baseUrl}/api/v1/links/import${query}`;
    const answer = await fetch(url, { method: 'POST', headers, body: bytes });
    const text = await answer.text();
    const answered = { status: answer.status, text, body: JSON.parse(text) as unknown };
    return { ...answered, headers: Object.fromEntries(answer.headers) } as unknown as Response;
  }

  /** Sends a file that must be taken. */
  async run(body: string | Buffer, query: string, key: string, type = CSV): Promise<LinkImportResponse> {
    const response = await this.send(body, query, key, type);
    expect({ status: response.status, text: response.text }).toMatchObject({ status: 200 });
    return response.body as LinkImportResponse;
  }

  async links(key: string): Promise<LinkResponse[]> {
    const { body } = await this.app.api('get', '/links?archived=all&limit=100', key);
    return (body as { data: LinkResponse[] }).data;
  }
}
