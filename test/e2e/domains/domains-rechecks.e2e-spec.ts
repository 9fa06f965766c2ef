import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DomainResponse } from '../../../src/domains/domains.dto.js';
import type { Domain } from '../../../src/domains/domain.schema.js';
import { DnsServer } from '../../support/servers/dns-server.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';

const HOUR_MS = 3_600_000;

let dns: DnsServer;
let app: TestApp;
let second: TestApp;
beforeAll(async () => {
  dns = await DnsServer.start();
  app = await TestApp.start({ env: { DNS_SERVERS: dns.address } });
  second = await TestApp.start({ sharing: app, env: { DNS_SERVERS: dns.address } });
});
afterEach(() => dns.fail('*', undefined));
afterAll(async () => {
  await second.close();
  await app.close();
  await dns.close();
});

const stored = async (id: string): Promise<Domain> =>
  (await app.connection.collection('domains').findOne({ _id: id as never })) as unknown as Domain;
const tlsAllow = async (hostname: string, instance = app): Promise<number> =>
  (await instance.plain('get', `/internal/tls-allow?domain=${hostname}`)).status;

const verifiedDomain = async (): Promise<DomainResponse> => {
  const hostname = `go.daily-${randomBytes(5).toString('hex')}.example`;
  const { body } = await app.api('post', '/domains').send({ hostname });
  const domain = body as DomainResponse;
  dns.set('TXT', `_hopback.${hostname}`, domain.dns[0]?.value ?? '');
  expect((await app.api('post', `/domains/${domain.id}/verify`)).body).toMatchObject({ status: 'verified' });
  return domain;
};
const loseProof = ({ hostname }: DomainResponse): void => dns.set('TXT', `_hopback.${hostname}`);
/** Lets a day pass, for this domain. */
const nextDay = async ({ id }: DomainResponse, instances = [app]): Promise<Domain> => {
  const filter = { _id: id as never, status: 'verified' };
  await app.connection.collection('domains').updateOne(filter, { $set: { nextCheckAt: new Date(0) } });
  await Promise.all(instances.map((instance) => instance.job('domain-recheck').runNow()));
  return stored(id);
};

describe('the daily check', () => {
  it('leaves a domain that still has its proof as it is, and comes back in a day or so', async () => {
    const domain = await verifiedDomain();
    const before = await stored(domain.id);
    const after = await nextDay(domain);
    expect(after).toMatchObject({ status: 'verified', failures: 0, verifiedAt: before.verifiedAt });
    const hours = ((after.nextCheckAt?.getTime() ?? 0) - Date.now()) / HOUR_MS;
    expect(hours).toBeGreaterThan(21);
    expect(hours).toBeLessThan(27);
  });

  it('takes a domain away on the third day in a row without its proof, from all processes', async () => {
    const domain = await verifiedDomain();
    const link = await app.createLink({ domain: domain.hostname });
    expect([(await app.click(link)).status, (await second.click(link)).status]).toEqual([302, 302]);
    loseProof(domain);
    for (const failures of [1, 2]) {
      expect(await nextDay(domain)).toMatchObject({
        status: 'verified',
        failures,
        problems: [{ code: 'txt_missing' }],
      });
      expect(await tlsAllow(domain.hostname)).toBe(200);
    }
    const lost = await nextDay(domain);
    expect(lost).toMatchObject({ status: 'pending', lostAt: expect.any(Date) });
    expect(lost).not.toHaveProperty('nextCheckAt');
    expect(await tlsAllow(domain.hostname)).toBe(404);
    expect((await app.click(link)).status).toBe(404);
    await eventually(
      () => tlsAllow(domain.hostname, second),
      (status) => status === 404,
    );
    expect((await second.click(link)).status).toBe(404);
    // Free for who proves it now, the former owner included.
    dns.set('TXT', `_hopback.${domain.hostname}`, domain.dns[0]?.value ?? '');
    const back = (await app.api('post', `/domains/${domain.id}/verify`)).body as DomainResponse;
    expect(back).toMatchObject({ status: 'verified', lostAt: null });
    expect((await app.click(link)).status).toBe(302);
  });

  it('begins to count anew when the proof is back in between', async () => {
    const domain = await verifiedDomain();
    loseProof(domain);
    await nextDay(domain);
    expect(await nextDay(domain)).toMatchObject({ failures: 2 });
    dns.set('TXT', `_hopback.${domain.hostname}`, domain.dns[0]?.value ?? '');
    expect(await nextDay(domain)).toMatchObject({ status: 'verified', failures: 0, problems: [] });
    loseProof(domain);
    expect(await nextDay(domain)).toMatchObject({ status: 'verified', failures: 1 });
  });

  it.each(['SERVFAIL', 'REFUSED', 'silence'] as const)(
    'never counts against a domain when DNS gave no answer: %s',
    async (how) => {
      const domain = await verifiedDomain();
      loseProof(domain);
      await nextDay(domain);
      dns.fail('*', how);
      for (let day = 0; day < (how === 'silence' ? 1 : 4); day++) {
        const after = await nextDay(domain);
        expect(after).toMatchObject({ status: 'verified', failures: 1, problems: [{ code: 'dns_unreachable' }] });
        // It is asked again sooner than in a day.
        expect((after.nextCheckAt?.getTime() ?? 0) - Date.now()).toBeLessThan(2 * HOUR_MS);
      }
    },
  );

  it('is made once, however many processes look', async () => {
    const domain = await verifiedDomain();
    loseProof(domain);
    const question = `TXT _hopback.${domain.hostname}`;
    dns.questions.length = 0;
    expect(await nextDay(domain, [app, second, app, second])).toMatchObject({ status: 'verified', failures: 1 });
    expect(dns.questions.filter((asked) => asked === question)).toHaveLength(1);
  });

  it('leaves PUBLIC_URL’s host alone', async () => {
    const { body } = await app.api('get', '/domains?limit=100');
    const own = (body as { data: DomainResponse[] }).data.find(({ hostname }) => hostname === 'localhost');
    dns.questions.length = 0;
    await app.job('domain-recheck').runNow();
    expect((await app.api('post', `/domains/${own?.id}/verify`)).body).toMatchObject({
      status: 'verified',
      problems: [],
    });
    expect(dns.questions.filter((question) => question.endsWith('_hopback.localhost'))).toEqual([]);
  });
});
