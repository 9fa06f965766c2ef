// The traffic of users, visitors and networks in a data folder that is kept as a fixture. Only the API and short links are used.
import { request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 60_000;
const CLICK_ID = /\b[0-9A-Za-z]{28,32}\b/g;
const BROWSERS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 390.0.0.0',
];
const BOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';
const LANGUAGES = ['de-DE,de;q=0.9', 'en-US,en;q=0.8', 'fr-FR', 'ja-JP', 'hi-IN,en;q=0.5'];
const REFERRERS = [undefined, 'https://www.google.com/', 'https://t.co/x', 'https://news.example/page'];
/** Places in Germany, the USA, Great Britain, Japan, India and Brazil. */
const ADDRESSES = ['5.9.10.', '8.8.8.', '81.2.69.', '133.11.20.', '49.36.10.', '200.160.2.'];

/** Requests to one server. Host names need no DNS, and addresses of visitors come from a trusted proxy. */
export class Client {
  constructor(port) {
    this.port = port;
  }

  /** @returns {Promise<{ status: number, headers: object, text: string }>} */
  send(method, host, path, headers = {}, body) {
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: this.port, method, path, headers: { host, ...headers } };
      const sent = httpRequest(options, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part) => (text += part));
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }));
      });
      sent.on('error', reject).end(body);
    });
  }

  /** A request to the API. @throws Error when it is refused. */
  async api(key, method, path, json, type = 'application/json') {
    const body = json === undefined || typeof json === 'string' ? json : JSON.stringify(json);
    const headers = { authorization: `Bearer ${key}`, ...(body !== undefined && { 'content-type': type }) };
    const answer = await this.send(method, 'localhost', `/api/v1${path}`, headers, body);
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.text === '' ? undefined : JSON.parse(answer.text);
  }

  async until(read, isReached) {
    for (const end = Date.now() + PATIENCE_MS; ; await sleep(100)) {
      const value = await read();
      if (isReached(value)) return value;
      if (Date.now() > end) throw new Error(`not reached: ${JSON.stringify(value)}`);
    }
  }
}

/** The headers of the visitor with this number. */
function visitor(i, address = `${ADDRESSES[i % ADDRESSES.length]}${10 + (i % 40)}`) {
  const referer = REFERRERS[i % REFERRERS.length];
  return {
    'user-agent': BROWSERS[i % BROWSERS.length],
    'accept-language': LANGUAGES[i % LANGUAGES.length],
    accept: 'text/html',
    'x-forwarded-for': address,
    ...(referer && { referer }),
  };
}

/** Clicks, and returns the click id that the destination got. */
async function click(client, link, i, query = '', headers = visitor(i)) {
  const { status, headers: answered } = await client.send('GET', link.domain, `/${link.slug}${query}`, headers);
  const location = answered.location ?? '';
  if (status !== 302) throw new Error(`click on ${link.slug}: ${status}`);
  return { id: location.match(CLICK_ID)?.[0] ?? null, cookie: answered['set-cookie']?.[0]?.split(';')[0], location };
}

