import { Popover } from '@mantine/core';
import IconChevronDown from '@tabler/icons-react/dist/esm/icons/IconChevronDown.mjs';
import IconChevronUp from '@tabler/icons-react/dist/esm/icons/IconChevronUp.mjs';
import IconColumns3 from '@tabler/icons-react/dist/esm/icons/IconColumns3.mjs';
import { useState } from 'react';
import { Button } from '../../ui/controls/button';
import { CheckField } from '../../ui/controls/check-field';
import { linksWords } from '../links-words';
import { COLUMN_IDS, type ColumnId, moveColumn, toggleColumn } from './column-choice';
import { columnWords } from './column-words';
import styles from './list.module.css';

/** Chooses the columns of the table and their order. */
export function ColumnsMenu({
  columns,
  onChange,
}: {
  columns: readonly ColumnId[];
  onChange: (columns: readonly ColumnId[] | undefined) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const hidden = COLUMN_IDS.filter((id) => !columns.includes(id));
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <Button
          isSmall
          look="quiet"
          icon={<IconColumns3 className="icon-small" />}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {linksWords.columns}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={styles.menu}>
          <p className="note">{linksWords.columnsHint}</p>
          {columns.map((id, index) => (
            <div key={id} className={styles.choice}>
              <span className="grow">
                <CheckField checked onChange={() => onChange(toggleColumn(columns, id))}>
                  {columnWords[id]}
                </CheckField>
              </span>
              <Button
                isSmall
                look="quiet"
                icon={<IconChevronUp className="icon-small" />}
                aria-label={linksWords.moveLeft(columnWords[id])}
                disabled={index === 0}
                onClick={() => onChange(moveColumn(columns, id, -1))}
              />
              <Button
                isSmall
                look="quiet"
                icon={<IconChevronDown className="icon-small" />}
                aria-label={linksWords.moveRight(columnWords[id])}
                disabled={index === columns.length - 1}
                onClick={() => onChange(moveColumn(columns, id, 1))}
              />
            </div>
          ))}
          {hidden.map((id) => (
            <div key={id} className={styles.choice}>
              <CheckField checked={false} onChange={() => onChange(toggleColumn(columns, id))}>
                {columnWords[id]}
              </CheckField>
            </div>
          ))}
          <Button isSmall onClick={() => onChange(undefined)}>
            {linksWords.reset}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
