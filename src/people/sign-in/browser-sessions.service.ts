import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Ports } from '../../platform/ports/ports.service.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { Mailer } from '../mail/mailer.service.js';
import { MemberAccessService } from '../members/member-access.service.js';
import { type ClientDescription, DESCRIBE_CLIENT } from '../people.ports.js';
import type { SignInMethod } from '../sessions/session.schema.js';
import { addCookie, SessionCookie } from '../sessions/session-cookie.service.js';
import { Sessions } from '../sessions/sessions.service.js';
import type { User } from '../users/user.schema.js';
import { DeviceCookies } from './device-cookies.service.js';

/** A person after a complete proof of identity. */
export interface ProvenPerson {
  user: User;
  method: SignInMethod;
  /** The workspace to begin in. Default: the first one of the person. */
  workspaceId?: WorkspaceId | undefined;
  /** When the person has proved who they are. Default: now. An OpenID provider may have asked long ago. */
  provenAt?: Date | undefined;
}

/** Signs people in and out in the browser of a request. */
@Injectable()
export class BrowserSessions {
  constructor(
    private readonly sessions: Sessions,
    private readonly cookie: SessionCookie,
    private readonly devices: DeviceCookies,
    private readonly access: MemberAccessService,
    private readonly mailer: Mailer,
    private readonly ports: Ports,
  ) {}

  /**
   * Opens a session, or renews the one that the browser has for this person. Its token is always a new one. The browser
   * becomes a known device of the account; a mail tells the person about an unknown one.
   */
  async start(
    { user, method, workspaceId, provenAt = new Date() }: ProvenPerson,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const cookies = request.headers.cookie ?? '';
    const deviceId = this.devices.findDevice(cookies, user.email, Date.now());
    const renewed = await this.renewOwn(user, provenAt, request);
    if (renewed !== undefined) this.cookie.set(reply, renewed);
    else {
      const client = await this.describe(request);
      // Kept from now on: a person who is removed from it must not work in another workspace without noticing.
      const current = workspaceId ?? (await this.access.findCurrent(user._id, null))?.workspaceId ?? null;
      const fields = { method, currentWorkspaceId: current, authenticatedAt: provenAt, ip: request.ip, ...client };
      this.cookie.set(reply, (await this.sessions.open(user._id, fields)).token);
      if (deviceId === undefined && method !== 'owner' && method !== 'invitation') await this.tellOf(fields, user);
    }
    addCookie(reply, this.devices.create(cookies, user.email, Date.now()));
  }

  /** Ends the session of the browser. */
  async end(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const token = this.cookie.read(request);
    const session = token === undefined ? undefined : await this.sessions.find(token);
    if (session !== undefined) await this.sessions.end(session.userId, session._id);
    this.cookie.remove(reply);
  }

  /** How the person is told about the browser of a request. */
  describe({ ip, headers }: FastifyRequest): Promise<ClientDescription> {
    return this.ports.get(DESCRIBE_CLIENT)(ip, headers['user-agent'] ?? '');
  }

  /** The new token of the browser's session; `undefined` when it has none of this person. Another person's session ends. */
  private async renewOwn(user: User, provenAt: Date, request: FastifyRequest): Promise<string | undefined> {
    const token = this.cookie.read(request);
    const session = token === undefined ? undefined : await this.sessions.find(token);
    if (session === undefined) return undefined;
    if (session.userId === user._id) return this.sessions.renew(session._id, { authenticatedAt: provenAt });
    await this.sessions.end(session.userId, session._id);
    return undefined;
  }

  private async tellOf({ device, place, ip }: ClientDescription & { ip: string }, user: User): Promise<void> {
    const values = { at: new Date(), device, place: place ?? ip, link: this.mailer.createLink('/app/sessions') };
    await this.mailer.enqueue({ kind: 'newSignIn', to: user.email, values });
  }
}
