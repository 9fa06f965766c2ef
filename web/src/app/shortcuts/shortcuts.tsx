import { Kbd } from '../../ui/controls/kbd';
import { Dialog } from '../../ui/layout/dialog';
import { commandKey } from '../../ui/platform';
import { listShortcuts } from '../keyboard';
import { closeShortcuts } from './shortcuts-state';
import { appWords } from '../words';
import styles from './shortcuts.module.css';

/** The sheet of all keys that act on the page that is open. */
export function Shortcuts() {
  return (
    <Dialog title={appWords.shortcuts} onClose={closeShortcuts} isWide>
      <dl className={styles.list}>
        {listShortcuts().map(([keys, { label }]) => (
          <div key={keys}>
            <dt>{label}</dt>
            <dd className="row">
              {keys.split(' ').map((key) => (
                <Kbd key={key}>{nameOfKey(key)}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

const KEY_NAMES: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  Enter: '↵',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
};

function nameOfKey(key: string): string {
  const [first, second] = key.split('+');
  if (first === 'mod' && second !== undefined) {
    return `${commandKey} ${KEY_NAMES[second] ?? KEY_NAMES[`${second.charAt(0).toUpperCase()}${second.slice(1)}`] ?? second.toUpperCase()}`;
  }
  return KEY_NAMES[key] ?? key;
}
