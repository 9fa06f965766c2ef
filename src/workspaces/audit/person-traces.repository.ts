import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { AuditEntry } from './audit-entry.schema.js';

/** The name in entries of people who were deleted. */
export const DELETED_PERSON = 'Deleted person';
/** Stands for the address in such entries. */
export const ERASED_IP = 'erased';

/** The entries about one person. It crosses workspaces on purpose: a person may have worked in several. */
@Injectable()
export class PersonTraces {
  constructor(@InjectModel(AuditEntry.name) private readonly model: Model<AuditEntry>) {}

  /** The person's own changes, newest first. They are read as they are consumed. */
  async *list(userId: string): AsyncGenerator<AuditEntry> {
    const cursor = this.model
      .find({ 'actor.kind': 'person', 'actor.id': userId })
      .sort({ _id: -1 })
      .lean<AuditEntry>()
      .cursor();
    try {
      for (let entry = await cursor.next(); entry !== null; entry = await cursor.next()) yield entry;
    } finally {
      await cursor.close();
    }
  }

  /** Removes name and address from the person's own entries, and the e-mail address from those of invitations. */
  async anonymise(userId: string, email: string): Promise<void> {
    const own = { 'actor.kind': 'person' as const, 'actor.id': userId };
    await this.model.updateMany(own, { $set: { 'actor.name': DELETED_PERSON, ip: ERASED_IP } });
    for (const state of ['before', 'after'] as const) {
      const path = `${state}.email`;
      const about = { action: { $in: INVITATION_ACTIONS }, [path]: email };
      await this.model.updateMany(about, { $set: { [path]: null } }).collation(IGNORING_CASE);
    }
  }
}

const INVITATION_ACTIONS = ['invitation.created', 'invitation.resent', 'invitation.revoked'];
const IGNORING_CASE = { locale: 'en', strength: 2 };
