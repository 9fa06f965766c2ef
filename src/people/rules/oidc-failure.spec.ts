import { describe, expect, it } from 'vitest';
import { OidcFailure, toOidcFailure } from './oidc-failure.js';

const withFields = (fields: object, cause?: unknown): Error => Object.assign(new Error('text', { cause }), fields);

describe('failures of the OpenID provider', () => {
  it('keep their code', () => {
    const failure = new OidcFailure('not_invited');
    expect(toOidcFailure(failure)).toBe(failure);
  });

  it.each([
    ['a refusal of the person', { code: 'OAUTH_AUTHORIZATION_RESPONSE_ERROR', error: 'access_denied' }, 'denied'],
    ['another refusal', { code: 'OAUTH_AUTHORIZATION_RESPONSE_ERROR', error: '<b>pay</b>' }, 'provider_error'],
    ['a failed request', { name: 'OutboundError' }, 'provider_unreachable'],
    ['a timeout', { code: 'OAUTH_TIMEOUT' }, 'provider_unreachable'],
    ['a page instead of JSON', { code: 'OAUTH_RESPONSE_IS_NOT_CONFORM' }, 'provider_unreachable'],
    ['a wrong nonce', { code: 'OAUTH_JWT_CLAIM_COMPARISON_FAILED' }, 'provider_error'],
    ['anything else', {}, 'provider_error'],
  ])('%s', (_what, fields, code) => {
    expect(toOidcFailure(withFields(fields)).code).toBe(code);
  });

  it('are found in causes', () => {
    expect(toOidcFailure(withFields({}, withFields({ name: 'OutboundError' }))).code).toBe('provider_unreachable');
    expect(toOidcFailure('no error').code).toBe('provider_error');
  });
});