/** Makes everything, and returns what the caller must know to ask for it. */
export async function play(client, mainKey, dns) {
  const keep = { retention: { postbackDays: 3650, auditDays: 3650 }, privacy: { ipDays: 3650 } };
  const api = (method, path, json) => client.api(mainKey, method, path, json);
  await api('PATCH', '/workspaces/current', { name: 'Brand', currency: 'EUR', timezone: 'Europe/Berlin', ...keep });
  const agency = (await api('POST', '/workspaces', { name: 'Agency' })).apiKey;
  const late = (await api('POST', '/workspaces', { name: 'Late' })).apiKey;
  await client.api(agency, 'PATCH', '/workspaces/current', { currency: 'USD', timezone: 'Asia/Kolkata', ...keep });
  await client.api(late, 'PATCH', '/workspaces/current', { currency: 'USD', ...keep });
  await addDomain(client, agency, dns, 'go.agency.example');
  await addDomain(client, late, dns, 'go.late.example');
  const today = new Date().toISOString().slice(0, 10);
  const rates = { USD: '1.0824', GBP: '0.8341', USDT: '1.0830' };
  await api('PUT', '/exchange-rates', {
    base: 'EUR',
    rates: Object.entries(rates).map(([currency, rate]) => ({ date: today, currency, rate })),
  });
  const key = await api('POST', '/api-keys', { name: 'Reader', scopes: ['links:read', 'conversions:read'] });
  await api('POST', '/visitor-rules', { match: { userAgent: 'AcmeScanner' }, as: 'bot', name: 'Scanner' });
  await api('POST', '/utm-templates', { name: 'Newsletter', utm: { source: 'newsletter', medium: 'email' } });
  const networks = await makeNetworks(client, mainKey, agency, late);
  const links = await makeLinks(client, mainKey, agency, late, networks);
  const clicks = await makeClicks(client, links);
  await makeConversions(client, mainKey, agency, late, networks, links, clicks);
  await eraseAndImport(client, mainKey, links, clicks);
  return { keys: { brand: mainKey, agency, late, reader: key.key }, networks, links, clicks };
}

async function addDomain(client, key, dns, hostname) {
  const domain = await client.api(key, 'POST', '/domains', { hostname, rootUrl: `https://${hostname}.example/` });
  for (const { type, name, value } of domain.dns) dns.set(type, name, value);
  const { status } = await client.api(key, 'POST', `/domains/${domain.id}/verify`);
  if (status !== 'verified') throw new Error(`${hostname} is ${status}`);
}

async function makeNetworks(client, brand, agency, late) {
  const make = (key, json) => client.api(key, 'POST', '/networks', json);
  const casino = await make(brand, {
    name: 'Casino Partners',
    currency: 'EUR',
    mapping: {
      params: { click_id: ['tid'], payout: ['sum'], event: ['goal'], txid: ['xid'], player_id: ['player'] },
      events: { reg: 'registration', dep: 'ftd', redep: 'deposit' },
      statuses: { 1: 'approved', 2: 'pending', 3: 'rejected', ping: 'ignore' },
      currencies: { '€': 'EUR' },
    },
    repeats: { deposit: 'count' },
    windows: { registration: 30 },
  });
  const shop = await make(brand, {
    name: 'Shop',
    transactions: 'network',
    defaults: { event: 'sale', payout: '12.50', currency: 'USD' },
    security: { token: { param: 'token', value: 'shop-token-0123456789' } },
    answer: { text: true },
  });
  const rotated = await make(brand, { name: 'Rotated', preset: 'keitaro' });
  const current = await client.api(brand, 'POST', `/networks/${rotated.id}/rotate-key`);
  const offers = await make(agency, { name: 'Offers', clickIdParam: 'aff_sub' });
  const slow = await make(late, { name: 'Slow' });
  return { casino, shop, rotated: { ...current, oldKey: rotated.key }, offers, slow };
}

