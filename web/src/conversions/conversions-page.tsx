import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs';
import IconFileImport from '@tabler/icons-react/dist/esm/icons/IconFileImport.mjs';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useKeys } from '../app/keyboard';
import { hasScope, useMe, useTimeZone } from '../app/session';
import { buttonClass, Button, ButtonLink } from '../ui/controls/button';
import { classes } from '../ui/classes';
import { formatClock } from '../ui/data/time-format';
import { ErrorBox } from '../ui/layout/feedback';
import { Page } from '../ui/layout/page';
import type { ConversionsSearch } from './conversions-search';
import { conversionWords as words } from './conversions-words';
import { NewConversionSheet } from './entry/new-conversion-sheet';
import { exportPath } from './list/conversions-query';
import { ConversionsTotals } from './list/conversions-totals';
import { ConversionRows, RowsSkeleton } from './list/conversions-table';
import { FilterLine, ListBar, useFilterValues } from './list/list-bar';
import { NothingFound } from './list/nothing-found';
import { useConversions, useTotals } from './list/use-conversions';
import { useConversionsView } from './list/use-conversions-view';
import { useHeld } from './list/use-held';
import { useIsPhone } from '../ui/use-is-phone';
import styles from './list/conversions-list.module.css';

/** The list of the conversions; list/ has its parts, entry/ the sheets by which people enter and change conversions. */
export function ConversionsPage() {
  const search = useSearch({ from: '/signed-in/conversions' });
  const navigate = useNavigate();
  const change = (next: ConversionsSearch): void => void navigate({ to: '/conversions', search: next, replace: true });
  const { range, query } = useConversionsView(search);
  const { isHeld, handlers } = useHeld();
  const { list, rows, waiting, takeWaiting, loadMore, retry } = useConversions(query, { isHeld });
  const totals = useTotals(query);
  const valueOf = useFilterValues(search);
  const timeZone = useTimeZone();
  const isPhone = useIsPhone();
  const isEmpty = list.data !== undefined && rows.length === 0 && !list.isPlaceholderData;
  const { sheet, ...listSearch } = search;
  const filterLine = <FilterLine search={search} valueOf={valueOf} onChange={change} />;
  return (
    <Page
      title={words.title}
      actions={<Actions path={exportPath(query)} onNew={() => change({ ...search, sheet: 'new' })} />}
      bar={
        <>
          <ListBar search={search} loadedAt={list.dataUpdatedAt} onChange={change} />
          {isPhone ? null : filterLine}
        </>
      }
    >
      {isPhone ? filterLine : null}
      {list.error === null ? null : (
        <ErrorBox
          error={list.error}
          onRetry={retry}
          {...(list.data !== undefined && { since: formatClock(new Date(list.dataUpdatedAt), timeZone) })}
        />
      )}
      <div className={classes(styles.list, list.isPlaceholderData && styles.fetching)} {...handlers}>
        {isEmpty ? null : totals.data === undefined ? null : <ConversionsTotals totals={totals.data} />}
        {list.data === undefined ? (
          list.error === null ? (
            <RowsSkeleton />
          ) : null
        ) : isEmpty ? (
          <NothingFound search={listSearch} range={range} valueOf={valueOf} onChange={change} />
        ) : (
          <ConversionRows
            rows={rows}
            search={listSearch}
            waiting={waiting}
            onTakeWaiting={takeWaiting}
            onEnd={loadMore}
          />
        )}
        {list.isFetchingNextPage ? <p className={styles.end}>{words.loadingMore}</p> : null}
      </div>
      {sheet === 'new' ? <NewConversionSheet onClose={() => change(listSearch)} /> : null}
    </Page>
  );
}

function Actions({ path, onNew }: { path: string; onNew: () => void }) {
  const canWrite = hasScope(useMe(), 'conversions:write');
  useKeys(canWrite ? { n: { act: onNew, label: words.newConversion } } : {});
  return (
    <>
      <a className={buttonClass({})} href={path} download title={words.exportTitle} aria-label={words.exportCsv}>
        <IconDownload className="icon" />
        <span className="not-on-phone">{words.exportCsv}</span>
      </a>
      {canWrite ? (
        <>
          <ButtonLink to="/conversions/import" icon={<IconFileImport className="icon" />} aria-label={words.importCsv}>
            <span className="not-on-phone">{words.importCsv}</span>
          </ButtonLink>
          <Button look="primary" icon={<IconPlus className="icon" />} aria-label={words.newConversion} onClick={onNew}>
            <span className="not-on-phone">{words.newConversion}</span>
          </Button>
        </>
      ) : null}
    </>
  );
}
