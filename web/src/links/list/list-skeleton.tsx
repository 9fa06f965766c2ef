import { Skeleton } from '../../ui/layout/feedback';
import { uiWords } from '../../ui/words';
import styles from './list.module.css';

const ROWS = 12;
const CARDS = 5;
const ROW_HEIGHT_PX = 48;
const CARD_HEIGHT_PX = 88;

/** The list before its first answer, in its final size. */
export function ListSkeleton({ isPhone }: { isPhone: boolean }) {
  return (
    <div className={isPhone ? styles.cards : styles.table} role="status" aria-label={uiWords.loading}>
      {Array.from({ length: isPhone ? CARDS : ROWS }, (_, index) => (
        <div key={index} className={styles.foot} style={{ height: isPhone ? CARD_HEIGHT_PX : ROW_HEIGHT_PX }}>
          <Skeleton width="96%" height={14} />
        </div>
      ))}
    </div>
  );
}