async function makeLinks(client, brand, agency, late, { casino, shop, offers, slow }) {
  const make = (json, key = brand) => client.api(key, 'POST', '/links', json);
  const links = {
    summer: await make({
      url: 'https://casino.example/lp?c={query:utm_campaign}&s={sub1}',
      slug: 'summer',
      title: 'Summer',
      tags: ['vip', 'summer'],
      campaign: 'Summer 2026',
      externalId: 'ext-1',
      notes: 'Kept.',
      networkId: casino.id,
      sourceId: 'src-7',
      cost: { amount: '0.12', currency: 'EUR' },
    }),
    plain: await make({ url: 'https://shop.example/p?k={slug}', slug: 'plain', tags: ['shop'], networkId: shop.id }),
    rules: await make({
      url: 'https://world.example/',
      slug: 'rules',
      rules: [
        {
          name: 'Germany',
          when: [{ field: 'country', op: 'in', values: ['DE'] }],
          variants: [
            { name: 'A', url: 'https://de.example/a', weight: 1 },
            { name: 'B', url: 'https://de.example/b', weight: 1 },
          ],
        },
        { name: 'Phones', when: [{ field: 'device', op: 'in', values: ['mobile'] }], url: 'https://m.example/' },
      ],
    }),
    weighted: await make({
      url: 'https://full.example/',
      slug: 'weighted',
      variants: [
        { name: 'Left', url: 'https://left.example/', weight: 3 },
        { name: 'Right', url: 'https://right.example/', weight: 1 },
      ],
    }),
    password: await make({ url: 'https://secret.example/', slug: 'secret', password: 'correct horse battery' }),
    limited: await make({
      url: 'https://limited.example/',
      slug: 'limited',
      clickLimit: 3,
      fallbackUrl: 'https://full.example/over',
    }),
    expired: await make({
      url: 'https://old.example/',
      slug: 'old',
      expiresAt: '2020-01-01',
      expiredUrl: 'https://new.example/',
    }),
    paused: await make({ url: 'https://paused.example/', slug: 'paused', paused: true }),
    wild: await make({
      url: 'https://permanent.example/{slug}',
      slug: 'go/*',
      redirectStatus: 301,
      clickIdParam: null,
    }),
    renamed: await make({ url: 'https://renamed.example/', slug: 'before' }),
    agency: await make({ url: 'https://agency.example/?x={sub2}', slug: 'offer', networkId: offers.id }, agency),
    late: await make({ url: 'https://late.example/', slug: 'late', networkId: slow.id }, late),
    optimised: await make(
      {
        url: 'https://none.example/',
        slug: 'best',
        networkId: slow.id,
        variants: [
          { name: 'One', url: 'https://one.example/', weight: 1 },
          { name: 'Two', url: 'https://two.example/', weight: 1 },
        ],
        rotation: { mode: 'optimised', goal: 'epc', exploration: 0.2, windowDays: 30 },
      },
      late,
    ),
  };
  await client.api(brand, 'PATCH', `/links/${links.renamed.id}`, { slug: 'after', keepOldSlug: true });
  return links;
}

async function makeClicks(client, links) {
  const clicks = { summer: [], plain: [], rules: [], weighted: [], agency: [], optimised: [], late: [] };
  for (let i = 0; i < 110; i++) {
    const query = `?sub1=s${i % 5}&sub2=b${i % 3}&utm_campaign=c%20${i % 4}&utm_source=${['mail', 'ads', ''][i % 3]}`;
    clicks.summer.push(await click(client, links.summer, i, query));
  }
  for (let i = 0; i < 50; i++) {
    const query = i % 2 ? `?sub1=s${i % 4}&source=partner%20${i % 3}` : '';
    clicks.plain.push(await click(client, links.plain, i % 20, query)); // repeated visitors
  }
  for (let i = 0; i < 30; i++) clicks.rules.push(await click(client, links.rules, i, `?sub1=s${i % 2}`));
  for (let i = 0; i < 30; i++) clicks.weighted.push(await click(client, links.weighted, i));
  for (let i = 0; i < 40; i++) clicks.agency.push(await click(client, links.agency, i, `?sub2=x${i % 6}`));
  for (let i = 0; i < 40; i++) clicks.optimised.push(await click(client, links.optimised, i));
  for (let i = 0; i < 3; i++) await click(client, links.limited, i);
  for (let i = 0; i < 12; i++) {
    await click(client, links.plain, i, '', { ...visitor(i), 'user-agent': i % 2 ? BOT : 'AcmeScanner/1.0' });
  }
  for (let i = 0; i < 6; i++) {
    clicks.prefetch = await click(client, links.summer, i, '', { ...visitor(40 + i), 'sec-purpose': 'prefetch' });
  }
  await client.send('HEAD', links.plain.domain, '/plain', visitor(1));
  await client.send('GET', links.plain.domain, '/nothing-here', visitor(1));
  return clicks;
}

