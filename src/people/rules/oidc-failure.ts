/**
 * Why a sign-in with the OpenID provider was refused, for the pages. The list is fixed: a text of the provider is never shown.
 * - `sign_in_ended`: it was completed, has expired, or was begun in another browser.
 * - `denied`: the person refused at the provider.
 * - `provider_error`: the provider answered with an error, or with something that is not valid.
 * - `provider_unreachable`: the provider does not answer.
 * - `email_not_verified`: the provider names no verified address, and the account there is not linked.
 * - `not_invited`: the address has no account and no invitation.
 * - `wrong_address`: the invitation is for another address.
 * - `link_first`: the account has a second factor; the person signs in with it, and links the provider.
 * - `other_identity`: the account is linked to another account of the provider.
 * - `identity_taken`: the account at the provider is linked to another person.
 */
export const OIDC_FAILURES = [
  'sign_in_ended',
  'denied',
  'provider_error',
  'provider_unreachable',
  'email_not_verified',
  'not_invited',
  'wrong_address',
  'link_first',
  'other_identity',
  'identity_taken',
] as const;
export type OidcFailureCode = (typeof OIDC_FAILURES)[number];

/** A refused sign-in with the OpenID provider. The cause is for the log only. */
export class OidcFailure extends Error {
  constructor(
    readonly code: OidcFailureCode,
    options?: ErrorOptions,
  ) {
    super(code, options);
    this.name = 'OidcFailure';
  }
}

/** Errors of oauth4webapi that mean no answer, or none of a server that works. */
const UNREACHABLE: ReadonlySet<unknown> = new Set(['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM']);

/** Converts an error of openid-client, or of the client for outgoing requests. */
export function toOidcFailure(error: unknown): OidcFailure {
  if (error instanceof OidcFailure) return error;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { name, code, error: refusal } = cause as Error & { code?: unknown; error?: unknown };
    if (code === 'OAUTH_AUTHORIZATION_RESPONSE_ERROR' && refusal === 'access_denied') {
      return new OidcFailure('denied', { cause: error });
    }
    if (name === 'OutboundError') return new OidcFailure('provider_unreachable', { cause: error });
  }
  const { code } = error as { code?: unknown };
  return new OidcFailure(UNREACHABLE.has(code) ? 'provider_unreachable' : 'provider_error', { cause: error });
}
