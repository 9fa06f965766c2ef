import { Menu } from '@mantine/core';
import IconBraces from '@tabler/icons-react/dist/esm/icons/IconBraces.mjs';
import { useEffect, useRef, useState } from 'react';
import { useKeys } from '../../../app/keyboard';
import { classes } from '../../../ui/classes';
import { Button } from '../../../ui/controls/button';
import { Field } from '../../../ui/controls/field';
import { useBuilder } from '../builder-context';
import { builderWords } from '../builder-words';
import { FieldWarnings } from '../field-warnings';
import { macroParts } from './url-params';
import styles from './address.module.css';

/** The destination, with its macros in their colours and a menu that inserts them. */
export function DestinationField() {
  const { draft, change, problemsIn } = useBuilder();
  const area = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<number | null>(null);
  useEffect(() => {
    if (caret.current === null) return;
    area.current?.focus();
    area.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  }, [draft.url]);

  const insert = (macro: string): void => {
    const from = area.current?.selectionStart ?? draft.url.length;
    const to = area.current?.selectionEnd ?? from;
    const text = `{${macro}}`;
    caret.current = from + text.length;
    change({ url: draft.url.slice(0, from) + text + draft.url.slice(to) });
  };
  const set = (text: string): void => change({ url: text.replaceAll(/[\r\n]+/g, '') });
  return (
    <div className={styles.destination}>
      <Field label={builderWords.destination} error={problemsIn('url')}>
        {(attributes) => (
          <div className={styles.coloured} data-invalid={attributes['aria-invalid']}>
            <div className={classes(styles.urlText, styles.colours)} aria-hidden="true">
              {macroParts(draft.url).map(({ text, kind }, index) => (
                <span key={index} className={kind && styles[kind]}>
                  {text}
                </span>
              ))}
              {'\u200b'}
            </div>
            <textarea
              {...attributes}
              ref={area}
              className={styles.urlText}
              value={draft.url}
              rows={1}
              maxLength={4096}
              spellCheck={false}
              autoComplete="off"
              autoCapitalize="off"
              placeholder={builderWords.destinationHint}
              onChange={(event) => set(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) event.preventDefault();
              }}
            />
          </div>
        )}
      </Field>
      <FieldWarnings path="url" onUse={(url) => change({ url })} />
      <MacroMenu onPick={insert} />
    </div>
  );
}

function MacroMenu({ onPick }: { onPick: (macro: string) => void }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={styles.macros}>
      <Menu position="bottom-end" shadow="md" opened={isOpen} onChange={setOpen} closeOnEscape={false}>
        <Menu.Target>
          <Button look="quiet" isSmall icon={<IconBraces className="icon-small" />}>
            {builderWords.insertMacro}
          </Button>
        </Menu.Target>
        <Menu.Dropdown className={styles.macroList}>
          {isOpen ? <EscapeKey act={() => setOpen(false)} /> : null}
          {Object.entries(builderWords.macros).map(([macro, name]) => (
            <Menu.Item key={macro} rightSection={<code>{`{${macro}}`}</code>} onClick={() => onPick(macro)}>
              {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

/** While a menu is open, `Esc` closes it and not the sheet. */
function EscapeKey({ act }: { act: () => void }) {
  useKeys({ Escape: { act, label: '', layer: 'modal', isAllowedWhileTyping: true, isHidden: true } });
  return null;
}
