import { Inject, Injectable } from '@nestjs/common';
import { customAlphabet } from 'nanoid';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.token.js';
import { ProblemException } from '../platform/http/problems/problem.js';
import type { Page, PageRequest } from '../platform/http/pagination.js';
import { BASE62 } from '../platform/ids/base62.js';
import { newId } from '../platform/ids/ids.js';
import { definedOnly } from '../platform/collections/defined-only.js';
import { type Transaction, Transactions } from '../platform/mongo/transactions.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { AuditLog } from '../workspaces/audit/audit-log.service.js';
import type { Caller } from '../workspaces/caller.js';
import { Quotas } from '../workspaces/plans/quotas.service.js';
import { allows } from '../workspaces/scopes.js';
import { DEFAULT_ANSWER, DEFAULT_SECURITY } from './rules/complete-network.js';
import { checksDone, networkChecks } from './rules/network-checks.js';
import { networkLimits, networkSends } from './rules/network-sends.js';
import { assertSignatureIsUnread } from './signature-param.js';
import { NetworkCache } from './cache/network-cache.service.js';
import { changeSecurity, maskSecret, maskSecurity } from './rules/network-security.js';
import type { Network, NetworkDefaults, NetworkMapping, StoredDialect } from './network.schema.js';
import type {
  CreateNetworkRequest,
  DefaultsRequest,
  MappingRequest,
  NetworkResponse,
  UpdateNetworkRequest,
} from './networks.dto.js';
import { NetworksRepository, RESTORABLE_DAYS } from './networks.repository.js';
import { postbackUrls } from './rules/postback-urls.js';
import { PresetCatalogue } from './catalogue/preset-catalogue.service.js';
import type { Preset } from './catalogue/preset.js';

const RESTORABLE_MS = RESTORABLE_DAYS * 86_400_000;
/** Stored in the network, so that the currency of amounts without one is visible. */
const DEFAULT_CURRENCY = 'USD';

const newKey = customAlphabet(BASE62, 24); // 142 bits

/** The given fields of a request that decide how a network's requests are read. */
export type DialectInput = Pick<UpdateNetworkRequest, keyof StoredDialect | 'currency'>;

/** Work in the transaction of a network's change. */
export type WithinChange = (states: { before: Network; after: Network }, tx: Transaction) => Promise<void>;

