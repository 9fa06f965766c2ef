import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenAPIObject } from '@nestjs/swagger';
import { type Dispatcher, getGlobalDispatcher } from 'undici';

const STREAM_PATIENCE_MS = 100;

export type ApiMethod = 'get' | 'post' | 'patch' | 'delete' | 'put';

/** A route of the OpenAPI document. */
export interface Route {
  method: ApiMethod;
  /** As in the document, e.g. `/api/v1/links/{id}`. */
  path: string;
  /** `GET /api/v1/links/{id}` */
  name: string;
  /** Whether an API key is asked for. A session is taken as well. */
  isClosed: boolean;
  /** Whether only the session of a person is taken. */
  isForPeople: boolean;
}

export interface ApiAnswer {
  status: number;
  type: string;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

export interface ApiCall {
  key?: string | null;
  /** Sent as JSON; a string as it is. */
  body?: unknown;
  headers?: Record<string, string>;
}

/** Speaks to a running server over HTTP as anybody can: every header may be set, and no path is tidied up. */
export class ApiClient {
  constructor(
    readonly baseUrl: string,
    readonly key: string,
  ) {}

  async call(method: string, path: string, { key = this.key, body, headers = {} }: ApiCall = {}): Promise<ApiAnswer> {
    const { origin } = new URL(this.baseUrl);
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await getGlobalDispatcher().request({
      origin,
      path,
      method: method.toUpperCase() as 'GET',
      headers: {
        ...(key !== null && { authorization: `Bearer ${key}` }),
        ...(text !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(text !== undefined && { body: text }),
    });
    const type = String(answer.headers['content-type'] ?? '');
    const received = type.startsWith('text/event-stream') ? await beginningOf(answer.body) : await answer.body.text();
    return { status: answer.statusCode, type, headers: answer.headers, text: received };
  }

  /** @throws Error when it is no success. */
  async json<T>(method: string, path: string, call: ApiCall = {}): Promise<T> {
    const { status, text } = await this.call(method, path, call);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  async document(): Promise<OpenAPIObject> {
    return this.json<OpenAPIObject>('get', '/api/openapi.json');
  }
}

/** An answer without an end: what comes within a moment. */
async function beginningOf(body: Dispatcher.ResponseData['body']): Promise<string> {
  let text = '';
  body.on('error', () => undefined);
  body.setEncoding('utf8').on('data', (piece: string) => (text += piece));
  await sleep(STREAM_PATIENCE_MS);
  body.destroy();
  return text;
}

/** All routes that the document has, those of the API alone. */
export function routesOf(document: OpenAPIObject): Route[] {
  return Object.entries(document.paths)
    .filter(([path]) => path.startsWith('/api/v1/'))
    .flatMap(([path, item]) =>
      Object.entries(item as Record<string, { security?: object[] }>).map(([method, { security = [] }]) => ({
        method: method as ApiMethod,
        path,
        name: `${method.toUpperCase()} ${path}`,
        isClosed: security.some((requirement) => 'bearer' in requirement),
        isForPeople: security.length > 0 && !security.some((requirement) => 'bearer' in requirement),
      })),
    )
    .filter(({ method }) => ['get', 'post', 'patch', 'delete', 'put'].includes(method));
}
