import type { MailParts } from './mail-layout.js';
import { formatTime } from './mail-text.js';

export interface PasswordChangedMail {
  at: Date;
  device?: string | undefined;
  ip?: string | undefined;
  /** The page where a person asks for a new password. */
  link: string;
}

/** To a person whose password was changed. */
export function passwordChanged({ at, device, ip, link }: PasswordChangedMail): MailParts {
  return {
    subject: 'The password of your Hopback account was changed',
    paragraphs: ['Your account has a new password.'],
    facts: [
      ['Time', formatTime(at)],
      ['Device', device],
      ['Address', ip],
    ],
    button: { label: 'Ask for a new password', link },
    closing: [
      'If it was you, there is nothing to do.',
      'If it was not you, ask for a new password at once with the link above.',
    ],
  };
}
