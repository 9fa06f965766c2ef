import type { MailParts } from './mail-layout.js';
import { formatTime, toShortName } from './mail-text.js';

export const TWO_FACTOR_CHANGES = [
  'app-added',
  'app-removed',
  'passkey-added',
  'passkey-removed',
  'recovery-codes-renewed',
  'recovery-code-used',
  'identity-added',
  'identity-removed',
] as const;
export type TwoFactorChange = (typeof TWO_FACTOR_CHANGES)[number];

const SENTENCES: Readonly<Record<TwoFactorChange, string>> = {
  'app-added': 'An authenticator app was added to your account',
  'app-removed': 'The authenticator app was removed from your account',
  'passkey-added': 'A passkey was added to your account',
  'passkey-removed': 'A passkey was removed from your account',
  'recovery-codes-renewed': 'Your account has new recovery codes',
  'recovery-code-used': 'A recovery code was used to sign in to your account',
  'identity-added': 'An account at your OpenID provider was linked to your account',
  'identity-removed': 'An account at your OpenID provider was unlinked from your account',
};

export interface TwoFactorChangedMail {
  change: TwoFactorChange;
  at: Date;
  /** The name of the passkey. */
  passkeyName?: string | undefined;
  device?: string | undefined;
  ip?: string | undefined;
  /** The page with the security settings of the person. */
  link: string;
}

/** To a person whose second factor or passkeys have changed. */
export function twoFactorChanged({ change, at, passkeyName, device, ip, link }: TwoFactorChangedMail): MailParts {
  const sentence = SENTENCES[change];
  return {
    subject: `${sentence} at Hopback`,
    paragraphs: [`${sentence}.`],
    facts: [
      ['Passkey', passkeyName === undefined ? undefined : toShortName(passkeyName, 'without a name')],
      ['Time', formatTime(at)],
      ['Device', device],
      ['Address', ip],
    ],
    button: { label: 'See your security settings', link },
    closing: [
      'If it was you, there is nothing to do.',
      'If it was not you, change your password, end all other sessions, and remove what is not yours.',
    ],
  };
}
