import { Injectable } from '@nestjs/common';
import { FIND_LINK_NUMBER, FIND_LINK_OWNER } from '../clicks/clicks.ports.js';
import { LinkOwners } from '../links/cache/link-owners.service.js';
import { LinksRepository } from '../links/links.repository.js';
import { Ports } from '../platform/ports/ports.service.js';

/** Tells the clicks about links. It is here because clicks and links may not use one another, and conversions may use both. */
@Injectable()
export class LinksOfClicks {
  constructor(owners: LinkOwners, links: LinksRepository, ports: Ports) {
    ports.provide(FIND_LINK_OWNER, async (number) => (await owners.ofNumber(number))?.workspaceId);
    ports.provide(FIND_LINK_NUMBER, async (workspaceId, linkId) => (await links.findById(workspaceId, linkId))?.number);
  }
}
