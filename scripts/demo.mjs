// npm run demo: the main path from link to first deposit. Shows every request and answer, and checks each answer.
// Uses the server that runs here, or starts one in a temporary folder.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseEnv } from 'node:util';
import { prepare, root } from './setup.mjs';

const BROWSER = {
  'user-agent':
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  'accept-language': 'de-DE,de;q=0.9,en;q=0.8',
  accept: 'text/html',
};
const colour = process.stdout.isTTY ? (code, text) => `\x1b[${code}m${text}\x1b[0m` : (_, text) => text;
const bold = (text) => colour(1, text);
const dim = (text) => colour(2, text);

let chapters = 0;
function chapter(title) {
  process.stdout.write(`\n${bold(`${++chapters}. ${title}`)}\n`);
}

class Unexpected extends Error {}

function expect(what, actual, expected) {
  if (actual !== expected)
    throw new Unexpected(`${what} is ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`);
  process.stdout.write(`   ${colour(32, '✓')} ${what}: ${JSON.stringify(actual)}\n`);
}

/** Sends a request, prints it with its answer, and returns the answer. */
async function send(method, url, { headers = {}, json } = {}) {
  const shown = json === undefined ? '' : ` ${dim(JSON.stringify(json))}`;
  process.stdout.write(`   → ${method} ${url}${shown}\n`);
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: { ...headers, ...(json === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  const location = response.headers.get('location');
  const answer = location ? `Location: ${location}` : text.length > 600 ? `${text.slice(0, 600)} …` : text;
  process.stdout.write(`   ← ${response.status} ${dim(answer)}\n`);
  return { status: response.status, body: isJson ? JSON.parse(text) : text, location };
}

async function play(baseUrl, apiKey) {
  const authorization = { authorization: `Bearer ${apiKey}` };
  const api = (method, path, json) => send(method, `${baseUrl}/api/v1${path}`, { headers: authorization, json });

  chapter('The marketer adds the network that will post back');
  const network = await api('POST', '/networks', { name: 'Demo Casino', currency: 'EUR' });
  expect('status', network.status, 201);
  process.stdout.write(`   The network gets this URL to post to:\n   ${bold(network.body.postbackUrl)}\n`);

  chapter('… and makes a short link');
  const link = await api('POST', '/links', {
    url: 'https://casino.example/lp?campaign={query:utm_campaign}',
    title: 'Demo',
    networkId: network.body.id,
  });
  expect('status', link.status, 201);
  process.stdout.write(`   The short link is ${bold(link.body.shortUrl)}\n`);

  chapter('Somebody clicks it');
  const click = await send('GET', `${link.body.shortUrl}?sub1=newsletter&utm_campaign=spring`, { headers: BROWSER });
  expect('status', click.status, 302);
  const destination = new URL(click.location);
  const clickId = destination.searchParams.get('click_id') ?? '';
  expect('destination', destination.origin + destination.pathname, 'https://casino.example/lp');
  expect('campaign was filled in', destination.searchParams.get('campaign'), 'spring');
  expect('click id has the published shape', /^[0-9A-Za-z]{20,32}$/.test(clickId), true);

  const postback = (query) => send('GET', `${baseUrl}/postback/${network.body.key}?${query}`);
  chapter('The network reports the registration');
  const registration = await postback(`click_id=${clickId}&event=registration`);
  expect('verdict', registration.body.verdict, 'accepted');

  chapter('… and the first deposit (FTD)');
  const ftd = await postback(`click_id=${clickId}&event=ftd&payout=50.00&txid=T-1`);
  expect('verdict', ftd.body.verdict, 'accepted');

  chapter('… the same deposit again: networks repeat themselves');
  const repeat = await postback(`click_id=${clickId}&event=ftd&payout=50.00&txid=T-1`);
  expect('verdict', repeat.body.verdict, 'duplicate');
  expect('it is the same conversion', repeat.body.conversionId, ftd.body.conversionId);

  chapter('A forged click id is rejected');
  const lastChar = clickId.endsWith('0') ? '1' : '0';
  const forged = await postback(`click_id=${clickId.slice(0, -1)}${lastChar}&event=ftd&payout=9999&txid=T-9`);
  expect('status', forged.status, 422);
  expect('reason', forged.body.reason, 'forged_click_id');

  chapter('A second deposit comes, and is charged back later');
  const deposit = await postback(`click_id=${clickId}&event=deposit&payout=20&txid=T-2`);
  expect('verdict', deposit.body.verdict, 'accepted');
  const rejection = await postback(`click_id=${clickId}&event=deposit&txid=T-2&status=rejected`);
  expect('verdict', rejection.body.verdict, 'updated');

  chapter('Every request is in the log, with its verdict and a hint');
  const log = await fetch(`${baseUrl}/api/v1/postbacks?networkId=${network.body.id}`, { headers: authorization });
  const entries = (await log.json()).data.reverse();
  for (const { verdict, reason, query, hint } of entries) {
    process.stdout.write(
      `   ${verdict.padEnd(10)} ${dim(query)}${reason ? `\n              ${reason}: ${hint}` : ''}\n`,
    );
  }
  expect('logged requests', entries.length, 6);

  chapter("The link's numbers");
  const { stats } = await settled(() => fetch(`${baseUrl}/api/v1/links/${link.body.id}`, { headers: authorization }));
  expect('clicks by people', stats.clicks.human, 1);
  expect('registrations', stats.registrations, 1);
  expect('FTDs', stats.ftds, 1);
  expect('approved / rejected', `${stats.approved} / ${stats.rejected}`, '2 / 1');
  expect('approved payout', stats.payouts.map(({ amount, currency }) => `${amount} ${currency}`).join(), '50.00 EUR');
  return link.body.id;
}

/** Clicks are shipped to the database in the background: within about a second, later on a busy machine. */
async function settled(read) {
  for (let attempt = 0; ; attempt++) {
    const link = await (await read()).json();
    if (link.stats.clicks.total >= 1 || attempt === 300) return link;
    await sleep(100);
  }
}

/** The server that runs here, if any. */
async function findServer() {
  const file = resolve('.env');
  const settings = { ...(existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}), ...process.env };
  const baseUrl = (settings.PUBLIC_URL || `http://localhost:${settings.PORT || 3000}`).replace(/\/$/, '');
  try {
    const live = await fetch(`${baseUrl}/health/live`, { signal: AbortSignal.timeout(2_000) });
    if (!live.ok) return undefined;
  } catch {
    return undefined;
  }
  const keyFile = join(resolve(settings.DATA_DIR || 'data'), 'first-api-key');
  const apiKey = settings.HOPBACK_API_KEY || (existsSync(keyFile) ? readFileSync(keyFile, 'utf8').trim() : undefined);
  if (!apiKey)
    throw new Unexpected(
      `a server runs on ${baseUrl}, but no API key is known: set HOPBACK_API_KEY to one of its keys`,
    );
  const probe = await fetch(`${baseUrl}/api/v1/links?limit=1`, { headers: { authorization: `Bearer ${apiKey}` } });
  if (probe.status === 401)
    throw new Unexpected(`the server on ${baseUrl} refuses the API key: set HOPBACK_API_KEY to one of its keys`);
  return { baseUrl, apiKey, stop: async () => undefined };
}

async function startServer() {
  prepare();
  const dataDir = mkdtempSync(join(tmpdir(), 'hopback-demo-'));
  const port = await freePort();
  const baseUrl = `http://localhost:${port}`;
  const apiKey = `demo_${randomBytes(16).toString('hex')}`;
  process.stdout.write(`• No server runs here: starting one on ${baseUrl} in a temporary folder\n`);
  const server = spawn(process.execPath, [join(root, 'dist', 'main.js')], {
    cwd: dataDir, // where no .env is
    env: {
      ...process.env,
      PORT: String(port),
      PUBLIC_URL: baseUrl,
      DATA_DIR: dataDir,
      HOPBACK_API_KEY: apiKey,
      MONGODB_URI: '',
      REDIS_URL: '',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise((done) => server.once('exit', done));
  const stop = async () => {
    server.kill('SIGTERM');
    await exited;
    rmSync(dataDir, { recursive: true, force: true });
  };
  let output = '';
  const ready = new Promise((done) => {
    server.stdout.on('data', (chunk) => {
      output += chunk;
      if (output.includes('Hopback is ready')) done(true);
    });
  });
  if ((await Promise.race([ready, exited.then(() => false)])) === true) return { baseUrl, apiKey, stop };
  await stop();
  throw new Unexpected(`the server did not start:\n${output}`);
}

function freePort() {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

let server;
try {
  const running = await findServer();
  server = running ?? (await startServer());
  const linkId = await play(server.baseUrl, server.apiKey);
  process.stdout.write(
    `\n${colour(32, 'All as expected.')}${running ? ` The demo's link ${linkId} and its network stay in your workspace.` : ''}\n`,
  );
} catch (error) {
  process.stderr.write(`\nhopback: demo: ${error instanceof Unexpected ? error.message : error.stack}\n`);
  process.exitCode = 1;
} finally {
  await server?.stop();
}
