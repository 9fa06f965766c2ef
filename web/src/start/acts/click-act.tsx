import IconExternalLink from '@tabler/icons-react/dist/esm/icons/IconExternalLink.mjs';
import { buttonClass } from '../../ui/controls/button';
import { CopyBox } from '../../ui/data/parameters';
import { startWords } from '../start-words';
import styles from './acts.module.css';

/** The short link, to copy and to open as a visitor would. */
export function ClickAct({ shortUrl }: { shortUrl: string }) {
  return (
    <>
      <CopyBox text={shortUrl} label={startWords.copyShortLink} />
      <div className={styles.buttons}>
        <a href={shortUrl} target="_blank" rel="noopener" className={buttonClass({ look: 'primary' })}>
          {startWords.openShortLink}
          <IconExternalLink className="icon" aria-hidden="true" />
        </a>
      </div>
    </>
  );
}
