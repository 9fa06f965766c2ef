import type { ConversionState } from './conversion-state.js';

type Member = Pick<ConversionState, 'networkId' | 'clickId' | 'playerId' | 'eventType'>;
type Candidate = Pick<
  ConversionState,
  '_id' | 'dedupeKey' | 'eventType' | 'status' | 'convertedAt' | 'txid' | 'clickId'
>;

/** No single player has more clicks. An id with more stands for many people and is ignored. */
export const MAX_CLICKS_OF_PLAYER = 200;

/** The keys that a conversion shares with others of the same person: its click, and its player if known. */
export function personNodes(member: Member): string[] {
  const { clickId, eventType } = member;
  if (eventType === 'revshare') return []; // belongs to the link
  return [...(clickId === null ? [] : [clickId]), ...playerNodes(member)];
}

/** The key of a conversion's player, as `personNodes` has it; empty without a player. */
export function playerNodes({ networkId, playerId, eventType }: Member): string[] {
  return playerId === null || eventType === 'revshare' ? [] : [`player:${networkId ?? ''}:${playerId}`];
}

/** Whether a person may have a first deposit, or links clicks of which another may have one. */
export function mayHaveFirstDeposit(person: readonly Member[]): boolean {
  // A player id connects clicks. It matters which clicks are one person's, even before there is a deposit.
  return person.some(({ eventType, playerId }) => eventType === 'ftd' || eventType === 'deposit' || playerId !== null);
}

/**
 * The first deposit among one person's conversions: the explicit `ftd` (unless it was rejected), else the earliest approved
 * `deposit`, else none. At equal times, the order of their names decides, not the order of arrival.
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

/** Unlike the dedupe key, this does not depend on which of two clicks with one transaction id came first. */
function nameOf({ txid, eventType, clickId, dedupeKey }: Candidate): string {
  return typeof txid === 'string' ? `tx:${eventType}:${txid}:${clickId ?? ''}` : dedupeKey;
}

/**
 * Groups conversions by person: a player with all known clicks, or else a click. Conversions that share a node belong
 * together, over any number of steps (union-find).
 * @param crowds player nodes that stand for many people.
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
