import type { MailParts } from './mail-layout.js';
import { formatTime } from './mail-text.js';

export interface NewSignInMail {
  at: Date;
  /** Such as `Firefox on Windows`. */
  device: string;
  /** City and country, or the address if the place is unknown. */
  place: string;
  /** The page with the sessions of the person. */
  link: string;
}

/** To a person who has signed in on a device for the first time. */
export function newSignIn({ at, device, place, link }: NewSignInMail): MailParts {
  return {
    subject: 'New sign-in to your Hopback account',
    paragraphs: ['There was a sign-in to your account on a new device.'],
    facts: [
      ['Time', formatTime(at)],
      ['Device', device],
      ['Place', place],
    ],
    button: { label: 'See your sessions', link },
    closing: [
      'If it was you, there is nothing to do.',
      'If it was not you, end this session and change your password now.',
    ],
  };
}
