import { Inject, Injectable } from '@nestjs/common';
import { customAlphabet } from 'nanoid';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.token.js';
import { ProblemException } from '../platform/http/problem.js';
import type { Page, PageRequest } from '../platform/http/pagination.js';
import { BASE62 } from '../platform/ids/base62.js';
import { newId } from '../platform/ids/ids.js';
import { definedOnly } from '../platform/collections/defined-only.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { NetworkReadModel } from './network.read-model.js';
import type { Network, NetworkMapping } from './network.schema.js';
import type { CreateNetworkRequest, DefaultsRequest, MappingRequest, UpdateNetworkRequest } from './networks.dto.js';
import { NetworksRepository } from './networks.repository.js';

/** Shown in the network, so that nobody has to guess what an amount without a currency is taken for. */
const DEFAULT_CURRENCY = 'USD';

/** Far more than a network sends, and little enough to keep one that runs wild from slowing the others. */
const DEFAULT_RATE_PER_MINUTE = 60_000;

const newKey = customAlphabet(BASE62, 24); // 142 bits

/** Rules for networks. */
@Injectable()
export class NetworksService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly networks: NetworksRepository,
    private readonly anyNetwork: NetworkReadModel,
  ) {}

  async create(workspaceId: WorkspaceId, input: CreateNetworkRequest): Promise<Network> {
    const now = new Date();
    return this.networks.insert(workspaceId, {
      _id: newId('net'),
      name: input.name,
      key: newKey(),
      oldKey: null,
      preset: null,
      clickIdParam: input.clickIdParam ?? 'click_id',
      mapping: toMapping(input.mapping),
      defaults: toDefaults(input.defaults, input.currency),
      repeats: input.repeats ?? {},
      security: { ips: [], token: null, hmac: null, ratePerMinute: DEFAULT_RATE_PER_MINUTE },
      answer: { alwaysOk: false, text: false },
      windows: {},
      dialectChangedAt: now,
      createdAt: now,
      updatedAt: now,
    });
  }

  async update(workspaceId: WorkspaceId, id: string, input: UpdateNetworkRequest): Promise<Network> {
    const { defaults, currency, mapping, name, clickIdParam, repeats } = input;
    const now = new Date();
    const isOtherDialect = [mapping, defaults, currency].some((value) => value !== undefined);
    const changes = {
      ...definedOnly({ name, clickIdParam, repeats }),
      ...(mapping !== undefined && { mapping: toMapping(mapping) }),
      ...(defaults !== undefined && { defaults: toDefaults(defaults, currency) }),
      ...(defaults === undefined && currency !== undefined && { 'defaults.currency': currency }),
      ...(isOtherDialect && { dialectChangedAt: now }),
      updatedAt: now,
    };
    return this.orMissing(await this.networks.updateById(workspaceId, id, { $set: changes }));
  }

  async read(workspaceId: WorkspaceId, id: string): Promise<Network> {
    return this.orMissing(await this.find(workspaceId, id));
  }

  find(workspaceId: WorkspaceId, id: string): Promise<Network | undefined> {
    return this.networks.findById(workspaceId, id);
  }

  page(workspaceId: WorkspaceId, page: PageRequest): Promise<Page<Network>> {
    return this.networks.page(workspaceId, {}, page);
  }

  async delete(workspaceId: WorkspaceId, id: string): Promise<void> {
    if (!(await this.networks.deleteById(workspaceId, id))) throw ProblemException.notFound('network');
  }

  /** Whose key this is. Keys have one shape; anything else costs no look-up. */
  async findByKey(key: string): Promise<Network | undefined> {
    return /^[0-9A-Za-z]{24}$/.test(key) ? this.anyNetwork.findByKey(key) : undefined;
  }

  /** Ready to paste, under the names that this network sends (or will send). */
  postbackUrl({ key, mapping }: Network): string {
    const names = ['click_id', 'event', 'status', 'payout', 'currency', 'txid'];
    const query = names.map((name) => `${mapping.params[name]?.[0] ?? name}={${name}}`).join('&');
    return `${this.settings.publicUrl}/postback/${key}?${query}`;
  }

  private orMissing(network: Network | undefined): Network {
    if (!network) throw ProblemException.notFound('network');
    return network;
  }
}

/** Words are compared without case, so they are kept in lower case. */
function toMapping(mapping: MappingRequest = {}): NetworkMapping {
  return {
    params: mapping.params ?? {},
    events: lowerCaseKeys(mapping.events),
    statuses: lowerCaseKeys(mapping.statuses),
  };
}

function lowerCaseKeys(words: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(words).map(([word, meaning]) => [word.toLowerCase(), meaning]));
}

function toDefaults(
  defaults: DefaultsRequest = {},
  currency = defaults.currency ?? DEFAULT_CURRENCY,
): Network['defaults'] {
  return { ...definedOnly(defaults), currency };
}
