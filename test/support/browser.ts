import type { Browser as Chromium, BrowserContext, CDPSession, Page } from 'playwright-core';
import { launchChromium } from './chromium.js';
import { eventually } from './eventually.js';

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

/** A real Chromium whose visitors are told apart by nothing but their cookies and storage. */
export class Browser {
  private constructor(private readonly chromium: Chromium) {}

  static async start(): Promise<Browser> {
    return new Browser(await launchChromium());
  }

  /** A tab of a new visitor: no cookies, no storage. */
  async newVisitor(): Promise<Tab> {
    return this.newTab(await this.chromium.newContext());
  }

  /** Another tab of the same visitor. */
  async newTab(visitor: BrowserContext): Promise<Tab> {
    const page = await visitor.newPage();
    return Tab.of(page, await visitor.newCDPSession(page));
  }

  close(): Promise<void> {
    return this.chromium.close();
  }
}

/** A tab, and all requests that it has made, beacons too. */
export class Tab {
  readonly requests: SentRequest[] = [];
  readonly reports: PageReport[] = [];

  private constructor(
    private readonly page: Page,
    private readonly session: CDPSession,
  ) {
    // The events of the protocol, because Playwright's own tell of no beacons and not where a line of the log comes from.
    session.on('Network.requestWillBeSent', ({ request }) => this.requests.push(request));
    session.on('Log.entryAdded', ({ entry }) => this.reports.push(entry));
    page.on('pageerror', (error) => this.reports.push({ source: 'error', text: error.stack ?? error.message }));
  }

  static async of(page: Page, session: CDPSession): Promise<Tab> {
    const tab = new Tab(page, session);
    await Promise.all([session.send('Network.enable'), session.send('Log.enable')]);
    return tab;
  }

  get visitor(): BrowserContext {
    return this.page.context();
  }

  /** A command of the DevTools protocol, see https://chromedevtools.github.io/devtools-protocol/. */
  send<T extends object>(method: string, params: object): Promise<T> {
    return this.session.send(method as 'Page.enable', params as never) as Promise<unknown> as Promise<T>;
  }

  /** Opens a URL, and waits until the page and its scripts are loaded. */
  async open(url: string): Promise<void> {
    await this.page.goto(url);
  }

  /** The value of an expression; a promise is waited for. @throws Error when the page leads on to another one meanwhile */
  evaluate<T>(expression: string): Promise<T> {
    return this.page.evaluate<T>(expression);
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

  /** Types into the field with this label, in place of what is there, once it is there. */
  async fill(label: string, text: string): Promise<void> {
    const focus = `(() => { const input = (${findField.toString()})(${JSON.stringify(label)});
      input?.focus(); input?.select(); return input !== undefined; })()`;
    await eventually(
      () => this.attempt(focus),
      (isFocused) => isFocused,
    );
    await this.page.keyboard.insertText(text);
  }

  /** Chooses an option of the list with this label, once it is there. */
  async choose(label: string, value: string): Promise<void> {
    const choose = `(() => { const list = (${findField.toString()})(${JSON.stringify(label)});
      if (list === undefined) return false;
      list.value = ${JSON.stringify(value)};
      list.dispatchEvent(new Event('change', { bubbles: true })); return true; })()`;
    await eventually(
      () => this.attempt(choose),
      (isChosen) => isChosen,
    );
  }

  /** Clicks the first visible button or link with exactly this text, once it is there. */
  async click(text: string): Promise<void> {
    const click = `(${clickOn.toString()})(${JSON.stringify(text)})`;
    await eventually(
      () => this.attempt(click),
      (clicked) => clicked,
    );
  }

  /** Shows the page as on a screen of this width. */
  async show({ width, isDark = false }: { width: number; isDark?: boolean }): Promise<void> {
    await this.page.setViewportSize({ width, height: 800 });
    await this.page.emulateMedia({ colorScheme: isDark ? 'dark' : 'light' });
  }

  /** Whether a page that may be leading on to another one has done something. */
  private attempt(expression: string): Promise<boolean> {
    return this.evaluate<boolean>(expression).catch(() => false);
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

function findField(label: string): object | undefined {
  for (const node of document.querySelectorAll('label,[aria-label]')) {
    if (!node.checkVisibility()) continue;
    if (node.getAttribute('aria-label') === label) return node;
    if (node.textContent === label && node.control) return node.control;
  }
  return undefined;
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
