import { mongo } from 'mongoose';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Mail } from '../../../src/people/mail/mail.schema.js';
import type { ClaimedMail } from '../../../src/people/mail/mail-queue.repository.js';
import { MailTransport } from '../../../src/people/mail/mail-transport.service.js';
import { Mailer } from '../../../src/people/mail/mailer.service.js';
import type { Settings } from '../../../src/platform/config/settings.js';
import { freePort } from '../../../src/platform/embedded/free-port.js';
import { Transactions } from '../../../src/platform/mongo/transactions.js';
import {
  DAY_MS,
  failedTimes,
  finished,
  invite,
  linesOf,
  MAIL_FROM,
  mailsOf,
  makeDue,
  someAddress,
} from '../../support/mails.js';
import { eventually } from '../../support/eventually.js';
import { TestSmtpServer } from '../../support/smtp-server.js';
import { TestApp } from '../../support/test-app.js';

afterEach(() => void vi.restoreAllMocks());

describe('the mail server', () => {
  async function withApp(SMTP_URL: string, test: (own: TestApp) => Promise<void>): Promise<void> {
    const own = await TestApp.start({ env: { SMTP_URL, MAIL_FROM } });
    try {
      await test(own);
    } finally {
      await own.close();
    }
  }

  it('may be away: mails wait, with one line when it goes and one when it is back', async () => {
    const port = await freePort();
    await withApp(`smtp://127.0.0.1:${port}`, async (own) => {
      const [errors, infos] = [linesOf(own, 'error'), linesOf(own, 'info')];
      const addresses = [someAddress(), someAddress()];
      for (const to of addresses) await invite(own, to);
      for (const to of addresses) {
        expect((await failedTimes(own, to, 1)).error).toContain('ECONNREFUSED');
      }
      expect(errors().filter((line) => line.includes('mail server cannot be used; mails wait'))).toHaveLength(1);
      const back = await TestSmtpServer.start({ port });
      await new Promise((resolve) => setTimeout(resolve, 2_100)); // the outage log wants two quiet seconds
      for (const to of addresses) await makeDue(own, to);
      for (const to of addresses) expect(await finished(own, to)).toMatchObject({ state: 'sent' });
      expect(infos().filter((line) => line.includes('mail server can be used again'))).toHaveLength(1);
      await back.stop();
    });
  });

  it('gets user and password from the URL', async () => {
    const credentials = { user: 'ann@brand.example', password: 'p@ss/wörd:1' };
    const own = await TestSmtpServer.start({ credentials });
    const userinfo = `${encodeURIComponent(credentials.user)}:${encodeURIComponent(credentials.password)}`;
    const to = someAddress();
    await withApp(`smtp://${userinfo}@127.0.0.1:${own.port}`, async (app1) => {
      await invite(app1, to);
      expect(await finished(app1, to)).toMatchObject({ state: 'sent' });
    });
    expect(own.to(to)[0]?.user).toBe(credentials.user);
    await own.stop();
  });

  it('may refuse the password, which is neither logged nor stored: the mail waits for better settings', async () => {
    const own = await TestSmtpServer.start({ credentials: { user: 'ann', password: 'right' } });
    const to = someAddress();
    await withApp(`smtp://ann:wrong-geheim@127.0.0.1:${own.port}`, async (app1) => {
      const [errors, infos] = [linesOf(app1, 'error'), linesOf(app1, 'info')];
      await invite(app1, to);
      const mail = await failedTimes(app1, to, 1);
      expect(mail.error).toContain('535');
      expect(mail.error).toContain('wrong: ann ***');
      expect([...errors(), ...infos(), JSON.stringify(mail)].join()).not.toContain('wrong-geheim');
      expect(errors().join()).toContain('mail server cannot be used');
    });
    await own.stop();
  });

  it('must have a certificate that is trusted, when it offers TLS', async () => {
    const own = await TestSmtpServer.start({ hasStartTls: true });
    const to = someAddress();
    await withApp(own.url, async (app1) => {
      await invite(app1, to);
      expect((await failedTimes(app1, to, 1)).error).toMatch(/certificate/i);
    });
    expect(own.mails).toEqual([]);
    await own.stop();
  });
});

