import { describe, expect, it } from 'vitest';
import { isMasked, securityDraftOf, securityPatchOf } from './security-draft';

const OPEN = {
  security: { ips: [], token: null, hmac: null, ratePerMinute: 60_000 },
  answer: { alwaysOk: false, text: false },
};
const STRICT = {
  security: {
    ips: ['203.0.113.0/24', '2001:db8::/32'],
    token: { param: 'token', value: '***7dq' },
    hmac: { secret: '***x2P', param: 'sig', timestampParam: 'ts', toleranceSeconds: 60 },
    ratePerMinute: 600,
  },
  answer: { alwaysOk: true, text: true },
};

describe('the security of a network', () => {
  it.each([OPEN, STRICT])('without a change is as it was, masked secrets among it: %j', (network) => {
    expect(securityPatchOf(securityDraftOf(network))).toEqual(network);
  });

  it('takes conditions away with null, and reads addresses in lines or a row', () => {
    const draft = securityDraftOf(STRICT);
    const changed = { ...draft, hasToken: false, hasHmac: false, ips: ' 192.0.2.1, 192.0.2.2\n192.0.2.3 ' };
    expect(securityPatchOf(changed).security).toEqual({
      ips: ['192.0.2.1', '192.0.2.2', '192.0.2.3'],
      token: null,
      hmac: null,
      ratePerMinute: 600,
    });
  });

  it('keeps blanks of a value, which are part of it', () => {
    const draft = { ...securityDraftOf(OPEN), hasToken: true, token: { param: ' t ', value: ' a b ' } };
    expect(securityPatchOf(draft).security.token).toEqual({ param: 't', value: ' a b ' });
  });

  it.each([
    ['***7dq', true],
    ['***', true],
    ['***7dq1', false],
    ['secret', false],
  ])('%s is masked: %s', (secret, masked) => expect(isMasked(secret)).toBe(masked));
});
