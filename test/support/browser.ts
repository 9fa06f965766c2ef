import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { eventually } from './eventually.js';

// A browser is driven over the DevTools protocol through a pipe: JSON messages that end with a zero byte, written to its file
// descriptor 3 and read from 4. See https://chromedevtools.github.io/devtools-protocol/.

const FLAGS = [
  '--headless --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-quic --no-first-run'.split(' '),
  '--disable-background-networking --disable-component-update --disable-sync --remote-debugging-pipe'.split(' '),
  '--host-resolver-rules=MAP *.test 127.0.0.1',
].flat();

export interface SentRequest {
  url: string;
  method: string;
  postData?: string;
}

interface Message {
  id?: number;
  sessionId?: string;
  method?: string;
  params?: { request: SentRequest };
  result?: object;
  error?: { message: string };
}

type Settle = (answer: Message) => void;

/** A real Chromium: `CHROMIUM` names one (as `npm test` does), else it is the one on PATH. Hosts in `.test` are this machine. */
export class Browser {
  private readonly waiting = new Map<number, Settle>();
  private readonly requestsOf = new Map<string, SentRequest[]>();
  private lastId = 0;
  private unread = '';

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {
    (child.stdio[4] as Readable).setEncoding('utf8').on('data', (chunk: string) => this.read(chunk));
    (child.stdio[3] as Writable).on('error', () => undefined); // that it has ended is told by 'exit'
    const fail = (message: string): void => {
      for (const settle of this.waiting.values()) settle({ error: { message } });
    };
    child.once('exit', () => fail('the browser has ended'));
    child.once('error', () => {
      rmSync(folder, { recursive: true, force: true });
      fail('no Chromium: install it (apt-get install chromium) or set CHROMIUM to its path');
    });
  }

  static async start(): Promise<Browser> {
    const folder = mkdtempSync(join(tmpdir(), 'hopback-chromium-'));
    const child = spawn(process.env['CHROMIUM'] ?? 'chromium', [...FLAGS, `--user-data-dir=${folder}`], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
      detached: true, // a group of its own, so that all of its processes can be ended
    });
    const browser = new Browser(child, folder);
    await browser.send('Browser.getVersion', {});
    return browser;
  }

  /** A tab of a new visitor: no cookies, no storage. */
  async newVisitor(): Promise<Tab> {
    return this.newTab(
      (await this.send<{ browserContextId: string }>('Target.createBrowserContext', {})).browserContextId,
    );
  }

  /** Another tab of the same visitor. */
  async newTab(visitor: string): Promise<Tab> {
    const target = { url: 'about:blank', browserContextId: visitor };
    const { targetId } = await this.send<{ targetId: string }>('Target.createTarget', target);
    const attached = await this.send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
    const requests: SentRequest[] = [];
    this.requestsOf.set(attached.sessionId, requests);
    const tab = new Tab(this, attached.sessionId, visitor, requests);
    await tab.send('Network.enable', {});
    await tab.send('Page.enable', {});
    return tab;
  }

  send<T extends object>(method: string, params: object, sessionId?: string): Promise<T> {
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, ({ result, error }) => {
        if (error) reject(new Error(`${method}: ${error.message}`));
        else resolve(result as T);
      });
      (this.child.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    process.kill(-(this.child.pid as number), 'SIGKILL');
    await ended;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }

  private read(chunk: string): void {
    const messages = (this.unread + chunk).split('\0');
    this.unread = messages.pop() ?? '';
    for (const message of messages.map((text) => JSON.parse(text) as Message)) {
      if (message.id !== undefined) this.waiting.get(message.id)?.(message);
      else if (message.method === 'Network.requestWillBeSent' && message.params)
        this.requestsOf.get(message.sessionId ?? '')?.push(message.params.request);
    }
  }
}

/** A tab, and all requests that it has made, beacons too. */
export class Tab {
  constructor(
    private readonly browser: Browser,
    private readonly sessionId: string,
    readonly visitor: string,
    readonly requests: readonly SentRequest[],
  ) {}

  send<T extends object>(method: string, params: object): Promise<T> {
    return this.browser.send<T>(method, params, this.sessionId);
  }

  /** Opens a URL, and waits until the page and its scripts are loaded. */
  async open(url: string): Promise<void> {
    const { errorText } = await this.send<{ errorText?: string }>('Page.navigate', { url });
    if (errorText) throw new Error(`${url}: ${errorText}`);
    await eventually(
      () => this.evaluate<string>('document.readyState'),
      (state) => state === 'complete',
    );
  }

  /** The value of an expression; a promise is waited for. */
  async evaluate<T>(expression: string): Promise<T> {
    const parameters = { expression, awaitPromise: true, returnByValue: true };
    type Answer = { result: { value?: unknown; description?: string }; exceptionDetails?: object };
    const { result, exceptionDetails } = await this.send<Answer>('Runtime.evaluate', parameters);
    if (exceptionDetails) throw new Error(`${expression}: ${result.description}`);
    return result.value as T;
  }
}
