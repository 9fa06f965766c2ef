import { useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { type LiveEvent, useLiveEvents } from '../app/live';
import type { Setup } from '../app/setup/setup-query';
import { classes } from '../ui/classes';
import { Card } from '../ui/layout/card';
import { hopsOf, type RouteHops } from './route-hops';
import { linkCheckQuery } from '../links/link-query';
import { shortOf } from './seen-sentences';
import { startWords } from './start-words';
import styles from './out-and-back.module.css';

/** The way of the click id: out to the offer and the network, and back. Solid is seen, dashed is awaited. */
export function OutAndBack({ setup }: { setup: Setup | undefined }) {
  const seen = (id: string) => setup?.steps.find((step) => step.id === id)?.seen ?? null;
  const link = seen('link') as { linkId: string; shortUrl: string; destinationHost: string | null } | null;
  const network = seen('network') as { name: string } | null;
  const parameters = seen('parameters') as { linkId: string } | null;
  const linkId = parameters?.linkId ?? link?.linkId;
  const { data: check } = useQuery({ ...linkCheckQuery(linkId ?? ''), enabled: linkId !== undefined });
  const hops = hopsOf(setup?.steps ?? [], check ?? null);
  const drawn = useDrawnHops();
  return (
    <Card title={startWords.outAndBack} note={startWords.outAndBackNote}>
      <Drawing hops={hops} drawn={drawn} />
      <ol className={styles.stations}>
        <li>
          <span className="medium">{startWords.stations.link}</span>
          <span className="mono ellipsis">{link === null ? startWords.none : pathOf(link.shortUrl)}</span>
        </li>
        <li>
          <span className="medium">{startWords.stations.offer}</span>
          <span className="mono ellipsis">{link?.destinationHost ?? startWords.none}</span>
        </li>
        <li>
          <span className="medium">{startWords.stations.network}</span>
          <span className="ellipsis">{network?.name ?? startWords.none}</span>
        </li>
      </ol>
    </Card>
  );
}

function Drawing({ hops, drawn }: { hops: RouteHops; drawn: { out: number; back: number } }) {
  const { out, on, back } = hops;
  const stations = [
    { x: 40, isSeen: hops.hasLink },
    { x: 186, isSeen: out.state === 'seen' },
    { x: 332, isSeen: on.state === 'seen' || back.state === 'seen' },
  ];
  const label = [out.note, on.note, back.note].join('; ');
  return (
    <svg className={styles.route} viewBox="0 0 372 236" role="img" aria-label={label}>
      <line x1="26" x2="346" y1="118" y2="118" className={styles.ground} />
      <Hop
        key={`out${drawn.out}`}
        state={out.state}
        isDrawn={drawn.out > 0}
        path="M50 106C62 40 150 40 172 104"
        head="M165 96l7 8 5-9"
      />
      <Hop state={on.state} isDrawn={false} path="M198 106C212 40 300 40 320 104" head="M313 96l7 8 5-9" />
      <Hop
        key={`back${drawn.back}`}
        state={back.state}
        isDrawn={drawn.back > 0}
        isBack
        path="M322 132C290 216 84 216 44 134"
        head="M44 145v-11l10 4"
      />
      {stations.map(({ x, isSeen }) => (
        <g key={x}>
          <circle cx={x} cy="118" r="11" className={isSeen ? styles.reached : styles.awaitedStation} />
          {isSeen ? (
            <path d={`M${x - 5} 118.5l3.5 3.5 6-7`} className={styles.tick} />
          ) : (
            <circle cx={x} cy="118" r="3" className={styles.dot} />
          )}
        </g>
      ))}
      <Label x={111} y={44} note={out.note} facts={out.facts} />
      <Label x={259} y={44} note={on.note} facts={on.facts} />
      <text x="186" y="216" textAnchor="middle" className={styles.strong}>
        {back.note}
      </text>
    </svg>
  );
}

function Label({ x, y, note, facts }: { x: number; y: number; note: string; facts: string | null }) {
  return (
    <>
      <text x={x} y={facts === null ? y - 6 : y - 14} textAnchor="middle">
        {note}
      </text>
      {facts === null ? null : (
        <text x={x} y={y} textAnchor="middle" className={styles.strong}>
          {facts}
        </text>
      )}
    </>
  );
}

function Hop({
  state,
  isBack = false,
  isDrawn,
  path,
  head,
}: {
  state: RouteHops['out']['state'];
  isBack?: boolean;
  isDrawn: boolean;
  path: string;
  head: string;
}) {
  const draws = isDrawn && state === 'seen';
  return (
    <g className={classes(styles.hop, isBack && styles.back, styles[state])}>
      <path d={path} pathLength={draws ? 1 : undefined} className={draws ? styles.draws : undefined} />
      <path d={head} />
    </g>
  );
}

/** Counts the events that came since the page opened: each draws its hop once. */
function useDrawnHops(): { out: number; back: number } {
  const [drawn, setDrawn] = useState({ out: 0, back: 0 });
  const draw = useCallback(({ kind }: LiveEvent) => {
    const hop = kind === 'click' ? 'out' : 'back';
    setDrawn((before) => ({ ...before, [hop]: before[hop] + 1 }));
  }, []);
  useLiveEvents(['click', 'conversion'], draw);
  return drawn;
}

function pathOf(url: string): string {
  const short = shortOf(url);
  return short.includes('/') ? short.slice(short.indexOf('/')) : short;
}
