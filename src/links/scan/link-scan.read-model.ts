import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { URL_FIELDS } from '../rules/link-urls.js';
import { Link } from '../link.schema.js';

const FIELDS = ['workspaceId', 'hostname', 'slugKeys', 'suspended', 'updatedAt', ...URL_FIELDS] as const;

export type ScannedLink = Pick<Link, '_id' | (typeof FIELDS)[number]>;

/** Reads links of all workspaces, because the operator's blocklist applies to all of them. */
@Injectable()
export class LinkScanReadModel {
  constructor(@InjectModel(Link.name) private readonly links: Model<Link>) {}

  /** Live links in the order of their ids, after the given one. */
  async batch(after: string, limit: number): Promise<ScannedLink[]> {
    const projection = Object.fromEntries(FIELDS.map((field) => [field, 1]));
    const found = this.links.collection.find({ _id: { $gt: after } as never, live: true }, { projection });
    return (await found.sort({ _id: 1 }).limit(limit).toArray()) as unknown as ScannedLink[];
  }
}
