import { api } from '../../api/client';
import { leaveAfter } from '../../app/leave';
import { type Person, useMe } from '../../app/session';
import { switchWorkspace } from '../../app/workspace-menu';
import { ActButton, ConfirmedButton } from '../../ui/controls/act-button';
import { Card } from '../../ui/layout/card';
import styles from '../account-rows.module.css';
import { restrictionsOf } from '../restrictions';
import { roleName } from '../roles';
import { securityWords as words } from './security-words';

/** The workspaces of the person, each with the role in it. */
export function WorkspacesCard() {
  const me = useMe();
  return (
    <Card title={words.workspaces}>
      <ul className={styles.rows}>
        {me.workspaces.map((workspace) => (
          <WorkspaceRow key={workspace.id} workspace={workspace} />
        ))}
      </ul>
    </Card>
  );
}

function WorkspaceRow({ workspace }: { workspace: Person['workspaces'][number] }) {
  const { id, name, role, isCurrent } = workspace;
  const restrictions = restrictionsOf(workspace);
  return (
    <li>
      <h3 className={styles.title}>
        {name}
        {isCurrent ? <span className={styles.mark}>● {words.current}</span> : null}
      </h3>
      <p className="note">
        {roleName(role)}. {restrictions}
      </p>
      <div className={styles.acts}>
        {isCurrent ? null : (
          <ActButton isSmall act={() => switchWorkspace(id)}>
            {words.switch}
          </ActButton>
        )}
        <ConfirmedButton label={words.leave} question={words.leaveAbout(name)} act={() => leaveWorkspace(id)} />
      </div>
    </li>
  );
}

/** Other data everywhere, so the page is loaded anew. */
export async function leaveWorkspace(workspaceId: string): Promise<void> {
  const params = { path: { workspaceId } };
  await leaveAfter(() => api.DELETE('/api/v1/me/workspaces/{workspaceId}', { params }), '/app/security');
}
