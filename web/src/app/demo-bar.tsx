import { useQueryClient } from '@tanstack/react-query';
import { api } from '../api/client';
import { ActButton } from '../ui/controls/act-button';
import { meQuery, useMe } from './session';
import { appWords } from './words';
import { switchWorkspace } from './workspace-menu';
import styles from './demo-bar.module.css';

/** Says on every page of the demo workspace that its data is made up, and leads out of it. */
export function DemoBar() {
  const { workspaces } = useMe();
  const queries = useQueryClient();
  if (!workspaces.some(({ isCurrent, isDemo }) => isCurrent && isDemo)) return null;
  const home = workspaces.find(({ isDemo }) => !isDemo);
  const remove = async (): Promise<void> => {
    await api.DELETE('/api/v1/demo-workspace');
    if (home !== undefined) return switchWorkspace(home.id);
    await queries.invalidateQueries({ queryKey: meQuery.queryKey });
    window.location.assign('/app/start');
  };
  return (
    <div className={styles.bar} role="region" aria-label={appWords.demoData}>
      <span>
        <b>{appWords.demoData}:</b> {appWords.demoNote}
      </span>
      <span className={styles.acts}>
        {home === undefined ? null : (
          <ActButton isSmall act={() => switchWorkspace(home.id)}>
            {appWords.backTo(home.name)}
          </ActButton>
        )}
        <ActButton isSmall act={remove}>
          {appWords.demoRemove}
        </ActButton>
      </span>
    </div>
  );
}
