import { useMe } from '../../app/session';
import { signOut } from '../../app/workspace-menu';
import { ActButton } from '../../ui/controls/act-button';
import { buttonClass, ButtonLink } from '../../ui/controls/button';
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
        <div className="row wrap">
          <ButtonLink to="/sessions" title={words.sessionsAbout}>
            {words.sessions}
          </ButtonLink>
          <a href="/api/docs" className={buttonClass({})} title={words.apiAbout}>
            {words.api}
          </a>
          <ActButton act={signOut}>{words.signOut}</ActButton>
        </div>
      </div>
    </Card>
  );
}
