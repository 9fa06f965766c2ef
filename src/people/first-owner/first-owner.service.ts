import { Injectable } from '@nestjs/common';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { type Transaction, Transactions } from '../../platform/mongo/transactions.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { AuditLog } from '../../workspaces/audit/audit-log.service.js';
import { WorkspacesService } from '../../workspaces/workspaces.service.js';
import { MemberAccessService } from '../members/member-access.service.js';
import { Accounts } from '../users/accounts.service.js';
import type { User } from '../users/user.schema.js';
import { OwnerLinks } from './owner-links.service.js';

export interface FirstOwnerInput {
  token: string;
  email: string;
  name: string;
  password: string;
  ip: string;
  requestId: string;
}

// src/people/first-owner: the first person of a new server. The start prints a link (owner-links.service.ts); its page sends the
// token back with name and password. Start here.

/** Creates the owner of the first workspace, once. */
@Injectable()
export class FirstOwner {
  constructor(
    private readonly links: OwnerLinks,
    private readonly accounts: Accounts,
    private readonly access: MemberAccessService,
    private readonly workspaces: WorkspacesService,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
  ) {}

  /** Whether the first workspace still needs an owner. Then the start prints the link. */
  async isMissing(tx?: Transaction): Promise<boolean> {
    return !(await this.access.hasOwner((await this.workspaces.getFirst(tx))._id, tx));
  }

  /** @throws ProblemException 403 for a link that has ended, 409 when there is an owner, 422 for a bad password. */
  async create(input: FirstOwnerInput): Promise<{ user: User; workspaceId: WorkspaceId }> {
    const { token, email, name, password, ip, requestId } = input;
    if (!this.links.isValid(token)) throw new ProblemException('forbidden', ENDED);
    if (!(await this.isMissing())) throw new ProblemException('conflict', EXISTS);
    const passwordHash = await this.accounts.hashPassword(password, { email, name });
    return this.transactions.run(async (tx) => {
      const { _id: workspaceId } = await this.workspaces.getFirst(tx);
      await this.workspaces.lockAccess(workspaceId, tx);
      if (!(await this.isMissing(tx))) throw new ProblemException('conflict', EXISTS);
      const user = await this.accounts.create({ email, name, passwordHash }, tx);
      const member = await this.access.add(workspaceId, { userId: user._id, role: 'owner' }, tx);
      const author = { workspaceId, actor: { kind: 'person' as const, id: user._id, name: user.name }, ip, requestId };
      const after = { userId: user._id, role: 'owner' };
      await this.audit.record(author, { action: 'member.joined', objectId: member._id, after }, tx);
      return { user, workspaceId };
    });
  }
}

const ENDED = 'This link has ended. Run `npm run owner-link` on the server, and open the new link.';
const EXISTS = 'This Hopback has an owner already: sign in, or ask the owner to invite you.';
