import { Injectable } from '@nestjs/common';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { type Transaction, Transactions } from '../../platform/mongo/transactions.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { AuditLog } from '../../workspaces/audit/audit-log.service.js';
import { WorkspacesService } from '../../workspaces/workspaces.service.js';
import { MemberAccessService } from '../members/member-access.service.js';
import { emailKey } from '../rules/email-address.js';
import type { OidcPerson } from '../rules/oidc-claims.js';
import { OidcFailure } from '../rules/oidc-failure.js';
import { Accounts } from '../users/accounts.service.js';
import type { User } from '../users/user.schema.js';
import { UsersRepository } from '../users/users.repository.js';
import { OwnerLinks } from './owner-links.service.js';

/** The origin of a request, for the audit log. */
export interface OwnerOrigin {
  ip: string;
  requestId: string;
}

export interface FirstOwnerInput extends OwnerOrigin {
  token: string;
  email: string;
  name: string;
  password: string;
}

export interface NewOwner {
  user: User;
  workspaceId: WorkspaceId;
}

// src/people/first-owner: the first person of a new server. The start prints a link (owner-links.service.ts); its page sends the
// token back with name and password. Start here.

/** Creates the owner of the first workspace, once. */
@Injectable()
export class FirstOwner {
  constructor(
    private readonly links: OwnerLinks,
    private readonly accounts: Accounts,
    private readonly users: UsersRepository,
    private readonly access: MemberAccessService,
    private readonly workspaces: WorkspacesService,
    private readonly transactions: Transactions,
    private readonly audit: AuditLog,
  ) {}

  /** Whether the first workspace still needs an owner. Then the start prints the link. */
  async isMissing(tx?: Transaction): Promise<boolean> {
    return !(await this.access.hasOwner((await this.workspaces.getFirst(tx))._id, tx));
  }

  /** @throws ProblemException 403 for a link that has ended, 409 when there is an owner. */
  async assertPossible(token: string): Promise<void> {
    if (!this.links.isValid(token)) throw new ProblemException('forbidden', ENDED);
    if (!(await this.isMissing())) throw new ProblemException('conflict', EXISTS);
  }

  /** @throws ProblemException like `assertPossible`, 422 for a bad password. */
  async create(input: FirstOwnerInput): Promise<NewOwner> {
    const { token, email, name, password, ...origin } = input;
    await this.assertPossible(token);
    const passwordHash = await this.accounts.hashPassword(password, { email, name });
    return this.store((tx) => this.accounts.create({ email, name, passwordHash }, tx), origin);
  }

  /**
   * Makes a person at the OpenID provider the owner, after `assertPossible`.
   * @throws OidcFailure for an address that the provider has not verified, or that has an account already.
   */
  async createAtProvider(person: OidcPerson, origin: OwnerOrigin): Promise<NewOwner> {
    const { issuer, subject, verifiedEmail: email, name } = person;
    return this.store(async (tx) => {
      const known = await this.users.findByIdentity(issuer, subject, tx);
      if (known !== undefined) return known;
      if (email === undefined) throw new OidcFailure('email_not_verified');
      if (await this.users.findByEmailKey(emailKey(email), tx)) throw new OidcFailure('link_first');
      return this.accounts.create({ email, name: name ?? email, identity: { issuer, subject } }, tx);
    }, origin);
  }

  private async store(
    findOrCreate: (tx: Transaction) => Promise<User>,
    { ip, requestId }: OwnerOrigin,
  ): Promise<NewOwner> {
    return this.transactions.run(async (tx) => {
      const { _id: workspaceId } = await this.workspaces.getFirst(tx);
      await this.workspaces.lockAccess(workspaceId, tx);
      if (!(await this.isMissing(tx))) throw new ProblemException('conflict', EXISTS);
      const user = await findOrCreate(tx);
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
