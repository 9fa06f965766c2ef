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

/** A report of a page: an uncaught error, or a line of the browser's log. */
export interface PageReport {
  /** `error` for uncaught errors; else as the DevTools protocol names it: `security`, `network`, … */
  source: string;
  text: string;
}

interface MessageParams {
  request?: SentRequest;
  entry?: PageReport;
  exceptionDetails?: { text: string; exception?: { description?: string } };
}

interface Message {
  id?: number;
  sessionId?: string;
  method?: string;
  params?: MessageParams;
  result?: object;
  error?: { message: string };
}

type Settle = (answer: Message) => void;

/** A real Chromium: `CHROMIUM` names one (as `npm test` does), else it is the one on PATH. Hosts in `.test` are this machine. */
export class Browser {
  private readonly waiting = new Map<number, Settle>();
  private readonly tabs = new Map<string, Tab>();
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
    const tab = new Tab(this, attached.sessionId, visitor);
    this.tabs.set(attached.sessionId, tab);
    for (const domain of ['Network', 'Page', 'Log', 'Runtime']) await tab.send(`${domain}.enable`, {});
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
      else this.tabs.get(message.sessionId ?? '')?.note(message.method ?? '', message.params ?? {});
    }
  }
}

/** A tab, and all requests that it has made, beacons too. */
export class Tab {
  readonly requests: SentRequest[] = [];
  readonly reports: PageReport[] = [];

  constructor(
    private readonly browser: Browser,
    private readonly sessionId: string,
    readonly visitor: string,
  ) {}

  /** Called for each event of the protocol. */
  note(method: string, { request, entry, exceptionDetails }: MessageParams): void {
    if (method === 'Network.requestWillBeSent' && request) this.requests.push(request);
    if (method === 'Log.entryAdded' && entry) this.reports.push(entry);
    if (method === 'Runtime.exceptionThrown' && exceptionDetails) {
      const { text, exception } = exceptionDetails;
      this.reports.push({ source: 'error', text: exception?.description ?? text });
    }
  }

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

  /** Waits until the page shows a text. */
  async waitForText(text: string): Promise<void> {
    await eventually(
      () => this.text().catch(() => ''),
      (shown) => shown.includes(text),
    );
  }

  /** The text that the page shows. */
  text(): Promise<string> {
    return this.evaluate<string>('document.body.innerText');
  }

  /** Types into the field with this label, in place of what is there. */
  async fill(label: string, text: string): Promise<void> {
    await this.evaluate(
      `(() => { const input = (${findField.toString()})(${JSON.stringify(label)}); input.focus(); input.select(); })()`,
    );
    await this.send('Input.insertText', { text });
  }

  /** Chooses an option of the list with this label. */
  async choose(label: string, value: string): Promise<void> {
    await this.evaluate(
      `(() => { const list = (${findField.toString()})(${JSON.stringify(label)}); list.value = ${JSON.stringify(value)};
        list.dispatchEvent(new Event('change', { bubbles: true })); })()`,
    );
  }

  /** Clicks the first visible button or link with exactly this text, once it is there. */
  async click(text: string): Promise<void> {
    const click = `(${clickOn.toString()})(${JSON.stringify(text)})`;
    await eventually(
      () => this.evaluate<boolean>(click),
      (clicked) => clicked,
    );
  }

  /** A picture of the whole page, as PNG. */
  async screenshot(): Promise<Buffer> {
    const { data } = await this.send<{ data: string }>('Page.captureScreenshot', { captureBeyondViewport: true });
    return Buffer.from(data, 'base64');
  }

  /** Shows the page as on a screen of this width. */
  async show({ width, isDark = false }: { width: number; isDark?: boolean }): Promise<void> {
    const metrics = { width, height: 800, deviceScaleFactor: 1, mobile: width < 500 };
    await this.send('Emulation.setDeviceMetricsOverride', metrics);
    const features = [{ name: 'prefers-color-scheme', value: isDark ? 'dark' : 'light' }];
    await this.send('Emulation.setEmulatedMedia', { features });
  }
}

// The source of these functions runs in the page.

interface PageNode {
  querySelectorAll(selector: string): Iterable<PageElement>;
}
declare const document: PageNode;
interface PageElement extends PageNode {
  textContent: string;
  control: object | null;
  disabled?: boolean;
  getAttribute(name: string): string | null;
  checkVisibility(): boolean;
  click(): void;
}

function findField(label: string): object {
  for (const node of document.querySelectorAll('label,[aria-label]')) {
    if (!node.checkVisibility()) continue;
    if (node.getAttribute('aria-label') === label) return node;
    if (node.textContent === label && node.control) return node.control;
  }
  throw new Error(`there is no field "${label}"`);
}

function clickOn(text: string): boolean {
  // A dialog makes the rest of the page inert.
  const [dialog] = document.querySelectorAll('dialog[open]');
  for (const node of (dialog ?? document).querySelectorAll('button, a')) {
    if (node.textContent.trim() !== text || !node.checkVisibility() || node.disabled) continue;
    node.click();
    return true;
  }
  return false;
}
