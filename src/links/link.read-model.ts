import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { ROUTED_FIELDS, type RoutedLink } from './compiled-link.js';
import { Link } from './link.schema.js';

export type AddressedLink = RoutedLink & Pick<Link, 'paused'>;

export type ChangedLink = RoutedLink & Pick<Link, 'paused' | 'live'>;

/** Crosses workspaces on purpose: an address, or the number in a click id, is what says whose link it is. */
@Injectable()
export class LinkReadModel {
  constructor(@InjectModel(Link.name) private readonly model: Model<Link>) {}

  /** By the driver itself, which costs a third of mongoose: after a start each link is looked up once. */
  async findByAddress(hostname: string, slug: string): Promise<AddressedLink | undefined> {
    const projection = Object.fromEntries([...ROUTED_FIELDS, 'paused'].map((field) => [field, 1]));
    const link = await this.model.collection.findOne({ hostname, slug, live: true }, { projection });
    return (link as unknown as AddressedLink | null) ?? undefined;
  }

  /** Links that were made, changed or deleted since then, as they are now. */
  async changedSince(since: Date): Promise<ChangedLink[]> {
    const projection = Object.fromEntries([...ROUTED_FIELDS, 'paused', 'live'].map((field) => [field, 1]));
    const links = await this.model.collection.find({ updatedAt: { $gte: since } }, { projection }).toArray();
    return links as unknown as ChangedLink[];
  }

  /** Deleted links too: what their clicks earned still counts. */
  async findByNumber(number: number): Promise<Link | undefined> {
    const link = await this.model.findOne({ number }).lean().exec();
    return link ?? undefined;
  }
}
