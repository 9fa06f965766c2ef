import { type ApiAnswer, type ApiCall, ApiClient } from '../api/api-client.js';

/** A browser as far as the API sees it: it keeps cookies, and says that its own pages send the requests. */
export class PersonClient {
  readonly cookies = new Map<string, string>();
  private readonly api: ApiClient;

  constructor(readonly baseUrl: string) {
    this.api = new ApiClient(baseUrl, '');
  }

  /** A copy with the same cookies. */
  clone(): PersonClient {
    const copy = new PersonClient(this.baseUrl);
    for (const [name, value] of this.cookies) copy.cookies.set(name, value);
    return copy;
  }

  get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** @param call headers replace those of a browser; an empty one is not sent. */
  async call(method: string, path: string, { headers = {}, ...call }: ApiCall = {}): Promise<ApiAnswer> {
    const all: Record<string, string> = {
      ...(this.cookies.size > 0 && { cookie: this.cookieHeader }),
      'sec-fetch-site': 'same-origin',
      'sec-fetch-mode': 'cors',
      origin: new URL(this.baseUrl).origin,
      host: new URL(this.baseUrl).host,
      ...headers,
    };
    const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
    const answer = await this.api.call(method, path, { key: null, ...call, headers: sent });
    this.keepCookies(answer);
    return answer;
  }

  /** Opens a page as a link or a redirect of another site does. */
  navigate(path: string): Promise<ApiAnswer> {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', origin: '' };
    return this.call('get', path, { headers });
  }

  /** @throws Error when it is no success. */
  async json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const { status, text } = await this.call(method, path, body === undefined ? {} : { body });
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  async status(method: string, path: string, body?: unknown): Promise<number> {
    return (await this.call(method, path, body === undefined ? {} : { body })).status;
  }

  private keepCookies({ headers }: ApiAnswer): void {
    for (const line of [headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/; Max-Age=0(?:;|$)/.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}
