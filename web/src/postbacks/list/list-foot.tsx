import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs';
import { hasScope, useMe } from '../../app/session';
import { Button, buttonClass } from '../../ui/controls/button';
import { formatCount } from '../../ui/data/money-format';
import { postbackWords as words } from '../postbacks-words';
import { runsWords } from '../runs/runs-words';
import type { BulkReplayRun } from '../runs/use-bulk-replay';
import { logExportPath, type PostbacksQuery } from './log-filters';
import type { LogSelection } from './use-log-selection';
import styles from './list.module.css';

/** The acts on the list: all that the filters show, or the selected ones. */
export function ListFoot({
  query,
  shown,
  selection,
  bulk,
  onRunMany,
  onRunSelected,
}: {
  query: PostbacksQuery;
  /** How many requests the filters find; absent: not known yet. */
  shown: { count: number; isComplete: boolean } | undefined;
  selection: LogSelection;
  bulk: BulkReplayRun;
  onRunMany: () => void;
  onRunSelected: () => void;
}) {
  const canRun = hasScope(useMe(), 'postbacks:write');
  if (selection.isOn) {
    return (
      <div className={styles.foot}>
        <span className="medium">{words.selected(selection.ids.size)}</span>
        <Button isSmall look="primary" disabled={selection.ids.size === 0} onClick={onRunSelected}>
          {words.runSelected(selection.ids.size)}
        </Button>
        <Button isSmall look="quiet" onClick={selection.end}>
          {words.endSelect}
        </Button>
      </div>
    );
  }
  const running = bulk.replay?.dryRun === false && bulk.replay.state === 'running' ? bulk.replay : undefined;
  return (
    <div className={styles.foot}>
      {canRun ? (
        <>
          <Button isSmall look="quiet" onClick={selection.begin}>
            {words.select}
          </Button>
          <Button
            isSmall
            disabled={shown === undefined || shown.count === 0}
            title={words.runShownTitle}
            onClick={onRunMany}
          >
            {running === undefined ? words.runShown(countText(shown)) : runsWords.runsOn(running.done, running.total)}
          </Button>
        </>
      ) : null}
      <a
        className={`${buttonClass({ isSmall: true, look: 'quiet' })} push`}
        href={logExportPath(query)}
        download
        title={words.exportTitle}
      >
        <IconDownload className="icon-small" />
        {words.exportCsv}
      </a>
    </div>
  );
}

function countText(shown: { count: number; isComplete: boolean } | undefined): string {
  if (shown === undefined) return '…';
  return shown.isComplete ? formatCount(shown.count) : words.atLeast(shown.count);
}
