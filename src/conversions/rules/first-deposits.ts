import type { ConversionState } from './conversion-state.js';

type Member = Pick<ConversionState, 'networkId' | 'clickId' | 'playerId' | 'eventType'>;
type Candidate = Pick<
  ConversionState,
  '_id' | 'dedupeKey' | 'eventType' | 'status' | 'convertedAt' | 'txid' | 'clickId'
>;

/** No player has so many clicks: a network that sends one name for all its players names none. */
export const MAX_CLICKS_OF_PLAYER = 200;

/** What a conversion has in common with others of the same person: its click, and its player where the network names one. */
export function personNodes(member: Member): string[] {
  const { clickId, eventType } = member;
  if (eventType === 'revshare') return []; // a link's
  return [...(clickId === null ? [] : [clickId]), ...playerNodes(member)];
}

export function playerNodes({ networkId, playerId, eventType }: Member): string[] {
  return playerId === null || eventType === 'revshare' ? [] : [`player:${networkId ?? ''}:${playerId}`];
}

/** Whether one of a person's conversions is the first deposit, or says whose another may be. */
export function mayHaveFirstDeposit(person: readonly Member[]): boolean {
  // A player's name leads to other clicks, so it matters which of them are one person's before there is a deposit.
  return person.some(({ eventType, playerId }) => eventType === 'ftd' || eventType === 'deposit' || playerId !== null);
}

/**
 * Which of one person's conversions is the first deposit: the explicit `ftd` (unless it was rejected), else the earliest
 * approved `deposit`, else none. Of two at the same time what they are called decides, not which came first.
 */
export function firstDeposit<T extends Candidate>(conversions: readonly T[]): T | undefined {
  const explicit = conversions.filter(({ eventType, status }) => eventType === 'ftd' && status !== 'rejected');
  const deposits = conversions.filter(({ eventType, status }) => eventType === 'deposit' && status === 'approved');
  return earliest(explicit) ?? earliest(deposits);
}

function earliest<T extends Candidate>(conversions: T[]): T | undefined {
  return conversions.toSorted(
    (a, b) => a.convertedAt.getTime() - b.convertedAt.getTime() || (nameOf(a) < nameOf(b) ? -1 : 1),
  )[0];
}

/** Does not depend on which of two clicks with the same transaction id came first, as the key does. */
function nameOf({ txid, eventType, clickId, dedupeKey }: Candidate): string {
  return typeof txid === 'string' ? `tx:${eventType}:${txid}:${clickId ?? ''}` : dedupeKey;
}

/**
 * Conversions by person, which is a player with all clicks that are known to be theirs, else a click. Those that share a
 * node belong together, over any number of steps (union-find).
 * @param crowds player nodes that are known to be no single person.
 */
export function groupByPerson<T extends Member & Pick<Candidate, '_id'>>(
  conversions: readonly T[],
  crowds: ReadonlySet<string> = new Set(),
): T[][] {
  const nodesOf = withoutCrowds(conversions, crowds);
  const parents = new Map<string, string>();
  const root = (node: string): string => {
    let at = node;
    for (let parent = parents.get(at); parent !== undefined && parent !== at; parent = parents.get(at)) at = parent;
    if (at !== node) parents.set(node, at);
    return at;
  };
  for (const [first, ...others] of nodesOf.values()) {
    if (first === undefined) continue;
    for (const other of others) parents.set(root(other), root(first));
  }
  const groups = new Map<string, T[]>();
  for (const [conversion, [first]] of nodesOf) {
    const group = first === undefined ? conversion._id : root(first);
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [conversion]);
    else members.push(conversion);
  }
  return [...groups.values()];
}

function withoutCrowds<T extends Member>(conversions: readonly T[], crowds: ReadonlySet<string>): Map<T, string[]> {
  const nodes = new Map(conversions.map((conversion) => [conversion, personNodes(conversion)]));
  const clicks = new Map<string, Set<string | null>>();
  for (const [{ clickId }, of] of nodes) {
    for (const node of of) clicks.set(node, (clicks.get(node) ?? new Set()).add(clickId));
  }
  const isPerson = (node: string): boolean =>
    !crowds.has(node) && (clicks.get(node)?.size ?? 0) <= MAX_CLICKS_OF_PLAYER;
  return new Map([...nodes].map(([conversion, of]) => [conversion, of.filter(isPerson)]));
}
