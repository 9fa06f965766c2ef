import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { LinkReadModel } from './link.read-model.js';

export interface LinkOwner {
  linkId: string;
  workspaceId: WorkspaceId;
}

const MAX_KNOWN = 100_000;

/** Whose a link is, by the number in its click ids. That never changes, so it is asked once. */
@Injectable()
export class LinkOwners {
  private readonly known = new LRUCache<number, LinkOwner>({ max: MAX_KNOWN });

  constructor(private readonly anyLink: LinkReadModel) {}

  async ofNumber(number: number): Promise<LinkOwner | undefined> {
    const known = this.known.get(number);
    if (known !== undefined) return known;
    const link = await this.anyLink.findByNumber(number);
    if (link === undefined) return undefined;
    const owner = { linkId: link._id, workspaceId: link.workspaceId };
    this.known.set(number, owner);
    return owner;
  }
}
