import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Mailer } from '../../../src/people/mail/mailer.service.js';
import { JobRunner } from '../../../src/platform/jobs/job-runner.service.js';
import { Metrics } from '../../../src/platform/metrics/metrics.js';
import { Transactions } from '../../../src/platform/mongo/transactions.js';
import { eventually } from '../../support/eventually.js';
import {
  DAY_MS,
  failedTimes,
  finished,
  invite,
  lineWith,
  linesOf,
  MAIL_FROM,
  mailsOf,
  makeDue,
  someAddress,
  storedTo,
} from '../../support/mails.js';
import { TestSmtpServer } from '../../support/smtp-server.js';
import { TestApp } from '../../support/test-app.js';

async function metric(app: TestApp, outcome: string): Promise<number> {
  const text = await app.app.get(Metrics).registry.metrics();
  return Number(new RegExp(`hopback_mails_total\\{outcome="${outcome}"\\} (\\d+)`).exec(text)?.[1]);
}

let smtp: TestSmtpServer;
let app: TestApp;
beforeAll(async () => {
  smtp = await TestSmtpServer.start();
  app = await TestApp.start({ env: { SMTP_URL: smtp.url, MAIL_FROM } });
});
afterAll(async () => {
  await app.close();
  await smtp.stop();
});
beforeEach(() => smtp.behaviours.clear());
afterEach(() => void vi.restoreAllMocks());

describe('a mail', () => {
  it('is sent once, with both parts and the right headers, and loses its content', async () => {
    const to = someAddress();
    const before = await metric(app, 'sent');
    expect(await invite(app, to)).toEqual({ isSent: true });
    const stored = await finished(app, to);
    expect(stored).toMatchObject({ state: 'sent', content: null, dueAt: null, failures: 0, error: null });
    expect(stored.deleteAt.getTime()).toBeGreaterThan(Date.now() + 29 * DAY_MS);
    await app.job('mail-sending').runNow();

    const [mail, ...others] = smtp.to(to);
    expect(others).toEqual([]);
    expect(mail?.from).toBe('links@brand.example');
    const header = (name: string) => mail?.headers.get(name);
    expect(header('from')).toEqual(['Brand & Söhne <links@brand.example>']);
    expect(header('to')).toEqual([to]);
    expect(header('subject')).toEqual(['Ann invites you to "Brand" on Hopback']);
    expect(header('message-id')).toEqual([`<${stored._id}@brand.example>`]);
    expect(header('date')).toHaveLength(1);
    expect(header('auto-submitted')).toEqual(['auto-generated']);
    expect(header('content-type')?.[0]).toContain('multipart/alternative');
    expect(header('x-mailer')).toBeUndefined();
    const link = `${app.baseUrl}/app/invitation#token-4711-0815`;
    expect(mail?.text).toContain(`Accept the invitation:\n${link}\n`);
    expect(mail?.html).toContain(`<a href="${link}"`);
    await eventually(
      () => metric(app, 'sent'),
      (sent) => sent === before + 1,
    );
  });

  it('has no header and no receiver that a name has put there', async () => {
    const to = someAddress();
    const evil = 'Ann\r\nBcc: victim@people.example\r\n\r\nHello "ü" <victim@people.example>';
    await invite(app, to, { inviterName: evil, workspaceName: evil });
    await finished(app, to);
    const [mail] = smtp.to(to);
    expect(mail?.to).toEqual([to]);
    expect([...(mail?.headers.keys() ?? [])]).not.toContain('bcc');
    expect(mail?.headers.get('subject')?.[0]).toMatch(/^Ann Bcc: victim@people\.example Hello .* on Hopback$/);
    expect(smtp.to('victim@people.example')).toEqual([]);
  });

  it.each([
    'a@b.example, c@d.example',
    'A <a@b.example>',
    'group: a@b.example;',
    'a@b.example\r\nBcc: c@d.example',
    'a',
  ])('goes to exactly one address: %j is refused', async (to) => {
    await expect(invite(app, to)).rejects.toThrow('exactly one e-mail address');
  });

  it('leads to this Hopback only', async () => {
    const mailer = app.app.get(Mailer);
    await expect(invite(app, someAddress(), { link: 'https://evil.example/' })).rejects.toThrow('must begin with');
    for (const path of ['//evil.example/', 'https://evil.example', 'javascript:alert(1)', '\\\\evil.example']) {
      expect(() => mailer.createLink(path), path).toThrow('must begin with');
    }
  });

  it('is deleted with its person', async () => {
    const to = someAddress();
    await invite(app, to);
    await finished(app, to);
    await app.app.get(Mailer).deleteAllTo(to);
    expect(await storedTo(app, to)).toBeNull();
  });
});