/** Creates, changes and deletes networks, and shows them in the API. */
@Injectable()
export class NetworksService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly networks: NetworksRepository,
    private readonly cache: NetworkCache,
    private readonly presets: PresetCatalogue,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
    private readonly quotas: Quotas,
  ) {}

  async create(caller: Caller, input: CreateNetworkRequest): Promise<Network> {
    const fields = this.newNetwork(input);
    assertSignatureIsUnread(undefined, fields, this.presets);
    const insert = async (tx: Transaction): Promise<Network> => {
      const network = await this.networks.insert(caller.workspaceId, fields, tx);
      await this.audit.record(caller, { action: 'network.created', objectId: network._id, after: network }, tx);
      return network;
    };
    return this.quotas.reserve(caller.workspaceId, 'networks', () => this.transactions.run(insert));
  }

  /** The names of networks by id. */
  async findNames(workspaceId: WorkspaceId, ids: readonly string[]): Promise<Record<string, string>> {
    const fields = ['_id', 'name'] as const;
    const networks = await this.networks.findMany(workspaceId, { _id: { $in: ids } }, undefined, { fields });
    return Object.fromEntries(networks.map(({ _id, name }) => [_id, name]));
  }

  /** The networks with these ids that still exist, by id. */
  async findAll(workspaceId: WorkspaceId, ids: readonly string[]): Promise<ReadonlyMap<string, Network>> {
    const networks = await this.networks.findByIds(workspaceId, ids);
    return new Map(networks.map((network) => [network._id, network]));
  }

  private newNetwork(input: CreateNetworkRequest): Omit<Network, 'workspaceId'> {
    const preset = this.presetOf(input.preset);
    const now = new Date();
    return {
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
      transactions: input.transactions ?? 'click',
      security: changeSecurity(DEFAULT_SECURITY, input.security),
      answer: { ...DEFAULT_ANSWER, ...definedOnly(input.answer ?? {}) },
      windows: input.windows ?? {},
      checksDone: [],
      dialectChangedAt: now,
      createdAt: now,
      updatedAt: now,
    };
  }

  async update(caller: Caller, id: string, input: UpdateNetworkRequest): Promise<Network> {
    const { answer, clickIdParam, name, security } = input;
    const dialectOf = this.dialectChangesOf(input);
    const { currency, defaults, mapping, preset } = input;
    const isOtherDialect = [preset, mapping, defaults, currency].some((value) => value !== undefined);
    return this.change(caller, id, (before) => ({
      ...dialectOf(before),
      ...definedOnly({ name, clickIdParam }),
      ...(security && { security: changeSecurity(before.security, security) }),
      ...(answer && { answer: { ...before.answer, ...definedOnly(answer) } }),
      ...(isOtherDialect && { dialectChangedAt: laterThan(before.dialectChangedAt) }),
      ...(input.checksDone && {
        checksDone: this.knownChecks(
          input.checksDone,
          preset === undefined ? before.preset : (this.presetOf(preset)?.id ?? null),
        ),
      }),
      updatedAt: new Date(),
    }));
  }

  /**
   * Changes how a network's requests are read. The change is dated, also if it has no effect on reading.
   * @param within stores more in the transaction of the change. It may run several times.
   */
  changeDialect(caller: Caller, id: string, input: DialectInput, within: WithinChange): Promise<Network> {
    const dialectOf = this.dialectChangesOf(input);
    return this.change(caller, id, (before) => ({ ...dialectOf(before), ...datedAfter(before) }), { within });
  }

  /** Restores how a network's requests were read. @param within see `changeDialect`; it may refuse with an exception. */
  restoreDialect(caller: Caller, id: string, dialect: StoredDialect, within: WithinChange): Promise<Network> {
    return this.change(caller, id, (before) => ({ ...dialect, ...datedAfter(before) }), { within });
  }

  /** The network as `changeDialect` would leave it; nothing is stored. @throws ProblemException */
  withDialect(network: Network, input: DialectInput): Network {
    const changed = { ...network, ...this.dialectChangesOf(input)(network) };
    assertSignatureIsUnread(network, changed, this.presets);
    return changed;
  }

  /** The changed fields that decide how requests are read. @throws ProblemException for an unknown preset. */
  private dialectChangesOf(input: DialectInput): (before: Network) => Partial<StoredDialect> {
    const { currency, defaults, mapping, repeats, transactions, windows } = input;
    const preset = input.preset === undefined ? undefined : (this.presetOf(input.preset)?.id ?? null);
    return (before) => ({
      ...definedOnly({ preset, repeats, transactions, windows }),
      ...(mapping !== undefined && { mapping: toMapping(mapping) }),
      ...(defaults !== undefined && { defaults: toDefaults(defaults, currency) }),
      ...(defaults === undefined && currency !== undefined && { defaults: { ...before.defaults, currency } }),
    });
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

  async delete(caller: Caller, id: string): Promise<void> {
    const { workspaceId } = caller;
    await this.transactions.run(async (tx) => {
      const before = orMissing(await this.networks.findById(workspaceId, id, tx));
      const now = new Date();
      await this.networks.updateById(workspaceId, id, { $set: { deletedAt: now, updatedAt: now } }, tx);
      await this.audit.record(caller, { action: 'network.deleted', objectId: id, before }, tx);
    });
    await this.cache.changed(id);
  }

  /** Takes back a deletion of the last 30 days: keys and mapping are as before. */
  async restore(caller: Caller, id: string): Promise<Network> {
    const undelete = async (tx: Transaction): Promise<Network> => {
      const { workspaceId } = caller;
      const now = new Date();
      const since = new Date(now.getTime() - RESTORABLE_MS);
      const deleted = await this.networks.findDeleted(workspaceId, id, since, tx);
      // Waiting postbacks that its deletion kept from being read are read again.
      const changes = { $unset: { deletedAt: 1 }, $set: { dialectChangedAt: now, updatedAt: now } };
      const network = deleted && (await this.networks.restore(workspaceId, id, changes, tx));
      if (!network) throw ProblemException.notFound('deleted network (of the last 30 days)');
      await this.audit.record(caller, { action: 'network.restored', objectId: id, after: network }, tx);
      return network;
    };
    const network = await this.quotas.reserve(caller.workspaceId, 'networks', () => this.transactions.run(undelete));
    await this.cache.changed(id);
    return network;
  }

  /** Sets a new key. The previous key is still accepted; the one before it ends. */
  async rotateKey(caller: Caller, id: string): Promise<Network> {
    const { key } = await this.read(caller.workspaceId, id);
    const rotated = (before: Network): object => {
      if (before.key === key) return { key: newKey(), oldKey: key, updatedAt: new Date() };
      const detail = 'Another request has just rotated the key: read the network again.';
      throw new ProblemException('conflict', detail);
    };
    return this.change(caller, id, rotated, { action: 'network.key-rotated' });
  }

  async endOldKey(caller: Caller, id: string): Promise<void> {
    const ended = { oldKey: null, updatedAt: new Date() };
    await this.change(caller, id, () => ended, { action: 'network.old-key-ended' });
  }

  /** The network as a caller may see it. Keys allow reporting conversions, so they are masked without `networks:write`. */
  presentTo({ scopes }: Pick<Caller, 'scopes'>, network: Network): NetworkResponse {
    return this.present(allows(scopes, 'networks:write') ? network : withMaskedKeys(network));
  }

  /** The network in the API, with all that is needed to set it up. */
  present(network: Network): NetworkResponse {
    const preset = this.presets.find(network.preset);
    const urls = postbackUrls(network, preset, this.settings.publicUrl);
    return {
      id: network._id,
      name: network.name,
      preset: network.preset,
      presetName: preset?.name ?? null,
      verified: preset?.verified ?? null,
      unverifiedParts: preset?.unverifiedParts ?? [],
      key: network.key,
      oldKey: network.oldKey,
      pixelKey: network.pixelKey,
      postbackUrl: urls[0]?.url ?? '',
      postbackUrls: urls,
      clickIdParam: network.clickIdParam,
      checks: networkChecks(preset),
      checksDone: checksDone(network.checksDone, preset),
      sends: preset ? networkSends(preset, network) : null,
      limits: preset ? networkLimits(preset) : null,
      mapping: network.mapping,
      defaults: network.defaults as DefaultsRequest,
      repeats: network.repeats,
      transactions: network.transactions,
      security: maskSecurity(network.security),
      answer: network.answer,
      windows: network.windows,
      dialectChangedAt: network.dialectChangedAt.toISOString(),
      createdAt: network.createdAt.toISOString(),
      updatedAt: network.updatedAt.toISOString(),
    };
  }

  /** @throws ProblemException for a text that is none of the network's checks. */
  private knownChecks(ticked: readonly string[], presetId: string | null): string[] {
    const preset = this.presets.find(presetId);
    const checks = networkChecks(preset);
    const problems = ticked.flatMap((text, index) =>
      checks.includes(text)
        ? []
        : [
            {
              path: `checksDone.${index}`,
              code: 'unknown_check',
              message: 'must be a text of the checks of this network',
            },
          ],
    );
    if (problems.length > 0) throw ProblemException.invalid(...problems);
    return checksDone(ticked, preset);
  }

  private presetOf(id: string | null | undefined): Preset | undefined {
    const preset = this.presets.find(id);
    if (id !== null && id !== undefined && !preset) {
      const message = 'there is no such preset; GET /api/v1/network-presets lists them';
      throw ProblemException.invalid({ path: 'preset', code: 'unknown_preset', message });
    }
    return preset;
  }

  /** Changes a network and records the audit entry in one transaction. */
  private async change(
    caller: Caller,
    id: string,
    changesOf: (before: Network) => object,
    { action = 'network.updated', within }: { action?: string; within?: WithinChange } = {},
  ): Promise<Network> {
    const { workspaceId } = caller;
    const network = await this.transactions.run(async (tx) => {
      const before = orMissing(await this.networks.findById(workspaceId, id, tx));
      // Networks of earlier releases have no pixel key.
      const missing = before.pixelKey === null ? { pixelKey: newKey() } : {};
      const changes = { ...missing, ...changesOf(before) };
      assertSignatureIsUnread(before, { ...before, ...changes } as Network, this.presets);
      const changed = await this.networks.updateById(workspaceId, id, { $set: changes }, tx);
      const after = orMissing(changed);
      await this.audit.record(caller, { action, objectId: id, before, after }, tx);
      await within?.({ before, after }, tx);
      return after;
    });
    await this.cache.changed(id);
    return network;
  }
}

