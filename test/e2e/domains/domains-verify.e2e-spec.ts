import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DomainResponse } from '../../../src/domains/domains.dto.js';
import { DnsServer } from '../../support/servers/dns-server.js';
import { TestApp } from '../../support/test-app.js';
import { expectProblem } from '../../support/api/expect-problem.js';

let dns: DnsServer;
let app: TestApp;
/** Where no DNS server answers. */
let away: TestApp | undefined;
let other: { id: string; apiKey: string };
beforeAll(async () => {
  dns = await DnsServer.start();
  app = await TestApp.start({ env: { DNS_SERVERS: dns.address } });
  other = await app.createWorkspace();
});
afterEach(() => {
  dns.slowDown(0);
  dns.fail('*', undefined);
});
afterAll(async () => {
  await away?.close();
  await app.close();
  await dns.close();
});

const newName = (): string => `go.brand-${randomBytes(5).toString('hex')}.example`;
const claim = async (hostname = newName(), key = app.apiKey): Promise<DomainResponse> => {
  const response = await app.api('post', '/domains', key).send({ hostname });
  if (response.status !== 201) throw new Error(`domain: ${response.status} ${response.text}`);
  return response.body as DomainResponse;
};
const verify = ({ id }: DomainResponse, key = app.apiKey) => app.api('post', `/domains/${id}/verify`, key);
const verified = async (domain: DomainResponse, key?: string): Promise<DomainResponse> => {
  const response = await verify(domain, key);
  expect(response.status).toBe(200);
  return response.body as DomainResponse;
};
const proofOf = ({ dns: [txt] }: DomainResponse): { name: string; value: string } => {
  if (txt?.type !== 'TXT') throw new Error('there is no TXT record to set');
  return txt;
};
const prove = (domain: DomainResponse, ...besides: string[]): void => {
  const { name, value } = proofOf(domain);
  dns.set('TXT', name, ...besides, value);
};
const statusAt = async (hostname: string): Promise<number> =>
  (await app.plain('get', `/internal/tls-allow?domain=${hostname}`)).status;

describe('a proof', () => {
  it('makes a claim a verified domain that serves its links at once', async () => {
    const domain = await claim();
    expect(await statusAt(domain.hostname)).toBe(404);
    prove(domain);
    expect(await verified(domain)).toMatchObject({
      status: 'verified',
      problems: [],
      verifiedAt: expect.any(String),
      checkedAt: expect.any(String),
    });
    expect(await statusAt(domain.hostname)).toBe(200);
    const link = await app.createLink({ domain: domain.hostname });
    expect(link.shortUrl).toBe(`https://${domain.hostname}/${link.slug}`);
    expect((await app.click(link)).status).toBe(302);
  });

  it('may stand among others, cut into strings, in quotes', async () => {
    const among = await claim();
    prove(among, 'v=spf1 -all', 'google-site-verification=x');
    expect((await verified(among)).status).toBe('verified');
    const long = await claim();
    prove(long, 'x'.repeat(700)); // three strings of 255 bytes
    expect((await verified(long)).status).toBe('verified');
    const quoted = await claim();
    dns.set('TXT', proofOf(quoted).name, ` "${proofOf(quoted).value}" `);
    expect((await verified(quoted)).status).toBe('verified');
  });

  it('is found among more records than a UDP answer can hold', async () => {
    const domain = await claim();
    prove(domain, ...Array.from({ length: 60 }, (_, i) => `record-${i}-${'x'.repeat(200)}`));
    expect((await verified(domain)).status).toBe('verified');
  });

  it('waits for a slow server', async () => {
    const domain = await claim();
    prove(domain);
    dns.slowDown(600);
    expect((await verified(domain)).status).toBe('verified');
  });

  it('is looked for again and again without harm', async () => {
    const domain = await claim();
    prove(domain);
    const first = await verified(domain);
    expect(await verified(domain)).toMatchObject({ status: 'verified', verifiedAt: first.verifiedAt });
    dns.set('TXT', proofOf(domain).name);
    const gone = await verified(domain);
    expect(gone).toMatchObject({ status: 'verified', problems: [{ code: 'txt_missing' }] });
    expect(await statusAt(domain.hostname)).toBe(200);
  });
});

