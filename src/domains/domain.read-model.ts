import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import type { AppFile } from './rules/app-files/app-files.js';
import { Domain } from './domain.schema.js';
import type { ServedDomain } from './rules/served-domain.js';

const SERVED_FIELDS = [
  'workspaceId',
  'hostname',
  'rootUrl',
  'notFoundUrl',
  'expiredUrl',
  'caseSensitive',
  'robots',
] as const satisfies (keyof ServedDomain)[];

/** Crosses workspaces on purpose: a hostname is what says whose link is asked for, and proofs are checked for all. */
@Injectable()
export class DomainReadModel {
  constructor(@InjectModel(Domain.name) private readonly model: Model<Domain>) {}

  /** Who has proved that the hostname is his. */
  async findVerified(hostname: string): Promise<Domain | undefined> {
    const domain = await this.model.findOne({ hostname, status: 'verified' }).lean().exec();
    return domain ?? undefined;
  }

  /** What stands on a verified domain for apps, as text. Read each time: it is asked for rarely, and may be long. */
  async appFile(id: string, file: AppFile): Promise<string | undefined> {
    const filter = { _id: id, status: 'verified' as const };
    const domain = await this.model
      .findOne(filter, { [file]: 1 })
      .lean<Pick<Domain, AppFile>>()
      .exec();
    return domain?.[file] ?? undefined;
  }

  /** All verified domains; of each what serving it needs. */
  async allVerified(): Promise<Domain[]> {
    const projection = Object.fromEntries(SERVED_FIELDS.map((field) => [field, 1]));
    const found = await this.model.collection.find({ status: 'verified' }, { projection }).toArray();
    return found as unknown as Domain[];
  }
}
