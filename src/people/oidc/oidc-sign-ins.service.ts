import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { authenticateWith } from '../../platform/http/authenticate-with.js';
import type { SignedIn } from '../../workspaces/caller.js';
import { Challenges } from '../challenges/challenges.service.js';
import { FirstOwner } from '../first-owner/first-owner.service.js';
import { InvitationAcceptance } from '../invitations/invitation-acceptance.service.js';
import { Me } from '../profile/me.service.js';
import type { OidcPerson } from '../rules/oidc-claims.js';
import { OidcFailure } from '../rules/oidc-failure.js';
import { hashToken } from '../rules/tokens.js';
import { SecondFactorNotices } from '../second-factor/second-factor-notices.service.js';
import { SessionAccess } from '../sessions/session-access.service.js';
import { BrowserSessions } from '../sign-in/browser-sessions.service.js';
import { ChallengeCookies } from '../sign-in/challenge-cookies.service.js';
import { Identities } from './identities.service.js';
import { OidcAccounts } from './oidc-accounts.service.js';
import { OidcClient } from './oidc-client.service.js';
import { OidcStrategy, type ProvenOidcPerson } from './oidc.strategy.js';

const SECURITY_PAGE = '/app/security';

// src/people/oidc: sign-in with an OpenID provider. Start here: a browser begins, and comes back with a code.
// oidc-client.service.ts speaks to the provider, oidc-accounts.service.ts decides whose account it is, identities.service.ts
// links the provider to signed-in people.

/** Tokens of links that a sign-in may begin with. */
export interface OidcPurpose {
  /** Of an invitation, which the sign-in accepts. */
  invitation?: string;
  /** Of the link of the first owner. */
  owner?: string;
}

/** Begins and completes sign-ins with the OpenID provider in the browser of a request. */
@Injectable()
export class OidcSignIns {
  constructor(
    private readonly client: OidcClient,
    private readonly strategy: OidcStrategy,
    private readonly oidcAccounts: OidcAccounts,
    private readonly identities: Identities,
    private readonly invitations: InvitationAcceptance,
    private readonly challenges: Challenges,
    private readonly challengeCookies: ChallengeCookies,
    private readonly sessionAccess: SessionAccess,
    private readonly browserSessions: BrowserSessions,
    private readonly me: Me,
    private readonly notices: SecondFactorNotices,
    private readonly firstOwner: FirstOwner,
  ) {}

  /**
   * @returns the page of the provider.
   * @throws OidcFailure, ProblemException 404 for an invitation, 403 or 409 for a link of the first owner that has ended.
   */
  async begin(request: FastifyRequest, reply: FastifyReply, { invitation, owner }: OidcPurpose = {}): Promise<string> {
    if (invitation !== undefined) await this.invitations.show(invitation);
    if (owner !== undefined) await this.firstOwner.assertPossible(owner);
    const signedIn = await this.sessionAccess.findSignedIn(request);
    const data = {
      ...(invitation !== undefined && { invitationHash: hashToken(invitation) }),
      ...(owner !== undefined && { becomesOwner: 'yes' }),
    };
    return this.beginWith(reply, data, { asksAgain: signedIn !== undefined });
  }

  /** Begins to link the provider to a signed-in person. */
  beginLinking({ sessionId }: SignedIn, reply: FastifyReply): Promise<string> {
    return this.beginWith(reply, { linkingSessionId: sessionId }, { asksAgain: false });
  }

  /**
   * Signs in, or links, whichever the callback completes.
   * @returns the page to continue at. @throws OidcFailure when the sign-in is refused.
   */
  async complete(request: FastifyRequest, reply: FastifyReply): Promise<string> {
    const proven = await authenticateWith<ProvenOidcPerson>(this.strategy, request, reply);
    if (proven === undefined) throw new OidcFailure('sign_in_ended');
    this.challengeCookies.remove(reply, 'oidc');
    const { person, linkingSessionId } = proven;
    if (linkingSessionId === undefined) {
      await this.signIn(proven, request, reply);
      return '/app';
    }
    try {
      await this.link(person, linkingSessionId, request);
      return SECURITY_PAGE;
    } catch (error) {
      if (error instanceof OidcFailure) return `${SECURITY_PAGE}#error=${error.code}`;
      throw error;
    }
  }

  private async signIn(
    { person, invitationHash, becomesOwner }: ProvenOidcPerson,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const origin = { ip: request.ip, requestId: request.id };
    if (becomesOwner) {
      const { user: owner, workspaceId: first } = await this.firstOwner
        .createAtProvider(person, origin)
        .catch((error: unknown) => {
          // Another person has become the owner meanwhile.
          throw error instanceof ProblemException ? new OidcFailure('sign_in_ended', { cause: error }) : error;
        });
      await this.browserSessions.start(
        { user: owner, method: 'owner', workspaceId: first, provenAt: person.authenticatedAt },
        request,
        reply,
      );
      return;
    }
    const { user, isNewlyLinked, workspaceId } = await this.oidcAccounts.findOrCreate(person, invitationHash, origin);
    if (isNewlyLinked) await this.notices.send(user, 'identity-added', request);
    const proof = { user, method: 'oidc' as const, workspaceId, provenAt: person.authenticatedAt };
    await this.browserSessions.start(proof, request, reply);
  }

  /** The session that began must still be that of the browser. */
  private async link(person: OidcPerson, sessionId: string, request: FastifyRequest): Promise<void> {
    const signedIn = await this.sessionAccess.findSignedIn(request);
    if (signedIn?.sessionId !== sessionId) throw new OidcFailure('sign_in_ended');
    const isNew = await this.identities.add(signedIn.userId, person);
    if (isNew) await this.notices.send(await this.me.get(signedIn.userId), 'identity-added', request);
  }

  private async beginWith(
    reply: FastifyReply,
    data: Record<string, string>,
    options: { asksAgain: boolean },
  ): Promise<string> {
    const { url, checks } = await this.client.begin(options);
    const challenge = { purpose: 'oidc' as const, userId: null, data: { ...data, ...checks } };
    this.challengeCookies.set(reply, 'oidc', await this.challenges.create(challenge));
    return url;
  }
}