describe('without a proof', () => {
  it('says that there is no record, and which to set', async () => {
    const domain = await claim();
    const { name, value } = proofOf(domain);
    const after = await verified(domain);
    expect(after.status).toBe('pending');
    expect(after.problems).toEqual([
      { code: 'txt_missing', message: expect.any(String), record: { type: 'TXT', name, value }, found: [] },
    ]);
    expect(after.problems[0]?.message).toContain(`Set a TXT record named ${name} with the value ${value}`);
    expect((await app.api('get', `/domains/${domain.id}`)).body).toEqual(after);
    expect(await statusAt(domain.hostname)).toBe(404);
  });

  it.each(['hopback-verify=', 'HOPBACK-VERIFY=x', 'nothing', '', '\u0000\u001b[31m', '<script>alert(1)</script>'])(
    'shows what stands there instead: %j',
    async (text) => {
      const domain = await claim();
      dns.set('TXT', proofOf(domain).name, text);
      const [problem] = (await verified(domain)).problems;
      expect(problem).toMatchObject({ code: 'txt_mismatch', found: [expect.any(String)] });
      // oxlint-disable-next-line no-control-regex -- none of them may be left
      expect(problem?.message).not.toMatch(/[\u0000-\u001f]/);
    },
  );

  it('does not take another claim’s value, nor one with more around it', async () => {
    const [mine, theirs] = [await claim(), await claim()];
    const { name, value } = proofOf(mine);
    dns.set('TXT', name, proofOf(theirs).value, `${value}x`, `x${value}`, value.toLowerCase(), value.slice(0, -1));
    const after = await verified(mine);
    expect(after.status).toBe('pending');
    expect(after.problems[0]?.found).toHaveLength(5);
  });

  it('says where the value stands instead', async () => {
    const atRoot = await claim();
    dns.set('TXT', atRoot.hostname, proofOf(atRoot).value);
    const doubled = await claim();
    const zone = doubled.hostname.slice('go.'.length);
    dns.set('TXT', `${proofOf(doubled).name}.${zone}`, proofOf(doubled).value);
    for (const domain of [atRoot, doubled]) {
      const after = await verified(domain);
      expect(after).toMatchObject({ status: 'pending', problems: [{ code: 'txt_wrong_name' }] });
    }
  });

  it.each(['SERVFAIL', 'REFUSED', 'silence'] as const)('reports that DNS gave no answer: %s', async (how) => {
    const domain = await claim();
    prove(domain);
    dns.fail('*', how);
    expect(await verified(domain)).toMatchObject({ status: 'pending', problems: [{ code: 'dns_unreachable' }] });
    dns.fail('*', undefined);
    expect((await verified(domain)).status).toBe('verified');
  });

  it('says so where there is no DNS server at all', async () => {
    away = await TestApp.start({ sharing: app, env: { DNS_SERVERS: '127.0.0.1:1' } });
    const { id } = await claim();
    const { body } = await away.api('post', `/domains/${id}/verify`);
    expect(body).toMatchObject({ status: 'pending', problems: [{ code: 'dns_unreachable' }] });
  });
});

describe('where the hostname leads', () => {
  it('is a hint, no obstacle', async () => {
    const domain = await claim();
    prove(domain);
    dns.set('A', domain.hostname, '8.8.4.7');
    const after = await verified(domain);
    expect(after).toMatchObject({
      status: 'verified',
      warnings: [{ code: 'not_pointing_here', found: ['8.8.4.7'] }],
    });
    expect(after.warnings[0]?.message).toContain('8.8.4.7');
  });

  it('is right by CNAME, or by an address that PUBLIC_URL’s host has too', async () => {
    const byName = await claim();
    prove(byName);
    dns.set('CNAME', byName.hostname, 'localhost');
    expect((await verified(byName)).warnings).toEqual([]);
    const byAddress = await claim();
    prove(byAddress);
    dns.set('A', 'localhost', '8.8.4.1', '8.8.4.2');
    dns.set('A', byAddress.hostname, '8.8.4.2');
    expect((await verified(byAddress)).warnings).toEqual([]);
    dns.set('A', 'localhost');
  });
});

describe('two workspaces that claim one hostname', () => {
  it('each have a proof of their own; the first to prove gets it, the other a 409', async () => {
    const hostname = newName();
    const [mine, theirs] = [await claim(hostname), await claim(hostname, other.apiKey)];
    prove(theirs);
    expect((await verified(mine)).status).toBe('pending'); // what stands there is the others' proof
    expect((await verified(theirs, other.apiKey)).status).toBe('verified');
    prove(mine, proofOf(theirs).value);
    expectProblem(await verify(mine), 409);
    expect((await app.api('get', `/domains/${mine.id}`)).body).toMatchObject({ status: 'pending' });
    await app.api('delete', `/domains/${theirs.id}`, other.apiKey);
    expect((await verified(mine)).status).toBe('verified');
  });

  it('never both get it, however they race', async () => {
    for (let round = 0; round < 5; round++) {
      const hostname = newName();
      const claims = await Promise.all([claim(hostname), claim(hostname, other.apiKey)]);
      dns.set('TXT', proofOf(claims[0]).name, ...claims.map((domain) => proofOf(domain).value));
      const answers = await Promise.all([
        ...Array.from({ length: 3 }, () => verify(claims[0])),
        ...Array.from({ length: 3 }, () => verify(claims[1], other.apiKey)),
      ]);
      const won = (half: typeof answers): boolean => half.every(({ status }) => status === 200);
      const lost = (half: typeof answers): boolean => half.every(({ status }) => status === 409);
      const [one, two] = [answers.slice(0, 3), answers.slice(3)];
      expect((won(one) && lost(two)) || (won(two) && lost(one))).toBe(true);
      const stored = await app.connection.collection('domains').countDocuments({ hostname, status: 'verified' });
      expect(stored).toBe(1);
    }
  });
});
