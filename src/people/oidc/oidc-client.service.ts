import { Inject, Injectable } from '@nestjs/common';
import type { ClientAuth, Configuration } from 'openid-client';
import type { Logger } from 'pino';
import type { OidcSettings, Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { Outbound } from '../../platform/outbound/outbound.service.js';
import { isIncomplete, type OidcPerson, readOidcPerson } from '../rules/oidc-claims.js';
import { OidcFailure, toOidcFailure } from '../rules/oidc-failure.js';
import { hostsOf, oidcFetch } from './oidc-fetch.js';

/** A proof at the provider is asked for again after this time. Dangerous acts need one as recent. */
const FRESH_S = 600;
const CACHED_MS = 60 * 60_000;
const LOCALHOST = /^http:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::|\/|$)/;

/** The secrets of one authorization request. The callback must match all of them. */
export interface AuthorizationChecks {
  /** PKCE: RFC 7636. */
  verifier: string;
  state: string;
  nonce: string;
}

/** An authorization request, and what its callback must match. */
export interface BegunAuthorization {
  /** The page of the provider. */
  url: string;
  checks: AuthorizationChecks;
}

interface CachedConfiguration {
  found: Promise<Configuration>;
  until: number;
}

/** The only user of openid-client. It finds the provider at the first sign-in, so the start does not wait for it. */
@Injectable()
export class OidcClient {
  private readonly oidc: OidcSettings | undefined;
  /** To be registered at the provider. */
  readonly redirectUri: string;
  private cached: CachedConfiguration | undefined;

  constructor(
    private readonly outbound: Outbound,
    @Inject(SETTINGS) { oidc, publicUrl }: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.oidc = oidc;
    this.redirectUri = `${publicUrl}/api/v1/auth/oidc/callback`;
    if (oidc?.issuer.startsWith('http:') && !LOCALHOST.test(oidc.issuer)) {
      logger.warn('OIDC_ISSUER is not https, so its answers can be forged on the network; use an https issuer');
    }
  }

  /** @throws ProblemException 404 without an OpenID provider. */
  get settings(): OidcSettings {
    if (this.oidc !== undefined) return this.oidc;
    throw new ProblemException('not_found', 'This server has no OpenID provider: set OIDC_ISSUER.');
  }

  /**
   * Prepares a sign-in at the provider.
   * @param asksAgain the provider should ask for a proof, even if the person is signed in there.
   * @throws OidcFailure
   */
  async begin({ asksAgain }: { asksAgain: boolean }): Promise<BegunAuthorization> {
    const { scopes } = this.settings;
    const client = await import('openid-client');
    const configuration = await this.configuration();
    const checks = {
      verifier: client.randomPKCECodeVerifier(),
      state: client.randomState(),
      nonce: client.randomNonce(),
    };
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: this.redirectUri,
      response_type: 'code',
      scope: scopes,
      code_challenge: await client.calculatePKCECodeChallenge(checks.verifier),
      code_challenge_method: 'S256',
      state: checks.state,
      nonce: checks.nonce,
      // With a maximum age the provider has to say when it last asked: OpenID Connect Core 1.0, section 3.1.2.1.
      ...(asksAgain && { prompt: 'login', max_age: String(FRESH_S) }),
    });
    return { url: url.href, checks };
  }

  /**
   * Exchanges the code of a callback. openid-client checks state, `iss` (RFC 9207), nonce, audience, expiry and signature.
   * @param query of the callback.
   * @throws OidcFailure
   */
  async complete(query: string, { verifier, state, nonce }: AuthorizationChecks): Promise<OidcPerson> {
    const { roleClaim } = this.settings;
    try {
      const client = await import('openid-client');
      const configuration = await this.configuration();
      const tokens = await client.authorizationCodeGrant(configuration, new URL(`${this.redirectUri}?${query}`), {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new OidcFailure('provider_error');
      const hasUserInfo = configuration.serverMetadata().userinfo_endpoint !== undefined;
      const userInfo =
        hasUserInfo && isIncomplete(claims, roleClaim)
          ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)
          : {};
      return readOidcPerson(claims, userInfo, roleClaim);
    } catch (error) {
      const failure = this.failureOf(error);
      // The provider may have moved its keys or endpoints.
      if (failure.code !== 'denied') this.cached = undefined;
      throw failure;
    }
  }

  /** Sign-ins at once share one discovery. A failed one is not kept. */
  private async configuration(): Promise<Configuration> {
    const now = Date.now();
    if (this.cached === undefined || this.cached.until < now) {
      this.cached = { found: this.discover(this.settings), until: now + CACHED_MS };
    }
    const { cached } = this;
    try {
      return await cached.found;
    } catch (error) {
      if (this.cached === cached) this.cached = undefined;
      throw this.failureOf(error);
    }
  }

  private async discover({ issuer, clientId, clientSecret }: OidcSettings): Promise<Configuration> {
    const client = await import('openid-client');
    const allowed = hostsOf(issuer);
    const execute = [
      // Signatures of ID tokens are checked although they come directly from the token endpoint.
      client.enableNonRepudiationChecks,
      ...(issuer.startsWith('http:') ? [client.allowInsecureRequests] : []),
    ];
    const configuration = await client.discovery(
      new URL(issuer),
      clientId,
      clientSecret,
      clientSecret === undefined ? client.None() : clientAuthOf(client, clientSecret),
      { execute, [client.customFetch]: (url, request) => oidcFetch(this.outbound, allowed, url, request) },
    );
    const document = configuration.serverMetadata();
    // The operator trusts the provider, which may have its endpoints on other hosts.
    allowed.push(...hostsOf(document.token_endpoint, document.jwks_uri, document.userinfo_endpoint));
    return configuration;
  }

  private failureOf(error: unknown): OidcFailure {
    const failure = toOidcFailure(error);
    if (failure.code !== 'denied' && !(error instanceof OidcFailure)) {
      // Not the error itself: its causes have codes and tokens.
      const { message, code } = error as Error & { code?: unknown };
      const fields = { reason: message, code, failure: failure.code };
      this.logger.warn(fields, 'sign-in with the OpenID provider failed; it is refused');
    }
    return failure;
  }
}

/** Basic is the default of the standard. Some providers take the secret in the body only. */
function clientAuthOf(client: typeof import('openid-client'), secret: string): ClientAuth {
  const basic = client.ClientSecretBasic(secret);
  const post = client.ClientSecretPost(secret);
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return (methods.includes('client_secret_basic') ? basic : post)(server, ...rest);
  };
}
