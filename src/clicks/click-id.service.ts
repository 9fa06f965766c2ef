import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InstanceSecretsRepository } from '../platform/secrets/instance-secrets.repository.js';
import { ClickIdReadings } from './rules/click-id-readings.js';
import { type ClickIdReading, ClickIds } from './rules/click-id.js';

/** Creates and verifies click ids with the key that all instances on this database share. */
@Injectable()
export class ClickIdService implements OnModuleInit {
  private ids: ClickIds;

  constructor(private readonly secrets: InstanceSecretsRepository) {}

  async onModuleInit(): Promise<void> {
    this.ids = new ClickIds(await this.secrets.obtain('click-id'));
  }

  mint(linkNumber: number, now: number): string {
    return this.ids.mint(linkNumber, now);
  }

  /** See `ClickIds.mintSeeded`. */
  mintSeeded(linkNumber: number, now: number, seed: number): string {
    return this.ids.mintSeeded(linkNumber, now, seed);
  }

  mintTest(linkNumber: number): string {
    return this.ids.mintTest(linkNumber);
  }

  read(text: string): ClickIdReading {
    return this.ids.read(text);
  }

  /** A reader for one request. It verifies each text once, however often it is read. */
  readings(): ClickIdReadings {
    return new ClickIdReadings((text) => this.ids.read(text));
  }
}
