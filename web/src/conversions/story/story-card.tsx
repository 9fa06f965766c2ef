import { useMemo, useState } from 'react';
import { useTimeZone } from '../../app/session';
import { Segments } from '../../ui/controls/segments';
import { HopGap, HopMoment, HopRail } from '../../ui/data/hop-rail';
import { formatClock, formatDay, formatOffset, formatSpan, isoDay } from '../../ui/data/time-format';
import { useNow } from '../../ui/data/time';
import { Card } from '../../ui/layout/card';
import { ErrorBox, Skeleton } from '../../ui/layout/feedback';
import type { Conversion } from '../conversions-words';
import { Moment } from './moment';
import { type StoryMoment, type StoryPart, type StoryRow, storyRows } from './story-rows';
import { storyWords as words } from './story-words';
import { useRequestParameters, useStory } from './use-story';
import styles from './story.module.css';

const SKELETON_MOMENTS = 6;

/** The story of a conversion: each moment with its hop between us and them. */
export function StoryCard({ conversion, siblings }: { conversion: Conversion; siblings: readonly Conversion[] }) {
  const timeZone = useTimeZone();
  const [part, setPart] = useState<StoryPart>('all');
  const now = useNow(false);
  const story = useStory(conversion.id);
  const entries = story.data?.entries;
  const rows = useMemo(
    () => (entries === undefined ? undefined : storyRows(entries, siblings, part)),
    [entries, siblings, part],
  );
  const count = rows?.filter(({ type }) => type === 'moment').length;
  const zone = timeZone === 'UTC' ? timeZone : `${timeZone} ${formatOffset(now, timeZone)}`;
  return (
    <Card
      title={words.story}
      note={count === undefined ? undefined : words.events(count, zone)}
      isBare
      actions={
        <Segments
          label={words.show}
          value={part}
          segments={[
            { value: 'all', label: words.all },
            { value: 'postbacks', label: words.postbacks },
          ]}
          onChange={setPart}
        />
      }
    >
      <div className={styles.story}>
        {story.error === null ? null : <ErrorBox error={story.error} onRetry={() => void story.refetch()} />}
        {rows === undefined && story.error === null ? <StorySkeleton /> : null}
        {rows === undefined ? null : rows.length === 0 ? (
          <p className={styles.nothing}>{words.noPostbacks}</p>
        ) : (
          <Rail rows={rows} conversion={conversion} />
        )}
        {story.data?.complete === false ? <p className="note">{words.incomplete}</p> : null}
      </div>
    </Card>
  );
}

function Rail({ rows, conversion }: { rows: readonly StoryRow[]; conversion: Conversion }) {
  const parameters = useRequestParameters(conversion.id);
  const [loadedAt] = useState(() => Date.now());
  const moments = rows.filter((row) => row.type === 'moment');
  return (
    <HopRail label={words.story} us={words.us} them={words.them}>
      {rows.map((row) =>
        row.type === 'gap' ? (
          <HopGap key={row.key}>{formatSpan(row.ms)}</HopGap>
        ) : (
          <HopMoment
            key={row.key}
            kind={row.hop}
            isNew={Date.parse(row.at) > loadedAt}
            when={<MomentTime moment={row} before={moments[moments.indexOf(row) - 1]} />}
          >
            <Moment content={row.content} conversion={conversion} parameters={parameters} />
          </HopMoment>
        ),
      )}
    </HopRail>
  );
}

/** The clock time; the day beneath it, where it is another than before. */
function MomentTime({ moment, before }: { moment: StoryMoment; before: StoryMoment | undefined }) {
  const timeZone = useTimeZone();
  const at = new Date(moment.at);
  const isOtherDay = before === undefined || isoDay(new Date(before.at), timeZone) !== isoDay(at, timeZone);
  return (
    <>
      <time dateTime={moment.at} title={formatClock(at, timeZone, { hasMs: true })}>
        {formatClock(at, timeZone)}
      </time>
      {isOtherDay ? formatDay(at, timeZone) : null}
    </>
  );
}

function StorySkeleton() {
  return (
    <div className={styles.bones}>
      {Array.from({ length: SKELETON_MOMENTS }, (_, index) => (
        <Skeleton key={index} height={56} />
      ))}
    </div>
  );
}
