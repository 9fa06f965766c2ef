// npm run screenshots: a picture of every page of the dashboard, full and empty, light, dark and on a phone.
// Starts a server of its own in a temporary folder, with demo data. The pictures go to the folder screenshots/, or to the one named.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findBrowser } from './browser.mjs';
import { prepare, root } from './setup.mjs';

const OWNER = { email: 'owner@brand.example', name: 'Owner', password: 'correct-horse-7-battery' };
const READY_MS = 180_000;
const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const LOOKS = [
  { look: 'light', viewport: DESKTOP, colorScheme: 'light' },
  { look: 'dark', viewport: DESKTOP, colorScheme: 'dark' },
  { look: 'phone', viewport: PHONE, colorScheme: 'light' },
  { look: 'phone-dark', viewport: PHONE, colorScheme: 'dark' },
];

prepare();
const { chromium } = await import('playwright-core');
const folder = resolve(process.argv[2] ?? join(root, 'screenshots'));
const only = process.argv[3]; // a part of the names, to draw fewer
mkdirSync(folder, { recursive: true });
const dataDir = mkdtempSync(join(tmpdir(), 'hopback-screenshots-'));
const server = await startServer();
const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox', '--disable-gpu'] });
try {
  await drawAll();
} finally {
  await browser.close();
  server.child.kill('SIGTERM');
  await server.ended;
  rmSync(dataDir, { recursive: true, force: true });
}

async function startServer() {
  const port = await freePort();
  const baseUrl = `http://localhost:${port}`;
  const env = { ...process.env, PORT: String(port), PUBLIC_URL: baseUrl, DATA_DIR: dataDir, LOG_LEVEL: 'error' };
  const child = spawn(process.execPath, [join(root, 'dist', 'main.js')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((done) => child.once('exit', done));
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  const end = Date.now() + READY_MS;
  while (!output.includes('Hopback is ready')) {
    if (Date.now() > end || child.exitCode !== null) throw new Error(`the server did not start:\n${output}`);
    await sleep(100);
  }
  const token = /app\/welcome#(\S+)/.exec(output)?.[1];
  return { child, ended, baseUrl, token };
}

async function drawAll() {
  const context = await browser.newContext({ baseURL: server.baseUrl });
  const visitor = await context.newPage();
  await visitor.goto(`/app/welcome#${server.token}`);
  await draw(visitor, 'welcome');
  const api = (method, path, body) => call(context, method, path, body);
  await api('post', '/auth/owner', { token: server.token, ...OWNER });
  for (const page of emptyPages()) await drawInAllLooks(context, `${page.name}-empty`, page);
  const { workspaceId } = await api('post', '/demo-workspace');
  const end = Date.now() + READY_MS;
  while ((await api('get', '/demo-workspace')).state !== 'ready') {
    if (Date.now() > end) throw new Error('the demo data did not become ready');
    await sleep(500);
  }
  await api('post', '/me/workspace', { workspaceId });
  for (const page of await fullPages(api)) await drawInAllLooks(context, page.name, page);
  const stranger = await (await browser.newContext({ baseURL: server.baseUrl })).newPage();
  for (const name of ['sign-in', 'forgot']) {
    await stranger.goto(`/app/${name}`);
    await draw(stranger, name);
  }
}

function emptyPages() {
  return ['start', 'links', 'networks', 'postbacks', 'conversions', 'members', 'sessions', 'security'].map((name) => ({
    name,
    path: `/${name}`,
  }));
}

/** @returns the pages with their paths; those of one entry open an entry of the demo data */
async function fullPages(api) {
  const firstId = async (path) => (await api('get', path)).data[0]?.id;
  const [link, conversion, postback, network] = await Promise.all([
    firstId('/links?sort=clicks&limit=1'),
    firstId('/conversions?eventType=ftd&status=approved&limit=1'),
    firstId('/postbacks?reason=unfilled_macro&limit=1'),
    firstId('/networks?limit=1'),
  ]);
  return [
    { name: 'start', path: '/start' },
    { name: 'links', path: '/links?period=30d' },
    { name: 'builder', path: '/links?builder=new' },
    { name: 'link', path: `/links/${link}?period=30d` },
    { name: 'networks', path: '/networks?preset=affilka' },
    { name: 'network', path: `/networks?id=${network}` },
    { name: 'postbacks', path: '/postbacks?period=30d' },
    { name: 'postback', path: `/postbacks?period=30d&id=${postback}` },
    { name: 'conversions', path: '/conversions?period=30d' },
    { name: 'conversion', path: `/conversions/${conversion}` },
    { name: 'import', path: '/conversions/import' },
    { name: 'palette', path: '/start', keys: 'Control+k' },
    { name: 'shortcuts', path: '/links', keys: 'Shift+?' },
  ];
}

async function drawInAllLooks(context, name, { path, keys }) {
  if (only !== undefined && !name.includes(only)) return;
  const page = await context.newPage();
  for (const { look, viewport, colorScheme } of LOOKS) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto(`/app${path}`);
    if (keys) {
      await settle(page); // the keys act once the page is there
      await page.keyboard.press(keys);
    }
    await draw(page, `${name}-${look}`);
  }
  await page.close();
}

async function draw(page, name) {
  await settle(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  process.stdout.write(`${name}.png\n`);
}

/** Waits until the page has its data. A page with live events is never without a connection, so its skeletons decide. */
async function settle(page) {
  await page.waitForSelector('main, dialog');
  await page.waitForTimeout(600);
  await page
    .waitForFunction(() => document.querySelector('[class*=skeleton]') === null, null, { timeout: 15_000 })
    .catch(() => {});
  await page.waitForTimeout(200);
}

/** Sends a request with the cookies of the context, as its own pages do. */
async function call(context, method, path, body) {
  const response = await context.request.fetch(`/api/v1${path}`, {
    method,
    headers: { 'sec-fetch-site': 'same-origin', origin: server.baseUrl },
    ...(body === undefined ? {} : { data: body }),
  });
  const text = await response.text();
  if (!response.ok()) throw new Error(`${method} ${path}: ${response.status()} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

function freePort() {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}
