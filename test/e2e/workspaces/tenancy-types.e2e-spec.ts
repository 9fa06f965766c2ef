import { describe, expect, it } from 'vitest';
import { ClicksRepository } from '../../../src/clicks/clicks.repository.js';
import type { Link } from '../../../src/links/link.schema.js';
import { LinksRepository } from '../../../src/links/links.repository.js';
import { TenantRepository } from '../../../src/platform/mongo/tenant.repository.js';
import type { Transaction } from '../../../src/platform/mongo/transactions.js';
import type { WorkspaceId } from '../../../src/platform/tenancy/workspace-id.js';

const ID = 'lnk_00000000000000000000';
const PAGE = { limit: 10 };

// What must not compile. `oxlint --type-check` (part of npm test) fails when one of these lines does, as its directive is
// unused then. Nothing here is ever called.

export async function withoutAWorkspace(links: LinksRepository, link: Link, tx: Transaction): Promise<void> {
  // @ts-expect-error -- a workspace is missing
  await links.insert(link);
  // @ts-expect-error -- a workspace is missing
  await links.insertMany([link], tx);
  // @ts-expect-error -- a workspace is missing
  await links.findById(ID);
  // @ts-expect-error -- a workspace is missing
  await links.findOne({ slug: 'a' });
  // @ts-expect-error -- a workspace is missing
  await links.findMany({});
  // @ts-expect-error -- a workspace is missing
  await links.page({}, PAGE);
  // @ts-expect-error -- a workspace is missing
  await links.scan({}, PAGE);
  // @ts-expect-error -- a workspace is missing
  await links.count({}, PAGE);
  // @ts-expect-error -- a workspace is missing
  await links.updateMany({}, { $set: { paused: true } });
  // @ts-expect-error -- a workspace is missing
  await links.updateById(ID, { $set: { paused: true } });
  // @ts-expect-error -- a workspace is missing
  await links.updateOne({ slug: 'a' }, { $set: { paused: true } });
  // @ts-expect-error -- a workspace is missing
  await links.addMany([{ _id: ID, add: { clickLimit: 1 } }], tx);
  // @ts-expect-error -- a workspace is missing
  await links.saveMany({ inserts: [link], changes: [] }, tx);
  // @ts-expect-error -- a workspace is missing
  await links.deleteById(ID);
  // @ts-expect-error -- a workspace is missing
  await links.deleteMany({}, tx);
  // @ts-expect-error -- a workspace is missing
  links.stream({});
}

export async function withAPlainString(
  links: LinksRepository,
  link: Link,
  input: string,
  tx: Transaction,
): Promise<void> {
  // @ts-expect-error -- a string is no workspace
  await links.insert(input, link);
  // @ts-expect-error -- a string is no workspace
  await links.insertMany(input, [link], tx);
  // @ts-expect-error -- a string is no workspace
  await links.findById(input, ID);
  // @ts-expect-error -- a string is no workspace
  await links.findById('wsp_00000000000000000000', ID);
  // @ts-expect-error -- a string is no workspace
  await links.findOne(input, {});
  // @ts-expect-error -- a string is no workspace
  await links.findMany(input, {});
  // @ts-expect-error -- a string is no workspace
  await links.page(input, {}, PAGE);
  // @ts-expect-error -- a string is no workspace
  await links.scan(input, {}, PAGE);
  // @ts-expect-error -- a string is no workspace
  await links.count(input, {}, PAGE);
  // @ts-expect-error -- a string is no workspace
  await links.updateMany(input, {}, { $set: { paused: true } });
  // @ts-expect-error -- a string is no workspace
  await links.updateById(input, ID, { $set: { paused: true } });
  // @ts-expect-error -- a string is no workspace
  await links.updateOne(input, {}, { $set: { paused: true } });
  // @ts-expect-error -- a string is no workspace
  await links.addMany(input, [{ _id: ID, add: { clickLimit: 1 } }], tx);
  // @ts-expect-error -- a string is no workspace
  await links.saveMany(input, { inserts: [link], changes: [] }, tx);
  // @ts-expect-error -- a string is no workspace
  await links.deleteById(input, ID);
  // @ts-expect-error -- a string is no workspace
  await links.deleteMany(input, {}, tx);
  // @ts-expect-error -- a string is no workspace
  links.stream(input, {});
  // @ts-expect-error -- a string does not become a workspace by itself
  const workspaceId: WorkspaceId = input;
  await links.findById(workspaceId, ID);
}

export async function withoutKnowingWhich(links: LinksRepository, known: WorkspaceId | undefined): Promise<void> {
  // @ts-expect-error -- it may be undefined
  await links.findById(known, ID);
  // @ts-expect-error -- null stands for no workspace
  await links.findMany(null, {});
}

export async function aroundTheRepository(links: LinksRepository): Promise<void> {
  // @ts-expect-error -- the model is not for others
  await links.model.find({});
  // @ts-expect-error -- not under its private name either
  await links['#model'].find({});
}

export class Subclass extends TenantRepository<Link> {
  async everybodysLinks(): Promise<unknown> {
    // @ts-expect-error -- subclasses have no model
    return this.model.find({});
  }
}

/** The control: what is right does compile. */
export async function asItShouldBe(
  links: LinksRepository,
  clicks: ClicksRepository,
  workspaceId: WorkspaceId,
): Promise<void> {
  await links.findById(workspaceId, ID);
  await links.findOne(workspaceId, { slug: 'a', live: true });
  await links.page(workspaceId, {}, PAGE);
  await links.updateById(workspaceId, ID, { $set: { paused: true } });
  await clicks.findMany(workspaceId, { linkId: ID });
}

describe('a repository', () => {
  it('asks for a workspace in every call, which the compiler checks in this file', () => {
    for (const uncalled of [
      withoutAWorkspace,
      withAPlainString,
      withoutKnowingWhich,
      aroundTheRepository,
      asItShouldBe,
    ]) {
      expect(uncalled).toBeTypeOf('function');
    }
  });

  it.each([LinksRepository, ClicksRepository])('shows nothing of its model at run time either: %o', (Repository) => {
    const model = { find: () => 'everything' };
    const repository = new Repository(model as never);
    expect(Object.getOwnPropertyNames(repository)).toEqual([]);
    expect(JSON.stringify(repository)).toBe('{}');
    expect(Object.values(repository)).not.toContain(model);
  });

  it('takes the workspace as the first parameter of every method', () => {
    const methods = Object.getOwnPropertyNames(TenantRepository.prototype).filter((name) => name !== 'constructor');
    expect(methods.length).toBeGreaterThan(5);
    for (const name of methods) {
      const source = String(Object.getOwnPropertyDescriptor(TenantRepository.prototype, name)?.value);
      expect(source, name).toMatch(/^(async )?\w+\(workspaceId\b/);
    }
  });
});
