import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout } from 'node:timers/promises';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchChromium } from './chromium.js';
import { firstOwner } from './people/people.js';
import { PersonClient } from './people/person-client.js';
import { type Options, TestApp } from './test-app.js';

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** On a busy machine Chromium sometimes never answers that it has closed a page. Its window then ends with the browser. */
const CLOSING_MS = 10_000;

export interface View {
  width?: number;
  height?: number;
  isDark?: boolean;
}

export const PHONE: View = { width: 360, height: 740 };

interface DashboardOptions extends Options {
  isUnowned?: boolean;
}

/** A real Chromium before a whole application. One per test file; see `useDashboard`. */
export class Dashboard {
  /** Errors of pages, refused contents and requests to other hosts. Tests end with `expectCleanPages`. */
  readonly faults: string[] = [];
  private readonly contexts: BrowserContext[] = [];
  /** The owner's windows, by their view. They are kept for the whole file, and nothing moves in them: both save time. */
  private readonly ownWindows = new Map<string, BrowserContext>();

  private constructor(
    readonly app: TestApp,
    readonly owner: PersonClient,
    private readonly browser: Browser,
  ) {}

  /** `isUnowned`: a fresh installation, whose owner the test makes. */
  static async start({ isUnowned = false, ...options }: DashboardOptions = {}): Promise<Dashboard> {
    const [app, browser] = await Promise.all([TestApp.start(options), launchChromium()]);
    return new Dashboard(app, isUnowned ? new PersonClient(app.baseUrl) : await firstOwner(app), browser);
  }

  /** A new browser window of a person, or of a visitor who is not signed in. Its caches are empty. */
  async newContext(person: PersonClient | null = this.owner, view: View = {}): Promise<BrowserContext> {
    const context = await this.newWindow(view);
    await this.signIn(context, person);
    this.contexts.push(context);
    return context;
  }

  private async newWindow(
    { width = 1440, height = 900, isDark = false }: View,
    options: BrowserContextOptions = {},
  ): Promise<BrowserContext> {
    const context = await this.browser.newContext({
      ...options,
      baseURL: this.app.baseUrl,
      viewport: { width, height },
      colorScheme: isDark ? 'dark' : 'light',
      hasTouch: width < 500,
      isMobile: width < 500,
      permissions: ['clipboard-read', 'clipboard-write'],
      timezoneId: 'UTC',
      locale: 'en-GB',
    });
    await context.addInitScript(reportRefusals);
    context.on('page', (page) => this.watch(page));
    return context;
  }

  private async signIn(context: BrowserContext, person: PersonClient | null): Promise<void> {
    const cookies = [...(person?.cookies ?? [])].map(([name, value]) => ({ name, value, url: this.app.baseUrl }));
    await context.addCookies(cookies);
  }

  private async ownWindow(view: View): Promise<BrowserContext> {
    const key = JSON.stringify(view);
    const window = this.ownWindows.get(key) ?? (await this.newWindow(view, { reducedMotion: 'reduce' }));
    this.ownWindows.set(key, window);
    if (window.pages().length === 0) await this.signIn(window, this.owner);
    return window;
  }

  /** Opens a page of the dashboard, `path` after `/app`. */
  async open(path: string, view: View = {}): Promise<Page> {
    const page = await (await this.ownWindow(view)).newPage();
    await page.goto(`/app${path}`);
    return page;
  }

  /** Serious and critical findings of axe on the page as it is now. axe is injected past the page's own policy. */
  async findAxeFaults(page: Page): Promise<string[]> {
    const session = await page.context().newCDPSession(page);
    await session.send('Runtime.evaluate', { expression: AXE });
    const result = await session.send('Runtime.evaluate', {
      // Colours that are on their way to others have no contrast of their own yet.
      expression: `Promise.all(document.getAnimations()
        .filter((animation) => animation.effect?.getComputedTiming().endTime < 5000)
        .map((animation) => animation.finished.catch(() => undefined))).then(() => axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)).join(' | '))))`,
      awaitPromise: true,
      returnByValue: true,
    });
    return result.result.value as string[];
  }

  /** Closes all pages, which would go on to listen, and forgets what they have stored. */
  async closePages(): Promise<void> {
    await Promise.all(this.contexts.splice(0).map((context) => endsInTime(context.close())));
    await Promise.all(
      [...this.ownWindows].map(async ([view, window]) => {
        if (!(await endsInTime(this.empty(window)))) this.ownWindows.delete(view);
      }),
    );
  }

  private async empty(window: BrowserContext): Promise<void> {
    const [page, ...others] = window.pages();
    if (page === undefined) return;
    await Promise.all(others.map((other) => other.close()));
    const session = await window.newCDPSession(page);
    await session.send('Storage.clearDataForOrigin', {
      origin: this.app.baseUrl,
      storageTypes: 'cookies,local_storage',
    });
    await page.close();
  }

  expectCleanPages(): void {
    expect(this.faults.splice(0)).toEqual([]);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.app.close();
  }

  private watch(page: Page): void {
    page.on('pageerror', (error) => this.faults.push(`error: ${error.stack ?? error.message}`));
    page.on('console', (message) => {
      const isRefusal = /Content Security Policy|Refused to/.test(message.text());
      const isWarning = message.type() === 'error' && !/status of [45]\d\d/.test(message.text());
      if (isRefusal || isWarning) this.faults.push(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
      const url = new URL(request.url());
      const isOwn = url.origin === this.app.baseUrl || ['data:', 'blob:'].includes(url.protocol);
      if (!isOwn) this.faults.push(`request to ${request.url()}`);
    });
  }
}

/** @returns false when it has not ended after a while. */
function endsInTime(closing: Promise<void>): Promise<boolean> {
  return Promise.race([closing.then(() => true), setTimeout(CLOSING_MS, false, { ref: false })]);
}

/** Runs in each page before its scripts: what the Content-Security-Policy refuses becomes a line of the console. */
function reportRefusals(): void {
  const page = globalThis as unknown as {
    addEventListener: (type: string, listener: (event: Refusal) => void) => void;
  };
  page.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    console.error(`Content Security Policy refused ${violatedDirective} ${blockedURI}`),
  );
}

interface Refusal {
  violatedDirective: string;
  blockedURI: string;
}

/** The dashboard of a test file, started before its tests and closed after them. */
export function useDashboard(options: DashboardOptions = {}): { readonly current: Dashboard } {
  let dashboard: Dashboard | undefined;
  beforeAll(async () => {
    dashboard = await Dashboard.start(options);
  });
  afterEach(async () => dashboard?.closePages());
  afterAll(async () => dashboard?.close());
  return {
    get current(): Dashboard {
      if (dashboard === undefined) throw new Error('the dashboard is not started yet');
      return dashboard;
    },
  };
}
