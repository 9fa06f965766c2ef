import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Tag } from '../../ui/data/status';
import type { NetworksSearch } from '../networks-search';
import { networksWords } from '../networks-words';
import { CertaintyMark } from './certainty-mark';
import { CUSTOM_PRESET, certaintyOf, initialsOf, limitTags, type Network, type Preset } from './gallery-entries';
import styles from './gallery.module.css';

/** The sign of a network: its initials. */
export function Initials({ name, isLarge = false }: { name: string; isLarge?: boolean }) {
  return (
    <span className={isLarge ? `${styles.initials} ${styles.large}` : styles.initials} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

function Card({
  name,
  note,
  children,
  search,
  isCurrent,
}: {
  name: string;
  note: ReactNode;
  children?: ReactNode;
  search: NetworksSearch;
  isCurrent: boolean;
}) {
  return (
    <li>
      <Link to="/networks" search={search} className={styles.card} aria-current={isCurrent ? 'true' : undefined}>
        <Initials name={name} />
        <span className={styles.facts}>
          <span className={`${styles.name} ellipsis`}>{name}</span>
          <span className="note ellipsis">{note}</span>
          {children === undefined ? null : <span className={styles.tags}>{children}</span>}
        </span>
      </Link>
    </li>
  );
}

/** The search of the page with another entry opened. */
function opened({ show, q }: NetworksSearch, entry: Pick<NetworksSearch, 'id' | 'preset'>): NetworksSearch {
  return { ...entry, show, q };
}

interface Place {
  search: NetworksSearch;
  isCurrent: boolean;
}

export function PresetCard({ preset, search, isCurrent }: Place & { preset: Preset }) {
  return (
    <Card
      name={preset.name}
      note={
        <>
          {networksWords.kinds[preset.kind]} · {networksWords.idIn} <span className="mono">{preset.clickIdParam}</span>
        </>
      }
      search={opened(search, { preset: preset.id })}
      isCurrent={isCurrent}
    >
      <CertaintyMark certainty={certaintyOf(preset)} />
      {limitTags(preset.limits).map((tag) => (
        <Tag key={tag}>{tag}</Tag>
      ))}
    </Card>
  );
}

export function NetworkCard({ network, search, isCurrent }: Place & { network: Network }) {
  const { id, name, presetName, clickIdParam, verified, unverifiedParts, checks, checksDone } = network;
  return (
    <Card
      name={name}
      note={
        <>
          {presetName ?? networksWords.withoutPreset} · {networksWords.idIn}{' '}
          <span className="mono">{clickIdParam}</span>
        </>
      }
      search={opened(search, { id })}
      isCurrent={isCurrent}
    >
      {verified === null ? null : <CertaintyMark certainty={certaintyOf({ verified, unverifiedParts })} />}
      {checks.length > checksDone.length ? (
        <Tag>{networksWords.checksLeft(checks.length - checksDone.length)}</Tag>
      ) : null}
    </Card>
  );
}

export function CustomCard({ search, current }: { search: NetworksSearch; current: string | undefined }) {
  return (
    <Card
      name={networksWords.custom}
      note={networksWords.customNote}
      search={opened(search, { preset: CUSTOM_PRESET })}
      isCurrent={current === CUSTOM_PRESET}
    />
  );
}
