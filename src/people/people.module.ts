import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { Challenge, ChallengeSchema } from './challenges/challenge.schema.js';
import { ChallengesRepository } from './challenges/challenges.repository.js';
import { Challenges } from './challenges/challenges.service.js';
import { FirstOwner } from './first-owner/first-owner.service.js';
import { OwnerLinks } from './first-owner/owner-links.service.js';
import { AcceptInvitationController } from './invitations/accept-invitation.controller.js';
import { Invitation, InvitationSchema } from './invitations/invitation.schema.js';
import { InvitationAcceptance } from './invitations/invitation-acceptance.service.js';
import { InvitationTokensReadModel } from './invitations/invitation-tokens.read-model.js';
import { InvitationsController } from './invitations/invitations.controller.js';
import { InvitationsRepository } from './invitations/invitations.repository.js';
import { Invitations } from './invitations/invitations.service.js';
import { MailModule } from './mail/mail.module.js';
import { Member, MemberSchema } from './members/member.schema.js';
import { MemberAccessService } from './members/member-access.service.js';
import { MembersController } from './members/members.controller.js';
import { MembersRepository } from './members/members.repository.js';
import { Members } from './members/members.service.js';
import { MembershipsReadModel } from './members/memberships.read-model.js';
import { MyPasskeysController } from './passkeys/my-passkeys.controller.js';
import { PasskeySignInController } from './passkeys/passkey-sign-in.controller.js';
import { PasskeyStrategy } from './passkeys/passkey.strategy.js';
import { Passkeys } from './passkeys/passkeys.service.js';
import { WebAuthnService } from './passkeys/webauthn.service.js';
import { Identities } from './oidc/identities.service.js';
import { MyIdentitiesController } from './oidc/my-identities.controller.js';
import { OidcAccounts } from './oidc/oidc-accounts.service.js';
import { OidcClient } from './oidc/oidc-client.service.js';
import { OidcController } from './oidc/oidc.controller.js';
import { OidcSignIns } from './oidc/oidc-sign-ins.service.js';
import { OidcStrategy } from './oidc/oidc.strategy.js';
import { AccountPasswords } from './passwords/account-passwords.service.js';
import { PasswordChanges } from './passwords/password-changes.service.js';
import { PasswordPolicy } from './passwords/password-policy.service.js';
import { ResetPasswordController } from './passwords/reset-password.controller.js';
import { MyDataController } from './privacy/my-data.controller.js';
import { PersonPrivacy } from './privacy/person-privacy.service.js';
import { ConfirmEmailController } from './profile/confirm-email.controller.js';
import { MeController } from './profile/me.controller.js';
import { Me } from './profile/me.service.js';
import { MySessionsController } from './profile/my-sessions.controller.js';
import { MyTotpController } from './second-factor/my-totp.controller.js';
import { SecondFactorNotices } from './second-factor/second-factor-notices.service.js';
import { SecondFactors } from './second-factor/second-factors.service.js';
import { Session, SessionSchema } from './sessions/session.schema.js';
import { SessionAccess } from './sessions/session-access.service.js';
import { SessionCookie } from './sessions/session-cookie.service.js';
import { SessionsRepository } from './sessions/sessions.repository.js';
import { Sessions } from './sessions/sessions.service.js';
import { AuthController } from './sign-in/auth.controller.js';
import { BrowserSessions } from './sign-in/browser-sessions.service.js';
import { ChallengeCookies } from './sign-in/challenge-cookies.service.js';
import { DeviceCookies } from './sign-in/device-cookies.service.js';
import { PasswordResetThrottle } from './sign-in/password-reset-throttle.service.js';
import { PasswordStrategy } from './sign-in/password.strategy.js';
import { SecondFactorThrottle } from './sign-in/second-factor-throttle.service.js';
import { SignInThrottle } from './sign-in/sign-in-throttle.service.js';
import { TotpStrategy } from './sign-in/totp.strategy.js';
import { TotpService } from './totp/totp.service.js';
import { Accounts } from './users/accounts.service.js';
import { User, UserSchema } from './users/user.schema.js';
import { UsersRepository } from './users/users.repository.js';

// src/people: the people who use a Hopback. users/ has the accounts, sign-in/ the proofs of identity, sessions/ the
// signed-in browsers, members/ and invitations/ who belongs to a workspace. The guard of all routes (workspaces/access/) asks
// sessions/session-access.service.ts; start reading there.
@Module({
  imports: [
    WorkspacesModule,
    MailModule,
    MongooseModule.forFeature([
      { name: User.name, schema: UserSchema },
      { name: Member.name, schema: MemberSchema },
      { name: Session.name, schema: SessionSchema },
      { name: Challenge.name, schema: ChallengeSchema },
      { name: Invitation.name, schema: InvitationSchema },
    ]),
  ],
  controllers: [
    AuthController,
    ResetPasswordController,
    AcceptInvitationController,
    ConfirmEmailController,
    MeController,
    MySessionsController,
    MyTotpController,
    MyDataController,
    PasskeySignInController,
    MyPasskeysController,
    MembersController,
    InvitationsController,
    OidcController,
    MyIdentitiesController,
  ],
  providers: [
    UsersRepository,
    Accounts,
    MembersRepository,
    MembershipsReadModel,
    MemberAccessService,
    Members,
    InvitationsRepository,
    InvitationTokensReadModel,
    Invitations,
    InvitationAcceptance,
    OwnerLinks,
    FirstOwner,
    SessionsRepository,
    Sessions,
    SessionCookie,
    SessionAccess,
    ChallengesRepository,
    Challenges,
    ChallengeCookies,
    DeviceCookies,
    SignInThrottle,
    SecondFactorThrottle,
    PasswordResetThrottle,
    BrowserSessions,
    PasswordStrategy,
    TotpStrategy,
    AccountPasswords,
    PasswordPolicy,
    PasswordChanges,
    TotpService,
    SecondFactors,
    SecondFactorNotices,
    Me,
    PersonPrivacy,
    WebAuthnService,
    Passkeys,
    PasskeyStrategy,
    OidcClient,
    OidcStrategy,
    OidcAccounts,
    OidcSignIns,
    Identities,
  ],
  exports: [FirstOwner, OwnerLinks],
})
export class PeopleModule {}
