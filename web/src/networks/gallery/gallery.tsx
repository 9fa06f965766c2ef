import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { useKeys } from '../../app/keyboard';
import { Button } from '../../ui/controls/button';
import { Segments } from '../../ui/controls/segments';
import { EmptyState, Skeleton } from '../../ui/layout/feedback';
import { GALLERY_SEGMENTS, type GallerySegment, type NetworksSearch } from '../networks-search';
import { networksWords } from '../networks-words';
import { CustomCard, NetworkCard, PresetCard } from './gallery-cards';
import { filterNetworks, filterPresets, type Network, type Preset } from './gallery-entries';
import styles from './gallery.module.css';

interface GalleryProps {
  search: NetworksSearch;
  presets: readonly Preset[] | undefined;
  networks: readonly Network[] | undefined;
  /** Reads more networks; absent when all are there. */
  onMore?: (() => void) | undefined;
  /** What is shown beside the gallery. */
  current: { id?: string | undefined; preset?: string | undefined };
}

/** Presets and networks with search and segments. ↑ and ↓ walk through the cards and open them. */
export function Gallery({ search, presets, networks, onMore, current }: GalleryProps) {
  const navigate = useNavigate();
  const list = useRef<HTMLUListElement>(null);
  const [text, setText] = useState(search.q ?? '');
  const segment = search.show ?? 'all';
  const change = (changes: Partial<NetworksSearch>): void =>
    void navigate({ to: '/networks', search: { ...search, ...changes }, replace: true });
  useKeys({
    j: { act: () => walk(list.current, 1), label: networksWords.walk.next },
    k: { act: () => walk(list.current, -1), label: networksWords.walk.previous },
  });
  const walkByArrows = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    walk(list.current, event.key === 'ArrowDown' ? 1 : -1);
  };
  return (
    <section className={styles.gallery} aria-label={networksWords.gallery} onKeyDown={walkByArrows}>
      <div className={styles.filters}>
        <label className={styles.search}>
          <IconSearch className="icon" aria-hidden="true" />
          <span className="visually-hidden">{networksWords.searchLabel}</span>
          <input
            type="search"
            value={text}
            placeholder={presets === undefined ? undefined : networksWords.searchHint(presets.length - 1)}
            onChange={(event) => {
              setText(event.target.value);
              change({ q: event.target.value === '' ? undefined : event.target.value });
            }}
          />
        </label>
        <Segments
          label={networksWords.segmentsLabel}
          segments={GALLERY_SEGMENTS.map((value) => ({
            value,
            label: networksWords.segments[value],
            count: value === 'yours' ? networks?.length : undefined,
          }))}
          value={segment}
          onChange={(value) => change({ show: value === 'all' ? undefined : value })}
        />
      </div>
      {presets === undefined || networks === undefined ? (
        <SkeletonCards />
      ) : (
        <ul className={styles.cards} ref={list}>
          <Cards {...{ presets, networks, segment, text, current, search }} />
        </ul>
      )}
      {segment === 'yours' && onMore !== undefined ? (
        <div className={styles.more}>
          <Button isSmall isWide onClick={onMore}>
            {networksWords.moreNetworks}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

function Cards({
  presets,
  networks,
  segment,
  text,
  current,
  search,
}: {
  presets: readonly Preset[];
  networks: readonly Network[];
  segment: GallerySegment;
  text: string;
  current: GalleryProps['current'];
  search: NetworksSearch;
}): ReactNode {
  const shownNetworks = filterNetworks(networks, segment, text);
  const shownPresets = filterPresets(presets, segment, text);
  if (segment === 'yours' && networks.length === 0) return <NoNetworks search={search} />;
  const isNothing = shownNetworks.length + shownPresets.length === 0;
  return (
    <>
      {isNothing ? <li className={styles.nothing}>{networksWords.nothingFound(text)}</li> : null}
      {shownNetworks.map((network) => (
        <NetworkCard key={network.id} network={network} search={search} isCurrent={network.id === current.id} />
      ))}
      {shownPresets.map((preset) => (
        <PresetCard key={preset.id} preset={preset} search={search} isCurrent={preset.id === current.preset} />
      ))}
      {segment === 'yours' ? null : <CustomCard search={search} current={current.preset} />}
    </>
  );
}

function NoNetworks({ search }: { search: NetworksSearch }) {
  const navigate = useNavigate();
  return (
    <li>
      <EmptyState
        title={networksWords.noneYet}
        actions={
          <Button onClick={() => void navigate({ to: '/networks', search: { ...search, show: undefined } })}>
            {networksWords.noneYetAct}
          </Button>
        }
      >
        {networksWords.noneYetHint}
      </EmptyState>
    </li>
  );
}

const SKELETON_CARDS = 8;

function SkeletonCards() {
  return (
    <div className={styles.cards}>
      {Array.from({ length: SKELETON_CARDS }, (_, index) => (
        <div key={index} className={styles.card}>
          <Skeleton width={34} height={34} />
          <span className={styles.facts}>
            <Skeleton width={140} />
            <Skeleton width={180} />
            <Skeleton width={90} />
          </span>
        </div>
      ))}
    </div>
  );
}

/** Moves to the next or previous card and opens it. Without a focused card it begins at the opened one, or at the first. */
function walk(list: HTMLUListElement | null, step: 1 | -1): void {
  const cards = [...(list?.querySelectorAll<HTMLAnchorElement>('a') ?? [])];
  const focused = cards.findIndex((card) => card === document.activeElement);
  const opened = cards.findIndex((card) => card.getAttribute('aria-current') === 'true');
  const from = focused >= 0 ? focused : opened;
  const next = cards[from < 0 ? 0 : from + step];
  if (next === undefined) return;
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
  next.click();
}
