import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';

const PING_EVERY_MS = 400;
/** A MongoDB that is only slow is not away; on a busy machine a ping takes some hundred milliseconds. */
const PATIENCE_MS = 1_000;

/** Knows at any time whether MongoDB answers, so that nobody who is in a hurry has to find out by waiting. */
@Injectable()
export class MongoWatch implements OnModuleInit, BeforeApplicationShutdown {
  private askedAt: number | undefined;
  private isFailing = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(@InjectConnection() private readonly connection: Connection) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.ping(), PING_EVERY_MS);
    this.timer.unref();
  }

  /** False as soon as a ping has failed or is overdue. */
  get isAnswering(): boolean {
    return !this.isFailing && (this.askedAt === undefined || Date.now() - this.askedAt < PATIENCE_MS);
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async ping(): Promise<void> {
    if (this.askedAt !== undefined) return;
    this.askedAt = Date.now();
    try {
      await this.connection.getClient().db('admin').command({ ping: 1 });
      this.isFailing = false;
    } catch {
      this.isFailing = true;
    } finally {
      this.askedAt = undefined;
    }
  }
}
