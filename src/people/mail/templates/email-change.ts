import type { MailParts } from './mail-layout.js';
import { formatTime } from './mail-text.js';

export interface EmailChangeConfirmMail {
  link: string;
  validUntil: Date;
}

export interface EmailChangedMail {
  at: Date;
  newAddress: string;
}

/** To the new address, which is used after its confirmation. */
export function emailChangeConfirm({ link, validUntil }: EmailChangeConfirmMail): MailParts {
  return {
    subject: 'Confirm your new e-mail address for Hopback',
    paragraphs: ['Please confirm that this address is yours. You then sign in with it, and get all mails there.'],
    facts: [['Valid until', formatTime(validUntil)]],
    button: { label: 'Confirm this address', link },
    closing: ['If you did not ask for this, ignore this mail. Without a confirmation, nothing changes.'],
  };
}

/** To the old address, when the new one is in use. */
export function emailChanged({ at, newAddress }: EmailChangedMail): MailParts {
  return {
    subject: 'The e-mail address of your Hopback account was changed',
    paragraphs: ['Your account now has another e-mail address. Mails are no longer sent to this one.'],
    facts: [
      ['New address', newAddress],
      ['Time', formatTime(at)],
    ],
    closing: [
      'If it was you, there is nothing to do.',
      'If it was not you, ask an owner or admin of your workspace for help at once.',
    ],
  };
}
