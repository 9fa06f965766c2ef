import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { ClientSession, Connection } from 'mongoose';
import type { Settings } from '../config/settings.js';
import { SETTINGS } from '../config/settings.token.js';
import { isAlive } from '../startup/process-info.js';
import { endSessions, keepSession, takeSessions } from './session-file.js';

const FILE = /^(\d+)\.sessions$/;

/**
 * A pool of MongoDB sessions for transactions. They are noted in `DATA_DIR/sessions`: after a kill, the next process in
 * that folder ends them, with the transactions that they left open.
 */
@Injectable()
export class SessionRegistry implements OnModuleInit, OnApplicationShutdown {
  private readonly folder: string;
  private readonly free: ClientSession[] = [];

  constructor(
    @InjectConnection() private readonly connection: Connection,
    @Inject(SETTINGS) { dataDir }: Settings,
  ) {
    this.folder = join(dataDir, 'sessions');
  }

  async onModuleInit(): Promise<void> {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const left = readdirSync(this.folder).filter((name) => {
      const pid = Number(FILE.exec(name)?.[1] ?? process.pid);
      // A file with this pid is of an earlier process: the first process of a container always has the same pid.
      return pid === process.pid || !isAlive(pid);
    });
    await endSessions(
      this.connection,
      left.flatMap((name) => takeSessions(join(this.folder, name))),
    );
  }

  /** Runs work with a session that is not used elsewhere meanwhile. */
  async use<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
    const session = this.free.pop() ?? (await this.begin());
    try {
      return await work(session);
    } finally {
      this.free.push(session);
    }
  }

  /** Closing the connection ends its sessions. */
  onApplicationShutdown(): void {
    takeSessions(this.file);
  }

  private async begin(): Promise<ClientSession> {
    const session = await this.connection.startSession();
    keepSession(this.file, session);
    return session;
  }

  private get file(): string {
    return join(this.folder, `${process.pid}.sessions`);
  }
}
