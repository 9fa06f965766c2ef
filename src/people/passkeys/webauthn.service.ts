import { Inject, Injectable } from '@nestjs/common';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { canUsePasskeys } from '../rules/passkey-host.js';
import type { Passkey, User } from '../users/user.schema.js';
import type { PasskeyRegistrationDto, PasskeySignInRequest } from './passkeys.dto.js';
import { isWithoutCertificates } from './rules/attestation.js';

/** The time that WebAuthn recommends. A challenge lasts longer. */
const TIMEOUT_MS = 300_000;
/** EdDSA, ES256 and RS256. The library's default depends on the version of Node. */
const ALGORITHMS = [-8, -7, -257];

/** A signature that is right. */
export interface VerifiedAssertion {
  counter: number;
  /** Whether the authenticator has verified the person: by a PIN, a finger or a face. */
  isUserVerified: boolean;
  isBackedUp: boolean;
}

/** A new passkey, without what the person says of it. */
export type VerifiedRegistration = Pick<Passkey, '_id' | 'publicKey' | 'counter' | 'transports' | 'isBackedUp'>;

/** Creates options for authenticators and verifies their answers, for PUBLIC_URL. It stores nothing. */
@Injectable()
export class WebAuthnService {
  private readonly hostname: string;
  private readonly origin: string;

  constructor(@Inject(SETTINGS) { publicUrl }: Settings) {
    ({ hostname: this.hostname, origin: this.origin } = new URL(publicUrl));
  }

  /** @throws ProblemException 403 where browsers do not allow passkeys. */
  assertIsPossible(): void {
    if (canUsePasskeys(this.origin)) return;
    const detail = `Passkeys need https (or localhost) and a host name, and this Hopback is ${this.origin}.`;
    throw new ProblemException('forbidden', detail);
  }

  /** The options name no credentials, so that they tell nothing about accounts: the authenticator offers what it has. */
  createSignInOptions(): Promise<PublicKeyCredentialRequestOptionsJSON> {
    return generateAuthenticationOptions({
      rpID: this.hostname,
      timeout: TIMEOUT_MS,
      userVerification: 'preferred',
    });
  }

  createRegistrationOptions({
    _id,
    email,
    name,
    passkeys = [],
  }: User): Promise<PublicKeyCredentialCreationOptionsJSON> {
    return generateRegistrationOptions({
      rpName: 'Hopback',
      rpID: this.hostname,
      userID: Uint8Array.from(Buffer.from(_id)),
      userName: email,
      userDisplayName: name,
      timeout: TIMEOUT_MS,
      attestationType: 'none',
      excludeCredentials: passkeys.map(({ _id: id, transports }) => ({ id, transports })),
      // Sign-ins name no credentials, so they can only use those that the authenticator finds by itself.
      authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
      supportedAlgorithmIDs: ALGORITHMS,
    });
  }

  /** The caller compares the counter with the stored one. @returns `undefined` for an answer that is not right. */
  async verifyAssertion(
    { id, rawId, response: { clientDataJSON, authenticatorData, signature } }: PasskeySignInRequest,
    passkey: Passkey,
    challenge: string,
  ): Promise<VerifiedAssertion | undefined> {
    const result = await verifiedOrNothing(() =>
      verifyAuthenticationResponse({
        response: {
          id,
          rawId,
          type: 'public-key',
          clientExtensionResults: {},
          response: { clientDataJSON, authenticatorData, signature },
        },
        expectedChallenge: challenge,
        expectedOrigin: this.origin,
        expectedRPID: this.hostname,
        // With 0 the library leaves the counter to the caller, who stores it and so sees of two requests only one succeed.
        credential: { id: passkey._id, publicKey: Buffer.from(passkey.publicKey, 'base64url'), counter: 0 },
        requireUserVerification: false,
      }),
    );
    if (result === undefined) return undefined;
    const {
      newCounter: counter,
      userVerified: isUserVerified,
      credentialBackedUp: isBackedUp,
    } = result.authenticationInfo;
    return { counter, isUserVerified, isBackedUp };
  }

  /** @returns `undefined` for an answer that is not right. */
  async verifyRegistration(
    { id, rawId, response: { clientDataJSON, attestationObject, transports = [] } }: PasskeyRegistrationDto,
    challenge: string,
  ): Promise<VerifiedRegistration | undefined> {
    const result = await verifiedOrNothing(async () => {
      if (!isWithoutCertificates(attestationObject)) return undefined;
      return verifyRegistrationResponse({
        response: {
          id,
          rawId,
          type: 'public-key',
          clientExtensionResults: {},
          response: { clientDataJSON, attestationObject },
        },
        expectedChallenge: challenge,
        expectedOrigin: this.origin,
        expectedRPID: this.hostname,
        requireUserVerification: false,
        supportedAlgorithmIDs: ALGORITHMS,
      });
    });
    const registered = result?.registrationInfo;
    if (registered?.credential.id !== id) return undefined;
    const { credential, credentialBackedUp: isBackedUp } = registered;
    const publicKey = Buffer.from(credential.publicKey).toString('base64url');
    return { _id: id, publicKey, counter: credential.counter, transports, isBackedUp };
  }
}

/** The library throws for each wrong part of an answer, with errors of many kinds. It uses no store. */
async function verifiedOrNothing<T extends { verified: boolean }>(
  verify: () => Promise<T | undefined>,
): Promise<T | undefined> {
  try {
    const result = await verify();
    return result?.verified ? result : undefined;
  } catch {
    return undefined;
  }
}
