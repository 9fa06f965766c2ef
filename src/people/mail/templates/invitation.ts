import type { MailParts } from './mail-layout.js';
import { formatTime, toShortName } from './mail-text.js';

export interface InvitationMail {
  workspaceName: string;
  inviterName: string;
  role: string;
  link: string;
  validUntil: Date;
}

/** To a person who is invited to a workspace. */
export function invitation({ workspaceName, inviterName, role, link, validUntil }: InvitationMail): MailParts {
  const inviter = toShortName(inviterName, 'A member');
  const workspace = toShortName(workspaceName, 'a workspace');
  return {
    subject: `${inviter} invites you to "${workspace}" on Hopback`,
    paragraphs: [`${inviter} invites you to the workspace "${workspace}" on Hopback.`],
    facts: [
      ['Your role', toShortName(role, 'member')],
      ['Valid until', formatTime(validUntil)],
    ],
    button: { label: 'Accept the invitation', link },
    closing: ['If you do not know the sender, ignore this mail. You become a member only if you accept.'],
  };
}
