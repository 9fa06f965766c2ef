import type { PasskeyResponse } from '../../../src/people/passkeys/passkeys.dto.js';
import type { PasskeyTab } from './passkey-tab.js';
import type { PersonClient } from './person-client.js';

/** Options for an authenticator. */
export type PasskeyOptions = Record<string, unknown> & { challenge: string };

export function signInOptionsOf(client: PersonClient): Promise<PasskeyOptions> {
  return client.json('post', '/api/v1/auth/passkey/options');
}

export function registrationOptionsOf(client: PersonClient): Promise<PasskeyOptions> {
  return client.json('post', '/api/v1/me/passkeys/options');
}

export async function addPasskey(client: PersonClient, tab: PasskeyTab): Promise<PasskeyResponse> {
  const response = await tab.register(await registrationOptionsOf(client));
  return client.json('post', '/api/v1/me/passkeys', { response });
}

export async function verifyPasskey(client: PersonClient, body: unknown): Promise<{ status: number; body: unknown }> {
  const { status, text } = await client.call('post', '/api/v1/auth/passkey/verify', { body });
  return { status, body: JSON.parse(text) };
}
