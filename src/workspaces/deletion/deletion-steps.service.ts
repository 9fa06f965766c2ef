import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';

/** What a room does before the documents of a workspace are deleted, as often as it is asked to. */
export type DeletionStep = (workspaceId: WorkspaceId) => Promise<void>;

/** Rooms say here what must end at once when a workspace is deleted: what they have in memory, in every process. */
@Injectable()
export class DeletionSteps {
  private readonly steps: DeletionStep[] = [];

  add(step: DeletionStep): void {
    this.steps.push(step);
  }

  async run(workspaceId: WorkspaceId): Promise<void> {
    for (const step of this.steps) await step(workspaceId);
  }
}
