import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { Omittable } from '../../platform/http/validation/omittable.decorator.js';
import { IsBase64Url } from '../validators/is-base64url.decorator.js';
import { IsSmallObject } from '../validators/is-small-object.decorator.js';

/** 1,023 bytes, the limit of WebAuthn. */
const MAX_ID = 1_364;
/** 64 bytes, the limit of WebAuthn. */
const MAX_USER_HANDLE = 86;
const MAX_CLIENT_DATA = 4_000;
const MAX_AUTHENTICATOR_DATA = 8_000;
const MAX_KEY = 4_000;
const MAX_SIGNATURE = 4_000;
const MAX_ATTESTATION = 16_000;
const MAX_EXTENSIONS = 8_000;

/** The fields that both answers of an authenticator have. All bytes are base64url. */
export class PasskeyCredentialDto {
  /** The credential id. */
  @IsBase64Url(MAX_ID)
  id: string;

  @IsBase64Url(MAX_ID)
  rawId: string;

  @ApiProperty({ enum: ['public-key'] })
  @IsIn(['public-key'])
  type: 'public-key';

  /** It is not used. @example "platform" */
  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(32)
  authenticatorAttachment?: string | null;

  /** They are not used. */
  @ApiPropertyOptional({ type: Object })
  @Omittable()
  @IsSmallObject(MAX_EXTENSIONS)
  clientExtensionResults?: object;
}

export class PasskeyAssertionDto {
  @IsBase64Url(MAX_CLIENT_DATA)
  clientDataJSON: string;

  @IsBase64Url(MAX_AUTHENTICATOR_DATA)
  authenticatorData: string;

  @IsBase64Url(MAX_SIGNATURE)
  signature: string;

  /** The id of the passkey's owner, as the options for its registration gave it. */
  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsBase64Url(MAX_USER_HANDLE)
  userHandle?: string | null;
}

/** The result of `startAuthentication()` of `@simplewebauthn/browser`, or of `PublicKeyCredential.toJSON()`. */
export class PasskeySignInRequest extends PasskeyCredentialDto {
  @IsObject()
  @ValidateNested()
  @Type(() => PasskeyAssertionDto)
  response: PasskeyAssertionDto;
}

export class PasskeyAttestationDto {
  @IsBase64Url(MAX_CLIENT_DATA)
  clientDataJSON: string;

  @IsBase64Url(MAX_ATTESTATION)
  attestationObject: string;

  /** It is not used: `attestationObject` contains it. */
  @Omittable()
  @IsBase64Url(MAX_AUTHENTICATOR_DATA)
  authenticatorData?: string;

  /** How the authenticator is reached. @example ["internal", "hybrid"] */
  @Omittable()
  @IsArray()
  @ArrayMaxSize(10)
  @IsString({ each: true })
  @Length(1, 32, { each: true })
  transports?: string[];

  /** It is not used: `attestationObject` contains it. @example -7 */
  @Omittable()
  @IsInt()
  publicKeyAlgorithm?: number;

  /** It is not used: `attestationObject` contains it. */
  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsBase64Url(MAX_KEY)
  publicKey?: string | null;
}

/** The result of `startRegistration()` of `@simplewebauthn/browser`, or of `PublicKeyCredential.toJSON()`. */
export class PasskeyRegistrationDto extends PasskeyCredentialDto {
  @IsObject()
  @ValidateNested()
  @Type(() => PasskeyAttestationDto)
  response: PasskeyAttestationDto;
}

export class AddPasskeyRequest {
  /** Default: browser and system, such as "Chrome on Windows". */
  @Omittable()
  @IsString()
  @Length(1, 100)
  @Matches(/\S/, { message: 'it has only spaces' })
  name?: string;

  /** The answer of the authenticator. */
  @IsObject()
  @ValidateNested()
  @Type(() => PasskeyRegistrationDto)
  response: PasskeyRegistrationDto;
}

export class RenamePasskeyRequest {
  @IsString()
  @Length(1, 100)
  @Matches(/\S/, { message: 'it has only spaces' })
  name: string;
}

export class PasskeyResponse {
  /** @example "psk_3q2-7wQx0yPz5mJvK1aBcd" */
  id: string;
  name: string;
  createdAt: string;
  /** The last sign-in with it. */
  @ApiProperty({ type: String, nullable: true })
  lastUsedAt: string | null;
  /** Whether the authenticator copies it to other devices of its owner. */
  isBackedUp: boolean;
}

export class PasskeyListResponse {
  data: PasskeyResponse[];
}
