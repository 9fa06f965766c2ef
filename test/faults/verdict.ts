import { isDeepStrictEqual } from 'node:util';
import type { mongo } from 'mongoose';
import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from './app.js';
import type { Ledger } from './ledger.js';
import type { KnownLink } from './traffic.js';

const EXAMPLES = 10;
const API_READS_AT_ONCE = 8;
const COUNTERS_PATIENCE_MS = 15_000;

/** A link's clicks, as the API shows them and as we count them. */
interface Counts {
  total: number;
  human: number;
  bots: number;
  unique: number;
}

/** The fields that are read of a stored click. */
export interface StoredClick {
  _id: string;
  linkId: string;
  at: Date;
  botReason?: string;
  isUnique: boolean;
}

/** The sums of one link's stored clicks. */
class Recount {
  readonly counts: Counts = { total: 0, human: 0, bots: 0, unique: 0 };
  /** Each visitor on each day, of the clicks by people that were answered. */
  readonly visits = new Set<string>();
  /** Stored clicks whose answer never arrived. */
  unanswered = 0;
  /** Human clicks among those; their visitor is not known. */
  anonymous = 0;
}

/** The comparison of stored with answered clicks. */
export class Verdict {
  stored = 0;
  /** Stored, but the answer never arrived: its connection was cut. */
  unanswered = 0;
  /** Answered, but not stored. */
  lost = 0;
  /** Stored more often than clicked. */
  doubled = 0;
  /** Stored on another link than the one that was clicked. */
  misplaced = 0;
  /** Bots and HEAD requests that are counted as people. */
  botsAsPeople = 0;
  /** Answered clicks of a sample that the API does not show. */
  unreadable = 0;
  counterErrors: string[] = [];
  /** Links with a wrong number of visitors. */
  readonly visitorErrors: string[] = [];
  readonly lostExamples: string[] = [];
  private readonly recounts = new Map<string, Recount>();

  private constructor(
    private readonly ledger: Ledger,
    private readonly links: readonly KnownLink[],
  ) {}

  /** To be reached when the spool is drained. */
  static async reach(
    app: App,
    clicks: mongo.Collection<StoredClick>,
    ledger: Ledger,
    links: readonly KnownLink[],
  ): Promise<Verdict> {
    const verdict = new Verdict(ledger, links);
    await verdict.readStored(clicks);
    verdict.checkVisitors();
    await verdict.checkCounters(app);
    await verdict.checkSample(app);
    return verdict;
  }

  /** Sums of all links. */
  get recounted(): Counts {
    const sum: Counts = { total: 0, human: 0, bots: 0, unique: 0 };
    for (const { counts } of this.recounts.values()) {
      for (const name of ['total', 'human', 'bots', 'unique'] as const) sum[name] += counts[name];
    }
    return sum;
  }

  private async readStored(clicks: mongo.Collection<StoredClick>): Promise<void> {
    const isStored = new Uint8Array(this.ledger.answered);
    const projection = { linkId: 1, at: 1, botReason: 1, isUnique: 1 };
    for await (const click of clicks.find({}, { projection, batchSize: 10_000 })) {
      this.stored++;
      const index = this.ledger.indexOf(click._id);
      if (index === undefined) this.unanswered++;
      else isStored[index] = 1;
      this.count(click, index);
    }
    for (const [index, stored] of isStored.entries()) {
      if (stored === 1) continue;
      this.lost++;
      const { id, second } = this.ledger.click(index);
      if (this.lostExamples.length < EXAMPLES) this.lostExamples.push(`${id}, answered at ${second.toFixed(3)} s`);
    }
    this.doubled = this.ledger.repeatedIds + this.countSurplus();
  }

  /** Ids are unique in the database; a click stored under two of them is one more than the link was ever asked for. */
  private countSurplus(): number {
    const numberOf = new Map(this.links.map(({ id }, number) => [id, number]));
    let surplus = 0;
    for (const [linkId, { unanswered }] of this.recounts) {
      surplus += Math.max(0, unanswered - (this.ledger.cutByLink.get(numberOf.get(linkId) ?? -1) ?? 0));
    }
    return surplus;
  }

  private count({ linkId, at, botReason, isUnique }: StoredClick, index: number | undefined): void {
    const recount = this.recounts.get(linkId) ?? new Recount();
    this.recounts.set(linkId, recount);
    const isHuman = botReason === undefined;
    recount.counts.total++;
    recount.counts[isHuman ? 'human' : 'bots']++;
    if (isUnique) recount.counts.unique++;
    if (index === undefined) {
      recount.unanswered++;
      if (isHuman) recount.anonymous++;
      return;
    }
    const { link, visitor, kind } = this.ledger.click(index).click;
    if (this.links[link]?.id !== linkId) this.misplaced++;
    if (isHuman && kind !== 'person') this.botsAsPeople++;
    if (isHuman) recount.visits.add(`${visitor} ${at.toISOString().slice(0, 10)}`);
  }

  /** `isUnique` marks each visitor's first click of a day: as many as there were visitors, whoever the anonymous were. */
  private checkVisitors(): void {
    for (const [linkId, { counts, visits, anonymous }] of this.recounts) {
      if (counts.unique >= visits.size && counts.unique <= visits.size + anonymous) continue;
      this.visitorErrors.push(`${linkId}: ${counts.unique} counted, there were ${visits.size} (or ${anonymous} more)`);
    }
  }

  /** The counters may move a moment after the clicks are stored. */
  private async checkCounters(app: App): Promise<void> {
    const end = Date.now() + COUNTERS_PATIENCE_MS;
    for (;;) {
      this.counterErrors = [];
      await inParallel(this.links, async ({ id }) => {
        const { status, body } = await app.api<{ stats?: { clicks: Counts } }>('GET', `/links/${id}`);
        const shown = body.stats?.clicks;
        const recounted = this.recounts.get(id)?.counts ?? new Recount().counts;
        if (isDeepStrictEqual({ ...shown }, recounted)) return;
        this.counterErrors.push(`${id}: ${status} ${JSON.stringify(shown)}, recounted ${JSON.stringify(recounted)}`);
      });
      if (this.counterErrors.length === 0 || Date.now() > end) return;
      await sleep(500);
    }
  }

  private async checkSample(app: App): Promise<void> {
    const size = Math.min(100, this.ledger.answered);
    const sample = Array.from({ length: size }, (_, i) => Math.floor((i * this.ledger.answered) / size));
    await inParallel(sample, async (index) => {
      const { status } = await app.api('GET', `/clicks/${this.ledger.click(index).id}`);
      if (status !== 200) this.unreadable++;
    });
  }
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: API_READS_AT_ONCE }, worker));
}
