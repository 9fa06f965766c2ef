import { type DynamicModule, Module, type OnModuleInit } from '@nestjs/common';
import { InjectConnection, MongooseModule } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { CONNECTION_OPTIONS } from './connection-options.js';
import { KeptSessions } from './kept-sessions.service.js';
import { Lease, LeaseSchema } from './lease.schema.js';
import { Leases } from './leases.repository.js';
import { MongoHealth } from './mongo-health.js';
import { MongoWatch } from './mongo-watch.service.js';
import { SequenceRepository } from './sequence.repository.js';
import { Sequence, SequenceSchema } from './sequence.schema.js';
import { Transactions } from './transactions.js';

const models = MongooseModule.forFeature([
  { name: Sequence.name, schema: SequenceSchema },
  { name: Lease.name, schema: LeaseSchema },
]);

/** The connection, transactions and number sequences. */
@Module({})
export class MongoModule implements OnModuleInit {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  static connect(uri: string): DynamicModule {
    return {
      module: MongoModule,
      global: true,
      imports: [MongooseModule.forRoot(uri, { ...CONNECTION_OPTIONS, retryAttempts: 0 }), models],
      providers: [KeptSessions, Transactions, MongoHealth, MongoWatch, SequenceRepository, Leases],
      exports: [Transactions, MongoHealth, MongoWatch, SequenceRepository, Leases],
    };
  }

  /** Unique indexes are what stops doubles: no request is served before they exist. */
  async onModuleInit(): Promise<void> {
    await Promise.all(Object.values(this.connection.models).map((model) => model.init()));
  }
}
