import { memo, type MouseEvent } from 'react';
import { CheckBox } from '../../ui/controls/check-field';
import { Money } from '../../ui/data/money';
import { StatusMark, VerdictMark } from '../../ui/data/status';
import { Clock } from '../../ui/data/time';
import { useNetworkName } from '../../conversions/names';
import { useLinkName } from '../../links/link-names';
import { postbackWords as words } from '../postbacks-words';
import type { PostbackRow } from './postback-row';
import styles from './list.module.css';

/** A row of the log. `onSelect` is absent while rows are not selected. */
export const ListRow = memo(function ListRow({
  row,
  isOpen,
  isTabStop,
  isSelected,
  onOpen,
  onSelect,
}: {
  row: PostbackRow;
  isOpen: boolean;
  isTabStop: boolean;
  isSelected: boolean;
  onOpen: (id: string) => void;
  onSelect?: ((id: string, isSelected: boolean) => void) | undefined;
}) {
  const network = useNetworkName(row.networkId) ?? '';
  return (
    <>
      {onSelect === undefined ? null : (
        <CheckBox
          label={words.selectRow(row.event, network, row.receivedAt)}
          checked={isSelected}
          onChange={(is) => onSelect(row.id, is)}
        />
      )}
      <a
        className={styles.row}
        href={`/app/postbacks?id=${row.id}`}
        aria-current={isOpen ? 'true' : undefined}
        tabIndex={isTabStop ? 0 : -1}
        data-id={row.id}
        onClick={(event) => {
          if (isPlain(event)) {
            event.preventDefault();
            onOpen(row.id);
          }
        }}
      >
        <span className={styles.first}>
          <span className={styles.verdict}>
            <VerdictMark verdict={row.verdict} isBare />
          </span>
          <span className="ellipsis">{network}</span>
          <span className="push muted">
            <Clock at={row.receivedAt} />
          </span>
        </span>
        <span className={styles.second}>
          <span className="ellipsis">
            <b className="medium">{row.event}</b> <Note row={row} />
          </span>
          {row.money === null ? null : <Money value={row.money} />}
        </span>
      </a>
    </>
  );
});

function Note({ row: { note, linkId, isWaiting } }: { row: PostbackRow }) {
  const link = useLinkName(linkId)?.title;
  return (
    <span className="muted">
      {[note, link].filter(Boolean).join(' · ')}
      {isWaiting ? (
        <span className={styles.waits} title={words.waits}>
          <StatusMark shape="waits" />
          <span className="visually-hidden">{words.waits}</span>
        </span>
      ) : null}
    </span>
  );
}

/** Other clicks open the entry in a window of its own. */
function isPlain({ button, ctrlKey, metaKey, shiftKey, altKey }: MouseEvent): boolean {
  return button === 0 && !ctrlKey && !metaKey && !shiftKey && !altKey;
}
