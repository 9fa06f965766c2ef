import { CopyButton } from '../../ui/controls/copy-button';
import styles from '../account-rows.module.css';
import { membersWords as words } from './members-words';

export interface SentTo {
  email: string;
  /** Where the server sends no mails: the link, which is shown once. */
  url?: string;
}

/** What has become of an invitation: a mail, or the link to pass on. */
export function SentInvitation({ sent }: { sent: SentTo | null }) {
  return (
    <div role="status">
      {sent === null ? null : sent.url === undefined ? (
        <p className="good">✓ {words.mailSent(sent.email)}</p>
      ) : (
        <div className={styles.stack}>
          <p>{words.giveLink(sent.email)}</p>
          <code className={styles.secret}>{sent.url}</code>
          <CopyButton text={sent.url} label={words.copyLink}>
            {words.copyLink}
          </CopyButton>
        </div>
      )}
    </div>
  );
}
