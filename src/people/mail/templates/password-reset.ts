import type { MailParts } from './mail-layout.js';

export interface PasswordResetMail {
  link: string;
  validMinutes: number;
  /** The device that asked, such as `Firefox on Windows`. */
  device?: string | undefined;
  /** The address that asked. */
  ip?: string | undefined;
}

/** To a person who has asked for a new password. */
export function passwordReset({ link, validMinutes, device, ip }: PasswordResetMail): MailParts {
  return {
    subject: 'Choose a new password for Hopback',
    paragraphs: ['A new password was requested for your account.'],
    facts: [
      ['Valid for', `${validMinutes} minutes`],
      ['Requested on', device],
      ['Requested from', ip],
    ],
    button: { label: 'Choose a new password', link },
    closing: ['If it was not you, ignore this mail. Your password stays as it is.'],
  };
}
