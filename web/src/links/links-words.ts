import { formatCount } from '../ui/data/money-format';
import type { LinkFilterName, LinkStateName } from './links-search';

const many = (count: number, one = 'link', more = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : more}`;

/** Texts of the list of links. */
export const linksWords = {
  title: 'Links',
  newLink: 'New link',
  links: (count: number) => many(count),
  states: {
    all: 'All',
    live: 'Live',
    paused: 'Paused',
    expired: 'Expired',
    archived: 'Archived',
  } satisfies Record<LinkStateName, string>,
  state: 'State',
  marks: {
    live: 'Live',
    paused: 'Paused',
    expired: 'Expired',
    suspended: 'Suspended',
    archived: 'Archived',
    planned: 'Not started',
    full: 'Limit reached',
  },
  search: 'Search links',
  searchHint: 'Search slug, title, destination',
  filter: 'Filter',
  filters: {
    search: 'Text',
    tag: 'Tag',
    domain: 'Domain',
    networkId: 'Network',
    campaign: 'Campaign',
  } satisfies Record<LinkFilterName, string>,
  findValue: 'Find a value',
  noValues: 'No link has one.',
  columns: 'Columns',
  columnsHint: 'Shown columns, from left to right',
  moveLeft: (name: string) => `Move ${name} to the left`,
  moveRight: (name: string) => `Move ${name} to the right`,
  reset: 'Reset',
  exported: 'Export',
  exportLabel: 'Export the links that you see as CSV',
  shownOf: (shown: number, total: number) => `First ${formatCount(shown)} of ${many(total)}`,
  totals: (count: number) => many(count),
  copy: 'Copy',
  copyUrl: (url: string) => `Copy ${url}`,
  copied: 'Copied',
  more: (slug: string) => `More acts for ${slug}`,
  select: (slug: string) => `Select ${slug}`,
  selectAll: 'Select all shown links',
  trend: (slug: string) => `Human clicks of ${slug} over the period`,
  acts: {
    open: 'Open',
    edit: 'Edit',
    duplicate: 'Duplicate',
    pause: 'Pause',
    resume: 'Resume',
    archive: 'Archive',
    unarchive: 'Take out of the archive',
    remove: 'Delete',
    qr: 'QR code',
    tag: 'Tag',
    untag: 'Remove tag',
  },
  selected: (count: number) => `${formatCount(count)} selected`,
  selectMatching: (count: number) => `Select all ${formatCount(count)}`,
  selecting: 'Selecting the links',
  clearSelection: 'Clear the selection',
  tagName: 'Tag',
  addTag: 'Add the tag',
  takeTag: 'Remove the tag',
  expected: 'pending',
  empty: {
    title: 'No links yet',
    text: 'A short link leads to an offer. Each click gets an id, and the network sends it back with the result.',
    act: 'Create the first link',
    demo: 'Demo data is on Start',
  },
  noneMatch: {
    title: 'Nothing for these filters',
    without: (count: number, filter: string) =>
      `${many(count)} ${count === 1 ? 'matches' : 'match'} without ${filter}.`,
    none: 'Also without one of them, nothing matches.',
    drop: (filter: string) => `Drop ${filter}`,
    chip: (name: string, value: string) => `${name} is ${value}`,
    archive: 'There are links in the archive.',
  },
  keys: {
    down: 'Next link',
    up: 'Link before',
    select: 'Select the link',
    edit: 'Edit the link',
  },
} as const;

/** Texts of acts on links, while they run and afterwards. */
export const actWords = {
  running: (act: string, done: number, all: number) => `${act}: ${formatCount(done)} of ${many(all)}`,
  paused: (count: number) => `${many(count)} paused.`,
  resumed: (count: number) => `${many(count)} resumed.`,
  archived: (count: number) =>
    `${many(count)} archived. ${count === 1 ? 'It still redirects.' : 'They still redirect.'}`,
  unarchived: (count: number) => `${many(count)} taken out of the archive.`,
  deleted: (count: number) =>
    `${many(count)} deleted. ${count === 1 ? 'It no longer redirects.' : 'They no longer redirect.'}`,
  tagged: (count: number, tag: string) => `${many(count)} tagged ${tag}.`,
  untagged: (count: number, tag: string) => `Tag ${tag} removed from ${many(count)}.`,
  failed: (count: number, reason: string) => `${many(count)} could not be changed: ${reason}`,
  undone: 'Undone.',
  nothing: 'Nothing to change.',
} as const;
