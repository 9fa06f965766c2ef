import {
  emailChangeConfirm,
  type EmailChangeConfirmMail,
  emailChanged,
  type EmailChangedMail,
} from './email-change.js';
import { invitation, type InvitationMail } from './invitation.js';
import { layoutMail, type MailMessage, type MailParts } from './mail-layout.js';
import { newSignIn, type NewSignInMail } from './new-sign-in.js';
import { passwordChanged, type PasswordChangedMail } from './password-changed.js';
import { passwordReset, type PasswordResetMail } from './password-reset.js';
import { twoFactorChanged, type TwoFactorChangedMail } from './two-factor-changed.js';

/** The mails that Hopback sends, and the values that each needs. */
export interface MailValues {
  invitation: InvitationMail;
  passwordReset: PasswordResetMail;
  newSignIn: NewSignInMail;
  emailChangeConfirm: EmailChangeConfirmMail;
  emailChanged: EmailChangedMail;
  twoFactorChanged: TwoFactorChangedMail;
  passwordChanged: PasswordChangedMail;
}
export type MailKind = keyof MailValues;

interface Template<T> {
  /** As log lines name the mail. */
  name: string;
  /** Whether the receiver cannot continue without the link. Other mails are notifications. */
  needsLink: boolean;
  write: (values: T) => MailParts;
}

export const MAIL_TEMPLATES: { readonly [K in MailKind]: Template<MailValues[K]> } = {
  invitation: { name: 'invitation', needsLink: true, write: invitation },
  passwordReset: { name: 'link for a new password', needsLink: true, write: passwordReset },
  newSignIn: { name: 'notification of a new sign-in', needsLink: false, write: newSignIn },
  emailChangeConfirm: { name: 'confirmation of an e-mail address', needsLink: true, write: emailChangeConfirm },
  emailChanged: { name: 'notification of a new e-mail address', needsLink: false, write: emailChanged },
  twoFactorChanged: { name: 'notification of a changed second factor', needsLink: false, write: twoFactorChanged },
  passwordChanged: { name: 'notification of a new password', needsLink: false, write: passwordChanged },
};

/** @param site host name of this Hopback. */
export function renderMail<K extends MailKind>(kind: K, values: MailValues[K], site: string): MailMessage {
  return layoutMail(MAIL_TEMPLATES[kind].write(values), site);
}
