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
import { DEFAULT_ANSWER, DEFAULT_SECURITY } from './complete-network.js';
import { networkChecks } from './network-checks.js';
import { NetworkDirectory } from './network-directory.service.js';
import { changeSecurity, maskSecurity } from './network-security.js';
import type { Network, NetworkDefaults, NetworkMapping } from './network.schema.js';
import type {
  CreateNetworkRequest,
  DefaultsRequest,
  MappingRequest,
  NetworkResponse,
  UpdateNetworkRequest,
} from './networks.dto.js';
import { NetworksRepository } from './networks.repository.js';
import { postbackUrls } from './postback-urls.js';
import { PresetCatalogue } from './preset-catalogue.service.js';
import type { Preset } from './preset.js';

/** Shown in the network, so that nobody has to guess what an amount without a currency is taken for. */
const DEFAULT_CURRENCY = 'USD';

const newKey = customAlphabet(BASE62, 24); // 142 bits

/** Rules for networks. */
@Injectable()
export class NetworksService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly networks: NetworksRepository,
    private readonly directory: NetworkDirectory,
    private readonly presets: PresetCatalogue,
  ) {}

  async create(workspaceId: WorkspaceId, input: CreateNetworkRequest): Promise<Network> {
    const preset = this.presetOf(input.preset);
    const now = new Date();
    return this.networks.insert(workspaceId, {
      _id: newId('net'),
      name: input.name,
      key: newKey(),
      oldKey: null,
      pixelKey: newKey(),
      preset: preset?.id ?? null,
      clickIdParam: input.clickIdParam ?? preset?.clickIdParam ?? 'click_id',
      mapping: toMapping(input.mapping),
      defaults: toDefaults(
        { ...definedOnly(preset?.defaults ?? {}), ...definedOnly(input.defaults ?? {}) },
        input.currency,
      ),
      repeats: input.repeats ?? preset?.repeats ?? {},
      security: changeSecurity(DEFAULT_SECURITY, input.security),
      answer: { ...DEFAULT_ANSWER, ...definedOnly(input.answer ?? {}) },
      windows: input.windows ?? {},
      dialectChangedAt: now,
      createdAt: now,
      updatedAt: now,
    });
  }

  async update(workspaceId: WorkspaceId, id: string, input: UpdateNetworkRequest): Promise<Network> {
    const { answer, clickIdParam, currency, defaults, mapping, name, repeats, security, windows } = input;
    const preset = input.preset === undefined ? undefined : (this.presetOf(input.preset)?.id ?? null);
    const now = new Date();
    const isOtherDialect = [preset, mapping, defaults, currency].some((value) => value !== undefined);
    const before = security === undefined && answer === undefined ? undefined : await this.read(workspaceId, id);
    const changes = {
      ...definedOnly({ name, preset, clickIdParam, repeats, windows }),
      ...(mapping !== undefined && { mapping: toMapping(mapping) }),
      ...(defaults !== undefined && { defaults: toDefaults(defaults, currency) }),
      ...(defaults === undefined && currency !== undefined && { 'defaults.currency': currency }),
      ...(before && security && { security: changeSecurity(before.security, security) }),
      ...(before && answer && { answer: { ...before.answer, ...definedOnly(answer) } }),
      ...(isOtherDialect && { dialectChangedAt: now }),
      updatedAt: now,
    };
    return this.changed(await this.networks.updateById(workspaceId, id, { $set: changes }));
  }

  async read(workspaceId: WorkspaceId, id: string): Promise<Network> {
    return orMissing(await this.find(workspaceId, id));
  }

  find(workspaceId: WorkspaceId, id: string): Promise<Network | undefined> {
    return this.networks.findById(workspaceId, id);
  }

  page(workspaceId: WorkspaceId, page: PageRequest): Promise<Page<Network>> {
    return this.networks.page(workspaceId, {}, page);
  }

  async delete(workspaceId: WorkspaceId, id: string): Promise<void> {
    if (!(await this.networks.deleteById(workspaceId, id))) throw ProblemException.notFound('network');
    await this.directory.changed(id);
  }

  /** A new key; the one before goes on, and the one before that ends. */
  async rotateKey(workspaceId: WorkspaceId, id: string): Promise<Network> {
    const { key } = await this.read(workspaceId, id);
    const changes = { key: newKey(), oldKey: key, updatedAt: new Date() };
    const rotated = await this.networks.updateOne(workspaceId, { _id: id, key }, { $set: changes });
    if (rotated) return this.changed(rotated);
    await this.read(workspaceId, id);
    throw new ProblemException('conflict', 'The key was rotated by somebody else just now: look at the network again.');
  }

  async endOldKey(workspaceId: WorkspaceId, id: string): Promise<void> {
    const changes = { oldKey: null, updatedAt: new Date() };
    await this.changed(await this.networks.updateById(workspaceId, id, { $set: changes }));
  }

  /** As it is shown, with all that one needs to set it up. */
  present(network: Network): NetworkResponse {
    const preset = this.presets.find(network.preset);
    const urls = postbackUrls(network, preset, this.settings.publicUrl);
    return {
      id: network._id,
      name: network.name,
      preset: network.preset,
      key: network.key,
      oldKey: network.oldKey,
      pixelKey: network.pixelKey,
      postbackUrl: urls[0]?.url ?? '',
      postbackUrls: urls,
      clickIdParam: network.clickIdParam,
      checks: networkChecks(preset),
      mapping: network.mapping,
      defaults: network.defaults as DefaultsRequest,
      repeats: network.repeats,
      security: maskSecurity(network.security),
      answer: network.answer,
      windows: network.windows,
      dialectChangedAt: network.dialectChangedAt.toISOString(),
      createdAt: network.createdAt.toISOString(),
      updatedAt: network.updatedAt.toISOString(),
    };
  }

  private presetOf(id: string | null | undefined): Preset | undefined {
    const preset = this.presets.find(id);
    if (id !== null && id !== undefined && !preset) {
      const message = 'there is no such preset; GET /api/v1/network-presets lists them';
      throw ProblemException.invalid({ path: 'preset', code: 'unknown_preset', message });
    }
    return preset;
  }

  private async changed(network: Network | undefined): Promise<Network> {
    const found = orMissing(network);
    await this.directory.changed(found._id);
    return found;
  }
}

function orMissing(network: Network | undefined): Network {
  if (!network) throw ProblemException.notFound('network');
  return network;
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
  defaults: NetworkDefaults = {},
  currency = defaults.currency ?? DEFAULT_CURRENCY,
): Network['defaults'] {
  return { ...definedOnly(defaults), currency };
}
