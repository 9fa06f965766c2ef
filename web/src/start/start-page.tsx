import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import { hasScope, useMe } from '../app/session';
import { useSetup, type Setup } from '../app/setup/setup-query';
import { useHiddenWhenDone } from '../app/setup/start-visibility';
import { classes } from '../ui/classes';
import { Button } from '../ui/controls/button';
import { RollingNumber } from '../ui/data/rolling-number';
import { ErrorBox, Skeleton } from '../ui/layout/feedback';
import { Page } from '../ui/layout/page';
import { DemoCard } from './demo-card';
import { LastSeen } from './last-seen';
import { OutAndBack } from './out-and-back';
import { progressOf, titleOfSetup } from './progress';
import { StepList } from './step-list';
import { startWords } from './start-words';
import styles from './start-page.module.css';

/** The steps to the first counted conversion. Each turns green when it is seen. */
export function StartPage() {
  const me = useMe();
  const { data: setup, error, refetch } = useSetup();
  const canWrite = hasScope(me, 'links:write') || hasScope(me, 'networks:write');
  const workspace = me.workspaces.find(({ isCurrent }) => isCurrent);
  return (
    <Page
      title={startWords.title}
      actions={workspace === undefined ? undefined : <HideWhenDone workspaceId={workspace.id} />}
    >
      {error === null ? null : (
        <div className={styles.error}>
          <ErrorBox error={error} onRetry={() => void refetch()} />
        </div>
      )}
      <Head setup={setup} canWrite={canWrite} />
      <div className={styles.grid}>
        {setup === undefined ? error === null && <StepsSkeleton /> : <StepList setup={setup} />}
        <aside className="stack" aria-label={startWords.outAndBack}>
          <OutAndBack setup={setup} />
          <LastSeen />
          {workspace?.isDemo === false && hasScope(me, 'workspaces:write') ? <DemoCard /> : null}
        </aside>
      </div>
    </Page>
  );
}

function Head({ setup, canWrite }: { setup: Setup | undefined; canWrite: boolean }) {
  if (setup === undefined) {
    return (
      <div className={styles.head}>
        <div className={styles.headText}>
          <Skeleton width={320} height={24} />
        </div>
      </div>
    );
  }
  const intro = setup.current === null ? startWords.introDone : canWrite ? startWords.intro : startWords.introReader;
  return (
    <div className={styles.head}>
      <div className={styles.headText}>
        <h2 className={styles.title} aria-live="polite">
          {titleOfSetup(setup)}
        </h2>
        <p className="secondary">{intro}</p>
      </div>
      <div className={styles.progress}>
        <span>
          <b>
            <RollingNumber value={setup.done} />
          </b>{' '}
          {startWords.of} {setup.total}
        </span>
        <span
          className={styles.segments}
          role="img"
          aria-label={`${startWords.progress}: ${setup.done}/${setup.total}`}
        >
          {progressOf(setup).map((part, index) => (
            <i key={index} className={classes(part === 'done' && styles.done, part === 'current' && styles.current)} />
          ))}
        </span>
      </div>
    </div>
  );
}

function HideWhenDone({ workspaceId }: { workspaceId: string }) {
  const [isHidden, setHidden] = useHiddenWhenDone(workspaceId);
  return (
    <Button
      look="quiet"
      aria-pressed={isHidden}
      title={startWords.hideWhenDoneHint}
      icon={isHidden ? <IconCheck className="icon" aria-hidden="true" /> : undefined}
      onClick={() => setHidden(!isHidden)}
    >
      {startWords.hideWhenDone}
    </Button>
  );
}

function StepsSkeleton() {
  return (
    <div className={styles.skeleton}>
      {Array.from({ length: 7 }, (_, index) => (
        <div key={index}>
          <Skeleton width={140} /> <Skeleton width="60%" />
        </div>
      ))}
    </div>
  );
}
