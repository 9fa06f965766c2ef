import { useQuery } from '@tanstack/react-query';
import { Funnel } from '../../ui/chart/funnel';
import { Segments } from '../../ui/controls/segments';
import { formatCount } from '../../ui/data/money-format';
import { Card } from '../../ui/layout/card';
import { ErrorBox, Skeleton } from '../../ui/layout/feedback';
import type { DayRange } from '../../ui/period/period';
import { funnelQuery, sourcesQuery } from './link-queries';
import { SOURCE_DIMENSIONS, type SourceDimension } from './link-search';
import { linkWords } from './link-words';
import styles from './link.module.css';

/** Steps that many networks never report; they are shown when they happen. */
const OPTIONAL_STEPS = ['deposits', 'qualified'];
const FUNNEL_HEIGHT_PX = 175;

/** From the click to the approved conversion. */
export function FunnelCard({ linkId, range }: { linkId: string; range: DayRange | null }) {
  const { data, error, refetch } = useQuery(funnelQuery(linkId, range));
  const steps = data?.filter(({ name, count }) => count > 0 || !OPTIONAL_STEPS.includes(name));
  return (
    <Card title={linkWords.funnel} note={linkWords.funnelNote}>
      {error === null ? null : <ErrorBox error={error} onRetry={() => void refetch()} />}
      {steps === undefined ? (
        <Skeleton height={FUNNEL_HEIGHT_PX} />
      ) : (
        <Funnel
          label={linkWords.funnel}
          steps={steps.map(({ name, count, medianSeconds }) => ({
            name: linkWords.steps[name] ?? name,
            count,
            medianSeconds,
            isSettled: name === 'approved',
          }))}
        />
      )}
    </Card>
  );
}

/** Where the clicks of the link come from. */
export function SourcesCard({
  linkId,
  range,
  by,
  onBy,
}: {
  linkId: string;
  range: DayRange | null;
  by: SourceDimension;
  onBy: (by: SourceDimension) => void;
}) {
  const { data, error, refetch } = useQuery(sourcesQuery(linkId, range, by));
  const max = Math.max(1, ...(data?.rows.map(({ clicks }) => clicks) ?? []));
  return (
    <Card title={linkWords.sources}>
      <Segments
        label={linkWords.sourceKind}
        segments={SOURCE_DIMENSIONS.map((value) => ({ value, label: linkWords.dimensions[value] }))}
        value={by}
        onChange={onBy}
      />
      {error === null ? null : <ErrorBox error={error} onRetry={() => void refetch()} />}
      {data === undefined ? <Skeleton height={120} /> : null}
      {data?.rows.length === 0 ? <p className="muted">{linkWords.noClicks}</p> : null}
      <ul style={{ marginTop: 8 }}>
        {data?.rows.map(({ name, clicks, ftds }) => (
          <li key={name} className={styles.source}>
            <i style={{ width: `${(100 * clicks) / max}%` }} aria-hidden="true" />
            <span className="ellipsis">{name ?? <span className="muted">{linkWords.noValue}</span>}</span>
            <span className="nowrap">
              {formatCount(clicks)} <span className="muted">{linkWords.ftdCount(formatCount(ftds))}</span>
            </span>
          </li>
        ))}
      </ul>
      {data !== undefined && data.rest > 0 ? <p className="note">{linkWords.rest(formatCount(data.rest))}</p> : null}
    </Card>
  );
}