describe('a mail server outside private networks', () => {
  const credentials = { user: 'ann', password: 'geheim' };
  const mail: ClaimedMail = {
    _id: 'eml_1',
    kind: 'emailChanged',
    to: 'a@b.example',
    content: { subject: 's', text: 't', html: 'h', link: null },
    state: 'waiting',
    createdAt: new Date(),
    expiresAt: new Date(),
    dueAt: new Date(),
    failures: 0,
    error: null,
    deleteAt: new Date(),
  };
  /** A transport that treats the server on this machine as a public one. */
  const transportTo = (port: number, hasTlsFromStart = false): MailTransport => {
    const server = { host: '127.0.0.1', port, hasTlsFromStart, needsTls: !hasTlsFromStart, credentials };
    return new MailTransport({ mail: { server, from: { name: '', address: 'a@b.example' } } } as Settings);
  };

  it('gets neither password nor mail without TLS', async () => {
    const own = await TestSmtpServer.start({ credentials });
    const sent = transportTo(own.port).send(mail, new AbortController().signal);
    await expect(sent).rejects.toThrow(/STARTTLS|TLS/);
    expect([own.connections, own.signIns, own.mails.length]).toEqual([1, 0, 0]);
    await own.stop();
  });

  it('gets neither with a certificate that is not trusted', async () => {
    const own = await TestSmtpServer.start({ credentials, hasStartTls: true });
    await expect(transportTo(own.port).send(mail, new AbortController().signal)).rejects.toThrow(/certificate/i);
    expect([own.signIns, own.mails.length]).toEqual([0, 0]);
    await own.stop();
    const secure = await TestSmtpServer.start({ credentials, isSecure: true });
    await expect(transportTo(secure.port, true).send(mail, new AbortController().signal)).rejects.toThrow(
      /certificate/i,
    );
    expect([secure.signIns, secure.mails.length]).toEqual([0, 0]);
    await secure.stop();
  });

  it('is left when the time for a mail is over', async () => {
    const own = await TestSmtpServer.start();
    own.behaviours.set('*', 'hang');
    const server = {
      host: '127.0.0.1',
      port: own.port,
      hasTlsFromStart: false,
      needsTls: false,
      credentials: undefined,
    };
    const transport = new MailTransport({ mail: { server, from: { name: '', address: 'a@b.example' } } } as Settings);
    const end = new AbortController();
    const sent = transport.send(mail, end.signal);
    await eventually(
      () => own.recipients,
      (count) => count === 1,
    );
    end.abort();
    await expect(sent).rejects.toThrow();
    await own.stop();
  });
});

describe('without SMTP_URL', () => {
  let unset: TestApp;
  beforeAll(async () => {
    unset = await TestApp.start();
  });
  afterAll(() => unset.close());

  it('a link is logged once for the operator, and nothing is stored', async () => {
    const lines = linesOf(unset, 'warn');
    expect(unset.app.get(Mailer).isConfigured).toBe(false);
    expect(await invite(unset, 'a@b.example')).toEqual({ isSent: false });
    expect(lines()).toEqual([
      JSON.stringify([
        `No SMTP_URL is set, so this mail was not sent: invitation for a@b.example: ${unset.baseUrl}/app/invitation#token-4711-0815`,
      ]),
    ]);
    expect(await mailsOf(unset).countDocuments()).toBe(0);
  });

  it('the link of a transaction is logged once it is stored, however often it is repeated', async () => {
    const lines = linesOf(unset, 'warn');
    const mailer = unset.app.get(Mailer);
    let runs = 0;
    const request = (): Parameters<typeof mailer.enqueue<'passwordReset'>>[0] => ({
      kind: 'passwordReset',
      to: 'a@b.example',
      values: { link: mailer.createLink(`/app/password#run-${++runs}`), validMinutes: 30 },
    });
    const transactions = unset.app.get(Transactions);
    const aborted = transactions.run(async (tx) => {
      await mailer.enqueue(request(), tx);
      throw new Error('no');
    });
    await expect(aborted).rejects.toThrow('no');
    expect(lines()).toEqual([]);
    await transactions.run(async (tx) => {
      await mailer.enqueue(request(), tx);
      if (runs === 2) throw new mongo.MongoServerError({ message: 'again', code: 11_000 });
    });
    expect(runs).toBe(3);
    expect(lines()).toHaveLength(1);
    expect(lines()[0]).toContain('link for a new password for a@b.example');
    expect(lines()[0]).toContain('#run-3');
  });

  it('a notification is not logged at the usual level', async () => {
    const lines = linesOf(unset, 'warn');
    const values = { at: new Date(), newAddress: 'c@d.example' };
    expect(await unset.app.get(Mailer).enqueue({ kind: 'emailChanged', to: 'a@b.example', values })).toEqual({
      isSent: false,
    });
    expect(lines()).toEqual([]);
  });

  it('mails of earlier settings expire', async () => {
    const mail = {
      _id: 'eml_left',
      kind: 'invitation',
      to: 'left@b.example',
      content: { subject: 's', text: 't', html: 'h', link: null },
      state: 'waiting',
      createdAt: new Date(0),
      expiresAt: new Date(0),
      dueAt: new Date(0),
      failures: 0,
      error: null,
      deleteAt: new Date(Date.now() + DAY_MS),
    } as const;
    await mailsOf(unset).insertOne({ ...mail } as Mail);
    await unset.job('mail-sending').runNow();
    expect(await finished(unset, mail.to)).toMatchObject({ state: 'expired', content: null });
  });
});
