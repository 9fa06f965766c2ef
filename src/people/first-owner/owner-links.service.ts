import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { createSecretKeyFile, readSecretKeyFile } from '../../platform/secrets/secret-key-file.js';
import { isOwnerToken, ownerToken } from '../rules/owner-token.js';

/** Creates and checks the link with which the first owner signs up. */
@Injectable()
export class OwnerLinks {
  constructor(@Inject(SETTINGS) private readonly settings: OwnerLinkSettings) {}

  create(): string {
    return createOwnerLink(this.settings);
  }

  isValid(token: string): boolean {
    const { secretKey, dataDir } = this.settings;
    const key = secretKey ?? readSecretKeyFile(dataDir);
    return key !== undefined && isOwnerToken(key, token, Date.now());
  }
}

export type OwnerLinkSettings = Pick<Settings, 'publicUrl' | 'dataDir' | 'secretKey'>;

/** The link, whose token is in the fragment so that no log has it. Anyone who may read DATA_DIR can make one. */
export function createOwnerLink({ publicUrl, dataDir, secretKey }: OwnerLinkSettings): string {
  const key = secretKey ?? readSecretKeyFile(dataDir) ?? createSecretKeyFile(dataDir);
  return `${publicUrl}/app/welcome#${ownerToken(key, Date.now())}`;
}
