import type { Settings } from '../../platform/config/settings.js';
import { createSecretKeyFile, readSecretKeyFile } from '../../platform/secrets/secret-key-file.js';
import { isOwnerToken, ownerToken } from '../rules/owner-token.js';

export type OwnerLinkSettings = Pick<Settings, 'publicUrl' | 'dataDir' | 'secretKey'>;

/** The link, whose token is in the fragment so that no log has it. Anyone who may read DATA_DIR can make one. */
export function createOwnerLink({ publicUrl, dataDir, secretKey }: OwnerLinkSettings): string {
  const key = secretKey ?? readSecretKeyFile(dataDir) ?? createSecretKeyFile(dataDir);
  return `${publicUrl}/app/welcome#${ownerToken(key, Date.now())}`;
}

/** Whether an instance with this secret key has made the token less than a day ago. */
export function isValidOwnerToken({ dataDir, secretKey }: OwnerLinkSettings, token: string): boolean {
  const key = secretKey ?? readSecretKeyFile(dataDir);
  return key !== undefined && isOwnerToken(key, token, Date.now());
}
