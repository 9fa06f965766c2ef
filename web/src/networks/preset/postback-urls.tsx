import { useId } from 'react';
import { CopyButton } from '../../ui/controls/copy-button';
import { ColouredText, CopyBox } from '../../ui/data/parameters';
import { networksWords } from '../networks-words';
import { colouredUrl } from './coloured-url';
import styles from './postback-urls.module.css';

interface PostbackUrl {
  event: string | null;
  url: string;
  note: string | null;
}

/**
 * The URLs to enter at a network, each with its place there.
 * @param isExample the URLs of a preset, whose key is not there yet: they are shown, and not copied
 */
export function PostbackUrls({
  urls,
  params,
  isExample = false,
}: {
  urls: readonly PostbackUrl[];
  params: Readonly<Record<string, readonly string[]>>;
  isExample?: boolean;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <div className={styles.head}>
        <h3 id={id}>{isExample ? networksWords.urlsExample : networksWords.urls}</h3>
        {isExample || urls.length < 2 ? null : (
          <span className="push">
            <CopyButton text={allInText(urls)} label={networksWords.copyAllLabel}>
              {networksWords.copyAll(urls.length)}
            </CopyButton>
          </span>
        )}
      </div>
      <ol className={styles.urls}>
        {urls.map(({ event, url, note }) => (
          <li key={url}>
            <p className={styles.place}>
              <span className="strong">{titleOf(event)}</span>
              {event === null ? null : <span className="muted">{networksWords.urlField(titleOf(event))}</span>}
            </p>
            {isExample ? (
              <div className={styles.example}>
                <ColouredText parts={colouredUrl(url, params)} />
              </div>
            ) : (
              <CopyBox text={url} label={networksWords.copyUrl(titleOf(event))} parts={colouredUrl(url, params)} />
            )}
            {note === null ? null : <p className="note">{note}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function titleOf(event: string | null): string {
  return event === null ? networksWords.urlForAll : (networksWords.events[event] ?? event);
}

/** All URLs with their places, to send to the person who has access to the network. */
function allInText(urls: readonly PostbackUrl[]): string {
  return urls.map(({ event, url }) => `${titleOf(event)}\n${url}`).join('\n\n');
}
