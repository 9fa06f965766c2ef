import { Popover } from '@mantine/core';
import IconFilter from '@tabler/icons-react/dist/esm/icons/IconFilter.mjs';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf } from '../../api/client';
import { useKeys } from '../../app/keyboard';
import { hasScope, useMe } from '../../app/session';
import { useDebounced } from '../../app/use-debounced';
import { Button } from '../../ui/controls/button';
import { CheckField } from '../../ui/controls/check-field';
import { Kbd } from '../../ui/controls/kbd';
import { SelectField } from '../../ui/controls/select-field';
import { TextField } from '../../ui/controls/text-field';
import { useNetworks } from '../../networks/use-networks';
import { REASONS } from '../reasons';
import { ORIGINS, type PostbackFilters } from '../postbacks-search';
import { postbackWords as words } from '../postbacks-words';
import styles from './list.module.css';

const TYPING_MS = 200;
const MAX_LINKS = 6;

interface LogFilterMenuProps {
  filters: PostbackFilters;
  onChange: (filters: PostbackFilters) => void;
}

/** The filters that stand in no row of their own. Each acts at once. */
export function LogFilterMenu({ filters, onChange }: LogFilterMenuProps) {
  const [isOpen, setOpen] = useState(false);
  useKeys({ f: { act: () => setOpen(true), label: words.filter } });
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" shadow="md" width={280} trapFocus returnFocus>
      <Popover.Target>
        <Button look="quiet" icon={<IconFilter className="icon" />} onClick={() => setOpen(!isOpen)}>
          {words.filter} <Kbd>F</Kbd>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.filterBy}>
        <FilterFields filters={filters} onChange={onChange} />
      </Popover.Dropdown>
    </Popover>
  );
}

function FilterFields({ filters, onChange }: LogFilterMenuProps) {
  const me = useMe();
  const networks = useNetworks();
  const any = { value: '', label: words.any };
  const set = (name: 'network' | 'reason' | 'origin', value: string): void =>
    onChange({ [name]: value === '' ? undefined : value } as PostbackFilters);
  return (
    <div className={styles.filterFields}>
      {networks.length === 0 ? null : (
        <SelectField
          label={words.filters.network}
          value={filters.network ?? ''}
          choices={[any, ...networks.map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={(value) => set('network', value)}
        />
      )}
      <SelectField
        label={words.filters.reason}
        value={filters.reason ?? ''}
        choices={[any, ...REASONS.map((reason) => ({ value: reason, label: reason }))]}
        onChange={(value) => set('reason', value)}
      />
      <SelectField
        label={words.filters.origin}
        value={filters.origin ?? ''}
        choices={[any, ...ORIGINS.map((origin) => ({ value: origin, label: words.origins[origin] }))]}
        onChange={(value) => set('origin', value)}
      />
      {hasScope(me, 'links:read') ? <LinkField onPick={(link) => onChange({ link })} /> : null}
      <CheckField
        checked={filters.waiting === true}
        onChange={(isOn) => onChange({ waiting: isOn ? true : undefined })}
      >
        {words.waitingOnly}
      </CheckField>
    </div>
  );
}

function LinkField({ onPick }: { onPick: (id: string) => void }) {
  const [text, setText] = useState('');
  const search = useDebounced(text.trim(), TYPING_MS);
  const { data = [], isFetching } = useQuery({
    queryKey: ['links', 'filter', search],
    queryFn: async ({ signal }) => {
      const query = { limit: MAX_LINKS, archived: 'all' as const, search };
      return bodyOf(await api.GET('/api/v1/links', { params: { query }, signal })).data;
    },
    enabled: search !== '',
    placeholderData: keepPreviousData,
  });
  const isNothing = search !== '' && !isFetching && data.length === 0;
  return (
    <div>
      <TextField
        label={words.filters.link}
        placeholder={words.findLink}
        value={text}
        hint={isNothing ? words.noLink : undefined}
        onChange={(event) => setText(event.target.value)}
      />
      {search === '' ? null : (
        <ul className={styles.foundLinks}>
          {data.map(({ id, title, slug }) => (
            <li key={id}>
              <button type="button" onClick={() => onPick(id)}>
                {title ?? slug}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
