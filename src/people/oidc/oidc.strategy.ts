import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-custom';
import { Challenges } from '../challenges/challenges.service.js';
import type { OidcPerson } from '../rules/oidc-claims.js';
import { OidcFailure } from '../rules/oidc-failure.js';
import { ChallengeCookies } from '../sign-in/challenge-cookies.service.js';
import { OidcClient } from './oidc-client.service.js';

/** A completed sign-in at the provider. */
export interface ProvenOidcPerson {
  person: OidcPerson;
  /** The hash of the invitation's token that the sign-in began with. */
  invitationHash: string | undefined;
  /** The sign-in began with the link of the first owner. */
  becomesOwner: boolean;
  /** The session in which a signed-in person links the provider. `undefined`: a sign-in. */
  linkingSessionId: string | undefined;
}

/** The callback of the OpenID provider → the person at the provider. */
@Injectable()
export class OidcStrategy extends PassportStrategy(Strategy, 'oidc') {
  constructor(
    private readonly challenges: Challenges,
    private readonly cookies: ChallengeCookies,
    private readonly client: OidcClient,
  ) {
    super();
  }

  /**
   * Another site can send a browser here, so `SessionCookie.assertMaySignIn` would refuse every provider. The challenge
   * protects instead: its cookie names the browser that began, its state must be in the URL, and it is completed once.
   * So a code of another browser, an old callback, and one of an attacker ("login CSRF") are refused.
   * @throws OidcFailure
   */
  async validate(request: FastifyRequest): Promise<ProvenOidcPerson> {
    const token = this.cookies.read(request, 'oidc');
    const query = request.url.split('?')[1] ?? '';
    const found = await this.challenges.find(token, 'oidc');
    // A callback that another site invents must not end the sign-in of this browser.
    if (found === undefined || new URLSearchParams(query).get('state') !== found.data['state']) {
      throw new OidcFailure('sign_in_ended');
    }
    const challenge = await this.challenges.take(token, 'oidc');
    const { state, nonce, verifier, invitationHash, becomesOwner, linkingSessionId } = challenge?.data ?? {};
    if (state === undefined || nonce === undefined || verifier === undefined) throw new OidcFailure('sign_in_ended');
    const person = await this.client.complete(query, { state, nonce, verifier });
    return { person, invitationHash, becomesOwner: becomesOwner === 'yes', linkingSessionId };
  }
}
