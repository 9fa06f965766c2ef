import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Instance } from './instance.schema.js';

@Injectable()
export class InstancesRepository {
  constructor(@InjectModel(Instance.name) private readonly model: Model<Instance>) {}

  async sendHeartbeat(id: string, sharesRedis: boolean): Promise<void> {
    await this.model.updateOne(
      { _id: id },
      { $set: { sharesRedis }, $currentDate: { seenAt: true } },
      { upsert: true },
    );
  }

  /** Other instances with a heartbeat within `withinMs`, by the database's clock. */
  async othersAlive(id: string, withinMs: number): Promise<Instance[]> {
    const isRecent = { $gt: ['$seenAt', { $subtract: ['$$NOW', withinMs] }] };
    return this.model
      .find({ _id: { $ne: id }, $expr: isRecent })
      .lean()
      .exec();
  }

  async remove(id: string): Promise<void> {
    await this.model.deleteOne({ _id: id });
  }
}
