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

/** The domains that requests may reach. Those of demo workspaces only look verified. */
const SERVED = { status: 'verified' as const, isDemo: { $exists: false } };

/** Reads domains of all workspaces: the hostname of a request determines the workspace. */
@Injectable()
export class DomainReadModel {
  constructor(@InjectModel(Domain.name) private readonly model: Model<Domain>) {}

  /** The domain of the workspace that has proved the hostname. */
  async findVerified(hostname: string): Promise<Domain | undefined> {
    const domain = await this.model
      .findOne({ hostname, ...SERVED })
      .lean()
      .exec();
    return domain ?? undefined;
  }

  /** A file for apps of a verified domain, as text. Not cached: it is requested rarely and may be long. */
  async appFile(id: string, file: AppFile): Promise<string | undefined> {
    const filter = { _id: id, ...SERVED };
    const domain = await this.model
      .findOne(filter, { [file]: 1 })
      .lean<Pick<Domain, AppFile>>()
      .exec();
    return domain?.[file] ?? undefined;
  }

  /** All verified domains, with the fields that requests need. */
  async allVerified(): Promise<Domain[]> {
    const projection = Object.fromEntries(SERVED_FIELDS.map((field) => [field, 1]));
    const found = await this.model.collection.find(SERVED as object, { projection }).toArray();
    return found as unknown as Domain[];
  }
}
