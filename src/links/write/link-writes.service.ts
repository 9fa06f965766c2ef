import { Injectable } from '@nestjs/common';
import { Transactions } from '../../platform/mongo/transactions.js';
import type { Within } from '../../platform/mongo/tenant.repository.js';
import { AuditLog } from '../../workspaces/audit/audit-log.service.js';
import type { Author } from '../../workspaces/caller.js';
import type { Link } from '../link.schema.js';
import { LinksRepository } from '../links.repository.js';

/** Fields that the audit log leaves out, as they say nothing about the change. */
const UNAUDITED_FIELDS = ['updatedAt', 'slugKeys', 'number', 'live'] as const;

/** Stores what is made and changed of links, together with who did it. */
@Injectable()
export class LinkWrites {
  constructor(
    private readonly links: LinksRepository,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
  ) {}

  /** @throws duplicate key errors as they come. */
  insert(author: Author, fields: Omit<Link, 'workspaceId'>): Promise<Link> {
    return this.transactions.run(async (tx) => {
      const link = await this.links.insert(author.workspaceId, fields, tx);
      await this.audit.record(author, { action: 'link.created', objectId: link._id, after: auditView(link) }, tx);
      return link;
    });
  }

  /**
   * Changes the link if it still is as it was read.
   * @param action `link.updated` and such.
   * @returns `undefined` when it is not.
   */
  change(
    author: Author,
    action: string,
    before: Link,
    filter: Within<Link>,
    fields: Partial<Link>,
  ): Promise<Link | undefined> {
    return this.transactions.run(async (tx) => {
      const after = await this.links.updateOne(
        author.workspaceId,
        { ...filter, _id: before._id } as Within<Link>,
        { $set: fields },
        tx,
      );
      if (after === undefined) return undefined;
      const isGone = fields.live === false;
      const states = { before: auditView(before), ...(!isGone && { after: auditView(after) }) };
      await this.audit.record(author, { action, objectId: before._id, ...states }, tx);
      return after;
    });
  }
}

function auditView(link: Link): object {
  const { passwordHash, ...rest } = link;
  const shown = Object.entries(rest).filter(([name]) => !(UNAUDITED_FIELDS as readonly string[]).includes(name));
  // The hash itself is of no use to readers; the end of it shows that the password has changed.
  return { ...Object.fromEntries(shown), ...(passwordHash && { password: passwordHash.slice(-8) }) };
}