async function makeConversions(client, brand, agency, late, networks, links, clicks) {
  const { casino, shop, rotated, offers, slow } = networks;
  const post = (key, query) => client.send('GET', 'go.brand.example', `/postback/${key}?${query}`);
  const id = (name, i) => clicks[name][i].id;
  for (let i = 0; i < 24; i++) await post(casino.key, `tid=${id('summer', i)}&goal=reg&player=p${i}`);
  for (let i = 0; i < 12; i++) {
    const money =
      i % 3 === 0 ? `sum=${40 + i}.25&currency=USD` : i % 3 === 1 ? `sum=${30 + i},5` : 'sum=20&currency=INR';
    await post(casino.key, `tid=${id('summer', i)}&goal=dep&${money}&xid=D-${i}&player=p${i}`);
  }
  for (let i = 0; i < 9; i++) {
    const status = i % 4 === 3 ? 2 : 1;
    await post(casino.key, `tid=${id('summer', i)}&goal=redep&sum=${5 + i}&status=${status}&xid=R-${i}&player=p${i}`);
  }
  await post(casino.key, `tid=${id('summer', 3)}&goal=redep&sum=8&status=1&xid=R-3`); // approved later
  await post(casino.key, `tid=${id('summer', 4)}&goal=dep&sum=31.50&status=3&xid=D-4&player=p4`); // rejected later
  await post(casino.key, `tid=${id('summer', 1)}&goal=dep&sum=99&xid=D-1&player=p1`); // another amount
  await post(casino.key, `tid=${id('summer', 0)}&goal=reg&player=p0`); // a duplicate
  await post(casino.key, `tid=${id('summer', 0)}&status=ping&goal=reg`);
  await post(casino.key, `tid=${id('summer', 20)}&goal=level_5`); // waits for a mapping
  await post(casino.key, 'goal=reg');
  await post(casino.key, 'tid={click_id}&goal=reg');
  await post(casino.key, `tid=${id('summer', 1).slice(0, -1)}_&goal=reg`);
  await post(casino.key, `tid=${id('summer', 1).replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'))}&goal=reg`); // forged
  await post(casino.key, `tid=${id('agency', 0)}&goal=reg`); // of another workspace
  await post(casino.key, `tid=${id('summer', 21)}&goal=dep&sum=ten`);
  await post(casino.key, `tid=${clicks.prefetch.id}&goal=reg&player=prefetched`);
  for (let i = 0; i < 10; i++) {
    await post(
      shop.key,
      `click_id=${id('plain', i * 2)}&txid=S-${i}&amount=${10 + i}&currency=GBP&token=shop-token-0123456789`,
    );
  }
  await post(shop.key, `click_id=${id('plain', 2)}&txid=S-9&token=shop-token-0123456789`); // known at the network
  await post(shop.key, `click_id=${id('plain', 2)}&txid=S-77&token=wrong`);
  for (let i = 0; i < 4; i++) await post(rotated.key, `subid=${id('rules', i)}&status=sale&payout=3&tid=K-${i}`);
  await post(rotated.oldKey, `subid=${id('rules', 5)}&status=lead&payout=1&tid=K-9`);
  for (let i = 0; i < 6; i++) {
    await post(rotated.key, `subid=${id('weighted', i)}&status=sale&payout=7.5&tid=W-${i}`);
  }
  await post('nosuchkey0123456789abcdef', 'click_id=x');
  for (let i = 0; i < 8; i++) {
    const type = ['registration', 'ftd', 'sale', 'lead'][i % 4];
    await post(offers.key, `click_id=${id('agency', i)}&event=${type}&payout=${i}.10&currency=USD&txid=A-${i}`);
  }
  for (let i = 0; i < 10; i++) {
    await post(slow.key, `click_id=${id('optimised', i)}&event=sale&payout=${i + 1}&currency=USD&txid=O-${i}`);
  }
  const manual = { eventType: 'sale', payout: { amount: '77.70', currency: 'EUR' }, note: 'by phone' };
  const { id: conversionId } = await client.api(brand, 'POST', '/conversions', {
    ...manual,
    clickId: id('summer', 30),
  });
  await client.api(brand, 'PATCH', `/conversions/${conversionId}`, { status: 'rejected', note: 'taken back' });
  await client.api(brand, 'POST', '/conversions', { ...manual, eventType: 'revshare', linkId: links.plain.id });
}

