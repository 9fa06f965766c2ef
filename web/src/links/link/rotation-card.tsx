import { useQuery } from '@tanstack/react-query';
import type { Schema } from '../../api/client';
import { formatCount, formatShare } from '../../ui/data/money-format';
import { Card } from '../../ui/layout/card';
import { ErrorBox, Skeleton } from '../../ui/layout/feedback';
import type { Link } from '../link-types';
import { rotationQuery } from './link-queries';
import { linkWords } from './link-words';
import styles from './link.module.css';

type Variant = Schema<'VariantNumbersResponse'>;

/** How visitors are shared out among the variants, explained by their numbers. Nothing for a link without variants. */
export function RotationCard({ link }: { link: Link }) {
  const hasVariants = link.variants.length > 0 || link.rules.some(({ variants }) => (variants?.length ?? 0) > 0);
  const { data, error, refetch } = useQuery({ ...rotationQuery(link.id), enabled: hasVariants });
  if (!hasVariants) return null;
  return (
    <Card title={linkWords.rotation} note={data === undefined ? undefined : linkWords.modes[data.rotation.mode]}>
      {error === null ? null : <ErrorBox error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null ? <Skeleton height={80} /> : null}
      {data?.lists.map(({ rule, variants }) => (
        <div key={rule ?? ''}>
          {data.lists.length > 1 ? <h3>{rule === null ? linkWords.allOthers : linkWords.rule(rule)}</h3> : null}
          <ul>
            {variants.map((variant) => (
              <VariantLine key={variant.name} variant={variant} />
            ))}
          </ul>
        </div>
      ))}
    </Card>
  );
}

function VariantLine({ variant }: { variant: Variant }) {
  const { name, url, share, weight, clicks, conversions, probabilityBest, isFull } = variant;
  return (
    <li className={styles.variant}>
      <span className="row">
        <b className="medium">{name}</b>
        <span className="muted push">{linkWords.gets(percent(share), weight)}</span>
      </span>
      <span className={styles.share} aria-hidden="true">
        <i style={{ width: percent(share).replace(' ', '') }} />
      </span>
      <span className="note">
        {clicks === 0
          ? linkWords.notEnough
          : linkWords.converts(formatCount(conversions), formatCount(clicks), formatShare(conversions, clicks))}
        {clicks === 0 ? null : ` · ${linkWords.best(percent(probabilityBest))}`}
        {isFull ? ` · ${linkWords.isFull}` : null}
      </span>
      <span className="note mono ellipsis" title={url}>
        {url}
      </span>
    </li>
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
