import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Domain } from './domain.schema.js';

/** Crosses workspaces on purpose: a hostname is what says whose link is asked for. */
@Injectable()
export class DomainReadModel {
  constructor(@InjectModel(Domain.name) private readonly model: Model<Domain>) {}

  async findByHostname(hostname: string): Promise<Domain | undefined> {
    const domain = await this.model.findOne({ hostname }).lean().exec();
    return domain ?? undefined;
  }
}
