import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTimeZone } from '../../app/session';
import { LineChart } from '../../ui/chart/line-chart';
import { Segments } from '../../ui/controls/segments';
import { Card } from '../../ui/layout/card';
import { ErrorBox, Skeleton } from '../../ui/layout/feedback';
import type { DayRange } from '../../ui/period/period';
import { trendQuery } from './link-queries';
import { TREND_METRICS, type TrendMetric } from './link-search';
import { linkWords } from './link-words';
import { pointsOf, valuesOf } from './trend-points';

const HEIGHT_PX = 220;

/** One number of the link over the period. */
export function TrendCard({
  linkId,
  range,
  metric,
  onMetric,
}: {
  linkId: string;
  range: DayRange | null;
  metric: TrendMetric;
  onMetric: (metric: TrendMetric) => void;
}) {
  const timeZone = useTimeZone();
  const { data, error, refetch } = useQuery(trendQuery(linkId, range));
  const points = useMemo(() => (data === undefined ? [] : pointsOf(data, timeZone)), [data, timeZone]);
  const series = useMemo(
    () => [
      { name: linkWords.metrics[metric], values: data === undefined ? [] : valuesOf(data, metric, points.length) },
    ],
    [data, metric, points],
  );
  const title = data === undefined ? linkWords.trend : `${linkWords.trend} ${linkWords.trendBy[data.interval]}`;
  return (
    <Card
      title={title}
      actions={
        <Segments
          label={linkWords.trendMetric}
          segments={TREND_METRICS.map((value) => ({ value, label: linkWords.metrics[value] }))}
          value={metric}
          onChange={onMetric}
        />
      }
    >
      {error === null ? null : <ErrorBox error={error} onRetry={() => void refetch()} />}
      {points.length > 0 ? (
        <LineChart
          label={`${title}: ${linkWords.metrics[metric]}`}
          points={points}
          series={series}
          height={HEIGHT_PX}
          soFar={linkWords.soFar}
        />
      ) : data === undefined ? (
        <Skeleton height={HEIGHT_PX} />
      ) : (
        <p className="muted">{linkWords.noClicks}</p>
      )}
    </Card>
  );
}
