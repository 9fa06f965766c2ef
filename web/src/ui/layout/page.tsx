import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { Link, type LinkProps } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { openPalette } from '../../app/palette/palette-state';
import { Button } from '../controls/button';
import { Kbd } from '../controls/kbd';
import { commandKey } from '../platform';
import { uiWords } from '../words';
import styles from './page.module.css';

/**
 * A page: its title, the search, its acts, its bar, and the content.
 * @param title also that of the window
 * @param parent the page above, which stands before the title
 * @param bar the period bar or filters; it stays in view
 */
export function Page({
  title,
  parent,
  actions,
  bar,
  children,
}: {
  title: string;
  parent?: { title: string; link: LinkProps };
  actions?: ReactNode;
  bar?: ReactNode;
  children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Hopback`;
  }, [title]);
  return (
    <>
      <header className={styles.top}>
        <h1 className="ellipsis">
          {parent === undefined ? null : (
            <>
              <Link {...parent.link} className={styles.crumb}>
                {parent.title}
              </Link>
              <span className="muted"> / </span>
            </>
          )}
          {title}
        </h1>
        <SearchBox />
        {actions}
      </header>
      {bar === undefined ? null : <div className={styles.bar}>{bar}</div>}
      <main className={styles.page} id="content" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

function SearchBox() {
  return (
    <>
      <button type="button" className={`${styles.search} not-on-phone`} onClick={openPalette}>
        <IconSearch className="icon" />
        <span className="grow ellipsis" style={{ textAlign: 'left' }}>
          {uiWords.searchHint}
        </span>
        <Kbd>{`${commandKey} K`}</Kbd>
      </button>
      <span className="phone-only">
        <Button look="quiet" icon={<IconSearch className="icon" />} aria-label={uiWords.search} onClick={openPalette} />
      </span>
    </>
  );
}
