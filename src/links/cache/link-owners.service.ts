import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { LinkChangeFeed } from './link-change-feed.service.js';
import { LinkReadModel } from '../link.read-model.js';

export interface LinkOwner {
  linkId: string;
  workspaceId: WorkspaceId;
  /** The network that the link belongs to; `null` where it has none. */
  networkId: string | null;
}

const MAX_KNOWN = 100_000;
/** Changes are heard of; this is for one that was missed. */
const MAX_AGE_MS = 5 * 60_000;

/**
 * The owner of a link, by the number in its click ids. Workspace and id never change, the network seldom does: a link is asked for
 * once, and again when it has changed.
 */
@Injectable()
export class LinkOwners implements OnModuleInit {
  private readonly known = new LRUCache<number, LinkOwner & { address: string }>({
    max: MAX_KNOWN,
    ttl: MAX_AGE_MS,
    dispose: ({ address }, number) => this.forgetAddress(address, number),
  });
  /** Link numbers by `hostname/slug`. Several have one where the hostname has changed hands. */
  private readonly numbers = new Map<string, readonly number[]>();

  constructor(
    private readonly anyLink: LinkReadModel,
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
    const link = await this.anyLink.findByNumber(number);
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
    const left = (this.numbers.get(address) ?? []).filter((other) => other !== number);
    if (left.length > 0) this.numbers.set(address, left);
    else this.numbers.delete(address);
  }
}
