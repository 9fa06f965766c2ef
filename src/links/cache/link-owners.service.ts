import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { LinkChangeFeed } from './link-change-feed.service.js';
import { LinkReadModel } from '../link.read-model.js';

export interface LinkOwner {
  linkId: string;
  workspaceId: WorkspaceId;
  /** The network that the link belongs to; `null`: none. */
  networkId: string | null;
}

const MAX_KNOWN = 100_000;
/** Changes remove entries at once. This age limit is for a missed change. */
const MAX_AGE_MS = 5 * 60_000;

/**
 * The owner of a link, by the number in its click ids. A link is read once, and again after a change:
 * its workspace and id never change, and its network seldom does.
 */
@Injectable()
export class LinkOwners implements OnModuleInit {
  private readonly known = new LRUCache<number, LinkOwner & { address: string }>({
    max: MAX_KNOWN,
    ttl: MAX_AGE_MS,
    dispose: ({ address }, number) => this.forgetAddress(address, number),
  });
  /** Link numbers by `hostname/slug`. An address has several numbers when its hostname has changed owners. */
  private readonly numbers = new Map<string, readonly number[]>();

  constructor(
    private readonly linkReadModel: LinkReadModel,
    private readonly feed: LinkChangeFeed,
  ) {}

  onModuleInit(): void {
    this.feed.subscribe({
      addressChanged: (address) => {
        for (const number of this.numbers.get(address) ?? []) this.forget(number);
      },
      linksChanged: (links) => {
        for (const { number } of links) this.forget(number);
      },
    });
  }

  async ofNumber(number: number): Promise<LinkOwner | undefined> {
    const known = this.known.get(number);
    if (known !== undefined) return known;
    const link = await this.linkReadModel.findByNumber(number);
    if (link === undefined) return undefined;
    const { _id: linkId, workspaceId, networkId = null } = link;
    const address = `${link.hostname}/${link.slug}`;
    const owner = { linkId, workspaceId, networkId, address };
    this.known.set(number, owner);
    this.numbers.set(address, [...(this.numbers.get(address) ?? []), number]);
    return owner;
  }

  private forget(number: number): void {
    this.known.delete(number);
  }

  private forgetAddress(address: string, number: number): void {
    const remaining = (this.numbers.get(address) ?? []).filter((other) => other !== number);
    if (remaining.length > 0) this.numbers.set(address, remaining);
    else this.numbers.delete(address);
  }
}
