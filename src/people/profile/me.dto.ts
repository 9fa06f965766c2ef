import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length, MaxLength } from 'class-validator';
import { Omittable } from '../../platform/http/validation/omittable.decorator.js';
import { LinkLimitsResponse } from '../members/members.dto.js';
import { type Role, ROLES } from '../rules/roles.js';
import { IsEmailAddress } from '../validators/is-email-address.decorator.js';

/** Only the given fields change. */
export class UpdateMeRequest {
  @Omittable()
  @IsString()
  @Length(1, 100)
  name?: string;
}

export class SelectWorkspaceRequest {
  /** @example "wsp_0V4rQ2pK3mXa81Qd7ZsT" */
  @IsString()
  @MaxLength(64)
  workspaceId: string;
}

export class ChangePasswordRequest {
  /** At least 12 characters. Common passwords are refused. */
  @IsString()
  @Length(1, 1_000)
  password: string;
}

export class ChangeEmailRequest {
  /** The new address. It gets a link, which confirms the change. */
  @IsEmailAddress()
  @MaxLength(254)
  email: string;
}

export class ConfirmTotpRequest {
  /** Six digits of the authenticator app. */
  @IsString()
  @Length(6, 10)
  code: string;
}

export class MyWorkspaceResponse {
  /** @example "wsp_0V4rQ2pK3mXa81Qd7ZsT" */
  id: string;
  name: string;
  @ApiProperty({ enum: ROLES })
  role: Role;
  hideMoney: boolean;
  /** `null`: all links. */
  @ApiProperty({ type: LinkLimitsResponse, nullable: true })
  linkLimits: LinkLimitsResponse | null;
  /** Whether this session works in it. */
  isCurrent: boolean;
  /** Whether its data is made up: `DELETE /api/v1/demo-workspace` removes your own demo workspace. */
  isDemo: boolean;
}

export class MeResponse {
  /** @example "usr_0V4rQ2pK3mXa81Qd7ZsT" */
  id: string;
  email: string;
  name: string;
  createdAt: string;
  hasPassword: boolean;
  /** Whether sign-ins by password need a code of an authenticator app. */
  hasTotp: boolean;
  recoveryCodesLeft: number;
  passkeys: number;
  /** The scopes in the current workspace. Empty without one. */
  scopes: string[];
  /** When you last proved who you are. Dangerous acts need that within ten minutes. */
  authenticatedAt: string;
  workspaces: MyWorkspaceResponse[];
}

export class TotpSecretResponse {
  /** For typing it in, base32. */
  secret: string;
  /** For a QR code. @example "otpauth://totp/…" */
  uri: string;
}

export class RecoveryCodesResponse {
  /** Ten codes, each for one sign-in without the app. They are shown only once. */
  recoveryCodes: string[];
}
