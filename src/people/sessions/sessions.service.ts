import { Injectable } from '@nestjs/common';
import { newId } from '../../platform/ids/ids.js';
import type { Transaction } from '../../platform/mongo/transactions.js';
import { hashToken, newToken } from '../rules/tokens.js';
import type { Session } from './session.schema.js';
import { SessionsRepository } from './sessions.repository.js';

const DAY_MS = 86_400_000;
/** A session ends after this time without a request, and after this time in any case. */
const IDLE_MS = 14 * DAY_MS;
const MAX_AGE_MS = 90 * DAY_MS;
const SEEN_EVERY_MS = 60_000;
/** The oldest sessions of a person end when there are more. */
const MAX_SESSIONS = 50;

// src/people/sessions: signed-in browsers. This file creates and ends sessions; session-cookie.ts has the cookie,
// session-access.service.ts finds the person behind a request.

/** The browser that signs in, and how. */
export type NewSession = Pick<Session, 'method' | 'currentWorkspaceId' | 'authenticatedAt' | 'ip' | 'device' | 'place'>;

/** A session whose token was made just now. */
export interface OpenedSession {
  /** For the cookie. Only its hash is stored. */
  token: string;
  session: Session;
}

/** Creates, finds and ends sessions. They are read for each request, so an end works at once on every instance. */
@Injectable()
export class Sessions {
  constructor(private readonly sessions: SessionsRepository) {}

  async open(userId: string, fields: NewSession): Promise<OpenedSession> {
    const now = new Date();
    const token = newToken();
    const session: Session = {
      _id: newId('ses', now.getTime()),
      tokenHash: hashToken(token),
      userId,
      ...fields,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + IDLE_MS),
    };
    await this.sessions.insert(session);
    await this.endOldest(userId);
    return { token, session };
  }

  /** @returns `undefined` when no session has this token, or when it has expired. */
  async find(token: string): Promise<Session | undefined> {
    const session = await this.sessions.findByTokenHash(hashToken(token));
    if (session !== undefined) await this.noteUse(session);
    return session;
  }

  /**
   * Gives the session a new token, after a proof of identity or a change of rights.
   * @param changes stored with it.
   * @returns `undefined` when the session has ended.
   */
  async renew(
    id: string,
    changes: Partial<Pick<Session, 'authenticatedAt' | 'currentWorkspaceId'>> = {},
  ): Promise<string | undefined> {
    const token = newToken();
    return (await this.sessions.updateById(id, { $set: { ...changes, tokenHash: hashToken(token) } }))
      ? token
      : undefined;
  }

  listOf(userId: string): Promise<Session[]> {
    return this.sessions.listOf(userId);
  }

  /** @returns whether the person had this session. */
  async end(userId: string, id: string): Promise<boolean> {
    return (await this.sessions.deleteOf(userId, { _id: id })) === 1;
  }

  async endOthers(userId: string, keptId: string, tx?: Transaction): Promise<void> {
    await this.sessions.deleteOf(userId, { _id: { $ne: keptId } }, tx);
  }

  async endAll(userId: string, tx?: Transaction): Promise<void> {
    await this.sessions.deleteOf(userId, {}, tx);
  }

  private async noteUse({ _id, createdAt, lastSeenAt }: Session): Promise<void> {
    const now = Date.now();
    if (now - lastSeenAt.getTime() < SEEN_EVERY_MS) return;
    const expiresAt = new Date(Math.min(now + IDLE_MS, createdAt.getTime() + MAX_AGE_MS));
    await this.sessions.updateById(_id, { $set: { lastSeenAt: new Date(now), expiresAt } });
  }

  private async endOldest(userId: string): Promise<void> {
    const tooMany = (await this.sessions.listOf(userId)).slice(MAX_SESSIONS).map(({ _id }) => _id);
    if (tooMany.length > 0) await this.sessions.deleteOf(userId, { _id: { $in: tooMany } });
  }
}
