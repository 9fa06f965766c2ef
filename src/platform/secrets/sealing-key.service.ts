import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Settings } from '../config/settings.js';
import { SETTINGS } from '../config/settings.token.js';
import { limitedLog } from '../logging/limited-log.js';
import { LOGGER } from '../logging/logger.js';
import { InstanceSecretsRepository } from './instance-secrets.repository.js';
import { seal, unseal } from './sealed-text.js';
import { createSecretKeyFile, readSecretKeyFile, secretKeyFileOf } from './secret-key-file.js';
import { WrongSecretKey } from './wrong-secret-key.js';

const FINGERPRINT = 'secret-key-fingerprint';
const FINGERPRINT_DIGITS = 16;

// src/platform/secrets: keys that instances share, and secrets at rest. Start here for secrets that are stored encrypted;
// instance-secrets.repository.ts keeps keys in the database, for MACs and pseudonyms; sealed-text.ts is the encryption.

/** The purpose and the owner of a sealed secret. It cannot be unsealed for anything else. */
export interface SealedFor {
  purpose: 'totp';
  ownerId: string;
}

/**
 * Seals small secrets, so that a copy of the database does not reveal them. The key is the setting SECRET_KEY, or a file in
 * DATA_DIR that is created when it is first needed. The database has the key's fingerprint: instances must share one key.
 */
@Injectable()
export class SealingKey {
  constructor(
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'dataDir' | 'secretKey' | 'lostSecretKey'>,
    private readonly secrets: InstanceSecretsRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws WrongSecretKey when other instances seal with another key. */
  async seal(text: string, sealedFor: SealedFor): Promise<string> {
    const key = await this.obtainKey();
    return `${fingerprintOf(key)}.${seal(text, key, contextOf(sealedFor))}`;
  }

  /**
   * @throws WrongSecretKey when the text was sealed with another key.
   * @throws Error when the text was changed, or was sealed for something else.
   */
  unseal(sealed: string, sealedFor: SealedFor): string {
    const [fingerprint = '', text = ''] = sealed.split('.', 2);
    const key = this.findKey();
    if (key === undefined || fingerprintOf(key) !== fingerprint) throw this.wrongKey(fingerprint, key);
    return unseal(text, key, contextOf(sealedFor));
  }

  /** The key whose fingerprint the database has. The first instance that needs a key decides. */
  private async obtainKey(): Promise<string> {
    const valid = await this.secrets.find(FINGERPRINT);
    const isFree = valid === undefined || valid === this.settings.lostSecretKey;
    const found = this.findKey();
    if (found === undefined && !isFree) throw this.wrongKey(valid, undefined);
    const key = found ?? createSecretKeyFile(this.settings.dataDir);
    const own = fingerprintOf(key);
    const claimed = valid === own || !isFree ? valid : await this.secrets.claim(FINGERPRINT, own, valid);
    if (claimed !== own) throw this.wrongKey(claimed, key);
    if (valid !== undefined && valid !== own) {
      this.logger.warn({ lost: valid, present: own }, 'the present secret key takes the place of the lost one');
    }
    return key;
  }

  private findKey(): string | undefined {
    return this.settings.secretKey ?? readSecretKeyFile(this.settings.dataDir);
  }

  private wrongKey(needed: string, key: string | undefined): WrongSecretKey {
    const present = key === undefined ? 'none' : fingerprintOf(key);
    const file = secretKeyFileOf(this.settings.dataDir);
    limitedLog(this.logger).error(
      { needed, present, file },
      'this instance lacks the secret key that sealed the stored secrets; answering 503. Set SECRET_KEY to the same value on all instances, or copy the file DATA_DIR/secret-key of the instance that has it. If the key is lost, set LOST_SECRET_KEY to the fingerprint in "needed"',
    );
    return new WrongSecretKey();
  }
}

function contextOf({ purpose, ownerId }: SealedFor): string {
  return `${purpose}\n${ownerId}`;
}

/** Names a key without revealing it. */
function fingerprintOf(key: string): string {
  return createHash('sha256')
    .update('hopback-secret-key-fingerprint\n')
    .update(key)
    .digest('hex')
    .slice(0, FINGERPRINT_DIGITS);
}
