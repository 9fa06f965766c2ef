import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';

const PATIENCE_MS = 1_000;

@Injectable()
export class MongoHealth {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  /** @throws Error when MongoDB does not answer within a second. A frozen mongod would never answer by itself. */
  async ping(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
    });
    try {
      await Promise.race([this.connection.getClient().db('admin').command({ ping: 1 }), patience]);
    } finally {
      clearTimeout(timer);
    }
  }
}
