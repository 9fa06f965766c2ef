import { Card } from '../../ui/layout/card';
import { Skeleton } from '../../ui/layout/feedback';
import styles from './preset-view.module.css';

/** The place of a preset or network that is being loaded. */
export function SkeletonDetail() {
  return (
    <Card isBare>
      <div className={styles.skeleton}>
        <Skeleton width={220} height={20} />
        <Skeleton height={74} />
        <Skeleton height={48} />
        <Skeleton height={48} />
        <Skeleton height={48} />
      </div>
    </Card>
  );
}
