import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconFilter from '@tabler/icons-react/dist/esm/icons/IconFilter.mjs';
import { useState } from 'react';
import { api, bodyOf } from '../../api/client';
import { useKeys } from '../../app/keyboard';
import { hasScope, useMe } from '../../app/session';
import { Button } from '../../ui/controls/button';
import { Kbd } from '../../ui/controls/kbd';
import { TextField } from '../../ui/controls/text-field';
import { formatCount } from '../../ui/data/money-format';

import { useNetworkNames } from '../../networks/use-networks';
import type { LinkFilterName } from '../links-search';
import { linksWords } from '../links-words';
import styles from './list.module.css';

type MenuFilter = Exclude<LinkFilterName, 'search'>;

interface FilterValue {
  value: string;
  label: string;
  links?: number;
}

const SHOWN_VALUES = 100;
const focusInput = (input: HTMLInputElement | null): void => input?.focus();

/** Adds a filter: first its name, then one of the values that links have. `f` opens it. */
export function LinkFilterMenu({ onFilter }: { onFilter: (name: MenuFilter, value: string) => void }) {
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState<MenuFilter | null>(null);
  const canReadNetworks = hasScope(useMe(), 'networks:read');
  const open = (opened: boolean): void => {
    setOpen(opened);
    setName(null);
  };
  useKeys({ f: { act: () => open(true), label: linksWords.filter } });
  const names: readonly MenuFilter[] = [
    'tag',
    'domain',
    ...(canReadNetworks ? (['networkId'] as const) : []),
    'campaign',
  ];
  return (
    <Menu opened={isOpen} onChange={open} position="bottom-start" shadow="md" closeOnItemClick={false}>
      <Menu.Target>
        <Button isSmall look="quiet" icon={<IconFilter className="icon-small" />}>
          {linksWords.filter}
          <Kbd>F</Kbd>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {name === null
          ? names.map((each) => (
              <Menu.Item key={each} onClick={() => setName(each)}>
                {linksWords.filters[each]}
              </Menu.Item>
            ))
          : null}
        {name === null ? null : (
          <FilterValues
            name={name}
            onChoose={(value) => {
              open(false);
              onFilter(name, value);
            }}
          />
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function FilterValues({ name, onChoose }: { name: MenuFilter; onChoose: (value: string) => void }) {
  const [typed, setTyped] = useState('');
  const networks = useNetworkNames();
  const { data } = useQuery({
    queryKey: ['links', 'values', name],
    queryFn: ({ signal }) => (name === 'networkId' ? [] : loadValues(name, signal)),
    enabled: name !== 'networkId',
  });
  const values: FilterValue[] | undefined =
    name === 'networkId' ? [...networks].map(([value, label]) => ({ value, label })) : data;
  const matching = values?.filter(({ label }) => label.toLowerCase().includes(typed.trim().toLowerCase()));
  return (
    <>
      <div className={styles.find}>
        <TextField
          label={linksWords.findValue}
          value={typed}
          ref={focusInput}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <div className={styles.values}>
        {matching?.slice(0, SHOWN_VALUES).map(({ value, label, links }) => (
          <Menu.Item
            key={value}
            rightSection={links === undefined ? null : <span className="muted">{formatCount(links)}</span>}
            onClick={() => onChoose(value)}
          >
            {label}
          </Menu.Item>
        ))}
        {matching?.length === 0 ? <p className={`note ${styles.find}`}>{linksWords.noValues}</p> : null}
      </div>
    </>
  );
}

/** The values that links have, with their numbers, the most frequent first. */
async function loadValues(name: Exclude<MenuFilter, 'networkId'>, signal: AbortSignal): Promise<FilterValue[]> {
  const query = { groupBy: name, archived: 'all' as const };
  const { groups = [] } = bodyOf(await api.GET('/api/v1/links/count', { params: { query }, signal }));
  return groups.flatMap(({ value, links }) => (value === null ? [] : [{ value, label: value, links }]));
}
