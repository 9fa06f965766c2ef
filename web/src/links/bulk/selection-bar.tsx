import { Popover } from '@mantine/core';
import IconArchive from '@tabler/icons-react/dist/esm/icons/IconArchive.mjs';
import IconPlayerPause from '@tabler/icons-react/dist/esm/icons/IconPlayerPause.mjs';
import IconPlayerPlay from '@tabler/icons-react/dist/esm/icons/IconPlayerPlay.mjs';
import IconTag from '@tabler/icons-react/dist/esm/icons/IconTag.mjs';
import IconTagOff from '@tabler/icons-react/dist/esm/icons/IconTagOff.mjs';
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { type ReactNode, useState } from 'react';
import { useKeys } from '../../app/keyboard';
import { Button } from '../../ui/controls/button';
import { TextField } from '../../ui/controls/text-field';
import type { Link } from '../link-types';
import { linksWords } from '../links-words';
import {
  archiveLinks,
  deleteLinks,
  pauseLinks,
  resumeLinks,
  tagLinks,
  unarchiveLinks,
  untagLinks,
} from './change-links';
import styles from './selection-bar.module.css';

const MAX_TAG_LENGTH = 50;

/** The acts on the selected links. It floats over the end of the list; `Esc` clears the selection. */
export function SelectionBar({
  links,
  matching,
  isSelecting,
  onSelectMatching,
  onClear,
}: {
  links: readonly Link[];
  /** How many links match the filters. */
  matching: number;
  isSelecting: boolean;
  onSelectMatching: () => void;
  onClear: () => void;
}) {
  useKeys({ Escape: { act: onClear, label: linksWords.clearSelection, isHidden: true } });
  const act = (change: (chosen: readonly Link[]) => Promise<void>) => () => {
    onClear();
    void change(links);
  };
  const { acts } = linksWords;
  const isArchive = links.every(({ archived }) => archived);
  return (
    <div className={styles.bar} role="toolbar" aria-label={linksWords.selected(links.length)}>
      <b className={`strong ${styles.count}`}>{linksWords.selected(links.length)}</b>
      {matching > links.length ? (
        <Button isSmall look="quiet" isBusy={isSelecting} onClick={onSelectMatching}>
          {linksWords.selectMatching(matching)}
        </Button>
      ) : null}
      <ActButton icon={<IconPlayerPause className="icon-small" />} onClick={act(pauseLinks)}>
        {acts.pause}
      </ActButton>
      <ActButton icon={<IconPlayerPlay className="icon-small" />} onClick={act(resumeLinks)}>
        {acts.resume}
      </ActButton>
      <TagForm
        icon={<IconTag className="icon-small" />}
        label={acts.tag}
        act={linksWords.addTag}
        onTag={(tag) => act((chosen) => tagLinks(chosen, tag))()}
      />
      <TagForm
        icon={<IconTagOff className="icon-small" />}
        label={acts.untag}
        act={linksWords.takeTag}
        choices={[...new Set(links.flatMap(({ tags }) => tags))]}
        onTag={(tag) => act((chosen) => untagLinks(chosen, tag))()}
      />
      <ActButton icon={<IconArchive className="icon-small" />} onClick={act(isArchive ? unarchiveLinks : archiveLinks)}>
        {isArchive ? acts.unarchive : acts.archive}
      </ActButton>
      <ActButton icon={<IconTrash className="icon-small" />} onClick={act(deleteLinks)}>
        {acts.remove}
      </ActButton>
      <Button
        isSmall
        look="quiet"
        icon={<IconX className="icon-small" />}
        aria-label={linksWords.clearSelection}
        onClick={onClear}
      />
    </div>
  );
}

function ActButton({ icon, children, onClick }: { icon: ReactNode; children: string; onClick: () => void }) {
  return (
    <Button isSmall look="quiet" icon={icon} onClick={onClick}>
      {children}
    </Button>
  );
}

/** A small form for one tag, below its button. */
function TagForm({
  icon,
  label,
  act,
  choices,
  onTag,
}: {
  icon: ReactNode;
  label: string;
  act: string;
  choices?: readonly string[];
  onTag: (tag: string) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const [tag, setTag] = useState('');
  if (choices !== undefined && choices.length === 0) return null;
  return (
    <Popover opened={isOpen} onChange={setOpen} position="top" shadow="md" trapFocus>
      <Popover.Target>
        <Button isSmall look="quiet" icon={icon} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (tag.trim() === '') return;
            setOpen(false);
            onTag(tag.trim());
          }}
        >
          <TextField
            label={linksWords.tagName}
            value={tag}
            maxLength={MAX_TAG_LENGTH}
            list={choices === undefined ? undefined : 'tags-of-selection'}
            onChange={(event) => setTag(event.target.value)}
          />
          {choices === undefined ? null : (
            <datalist id="tags-of-selection">
              {choices.map((each) => (
                <option key={each} value={each}>
                  {each}
                </option>
              ))}
            </datalist>
          )}
          <Button type="submit" disabled={tag.trim() === ''}>
            {act}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
