import { Injectable } from '@nestjs/common';
import { definedOnly } from '../../platform/collections/defined-only.js';
import type { Page, PageRequest } from '../../platform/http/pagination.js';
import { type FieldProblem, ProblemException } from '../../platform/http/problems/problem.js';
import { isId, newId } from '../../platform/ids/ids.js';
import { isDuplicateKey } from '../../platform/mongo/mongo-errors.js';
import type { QueryBounds } from '../../platform/mongo/tenant.repository.js';
import type { Transaction } from '../../platform/mongo/transactions.js';
import { Transactions } from '../../platform/mongo/transactions.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { AuditLog } from '../../workspaces/audit/audit-log.service.js';
import type { Caller } from '../../workspaces/caller.js';
import { type Utm, UTM_NAMES, utmProblems } from '../rules/destination/utm.js';
import type { CreateUtmTemplateRequest, UpdateUtmTemplateRequest } from './utm-templates.dto.js';
import type { UtmTemplate } from './utm-template.schema.js';
import { UtmTemplatesRepository } from './utm-templates.repository.js';

/** The campaign parameters in a request about a link. */
export interface UtmOptions {
  utmTemplateId?: string | null | undefined;
  utm?: Utm | null | undefined;
}

/** Creates, changes and deletes the named sets of campaign parameters of a workspace. */
@Injectable()
export class UtmTemplates {
  constructor(
    private readonly templates: UtmTemplatesRepository,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
  ) {}

  async create(caller: Caller, { name, utm }: CreateUtmTemplateRequest): Promise<UtmTemplate> {
    throwIfAny(problemsOf(utm));
    const now = new Date();
    const fields = { _id: newId('utm'), name, utm: definedOnly(utm), createdAt: now, updatedAt: now };
    return this.write(async (tx) => {
      const template = await this.templates.insert(caller.workspaceId, fields, tx);
      await this.audit.record(caller, { action: 'utm-template.created', objectId: template._id, after: template }, tx);
      return template;
    });
  }

  /** The templates with this id, or with the text in their name. */
  search(workspaceId: WorkspaceId, text: string, bounds: QueryBounds): Promise<Pick<UtmTemplate, '_id' | 'name'>[]> {
    return this.templates.findContaining(workspaceId, ['name'], text, { fields: ['_id', 'name'] as const, ...bounds });
  }

  page(workspaceId: WorkspaceId, page: PageRequest): Promise<Page<UtmTemplate>> {
    return this.templates.page(workspaceId, {}, page);
  }

  async read(workspaceId: WorkspaceId, id: string): Promise<UtmTemplate> {
    return orMissing(await this.find(workspaceId, id));
  }

  async update(caller: Caller, id: string, { name, utm }: UpdateUtmTemplateRequest): Promise<UtmTemplate> {
    const { workspaceId } = caller;
    if (utm !== undefined) throwIfAny(problemsOf(utm));
    const changes = { ...definedOnly({ name, utm: utm && definedOnly(utm) }), updatedAt: new Date() };
    return this.write(async (tx) => {
      const before = orMissing(await this.find(workspaceId, id, tx));
      const after = orMissing(await this.templates.updateById(workspaceId, id, { $set: changes }, tx));
      await this.audit.record(caller, { action: 'utm-template.updated', objectId: id, before, after }, tx);
      return after;
    });
  }

  /** Links that copied its values keep them. */
  async delete(caller: Caller, id: string): Promise<void> {
    const { workspaceId } = caller;
    await this.transactions.run(async (tx) => {
      const before = orMissing(await this.find(workspaceId, id, tx));
      await this.templates.deleteMany(workspaceId, { _id: id }, tx);
      await this.audit.record(caller, { action: 'utm-template.deleted', objectId: id, before }, tx);
    });
  }

  /** The campaign parameters for a link: those of the template, overridden by those of the request. */
  async resolve(
    workspaceId: WorkspaceId,
    { utmTemplateId, utm }: UtmOptions,
  ): Promise<{ utm: Utm | null | undefined; problems: FieldProblem[] }> {
    if (utmTemplateId === undefined || utmTemplateId === null) return { utm, problems: [] };
    const template = await this.find(workspaceId, utmTemplateId);
    if (template === undefined) return { utm, problems: [NO_SUCH_TEMPLATE] };
    return { utm: { ...template.utm, ...definedOnly(utm ?? {}) }, problems: [] };
  }

  private async find(workspaceId: WorkspaceId, id: string, tx?: Transaction): Promise<UtmTemplate | undefined> {
    return isId('utm', id) ? this.templates.findById(workspaceId, id, tx) : undefined;
  }

  private async write(work: (tx: Transaction) => Promise<UtmTemplate>): Promise<UtmTemplate> {
    try {
      return await this.transactions.run(work);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      throw new ProblemException('conflict', 'Another UTM template of this workspace has this name.');
    }
  }
}

const NO_SUCH_TEMPLATE: FieldProblem = {
  path: 'utmTemplateId',
  code: 'not_found',
  message: 'there is no such UTM template in this workspace',
};

function problemsOf(utm: Utm): FieldProblem[] {
  const isEmpty = UTM_NAMES.every((name) => utm[name] === undefined);
  if (isEmpty) return [{ path: 'utm', code: 'required', message: `name at least one of ${UTM_NAMES.join(', ')}` }];
  return utmProblems(utm);
}

function throwIfAny(problems: FieldProblem[]): void {
  if (problems.length > 0) throw ProblemException.invalid(...problems);
}

function orMissing(template: UtmTemplate | undefined): UtmTemplate {
  if (template === undefined) throw ProblemException.notFound('UTM template');
  return template;
}
