import IconChevronLeft from '@tabler/icons-react/dist/esm/icons/IconChevronLeft.mjs';
import IconChevronRight from '@tabler/icons-react/dist/esm/icons/IconChevronRight.mjs';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useKeys } from '../app/keyboard';
import { Button, ButtonGroup } from '../ui/controls/button';
import { formatMoney } from '../ui/data/money-format';
import { ErrorBox, Skeleton } from '../ui/layout/feedback';
import { Page } from '../ui/layout/page';
import type { ConversionsSearch } from './conversions-search';
import { EVENT_NAMES } from '../ui/data/event-names';
import { type Conversion, conversionWords } from './conversions-words';
import { ChangeSheet } from './entry/change-sheet';
import { DurationCard } from './story/duration-card';
import { HeaderCard } from './story/header-card';
import { MoneyCard, OwnerCard } from './story/side-cards';
import { StoryCard } from './story/story-card';
import { storyWords as words } from './story/story-words';
import { useNeighbours } from './story/use-neighbours';
import { useConversion, useSiblings } from './story/use-story';
import styles from './story/story.module.css';

/** One conversion and its story; story/ has the parts. Its URL keeps the filters of the list that it was opened from. */
export function ConversionPage() {
  const { conversionId } = useParams({ from: '/signed-in/conversions/$conversionId' });
  const search = useSearch({ from: '/signed-in/conversions/$conversionId' });
  const conversion = useConversion(conversionId);
  const { data } = conversion;
  return (
    <Page
      title={data === undefined ? conversionWords.conversion : titleOf(data)}
      parent={{ title: conversionWords.title, link: { to: '/conversions', search } }}
      actions={<Walk id={conversionId} search={search} />}
    >
      {conversion.error === null ? null : (
        <ErrorBox error={conversion.error} onRetry={() => void conversion.refetch()} />
      )}
      {data === undefined ? (
        conversion.error === null ? (
          <ConversionSkeleton />
        ) : null
      ) : (
        <ConversionParts key={data.id} conversion={data} />
      )}
    </Page>
  );
}

function titleOf({ eventType, payout }: Conversion): string {
  return [EVENT_NAMES[eventType], ...(payout === null ? [] : [formatMoney(payout)])].join(', ');
}

function ConversionParts({ conversion }: { conversion: Conversion }) {
  const [isChanging, setChanging] = useState(false);
  const siblings = useSiblings(conversion);
  return (
    <>
      <HeaderCard conversion={conversion} onChange={() => setChanging(true)} />
      <div className={styles.columns}>
        <StoryCard conversion={conversion} siblings={siblings} />
        <div className="stack">
          <MoneyCard conversion={conversion} />
          <OwnerCard conversion={conversion} />
          <DurationCard conversion={conversion} siblings={siblings} />
        </div>
      </div>
      {isChanging ? <ChangeSheet conversion={conversion} onClose={() => setChanging(false)} /> : null}
    </>
  );
}

/** Leads to the conversions before and after this one, in the list that it was opened from. */
function Walk({ id, search }: { id: string; search: ConversionsSearch }) {
  const { previous, next } = useNeighbours(id, search);
  const navigate = useNavigate();
  const go = (conversionId: string | undefined): void => {
    if (conversionId !== undefined) {
      void navigate({ to: '/conversions/$conversionId', params: { conversionId }, search, replace: true });
    }
  };
  useKeys({
    ArrowLeft: { act: () => go(previous), label: words.previous },
    ArrowRight: { act: () => go(next), label: words.next },
  });
  return (
    <ButtonGroup label={conversionWords.title}>
      <Button
        icon={<IconChevronLeft className="icon" />}
        aria-label={words.previous}
        disabled={previous === undefined}
        onClick={() => go(previous)}
      />
      <Button
        icon={<IconChevronRight className="icon" />}
        aria-label={words.next}
        disabled={next === undefined}
        onClick={() => go(next)}
      />
    </ButtonGroup>
  );
}

function ConversionSkeleton() {
  return (
    <>
      <div className={styles.header}>
        <Skeleton height={48} />
      </div>
      <div className={styles.columns}>
        <Skeleton height={560} />
        <Skeleton height={420} />
      </div>
    </>
  );
}
