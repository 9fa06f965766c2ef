import { Link } from '@tanstack/react-router';
import { useMe } from '../../app/session';
import { signOut } from '../../app/workspace-menu';
import { ActButton } from '../../ui/controls/act-button';
import { ButtonLink } from '../../ui/controls/button';
import { Card } from '../../ui/layout/card';
import styles from '../account-rows.module.css';
import { roleName } from '../roles';
import { securityWords as words } from './security-words';

/** The signed-in person, the workspace of the session, and the ways to other pages. */
export function AccountCard() {
  const me = useMe();
  const current = me.workspaces.find(({ isCurrent }) => isCurrent);
  return (
    <Card title={words.title}>
      <div className={styles.stack}>
        <p className="anywhere">
          {words.signedInAs}
          <strong>{me.name}</strong> ({me.email}).
          <br />
          {current === undefined
            ? words.noWorkspace
            : words.workspace(current.name, roleName(current.role).toLowerCase())}
        </p>
        <p className="note">
          <Link to="/sessions" className="text-link">
            {words.sessions}
          </Link>
          {': '}
          {words.sessionsAbout}{' '}
          <a href="/api/docs" className="text-link">
            {words.api}
          </a>
          {': '}
          {words.apiAbout}
        </p>
        <div className="row wrap">
          <ButtonLink to="/sessions">{words.sessions}</ButtonLink>
          <ActButton act={signOut}>{words.signOut}</ActButton>
        </div>
      </div>
    </Card>
  );
}