describe('a mail in a transaction', () => {
  const enqueueIn = (to: string, end: () => void) =>
    app.app.get(Transactions).run(async (tx) => {
      const values = { at: new Date(), newAddress: 'new@people.example' };
      await app.app.get(Mailer).enqueue({ kind: 'emailChanged', to, values }, tx);
      end();
    });

  it('is sent when the transaction is stored', async () => {
    const to = someAddress();
    await enqueueIn(to, () => undefined);
    expect(await finished(app, to)).toMatchObject({ state: 'sent' });
    expect(smtp.to(to)).toHaveLength(1);
  });

  it('is not sent when the transaction is aborted', async () => {
    const to = someAddress();
    const aborted = enqueueIn(to, () => {
      throw new Error('changed my mind');
    });
    await expect(aborted).rejects.toThrow('changed my mind');
    const other = someAddress();
    await invite(app, other);
    await finished(app, other);
    expect(await storedTo(app, to)).toBeNull();
    expect(smtp.to(to)).toEqual([]);
  });
});

describe('a mail that fails', () => {
  it.each([
    { code: 451, at: 'rcpt' },
    { code: 421, at: 'data' },
    { code: 554, at: 'connect' },
  ] as const)('is sent again after a $code to $at', async (behaviour) => {
    const to = someAddress();
    smtp.behaviours.set(behaviour.at === 'connect' ? '*' : to, behaviour);
    const begin = Date.now();
    await invite(app, to);
    const waiting = await failedTimes(app, to, 1);
    expect(waiting).toMatchObject({ state: 'waiting', error: expect.stringContaining('as the test wants it') });
    expect(waiting.dueAt?.getTime()).toBeGreaterThanOrEqual(begin + 10_000);
    expect(smtp.to(to)).toEqual([]);
    smtp.behaviours.clear();
    await makeDue(app, to);
    expect(await finished(app, to)).toMatchObject({ state: 'sent', failures: 1, error: null });
    expect(smtp.to(to)[0]?.headers.get('message-id')).toEqual([`<${waiting._id}@brand.example>`]);
  });

  it('waits longer each time, and is given up after the last attempt', async () => {
    const to = someAddress();
    const lines = linesOf(app, 'error');
    smtp.behaviours.set(to, { code: 450, at: 'rcpt' });
    const pauses: number[] = [];
    await invite(app, to);
    for (let failures = 1; failures <= 6; failures++) {
      const { dueAt } = await failedTimes(app, to, failures);
      pauses.push(Math.round(((dueAt?.getTime() ?? 0) - Date.now()) / 10_000) * 10);
      await makeDue(app, to);
    }
    expect(pauses).toEqual([10, 60, 300, 1_800, 7_200, 21_600]);
    expect(await finished(app, to)).toMatchObject({ state: 'failed', failures: 7, content: null });
    await lineWith(lines, 'mail given up after its last attempt; check SMTP_URL');
    expect(lines()).toHaveLength(1);
  });

  it('ends at once when the server refuses the receiver, with a log line and without its content', async () => {
    const to = someAddress();
    const lines = linesOf(app, 'error');
    const before = await metric(app, 'failed');
    const link = `${app.baseUrl}/app/invitation#secret-of-the-link`;
    smtp.behaviours.set(to, { code: 550, at: 'data', text: `5.1.1 no such user, see ${link} or secret-of-the-link` });
    await invite(app, to, { token: 'secret-of-the-link' });
    const mail = await finished(app, to);
    expect(mail).toMatchObject({ state: 'failed', content: null, dueAt: null, failures: 1 });
    expect(mail.error).toContain('550 5.1.1 no such user, see *** or ***');
    expect(mail.deleteAt.getTime()).toBeGreaterThan(Date.now() + 29 * DAY_MS);
    const line = await lineWith(lines, 'mail refused by the mail server; check the address, then send it again');
    expect(lines()).toEqual([line]);
    expect(line).toContain(to);
    expect(line).not.toContain('secret-of-the-link');
    expect(await metric(app, 'failed')).toBe(before + 1);
  });

  it('is not sent after its end, and says so', async () => {
    const to = someAddress();
    const lines = linesOf(app, 'warn');
    smtp.behaviours.set(to, { code: 451, at: 'rcpt' });
    const expiresAt = new Date(Date.now() + 5_000);
    await invite(app, to, {}, expiresAt);
    expect((await failedTimes(app, to, 1)).dueAt).toEqual(expiresAt); // not after its end
    smtp.behaviours.clear();
    await mailsOf(app).updateOne({ to }, { $set: { expiresAt: new Date(Date.now() - 1) } });
    await makeDue(app, to);
    expect(await finished(app, to)).toMatchObject({ state: 'expired', content: null });
    expect(smtp.to(to)).toEqual([]);
    await lineWith(lines, 'mail not sent in time');
  });

  it('does not delay others while the server does not answer to it', async () => {
    const [hanging, other] = [someAddress(), someAddress()];
    smtp.behaviours.set(hanging, 'hang');
    await invite(app, hanging);
    await eventually(
      () => smtp.recipients,
      (count) => count > 0,
    );
    await invite(app, other);
    expect(await finished(app, other)).toMatchObject({ state: 'sent' });
    expect(await storedTo(app, hanging)).toMatchObject({ state: 'waiting' });
  });

  it('is sent again by another process when the one that sends it is killed, with the same Message-ID', async () => {
    const to = someAddress();
    smtp.behaviours.set(to, 'hang');
    await invite(app, to);
    const claimed = await eventually(
      () => storedTo(app, to),
      (mail) => (mail?.dueAt?.getTime() ?? 0) > Date.now() + 60_000,
    );
    smtp.behaviours.clear();
    await makeDue(app, to); // as when the lease has ended
    expect(await finished(app, to)).toMatchObject({ state: 'sent' });
    expect(smtp.to(to)[0]?.headers.get('message-id')).toEqual([`<${claimed?._id}@brand.example>`]);
  });
});

