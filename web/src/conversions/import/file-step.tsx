import IconUpload from '@tabler/icons-react/dist/esm/icons/IconUpload.mjs';
import { type DragEvent, useRef, useState } from 'react';
import { Button } from '../../ui/controls/button';
import { SelectField } from '../../ui/controls/select-field';
import { TextAreaField } from '../../ui/controls/text-field';
import { Card } from '../../ui/layout/card';
import { classes } from '../../ui/classes';

import { useNetworks } from '../../networks/use-networks';
import { chooseFile, formatSize, usePreparedFile } from './import-file';
import type { ImportSearch } from './import-search';
import { importWords as words } from './import-words';
import styles from './import.module.css';

const CHARSETS = [
  'utf-8',
  'windows-1252',
  'windows-1251',
  'windows-1250',
  'iso-8859-2',
  'koi8-r',
  'utf-16le',
  'shift_jis',
  'gb18030',
  'big5',
  'euc-kr',
];

/** The first step: the file, and where it comes from. */
export function FileStep({ search, onChange }: { search: ImportSearch; onChange: (search: ImportSearch) => void }) {
  const file = usePreparedFile();
  const networks = useNetworks();
  const isLost = search.step === 'columns' && file === null;
  const { step: _step, ...options } = search;
  // Another file or another way to read it has other columns.
  const set = (changes: ImportSearch): void => onChange({ ...options, mapping: undefined, ...changes });
  return (
    <Card title={words.file} note={words.fileHint}>
      <div className="stack">
        {isLost ? (
          <p role="status" className="waiting">
            {words.fileAgain}
          </p>
        ) : null}
        <FileField onChosen={() => (isLost ? undefined : set({}))} />
        <div className={styles.pair}>
          <SelectField
            label={words.network}
            hint={words.networkHint}
            value={search.network ?? ''}
            choices={[
              { value: '', label: words.anyNetwork },
              ...networks.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(network) => set({ network: network === '' ? undefined : network })}
          />
          <SelectField
            label={words.charset}
            hint={words.charsetHint}
            value={search.charset ?? ''}
            choices={[{ value: '', label: words.charsetAuto }, ...CHARSETS.map((value) => ({ value, label: value }))]}
            onChange={(charset) => set({ charset: charset === '' ? undefined : charset })}
          />
        </div>
        <div className="row">
          <Button look="primary" disabled={file === null} onClick={() => onChange({ ...search, step: 'columns' })}>
            {words.next}
          </Button>
        </div>
      </div>
    </Card>
  );
}

/** A file by drag, by a button, or as pasted text. */
export function FileField({ onChosen }: { onChosen: () => void }) {
  const file = usePreparedFile();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [pasted, setPasted] = useState<string | null>(null);
  const take = (given: File | undefined): void => {
    if (given === undefined) return;
    chooseFile(given.name, given);
    onChosen();
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <>
      <div
        className={classes(styles.drop, isOver && styles.over)}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <input
          ref={input}
          type="file"
          accept=".csv,.txt,.tsv,text/csv"
          className="visually-hidden"
          tabIndex={-1}
          aria-hidden="true"
          onChange={(event) => take(event.target.files?.[0])}
        />
        {file === null ? (
          <span className="secondary">{words.drop}</span>
        ) : (
          <span>
            <b className="medium anywhere">{file.name}</b> <span className="muted">{formatSize(file.blob.size)}</span>
          </span>
        )}
        <span className="row wrap">
          <Button icon={<IconUpload className="icon" />} onClick={() => input.current?.click()}>
            {file === null ? words.choose : words.chooseOther}
          </Button>
          <Button look="quiet" aria-expanded={pasted !== null} onClick={() => setPasted(pasted === null ? '' : null)}>
            {words.orPaste}
          </Button>
        </span>
      </div>
      {pasted === null ? null : (
        <div className="stack">
          <TextAreaField
            label={words.pasteLabel}
            isMono
            rows={6}
            spellCheck={false}
            value={pasted}
            onChange={(event) => setPasted(event.target.value)}
          />
          <div>
            <Button
              disabled={pasted.trim() === ''}
              onClick={() => {
                chooseFile(words.pastedName, new Blob([pasted]), 'text/csv; charset=utf-8');
                setPasted(null);
                onChosen();
              }}
            >
              {words.usePasted}
            </Button>
          </div>
        </div>
      )}
    </>
  );
}
