import { Injectable } from '@nestjs/common';
import { ProblemException } from '../platform/http/problems/problem.js';
import type { Caller, SignedIn } from '../workspaces/caller.js';
import type { WorkspaceDeletion } from '../workspaces/deletion/workspace-deletion.schema.js';
import { WorkspaceDeletions } from '../workspaces/deletion/workspace-deletions.service.js';
import { WorkspacesService } from '../workspaces/workspaces.service.js';
import type { DemoFill } from './demo-fill.schema.js';
import { DemoFiller } from './demo-filler.service.js';
import { DemoFills } from './demo-fills.repository.js';
import { ownerOf } from './owner-of.js';

const NAME = 'Demo';
const CURRENCY = 'EUR';

/** Creates, finds and deletes the demo workspaces of people. The filling is in demo-filler.service.ts. */
@Injectable()
export class DemoWorkspaces {
  constructor(
    private readonly workspaces: WorkspacesService,
    private readonly deletions: WorkspaceDeletions,
    private readonly fills: DemoFills,
    private readonly filler: DemoFiller,
  ) {}

  /**
   * Creates the demo workspace of a person, or finds the one that the person has.
   * @throws ProblemException 403 for people who may not create workspaces.
   */
  async create({ userId, name }: SignedIn, caller: Caller | undefined): Promise<DemoFill> {
    if (caller === undefined) {
      throw new ProblemException('forbidden', 'This session has no workspace: switch to one, and try again.');
    }
    const fields = { userId, userName: name, until: new Date() };
    const { _id } = await this.workspaces.createDemoFor(
      { ...caller, userId },
      { name: NAME, currency: CURRENCY },
      (id, tx) => this.fills.insert(id, fields, tx),
    );
    this.filler.wake();
    const fill = await this.fills.find(_id);
    if (fill === undefined) throw new ProblemException('conflict', 'Your demo workspace is being deleted: try again.');
    return fill;
  }

  /** `undefined` for a person without one. */
  async find({ userId }: SignedIn): Promise<DemoFill | undefined> {
    const workspace = await this.workspaces.findDemoOf(userId);
    return workspace && this.fills.find(workspace._id);
  }

  /** @throws ProblemException 404 */
  async delete({ userId, name }: SignedIn, request: Pick<Caller, 'ip' | 'requestId'>): Promise<WorkspaceDeletion> {
    const workspace = await this.workspaces.findDemoOf(userId);
    if (workspace === undefined) throw ProblemException.notFound('demo workspace');
    return this.deletions.begin(ownerOf(workspace._id, { userId, name }, request), workspace.name);
  }
}
