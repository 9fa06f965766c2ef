import { type KeyboardEvent, type MouseEvent, type ReactNode, useMemo } from 'react';
import { useRowHeight } from '../../app/density';
import { useNetworkNames } from '../../networks/use-networks';
import { CheckBox } from '../../ui/controls/check-field';
import { Sparkline } from '../../ui/data/sparkline';
import { Tag } from '../../ui/data/status';
import { type Column, RowActs, Table } from '../../ui/data/table';
import { When } from '../../ui/data/time';
import { Skeleton } from '../../ui/layout/feedback';
import { addNumbers, type LinkNumbers } from '../link-numbers';
import { LinkStateMark } from '../link-state';
import type { Link } from '../link-types';
import type { LinkSorting } from '../links-search';
import { linksWords } from '../links-words';
import type { ColumnId } from './column-choice';
import { columnWords } from './column-words';
import { LinkName } from './link-name';
import { columnTitle, NUMBER_COLUMNS } from './number-columns';
import { CopyUrl, RowMenu } from './row-menu';
import styles from './list.module.css';

/** A row of two lines is higher than one of one line by so many pixels. */
const SECOND_LINE_PX = 10;

export interface LinksTableProps {
  links: readonly Link[];
  /** How many links match; undefined while it is not known. */
  matching: number | undefined;
  hasMore: boolean;
  columns: readonly ColumnId[];
  numbers: ReadonlyMap<string, LinkNumbers>;
  trends: ReadonlyMap<string, readonly number[]>;
  sorting: LinkSorting;
  onSort: (sorting: { by: string; isDescending: boolean }) => void;
  selected: ReadonlySet<string>;
  canChange: boolean;
  onToggle: (id: string, isRange: boolean) => void;
  onToggleAll: () => void;
  onOpen: (link: Link) => void;
  onEdit: (link: Link) => void;
  onEnd: () => void;
}

/** The list as a table of two-line rows. `x` selects the focused row, `e` edits it, Enter opens it. */
export function LinksTable(props: LinksTableProps) {
  const { links, selected, canChange, onToggle, onOpen, onEdit, onEnd, sorting, onSort } = props;
  const onKeyDown = (event: KeyboardEvent): void => {
    const link = focusedRow(event, links);
    if (link === undefined || !canChange || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key !== 'x' && event.key !== 'e') return;
    event.preventDefault();
    if (event.key === 'x') onToggle(link.id, false);
    else onEdit(link);
  };
  return (
    <div className={styles.table} role="presentation" onKeyDown={onKeyDown}>
      <Table
        label={linksWords.title}
        columns={useColumns(props)}
        rows={links}
        idOf={({ id }) => id}
        isSelected={({ id }) => selected.has(id)}
        onOpen={onOpen}
        sorting={sorting}
        onSort={onSort}
        hasTotals
        rowHeight={useRowHeight() + SECOND_LINE_PX}
        height="calc(100dvh - 176px)"
        onEnd={onEnd}
      />
    </div>
  );
}

function focusedRow({ target }: KeyboardEvent, links: readonly Link[]): Link | undefined {
  const index = target instanceof HTMLTableRowElement ? target.ariaRowIndex : null;
  return index === null ? undefined : links[Number(index) - 1];
}

function useColumns(props: LinksTableProps): Column<Link>[] {
  const { links, numbers, columns, canChange } = props;
  const networks = useNetworkNames();
  const totals = useMemo(() => totalsOf(links, numbers), [links, numbers]);
  const currency = totals?.revenue?.currency ?? totals?.cost?.currency ?? '';
  const all: Readonly<Record<ColumnId, Column<Link>>> = {
    ...Object.fromEntries(
      NUMBER_COLUMNS.map(({ id, sortBy, unit, cell }) => [
        id,
        {
          id,
          sortBy,
          header: columnTitle({ id, ...(unit && { unit }) }, currency),
          cell: ({ id: linkId }: Link) => orSkeleton(numbers.get(linkId), cell),
          total: links.length === 0 ? null : orSkeleton(totals, cell),
        },
      ]),
    ),
    ...otherColumns(props),
  } as Record<ColumnId, Column<Link>>;
  return [nameColumn(props, networks), ...columns.map((id) => all[id]), ...(canChange ? [actsColumn(props)] : [])];
}

/** Undefined while numbers of a link are not known. */
function totalsOf(links: readonly Link[], numbers: ReadonlyMap<string, LinkNumbers>): LinkNumbers | undefined {
  const shown = links.flatMap(({ id }) => numbers.get(id) ?? []);
  return shown.length === links.length ? addNumbers(shown) : undefined;
}

function orSkeleton(numbers: LinkNumbers | undefined, cell: (numbers: LinkNumbers) => ReactNode): ReactNode {
  return numbers === undefined ? <Skeleton width={38} /> : cell(numbers);
}

function nameColumn(
  { links, matching, hasMore, selected, canChange, ...props }: LinksTableProps,
  networks: ReadonlyMap<string, string>,
): Column<Link> {
  const areAll = links.length > 0 && links.every(({ id }) => selected.has(id));
  return {
    id: 'link',
    isText: true,
    header: canChange ? (
      <span className={styles.first}>
        <CheckBox
          label={linksWords.selectAll}
          checked={areAll}
          isPartly={!areAll && selected.size > 0}
          onChange={props.onToggleAll}
        />
        {columnWords.link}
      </span>
    ) : (
      columnWords.link
    ),
    total:
      hasMore && matching !== undefined ? linksWords.shownOf(links.length, matching) : linksWords.totals(links.length),
    cell: (link) => (
      <span className={styles.first}>
        {canChange ? (
          <CheckBox
            label={linksWords.select(link.slug)}
            checked={selected.has(link.id)}
            onChange={() => undefined}
            onClick={(event: MouseEvent) => props.onToggle(link.id, event.shiftKey)}
          />
        ) : null}
        <LinkName link={link} networks={networks} />
      </span>
    ),
  };
}

function otherColumns({
  trends,
}: LinksTableProps): Pick<Record<ColumnId, Column<Link>>, 'state' | 'trend' | 'tags' | 'createdAt'> {
  return {
    state: {
      id: 'state',
      header: columnWords.state,
      isText: true,
      cell: (link) => <LinkStateMark link={link} isBare />,
    },
    trend: {
      id: 'trend',
      header: columnWords.trend,
      cell: ({ id, slug }) => {
        const values = trends.get(id);
        if (values === undefined) return <Skeleton width={72} height={14} />;
        return values.some((value) => value > 0) ? <Sparkline values={values} label={linksWords.trend(slug)} /> : null;
      },
    },
    tags: {
      id: 'tags',
      header: columnWords.tags,
      isText: true,
      cell: ({ tags }) => (
        <span className={styles.tags} title={tags.join(', ')}>
          {tags.map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </span>
      ),
    },
    createdAt: {
      id: 'createdAt',
      header: columnWords.createdAt,
      sortBy: 'createdAt',
      cell: ({ createdAt }) => <When at={createdAt} />,
    },
  };
}

function actsColumn({ onEdit }: LinksTableProps): Column<Link> {
  return {
    id: 'acts',
    header: <span className="visually-hidden">{columnWords.acts}</span>,
    cell: (link) => (
      <RowActs>
        <span className={styles.acts}>
          <CopyUrl url={link.shortUrl} />
          <RowMenu link={link} onEdit={() => onEdit(link)} />
        </span>
      </RowActs>
    ),
  };
}