function withMaskedKeys(network: Network): Network {
  const { key, oldKey, pixelKey } = network;
  const masked = (text: string | null): string | null => text && maskSecret(text);
  return { ...network, key: maskSecret(key), oldKey: masked(oldKey), pixelKey: masked(pixelKey) };
}

/** The dates of a change of the dialect. */
function datedAfter({ dialectChangedAt }: Network): Pick<Network, 'dialectChangedAt' | 'updatedAt'> {
  return { dialectChangedAt: laterThan(dialectChangedAt), updatedAt: new Date() };
}

/** Now, but later than the earlier change: clocks of processes differ, and equal times would hide a change. */
function laterThan(time: Date): Date {
  return new Date(Math.max(Date.now(), time.getTime() + 1));
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
    ...(mapping.currencies && { currencies: upperCaseValues(lowerCaseKeys(mapping.currencies)) }),
    ...(mapping.charset !== undefined && { charset: new TextDecoder(mapping.charset).encoding }),
  };
}

function lowerCaseKeys(words: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(words).map(([word, meaning]) => [word.toLowerCase(), meaning]));
}

function upperCaseValues(codes: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(codes).map(([word, code]) => [word, code.toUpperCase()]));
}

function toDefaults(
  defaults: NetworkDefaults = {},
  currency = defaults.currency ?? DEFAULT_CURRENCY,
): Network['defaults'] {
  return { ...definedOnly(defaults), currency };
}
