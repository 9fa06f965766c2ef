import { Popover } from '@mantine/core';
import IconChevronLeft from '@tabler/icons-react/dist/esm/icons/IconChevronLeft.mjs';
import IconFilter from '@tabler/icons-react/dist/esm/icons/IconFilter.mjs';
import { useState } from 'react';
import { hasScope, useMe } from '../../app/session';
import { Button } from '../../ui/controls/button';
import type { ConversionFilters } from '../conversions-search';
import { EVENT_NAMES } from '../../ui/data/event-names';
import { conversionWords as words, FLAGS, STATUS_NAMES } from '../conversions-words';
import { LinkPicker, NetworkPicker } from './pickers';
import styles from './filter-menu.module.css';

type MenuFilter = 'status' | 'event' | 'network' | 'link' | 'flag';

const NAMED_VALUES: Readonly<Record<'status' | 'event' | 'flag', Readonly<Record<string, string>>>> = {
  status: STATUS_NAMES,
  event: EVENT_NAMES,
  flag: Object.fromEntries(Object.entries(FLAGS).map(([flag, { name }]) => [flag, name])),
};

/** Adds a filter in two steps: which one, and its value. */
export function ConversionFilterMenu({ onChange }: { onChange: (filters: ConversionFilters) => void }) {
  const [isOpen, setOpen] = useState(false);
  const [filter, setFilter] = useState<MenuFilter | null>(null);
  const set = (filters: ConversionFilters): void => {
    setOpen(false);
    onChange(filters);
  };
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      onClose={() => setFilter(null)}
      position="bottom-start"
      shadow="md"
      width={270}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Button icon={<IconFilter className="icon" />} onClick={() => setOpen(!isOpen)}>
          {words.filter}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={styles.menu} aria-label={words.filterBy}>
        {filter === null ? (
          <FilterNames onPick={setFilter} onFtd={() => set({ ftd: true })} />
        ) : (
          <>
            <Button
              isSmall
              look="quiet"
              icon={<IconChevronLeft className="icon-small" />}
              onClick={() => setFilter(null)}
            >
              {words.filters[filter]}
            </Button>
            <Values filter={filter} onPick={(value) => set({ [filter]: value })} />
          </>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function FilterNames({ onPick, onFtd }: { onPick: (filter: MenuFilter) => void; onFtd: () => void }) {
  const me = useMe();
  const names: MenuFilter[] = [
    'status',
    'event',
    ...(hasScope(me, 'networks:read') ? (['network'] as const) : []),
    ...(hasScope(me, 'links:read') ? (['link'] as const) : []),
    'flag',
  ];
  return (
    <>
      {names.map((name, index) => (
        <MenuButton key={name} isFirst={index === 0} onClick={() => onPick(name)}>
          {words.filters[name]}
        </MenuButton>
      ))}
      <MenuButton onClick={onFtd}>{words.ftdOnlyLong}</MenuButton>
    </>
  );
}

function Values({ filter, onPick }: { filter: MenuFilter; onPick: (value: string) => void }) {
  if (filter === 'link') return <LinkPicker onPick={({ id }) => onPick(id)} />;
  if (filter === 'network') return <NetworkPicker onPick={({ id }) => onPick(id)} />;
  return (
    <>
      {Object.entries(NAMED_VALUES[filter]).map(([value, name], index) => (
        <MenuButton key={value} isFirst={index === 0} onClick={() => onPick(value)}>
          {name}
        </MenuButton>
      ))}
    </>
  );
}

function MenuButton({
  isFirst = false,
  onClick,
  children,
}: {
  isFirst?: boolean;
  onClick: () => void;
  children: string;
}) {
  return (
    <button type="button" className={styles.entry} data-autofocus={isFirst || undefined} onClick={onClick}>
      {children}
    </button>
  );
}
