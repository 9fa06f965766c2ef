import { lazy, Suspense } from 'react';
import { Skeleton } from '../layout/feedback';

const LinePlot = lazy(() => import('./line-plot').then((module) => ({ default: module.LinePlot })));

/** A place on the x axis. */
export interface ChartPoint {
  /** On the axis, such as `14` or `27 Nov`. */
  label: string;
  /** In the readout, such as `14:00 – 15:00`. */
  title: string;
  /** Not over yet: the line to it is dotted, and ends at a hollow point. Only the last point can be unfinished. */
  isUnfinished?: boolean | undefined;
}

export interface ChartSeries {
  name: string;
  /** One for each point; null where there is none. */
  values: readonly (number | null)[];
  /** `before`: a compared period, thin and grey. */
  isBefore?: boolean | undefined;
}

export interface LineChartProps {
  /** For screen readers, which get the numbers as a table. */
  label: string;
  points: readonly ChartPoint[];
  series: readonly ChartSeries[];
  height?: number;
  format?: (value: number) => string;
  /** The text beside an unfinished point, such as "142 so far". */
  soFar?: (value: string) => string;
}

const DEFAULT_HEIGHT_PX = 220;

/** Lines over a period. The plotting library is loaded with the first chart. Arrow keys move the cursor. */
export function LineChart({ height = DEFAULT_HEIGHT_PX, ...props }: LineChartProps) {
  return (
    <Suspense fallback={<Skeleton height={height} />}>
      <LinePlot height={height} {...props} />
    </Suspense>
  );
}
