// Measures what a person waits for in the dashboard: the first load, and scrolling through long lists. The reference is a page of
// as many plain lines in the same browser.
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';
import { createOwnerLink } from '../../dist/people/first-owner/owner-link.js';
import { findBrowser } from '../../scripts/browser.mjs';
import { Hopback } from '../hopback/hopback.mjs';
import { count, progress } from '../support/report.mjs';
import { median } from '../support/statistics.mjs';

const LINKS = 10_000;
const LOG_ROWS = 100_000;
const OWNER = { email: 'owner@brand.example', name: 'Owner', password: 'correct-horse-7-battery' };
const VIEW = { width: 1440, height: 900 };
const SCROLLS = 60;
const SCROLL_PX = 700;
const SCROLL_PAUSE_MS = 60;

/** @param {import('./bench.mjs').Bench} bench */
export async function dashboard(bench) {
  const hopback = await Hopback.start((port) => ({ PUBLIC_URL: `http://localhost:${port}` }));
  await fill(hopback);
  const plain = await startPlainPage();
  const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const cookies = await signUp(browser, hopback);
    const baseUrl = `http://localhost:${hopback.port}`;
    const pages = {
      'links, 10,000 rows': { url: `${baseUrl}/app/links?period=all`, list: 'table' },
      'postbacks, 100,000 rows': { url: `${baseUrl}/app/postbacks?period=all`, list: '[aria-label^="Postbacks"]' },
    };
    const figures = {};
    for (const [name, page] of Object.entries(pages)) {
      const rounds = [];
      for (let round = 0; round < bench.options.rounds; round++) {
        const base = await visit(browser, [], { url: plain.url, list: 'ol' });
        rounds.push({ ours: await visit(browser, cookies, page), base });
        progress(`dashboard, ${name}: round ${round + 1} of ${bench.options.rounds}`);
      }
      figures[name] = rounds;
      report(bench, name, rounds);
    }
    bench.figures.dashboard = figures;
  } finally {
    await browser.close();
    plain.server.close();
    await hopback.stop();
  }
}

/** Links and log entries like those that were made over the API. */
async function fill(hopback) {
  const network = await hopback.api('POST', '/networks', { name: 'Casino', currency: 'EUR' });
  const link = await hopback.api('POST', '/links', { url: 'https://shop.example/lp', networkId: network.id });
  await fetch(`http://127.0.0.1:${hopback.port}/postback/${network.key}?event=ftd&payout=50&txid=T-1`);
  await hopback.database.copyLink(
    link,
    Array.from({ length: LINKS - 1 }, (_, i) => `bench-${i}`),
  );
  await hopback.database.copyPostback(LOG_ROWS - 1);
  progress(`dashboard: ${count(LINKS)} links, ${count(LOG_ROWS)} log entries`);
}

async function signUp(browser, hopback) {
  const publicUrl = `http://localhost:${hopback.port}`;
  const token = new URL(createOwnerLink({ dataDir: hopback.dataDir, publicUrl })).hash.slice(1);
  const context = await browser.newContext();
  const headers = { 'sec-fetch-site': 'same-origin', origin: publicUrl };
  const answer = await context.request.post(`${publicUrl}/api/v1/auth/owner`, { headers, data: { token, ...OWNER } });
  if (!answer.ok()) throw new Error(`the owner could not be made: ${answer.status()} ${await answer.text()}`);
  const cookies = await context.cookies();
  await context.close();
  return cookies;
}

/** Opens a page with an empty cache, waits for its first rows, and scrolls. */
async function visit(browser, cookies, { url, list }) {
  const context = await browser.newContext({ viewport: VIEW });
  await context.addCookies(cookies);
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'commit' });
  await page.locator(list).getByText('bench-').or(page.locator(list).getByText('Rejected')).first().waitFor();
  const rowsMs = await page.evaluate(() => performance.now());
  const paint = await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
  const load = { rowsMs, paintMs: await paint.jsonValue() };
  await page.waitForTimeout(500); // the numbers arrive after the rows
  await page.evaluate(watchFrames);
  await page.locator(list).first().hover();
  for (let i = 0; i < SCROLLS; i++) {
    await page.mouse.wheel(0, SCROLL_PX);
    await page.waitForTimeout(SCROLL_PAUSE_MS);
  }
  const scroll = await page.evaluate(() => globalThis.scrolled());
  await context.close();
  return { ...load, ...scroll };
}

/** Runs in the page: counts frames and long tasks (above 50 ms, https://www.w3.org/TR/longtasks-1/) from now on. */
function watchFrames() {
  const begin = performance.now();
  let [frames, longTasks, longMs] = [0, 0, 0];
  new PerformanceObserver((entries) => {
    for (const { duration } of entries.getEntries()) {
      longTasks++;
      longMs += duration;
    }
  }).observe({ type: 'longtask' });
  const next = () => {
    frames++;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
  globalThis.scrolled = () => ({
    framesPerSecond: (frames * 1000) / (performance.now() - begin),
    longTasks,
    longMs,
    position: Math.max(...[...document.querySelectorAll('*')].map(({ scrollTop }) => scrollTop)),
  });
}

function report(bench, name, rounds) {
  const of = (who, key) => median(rounds.map((round) => round[who][key]));
  const ratios = rounds.map(({ ours, base }) => ours.framesPerSecond / base.framesPerSecond);
  bench.rows.push({
    what: `dashboard, ${name}: scrolling ${count(of('ours', 'position'))} px`,
    figure: `${of('ours', 'framesPerSecond').toFixed(0)} frames/s, ${of('ours', 'longTasks')} long tasks of ${of('ours', 'longMs').toFixed(0)} ms`,
    beside: `plain lines: ${of('base', 'framesPerSecond').toFixed(0)} frames/s, ${of('base', 'longTasks')} long tasks`,
    ratio: median(ratios),
    spread: { least: Math.min(...ratios), most: Math.max(...ratios) },
  });
  bench.rows.push({
    what: `dashboard, ${name}: first load`,
    figure: `painted after ${of('ours', 'paintMs').toFixed(0)} ms, rows after ${of('ours', 'rowsMs').toFixed(0)} ms`,
    beside: `plain lines: painted after ${of('base', 'paintMs').toFixed(0)} ms`,
  });
}

function startPlainPage() {
  const lines = Array.from({ length: LINKS }, (_, i) => `<li>bench-${i}</li>`).join('');
  const html = `<!doctype html><title>Plain</title><style>li{height:48px}</style><ol>${lines}</ol>`;
  const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(html));
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({ server, url: `http://127.0.0.1:${server.address().port}/` }));
  });
}