describe('the end of the process', () => {
  it('breaks off mails that do not come to an end, and leaves them to the next process at once', async () => {
    const own = await TestApp.start({ env: { SMTP_URL: smtp.url, MAIL_FROM } });
    const to = someAddress();
    smtp.behaviours.set(to, 'hang');
    await invite(own, to);
    await eventually(
      () => storedTo(own, to),
      (mail) => (mail?.dueAt?.getTime() ?? 0) > Date.now() + 60_000,
    );
    await own.app.get(JobRunner).onModuleDestroy();
    const mail = await storedTo(own, to);
    expect(mail).toMatchObject({ state: 'waiting', failures: 0, content: { subject: expect.any(String) } });
    expect(mail?.dueAt?.getTime()).toBeLessThanOrEqual(Date.now());
    await own.close();
  });
});

describe('several instances', () => {
  it('send each of twenty mails once', async () => {
    const second = await TestApp.start({ sharing: app, env: { SMTP_URL: smtp.url, MAIL_FROM } });
    try {
      const addresses = Array.from({ length: 20 }, someAddress);
      await Promise.all(addresses.map((to, i) => invite(i % 2 === 0 ? app : second, to)));
      for (const to of addresses) expect(await finished(app, to)).toMatchObject({ state: 'sent' });
      expect(addresses.map((to) => smtp.to(to).length)).toEqual(addresses.map(() => 1));
    } finally {
      await second.close();
    }
  });
});
