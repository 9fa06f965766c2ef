import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Link } from './link.schema.js';

/** Crosses workspaces on purpose: an address, or the number in a click id, is what says whose link it is. */
@Injectable()
export class LinkReadModel {
  constructor(@InjectModel(Link.name) private readonly model: Model<Link>) {}

  async findByAddress(hostname: string, slug: string): Promise<Link | undefined> {
    const link = await this.model.findOne({ hostname, slug, live: true }).lean().exec();
    return link ?? undefined;
  }

  /** Deleted links too: what their clicks earned still counts. */
  async findByNumber(number: number): Promise<Link | undefined> {
    const link = await this.model.findOne({ number }).lean().exec();
    return link ?? undefined;
  }
}
