import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerOfError } from './dns-answer.js';
import { isProof, pointingWarning, proofProblem, proofRecord } from './dns-proof.js';

const RECORD = proofRecord('go.brand.com', 'T0ken');
const found = (...values: string[]) => ({ kind: 'found', values }) as const;

describe('a proof', () => {
  it.each([
    [['hopback-verify=T0ken'], true],
    [['other', '  "hopback-verify=T0ken" '], true],
    [['hopback-verify=t0ken'], false],
    [['hopback-verify=T0kenx'], false],
    [['T0ken'], false],
    [[], false],
  ])('%j: %s', (values, is) => {
    expect(isProof(RECORD, found(...values))).toBe(is);
  });

  it('is nothing but the value itself', () => {
    fc.assert(fc.property(fc.array(fc.string()), (values) => !isProof(RECORD, found(...values))));
  });
});

describe('a problem', () => {
  it('shows little of what stands there, and nothing that does harm', () => {
    const values = Array.from({ length: 50 }, (_, i) => `${i}\u001b[31m\n${'x'.repeat(5_000)}`);
    const { code, message, found: shown } = proofProblem(RECORD, found(...values));
    expect(code).toBe('txt_mismatch');
    expect(shown).toHaveLength(10);
    expect(message.length).toBeLessThan(4_000);
    expect(message).toContain('and 40 more');
    // oxlint-disable-next-line no-control-regex -- none of them may be left
    expect(`${message}${shown.join('')}`).not.toMatch(/[\u0000-\u001f]/);
  });
});

describe('an error of the resolver', () => {
  it.each([
    ['ENOTFOUND', 'none'],
    ['ENODATA', 'none'],
    ['ESERVFAIL', 'failed'],
    ['ETIMEOUT', 'failed'],
    ['ECONNREFUSED', 'failed'],
    ['EBADRESP', 'failed'],
  ])('%s: %s', (code, kind) => {
    expect(answerOfError(Object.assign(new Error(), { code })).kind).toBe(kind);
  });
});

describe('where a hostname leads', () => {
  const none = { kind: 'none' } as const;
  const failed = { kind: 'failed', reason: 'x' } as const;
  const cname = { type: 'CNAME', name: 'go.brand.com', value: 'links.hopback.example' } as const;
  const a = { type: 'A', name: 'go.brand.com', value: '192.0.2.1' } as const;

  it.each([
    ['a CNAME to us', cname, { cname: found('links.hopback.example'), addresses: none, ours: none }, true],
    [
      'another CNAME',
      cname,
      { cname: found('x.example'), addresses: found('192.0.2.9'), ours: found('192.0.2.1') },
      false,
    ],
    ['our address', cname, { cname: none, addresses: found('192.0.2.9', '192.0.2.1'), ours: found('192.0.2.1') }, true],
    ['nothing', cname, { cname: none, addresses: none, ours: found('192.0.2.1') }, false],
    ['nobody could tell', cname, { cname: failed, addresses: failed, ours: failed }, true],
    ['the address', a, { cname: none, addresses: found('192.0.2.1'), ours: none }, true],
    ['another address', a, { cname: none, addresses: found('192.0.2.2'), ours: none }, false],
  ])('%s', (_, record, pointers, isFine) => {
    expect(pointingWarning(record, pointers) === undefined).toBe(isFine);
  });

  it('does not reveal addresses of private networks', () => {
    const addresses = found('10.1.2.3', '8.8.8.8', '192.168.0.1', 'fd00::1');
    const warning = pointingWarning(cname, { cname: none, addresses, ours: none });
    expect(warning?.found).toEqual(['a private address', '8.8.8.8']);
    expect(warning?.message).not.toMatch(/10\.1|192\.168|fd00/);
  });
});