/** An erased click, an import with good and bad rows, and an import of links. */
async function eraseAndImport(client, brand, links, clicks) {
  const [erased, other] = [clicks.summer[7].id, clicks.summer[50].id];
  await client.api(brand, 'DELETE', `/clicks/${erased}`);
  await client.api(brand, 'DELETE', `/clicks/${other}`);
  const rows = [60, 61, 62, 63].map((i) => `${clicks.summer[i].id},sale,${i}.00,EUR,I-${i}`);
  const file = ['click_id,event,payout,currency,txid', ...rows, 'nonsense,sale,1,EUR,I-99', ''].join('\n');
  const job = await client.api(brand, 'POST', '/conversions/import', file, 'text/csv');
  const isOver = ({ status }) => status !== 'running';
  await client.until(() => client.api(brand, 'GET', `/conversions/imports/${job.id}`), isOver);
  const list = 'url,slug,title\nhttps://imported.example/1,imp-1,One\nhttps://imported.example/2,imp-2,Two\n';
  await client.api(brand, 'POST', '/links/import?source=csv', list, 'text/csv'); // small files are imported at once
}

/** Visits whose answers do not depend on chance, and what is answered. They are clicks like all others. */
export async function visit(client, { clicks }) {
  const visits = [
    ['go.brand.example', '/summer?sub1=z&utm_campaign=x%20y', visitor(1)],
    ['go.brand.example', '/plain', visitor(2)],
    ['go.brand.example', '/rules', visitor(3, '133.11.20.77')],
    ['go.brand.example', '/rules', visitor(2, '8.8.4.4')],
    ['go.brand.example', '/secret', visitor(1)],
    ['go.brand.example', '/limited', visitor(9)],
    ['go.brand.example', '/old', visitor(1)],
    ['go.brand.example', '/paused', visitor(1)],
    ['go.brand.example', '/go/a/b', visitor(1)],
    ['go.brand.example', '/before', visitor(1)],
    ['go.brand.example', '/after', visitor(1)],
    ['go.brand.example', '/imp-2', visitor(1)],
    ['go.brand.example', '/nothing-here', visitor(1)],
    ['go.agency.example', '/offer?sub2=q', visitor(1)],
    ['go.agency.example', '/', visitor(1)],
    ['go.agency.example', '/summer', visitor(1)],
    ...clicks.weighted
      .slice(0, 4)
      .map(({ cookie }, i) => ['go.brand.example', '/weighted', { ...visitor(i), ...(cookie && { cookie }) }]),
  ];
  const answers = [];
  for (const [host, path, headers] of visits) {
    const { status, headers: answered } = await client.send('GET', host, path, headers);
    answers.push({ host, path, headers, status, location: answered.location?.replace(CLICK_ID, '<click_id>') ?? null });
  }
  return answers;
}

/** Clicks on one link, while nothing brings clicks into MongoDB, and two reports about them. */
export async function clickUnstored(client, { links, networks }) {
  const ids = [];
  for (let i = 0; i < 25; i++) ids.push((await click(client, links.late, i, `?sub1=l${i % 3}`)).id);
  for (const i of [0, 1]) {
    const query = `click_id=${ids[i]}&event=ftd&payout=${10 + i}&currency=USD&txid=L-${i}`;
    await client.send('GET', 'go.brand.example', `/postback/${networks.slow.key}?${query}`);
  }
  return { linkId: links.late.id, clickIds: ids, revenue: '21.00' };
}
