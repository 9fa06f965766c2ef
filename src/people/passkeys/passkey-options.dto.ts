import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** For `startAuthentication()` of `@simplewebauthn/browser`, or `PublicKeyCredential.parseRequestOptionsFromJSON()`. */
export class PasskeySignInOptionsResponse {
  /** Valid for ten minutes, for one sign-in. */
  challenge: string;
  /** Milliseconds. */
  timeout?: number;
  /** The hostname of this Hopback. */
  rpId?: string;
  /** @example "preferred" */
  @ApiPropertyOptional({ type: String })
  userVerification?: string;
}

export class PasskeyServerResponse {
  /** The hostname of this Hopback. */
  id?: string;
  name: string;
}

export class PasskeyOwnerResponse {
  /** base64url. */
  id: string;
  name: string;
  displayName: string;
}

export class PasskeyAlgorithmResponse {
  /** A COSE algorithm. @example -7 */
  alg: number;
  @ApiProperty({ type: String, enum: ['public-key'] })
  type: string;
}

export class KnownPasskeyResponse {
  /** The credential id. */
  id: string;
  @ApiProperty({ type: String, enum: ['public-key'] })
  type: string;
  transports?: string[];
}

export class PasskeySelectionResponse {
  /** @example "required" */
  @ApiPropertyOptional({ type: String })
  residentKey?: string;
  requireResidentKey?: boolean;
  /** @example "preferred" */
  @ApiPropertyOptional({ type: String })
  userVerification?: string;
}

/** For `startRegistration()` of `@simplewebauthn/browser`, or `PublicKeyCredential.parseCreationOptionsFromJSON()`. */
export class PasskeyRegistrationOptionsResponse {
  rp: PasskeyServerResponse;
  user: PasskeyOwnerResponse;
  /** Valid for ten minutes, for one registration in this session. */
  challenge: string;
  pubKeyCredParams: PasskeyAlgorithmResponse[];
  /** Milliseconds. */
  timeout?: number;
  /** The passkeys that you have, so that an authenticator gets only one. */
  excludeCredentials?: KnownPasskeyResponse[];
  authenticatorSelection?: PasskeySelectionResponse;
  /** @example "none" */
  @ApiPropertyOptional({ type: String })
  attestation?: string;
  @ApiPropertyOptional({ type: [String] })
  hints?: string[];
  @ApiPropertyOptional({ type: Object })
  extensions?: object;
}
