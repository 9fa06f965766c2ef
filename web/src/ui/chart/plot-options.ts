import type uPlot from 'uplot';
import { gridValues, labelledPoints } from './chart-scale';
import type { ChartPoint, ChartSeries } from './line-chart';

const LABEL_WIDTH_PX = 56;
const NOW_WIDTH_PX = 2;
const BEFORE_WIDTH_PX = 1.5;
const HOLLOW_RADIUS_PX = 3;
const FONT = '11px system-ui, sans-serif';

/** The colours of the theme, which a canvas cannot take from the style sheet by itself. */
interface PlotColours {
  chart: string;
  compare: string;
  line: string;
  text: string;
  surface: string;
}

export function readColours(): PlotColours {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(`--hb-${name}`).trim();
  return {
    chart: read('chart'),
    compare: read('compare'),
    line: read('line-soft'),
    text: read('text-3'),
    surface: read('surface'),
  };
}

/**
 * The columns of uPlot: the places, then each series without its unfinished point, and at the end the dotted piece of
 * each, which leads to that point.
 */
export function plotData(points: readonly ChartPoint[], series: readonly ChartSeries[]): uPlot.AlignedData {
  const last = points.length - 1;
  const isUnfinished = points[last]?.isUnfinished === true;
  const solid = series.map(({ values, isBefore }) =>
    values.map((value, index) => (isUnfinished && isBefore !== true && index === last ? null : value)),
  );
  const dotted = series
    .filter(({ isBefore }) => isBefore !== true)
    .map(({ values }) => values.map((value, index) => (isUnfinished && index >= last - 1 ? value : null)));
  return [points.map((_, index) => index), ...solid, ...dotted];
}

export function plotOptions({
  points,
  series,
  width,
  height,
  colours,
  format,
  soFar,
  onCursor,
}: {
  points: readonly ChartPoint[];
  series: readonly ChartSeries[];
  width: number;
  height: number;
  colours: PlotColours;
  format: (value: number) => string;
  soFar: ((value: string) => string) | undefined;
  onCursor: (index: number | null, left: number) => void;
}): uPlot.Options {
  const grid = gridValues(Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0))));
  const now = series.filter(({ isBefore }) => isBefore !== true);
  return {
    width,
    height,
    padding: [8, 16, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 8, width: 2, stroke: colours.surface } },
    scales: {
      x: { time: false, range: (_, min, max) => (min === max ? [min - 0.5, max + 0.5] : [min, max]) },
      y: { range: () => [0, grid.at(-1) ?? 1] },
    },
    axes: [
      {
        stroke: colours.text,
        font: FONT,
        grid: { show: false },
        ticks: { show: false },
        splits: (plot) => labelledPoints(points.length, plot.bbox.width / devicePixelRatio, LABEL_WIDTH_PX),
        values: (_, splits) => splits.map((index) => points[index]?.label ?? ''),
      },
      {
        stroke: colours.text,
        font: FONT,
        size: 52,
        grid: { stroke: colours.line, width: 1 },
        ticks: { show: false },
        splits: () => grid,
        values: (_, splits) => splits.map(format),
      },
    ],
    series: [
      {},
      ...series.map(({ name, isBefore }): uPlot.Series => {
        const isNow = isBefore !== true;
        const stroke = isNow ? colours.chart : colours.compare;
        return {
          label: name,
          stroke,
          width: isNow ? NOW_WIDTH_PX : BEFORE_WIDTH_PX,
          points: { show: points.length === 1 },
          ...(isNow && { fill: `color-mix(in srgb, ${colours.chart} 7%, transparent)` }),
        };
      }),
      ...now.map(({ name }): uPlot.Series => ({
        label: name,
        stroke: colours.chart,
        width: NOW_WIDTH_PX,
        dash: [1, 5],
        cap: 'round',
        points: { show: false },
      })),
    ],
    hooks: {
      draw: [(plot) => drawUnfinished(plot, { points, series: now, colours, format, soFar })],
      setCursor: [({ cursor }) => onCursor(cursor.idx ?? null, cursor.left ?? 0)],
    },
  };
}

/** The hollow point of a piece of the period that is not over, and its value so far. */
function drawUnfinished(
  plot: uPlot,
  {
    points,
    series,
    colours,
    format,
    soFar,
  }: {
    points: readonly ChartPoint[];
    series: readonly ChartSeries[];
    colours: PlotColours;
    format: (value: number) => string;
    soFar: ((value: string) => string) | undefined;
  },
): void {
  const last = points.length - 1;
  if (points[last]?.isUnfinished !== true) return;
  const { ctx } = plot;
  const scale = devicePixelRatio;
  for (const { values } of series) {
    const value = values[last];
    if (typeof value !== 'number') continue;
    const [x, y] = [plot.valToPos(last, 'x', true), plot.valToPos(value, 'y', true)];
    ctx.save();
    ctx.beginPath();
    ctx.arc(x, y, HOLLOW_RADIUS_PX * scale, 0, 2 * Math.PI);
    ctx.fillStyle = colours.surface;
    ctx.strokeStyle = colours.chart;
    ctx.lineWidth = 1.75 * scale;
    ctx.fill();
    ctx.stroke();
    if (soFar !== undefined) {
      ctx.font = `${11 * scale}px system-ui, sans-serif`;
      ctx.fillStyle = colours.text;
      ctx.textAlign = x > plot.bbox.left + plot.bbox.width / 2 ? 'right' : 'left';
      ctx.fillText(soFar(format(value)), x + (ctx.textAlign === 'right' ? -8 : 8) * scale, y - 8 * scale);
    }
    ctx.restore();
  }
}
