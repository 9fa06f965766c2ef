import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length, MaxLength, MinLength } from 'class-validator';
import { Omittable } from '../../platform/http/validation/omittable.decorator.js';
import { type Role, ROLES } from '../rules/roles.js';
import { IsEmailAddress } from '../validators/is-email-address.decorator.js';

/** Longer texts are refused before they are hashed. The policy allows 200 characters. */
const MAX_PASSWORD = 1_000;

export class CreateOwnerRequest {
  /** The part of the link after `#`. */
  @IsString()
  @Length(1, 200)
  token: string;

  @IsEmailAddress()
  @MaxLength(254)
  email: string;

  @IsString()
  @Length(1, 100)
  name: string;

  @IsString()
  @Length(1, MAX_PASSWORD)
  password: string;
}

export class SignInRequest {
  @IsString()
  @Length(1, 254)
  email: string;

  @IsString()
  @Length(1, MAX_PASSWORD)
  password: string;
}

export class SignInCodeRequest {
  /** Six digits of the authenticator app, or a recovery code. */
  @IsString()
  @Length(6, 40)
  code: string;
}

export class SignInResponse {
  /** `null`: you are signed in. `totp`: send a code of the authenticator app to `/api/v1/auth/totp`. */
  @ApiProperty({ type: String, enum: ['totp'], nullable: true })
  next: 'totp' | null;
}

export class OidcMethodResponse {
  name: string;
  /** Open it in the browser. */
  url: string;
}

export class SignInMethodsResponse {
  /** Whether this Hopback has no owner yet. Its start printed the link for the first one. */
  needsOwner: boolean;
  password: boolean;
  /** Whether passkeys can be used: they need https or localhost, and a host name. */
  passkey: boolean;
  @ApiProperty({ type: OidcMethodResponse, nullable: true })
  oidc: OidcMethodResponse | null;
  /** Whether this server sends mails, such as those to reset a password. */
  mail: boolean;
}

export class ForgotPasswordRequest {
  @IsEmailAddress()
  @MaxLength(254)
  email: string;
}

export class ResetPasswordRequest {
  /** The part of the link after `#`. */
  @IsString()
  @Length(1, 200)
  token: string;

  /** At least 12 characters. Common passwords are refused. */
  @IsString()
  @Length(1, MAX_PASSWORD)
  password: string;
}

export class LinkTokenRequest {
  /** The part of the link after `#`. */
  @IsString()
  @Length(1, 200)
  token: string;
}

export class AcceptInvitationRequest extends LinkTokenRequest {
  /** Of a new account. */
  @ApiPropertyOptional({ type: String })
  @Omittable()
  @IsString()
  @Length(1, 100)
  name?: string;

  /** Of a new account: at least 12 characters. Common passwords are refused. */
  @ApiPropertyOptional({ type: String })
  @Omittable()
  @IsString()
  @MinLength(1)
  @MaxLength(MAX_PASSWORD)
  password?: string;
}

export class ShownInvitationResponse {
  email: string;
  workspaceName: string;
  @ApiProperty({ enum: ROLES })
  role: Role;
  invitedBy: string;
  /** Whether the address has an account, which has to sign in before it accepts. */
  hasAccount: boolean;
  expiresAt: string;
}
