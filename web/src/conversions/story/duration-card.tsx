import { formatSpan } from '../../ui/data/time-format';
import { Card } from '../../ui/layout/card';
import { EVENT_NAMES } from '../../ui/data/event-names';
import { type Conversion, STATUS_NAMES } from '../conversions-words';
import { type DurationPoint, durationPoints } from './durations';
import { storyWords as words } from './story-words';
import styles from './story.module.css';

const WIDTH = 300;
const EDGE = 6;
const LINE_Y = 22;

/** The way from the click to the money, with the time since the click at each point. The points have equal distances. */
export function DurationCard({ conversion, siblings }: { conversion: Conversion; siblings: readonly Conversion[] }) {
  const points = durationPoints(conversion, siblings);
  if (points.length === 0) return null;
  const at = (index: number): number => EDGE + (index / (points.length - 1)) * (WIDTH - 2 * EDGE);
  const label = points.map((point) => `${nameOf(point)}${point.ms === 0 ? '' : ` ${formatSpan(point.ms)}`}`).join(', ');
  return (
    <Card title={words.durations}>
      <svg className={styles.durations} viewBox={`0 0 ${WIDTH} 62`} role="img" aria-label={label}>
        <line className={styles.base} x1={EDGE} x2={WIDTH - EDGE} y1={LINE_Y} y2={LINE_Y} />
        {points.slice(1).map((point, index) => (
          <path
            key={index}
            className={point.kind === 'settled' ? styles.waited : styles.passed}
            opacity={index === 0 || point.kind === 'settled' ? 1 : 0.55}
            d={`M${at(index)} ${LINE_Y}H${at(index + 1)}`}
          />
        ))}
        {points.map((point, index) => (
          <circle
            key={index}
            className={styles.point}
            data-status={point.status}
            cx={at(index)}
            cy={LINE_Y}
            r={point.status ? 5 : 4}
          />
        ))}
        {points.map((point, index) => (
          <PointText
            key={index}
            point={point}
            x={at(index)}
            place={index === 0 ? 'start' : index === points.length - 1 ? 'end' : 'middle'}
          />
        ))}
      </svg>
    </Card>
  );
}

function PointText({ point, x, place }: { point: DurationPoint; x: number; place: 'start' | 'middle' | 'end' }) {
  const edge = { start: x - EDGE, middle: x, end: x + EDGE }[place];
  return (
    <>
      <text x={edge} y="46" textAnchor={place}>
        {nameOf(point)}
      </text>
      {point.kind === 'click' || (point.kind === 'settled' && point.status === 'pending') ? null : (
        <text x={edge} y="59" textAnchor={place} className={styles.pointSpan}>
          {formatSpan(point.ms)}
        </text>
      )}
    </>
  );
}

function nameOf({ kind, eventType, status }: DurationPoint): string {
  if (kind === 'click') return words.points.click;
  if (kind === 'settled') return status === undefined ? '' : STATUS_NAMES[status].toLowerCase();
  if (eventType === 'registration') return words.points.registration;
  return eventType === undefined ? '' : EVENT_NAMES[eventType];
}
