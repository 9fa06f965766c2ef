import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client';
import { meQuery } from '../app/session';
import { switchWorkspace } from '../app/workspace-menu';
import { ActButton } from '../ui/controls/act-button';
import { formatCount } from '../ui/data/money-format';
import { demoQuery } from './demo-query';
import { startWords } from './start-words';
import styles from './demo-card.module.css';

/** Loads a workspace full of made-up traffic, and opens it. */
export function DemoCard() {
  const queries = useQueryClient();
  const { data: demo = null } = useQuery(demoQuery);
  const load = async (): Promise<void> => {
    const created = bodyOf(await api.POST('/api/v1/demo-workspace'));
    queries.setQueryData(demoQuery.queryKey, created);
    await queries.invalidateQueries({ queryKey: meQuery.queryKey });
  };
  const remove = async (): Promise<void> => {
    await api.DELETE('/api/v1/demo-workspace');
    queries.setQueryData(demoQuery.queryKey, null);
    await queries.invalidateQueries({ queryKey: meQuery.queryKey });
  };
  return (
    <section className={styles.card} aria-label={startWords.demoTitle}>
      <div className="grow">
        <h2 className={styles.title}>{startWords.demoTitle}</h2>
        <p className={styles.text} role="status">
          {demo === null
            ? startWords.demoText
            : demo.state === 'filling'
              ? `${startWords.demoFilling}: ${formatCount(demo.done)} ${startWords.of} ${formatCount(demo.total)}`
              : demo.state === 'ready'
                ? startWords.demoReady
                : startWords.demoFailed}
        </p>
        {demo?.state === 'filling' ? (
          <progress
            className={styles.progress}
            max={Math.max(demo.total, 1)}
            value={demo.done}
            aria-label={startWords.demoFilling}
          />
        ) : null}
      </div>
      {demo === null ? (
        <ActButton act={load}>{startWords.demoLoad}</ActButton>
      ) : demo.state === 'ready' ? (
        <ActButton act={() => switchWorkspace(demo.workspaceId)}>{startWords.demoOpen}</ActButton>
      ) : demo.state === 'failed' ? (
        <ActButton act={remove}>{startWords.demoRemove}</ActButton>
      ) : null}
    </section>
  );
}
