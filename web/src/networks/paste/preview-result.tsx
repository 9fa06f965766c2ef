import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Schema } from '../../api/client';
import { linkQuery } from '../../links/link-query';
import { hasScope, useMe } from '../../app/session';
import { Button } from '../../ui/controls/button';
import { lookOfVerdict, Status } from '../../ui/data/status';
import { mappingWords } from '../mapping/mapping-words';
import { describeEvent } from '../read-event';
import styles from './parameter-table.module.css';

type Preview = Schema<'PreviewPostbackResponse'>;

/** The verdict that the request would get, and the act that makes it so. */
export function PreviewResult({
  today,
  shown,
  isChanged,
  isSaving,
  onSave,
  onDiscard,
}: {
  today: Preview;
  shown: Preview;
  isChanged: boolean;
  isSaving: boolean;
  /** Absent when there is nothing to save, or for those who only read. */
  onSave?: (() => void) | undefined;
  onDiscard: () => void;
}) {
  return (
    <>
      <div className={styles.result} aria-live="polite">
        <Verdict preview={shown} />
        {shown.event === null ? null : (
          <span>
            <b>{describeEvent(shown.event)}</b> {shown.linkId === null ? null : <OnLink id={shown.linkId} />}
          </span>
        )}
        {shown.reason === null ? null : <code>{shown.reason}</code>}
        {isChanged ? (
          <span className="row push">
            <Button look="quiet" onClick={onDiscard}>
              {mappingWords.backToToday}
            </Button>
            {onSave === undefined ? null : (
              <Button look="primary" isBusy={isSaving} onClick={onSave}>
                {mappingWords.saveMapping}
              </Button>
            )}
          </span>
        ) : null}
      </div>
      <div className={styles.more}>
        {isChanged && today.verdict !== shown.verdict ? (
          <p className="secondary">
            {mappingWords.today}: <Verdict preview={today} />{' '}
            {today.reason === null ? null : <code>{today.reason}</code>}
          </p>
        ) : null}
        {shown.hint === null ? null : <p className="secondary">{shown.hint}</p>}
        {shown.problems.map(({ code, message }) => (
          <p key={code} className="waiting">
            {message}
          </p>
        ))}
      </div>
    </>
  );
}

function Verdict({ preview: { verdict } }: { preview: Preview }) {
  const { shape, tone } = lookOfVerdict(verdict);
  return (
    <Status shape={shape} tone={tone}>
      {mappingWords.verdicts[verdict]}
    </Status>
  );
}

/** The link of the click, by its slug. */
function OnLink({ id }: { id: string }) {
  const isAllowed = hasScope(useMe(), 'links:read');
  const { data: link } = useQuery({ ...linkQuery(id), enabled: isAllowed, retry: false });
  return (
    <span className="nowrap">
      <span className="muted">{mappingWords.on}</span>{' '}
      <Link to="/links/$linkId" params={{ linkId: id }} className="text-link">
        {link?.slug ?? id}
      </Link>
    </span>
  );
}
