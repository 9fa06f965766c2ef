import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeFailure, isMailRefused, isServerFailure, nextAttempt, RETRY_PAUSES_MS } from './retry-mail.js';

describe('a failed attempt to send a mail', () => {
  it.each([
    ['unknown receiver', { code: 'EENVELOPE', responseCode: 550, command: 'RCPT TO' }, true, false],
    ['refused content', { code: 'EMESSAGE', responseCode: 554, command: 'DATA' }, true, false],
    ['receiver that the library refuses', { code: 'EENVELOPE', command: 'API' }, true, false],
    ['full mailbox', { code: 'EENVELOPE', responseCode: 452, command: 'RCPT TO' }, false, false],
    ['greylisting', { code: 'EENVELOPE', responseCode: 451, command: 'RCPT TO' }, false, false],
    ['receiver without a sign-in', { code: 'EENVELOPE', responseCode: 530, command: 'RCPT TO' }, false, false],
    ['wrong password', { code: 'EAUTH', responseCode: 535, command: 'AUTH PLAIN' }, false, true],
    ['refused sender', { code: 'EENVELOPE', responseCode: 550, command: 'MAIL FROM' }, false, true],
    ['refused connection', { code: 'ESOCKET', command: 'CONN' }, false, true],
    ['untrusted certificate', { code: 'ETLS', command: 'STARTTLS' }, false, true],
    ['server that shuts down', { code: 'ECONNECTION', responseCode: 421, command: 'CONN' }, false, true],
    ['greeting with an error', { code: 'EPROTOCOL', responseCode: 554, command: 'CONN' }, false, true],
    ['error without fields', {}, false, true],
  ])('%s', (_, fields, refused, ofServer) => {
    const failure = { message: 'no', ...fields };
    expect([isMailRefused(failure), isServerFailure(failure)]).toEqual([refused, ofServer]);
  });

  it('is followed by longer and longer pauses, and an end', () => {
    const now = new Date(1_000_000);
    const never = new Date(8_640_000_000_000_000);
    const pauses = [1, 2, 3, 4, 5, 6, 7].map((failures) => nextAttempt(failures, now, never)?.getTime());
    expect(pauses).toEqual([...RETRY_PAUSES_MS.map((ms) => now.getTime() + ms), undefined]);
    expect([...RETRY_PAUSES_MS].sort((a, b) => a - b)).toEqual(RETRY_PAUSES_MS);
  });

  it('is not followed by an attempt after the end of the mail', () => {
    expect(nextAttempt(1, new Date(0), new Date(5_000))).toEqual(new Date(5_000));
  });

  it('is described in one short line without secrets', () => {
    const message = '550 no\r\nBcc: x\u0000 hunter2 https://go.example/#abc';
    const description = describeFailure({ message, code: 'EENVELOPE' }, ['hunter2', '', 'https://go.example/#abc']);
    expect(description).toBe('550 no Bcc: x *** *** (EENVELOPE)');
    const property = fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => {
      const line = describeFailure({ message: `${text}hunter2${text}` }, ['hunter2']);
      expect(line).not.toMatch(/[\r\n\u2028\u2029]|hunter2/);
      expect(line.length).toBeLessThanOrEqual(500);
    });
    fc.assert(property, { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 500) });
  });
});
