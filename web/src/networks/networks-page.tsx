import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import IconChevronLeft from '@tabler/icons-react/dist/esm/icons/IconChevronLeft.mjs';
import IconSend from '@tabler/icons-react/dist/esm/icons/IconSend.mjs';
import { hasScope, useMe } from '../app/session';
import { ButtonLink } from '../ui/controls/button';
import { classes } from '../ui/classes';
import { ErrorBox } from '../ui/layout/feedback';
import { Page } from '../ui/layout/page';
import { Gallery } from './gallery/gallery';
import type { Network, Preset } from './gallery/gallery-entries';
import { NetworkView } from './network/network-view';
import { networksQuery, presetsQuery } from './networks-queries';
import type { NetworksSearch } from './networks-search';
import { networksWords } from './networks-words';
import { SkeletonDetail } from './preset/skeleton-detail';
import { PresetView } from './preset/preset-view';
import styles from './networks-page.module.css';

const route = getRouteApi('/signed-in/networks');

/** The gallery of presets and networks, and beside it the one that is opened. Without room for both, one of the two is shown. */
export function NetworksPage() {
  const search = route.useSearch();
  const presets = useQuery(presetsQuery);
  const list = useInfiniteQuery(networksQuery);
  const networks = list.data?.pages.flatMap(({ data }) => data);
  const shown = shownEntry(search, presets.data, networks);
  const isOpened = search.id !== undefined || search.preset !== undefined;
  const failed = [presets, list].find(({ error }) => error !== null);
  return (
    <Page title={networksWords.title} actions={<TestLink search={search} networks={networks} />}>
      {failed === undefined ? null : (
        <div className={styles.failed}>
          <ErrorBox error={failed.error} onRetry={() => void failed.refetch()} />
        </div>
      )}
      <div className={styles.columns}>
        <div className={classes(isOpened && styles.notWhenNarrow)}>
          <Gallery
            search={search}
            presets={presets.data}
            networks={networks}
            onMore={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
            current={shown}
          />
        </div>
        <div className={classes(styles.detail, !isOpened && styles.notWhenNarrow)}>
          {isOpened ? (
            <Link to="/networks" search={{ show: search.show, q: search.q }} className={styles.back}>
              <IconChevronLeft className="icon" aria-hidden="true" />
              {networksWords.back}
            </Link>
          ) : null}
          <Detail shown={shown} search={search} presets={presets.data} />
        </div>
      </div>
    </Page>
  );
}

interface ShownEntry {
  id?: string | undefined;
  preset?: string | undefined;
}

/** What the URL names; else the newest network of the workspace, or the first preset. */
function shownEntry(
  { id, preset, show }: NetworksSearch,
  presets: readonly Preset[] | undefined,
  networks: readonly Network[] | undefined,
): ShownEntry {
  if (id !== undefined) return { id };
  if (preset !== undefined) return { preset };
  if (networks === undefined || presets === undefined) return {};
  const [newest] = networks;
  return newest !== undefined && (show === undefined || show === 'yours') ? { id: newest.id } : { preset: presets[0]?.id };
}

function Detail({
  shown: { id, preset },
  search,
  presets,
}: {
  shown: ShownEntry;
  search: NetworksSearch;
  presets: readonly Preset[] | undefined;
}) {
  if (id !== undefined) return <NetworkView key={id} id={id} search={search} presets={presets ?? []} />;
  if (presets === undefined || preset === undefined) return <SkeletonDetail />;
  const found = presets.find((one) => one.id === preset);
  if (found === undefined) return <p>{networksWords.presetGone}</p>;
  return <PresetView key={found.id} preset={found} />;
}

/** Leads to the test of the opened network, else of the newest one. */
function TestLink({ search, networks }: { search: NetworksSearch; networks: readonly Network[] | undefined }) {
  const isAllowed = hasScope(useMe(), 'postbacks:write');
  const id = search.id ?? networks?.[0]?.id;
  if (!isAllowed || id === undefined) return null;
  return (
    <ButtonLink
      to="/networks"
      search={{ id, tab: 'test', show: search.show, q: search.q }}
      icon={<IconSend className="icon" aria-hidden="true" />}
    >
      {networksWords.sendTest}
    </ButtonLink>
  );
}
