import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { classes } from '../classes';
import { formatCount } from '../data/money-format';
import type { ChartPoint, ChartSeries, LineChartProps } from './line-chart';
import { plotData, plotOptions, readColours } from './plot-options';
import styles from './line-chart.module.css';

const TIP_WIDTH_PX = 150;

interface Cursor {
  index: number;
  left: number;
}

/** The drawing of a line chart; see LineChart. It is drawn anew when the theme or its width changes. */
export function LinePlot({ label, points, series, height = 220, format = formatCount, soFar }: LineChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const [cursor, setCursor] = useState<Cursor | null>(null);
  const width = useWidth(frame);
  const theme = useTheme();
  useEffect(() => {
    const target = frame.current;
    if (target === null || width === 0) return undefined;
    const onCursor = (index: number | null, left: number): void => {
      setCursor(index === null || left < 0 ? null : { index, left });
    };
    const options = plotOptions({ points, series, width, height, colours: readColours(), format, soFar, onCursor });
    const drawn = new uPlot(options, plotData(points, series), target);
    plot.current = drawn;
    return () => drawn.destroy();
  }, [points, series, width, height, format, soFar, theme]);
  const move = (event: KeyboardEvent): void => {
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, Home: -points.length, End: points.length };
    const step = steps[event.key];
    const drawn = plot.current;
    if (step === undefined || drawn === undefined) return;
    event.preventDefault();
    const from = cursor?.index ?? (step > 0 ? -1 : points.length);
    const index = Math.min(points.length - 1, Math.max(0, from + step));
    drawn.setCursor({ left: drawn.valToPos(index, 'x'), top: 0 });
  };
  return (
    <div
      className={styles.chart}
      role="group"
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the arrow keys move its cursor
      tabIndex={0}
      onKeyDown={move}
      onBlur={() => plot.current?.setCursor({ left: -10, top: -10 })}
    >
      <div ref={frame} className={styles.frame} style={{ height }} aria-hidden="true" />
      <Readout cursor={cursor} width={width} points={points} series={series} format={format} />
      <NumbersTable label={label} points={points} series={series} format={format} />
    </div>
  );
}

function useWidth(frame: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);
  return width;
}

/** The colour scheme of the page: a canvas is drawn anew when it changes. */
function useTheme(): string {
  const read = (): string => document.documentElement.dataset['mantineColorScheme'] ?? '';
  const [theme, setTheme] = useState(read);
  useEffect(() => {
    const observer = new MutationObserver(() => setTheme(read()));
    observer.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] });
    return () => observer.disconnect();
  }, []);
  return theme;
}

interface Numbers {
  points: readonly ChartPoint[];
  series: readonly ChartSeries[];
  format: (value: number) => string;
}

function Readout({ cursor, width, points, series, format }: Numbers & { cursor: Cursor | null; width: number }) {
  const point = cursor === null ? undefined : points[cursor.index];
  if (cursor === null || point === undefined) return <div aria-live="polite" />;
  const axis = 52;
  const isLeft = cursor.left + axis + TIP_WIDTH_PX + 16 > width;
  return (
    <div
      className={styles.tip}
      aria-live="polite"
      style={isLeft ? { right: width - axis - cursor.left + 14 } : { left: axis + cursor.left + 14 }}
    >
      <b>{point.title}</b>
      {series.map(({ name, values, isBefore }) => {
        const value = values[cursor.index];
        return [
          <span key={name} className={styles.legend}>
            <i className={classes(styles.key, isBefore === true && styles.before)} />
            {name}
          </span>,
          <span key={`${name} value`}>{typeof value === 'number' ? format(value) : '–'}</span>,
        ];
      })}
    </div>
  );
}

/** The numbers of the chart for screen readers. */
function NumbersTable({ label, points, series, format }: Numbers & { label: string }) {
  return (
    <div className="visually-hidden">
      <table>
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">{label}</th>
            {series.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.map(({ title }, index) => (
            <tr key={`${title} ${index}`}>
              <th scope="row">{title}</th>
              {series.map(({ name, values }) => {
                const value = values[index];
                return <td key={name}>{typeof value === 'number' ? format(value) : '–'}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
