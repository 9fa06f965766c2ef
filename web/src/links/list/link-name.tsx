import { Link as PageLink } from '@tanstack/react-router';
import { classes } from '../../ui/classes';
import { destinationHost, type Link, shortUrlParts } from '../link-types';
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
  const [shared, slug] = shortUrlParts(link);
  const network = link.networkId === null ? undefined : networks.get(link.networkId);
  const notes = [link.title ?? destinationHost(link.url), network].filter((text) => text !== undefined);
  return (
    <span className={styles.name}>
      <PageLink to="/links/$linkId" params={{ linkId: link.id }} className="ellipsis" title={link.shortUrl}>
        {isShort ? <b className="medium">/{slug}</b> : null}
        {isShort ? null : <span>{shared}</span>}
        {isShort ? null : slug}
      </PageLink>
      <small className={classes('ellipsis')} title={link.url}>
        {notes.join(' · ')}
      </small>
    </span>
  );
}
