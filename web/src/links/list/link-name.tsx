import { Link as PageLink } from '@tanstack/react-router';
import { destinationHost, type Link } from '../link-types';
import styles from './list.module.css';

/**
 * The two lines of a link: its short URL, then its title (else the destination's host) and its network.
 * @param networks their names by their ids
 */
export function LinkName({
  link,
  networks,
  isShort = false,
}: {
  link: Link;
  networks: ReadonlyMap<string, string>;
  isShort?: boolean;
}) {
  const { domain, slug } = link;
  const network = link.networkId === null ? undefined : networks.get(link.networkId);
  const notes = [link.title ?? destinationHost(link.url), network].filter((text) => text !== undefined);
  return (
    <span className={styles.name}>
      <PageLink
        to="/links/$linkId"
        params={{ linkId: link.id }}
        title={link.shortUrl}
        aria-label={isShort ? undefined : `${domain}/${slug}`}
      >
        {isShort ? null : <span className="ellipsis">{domain}</span>}
        <b className="ellipsis">/{slug}</b>
      </PageLink>
      <small className="ellipsis" title={link.url}>
        {notes.join(' · ')}
      </small>
    </span>
  );
}
