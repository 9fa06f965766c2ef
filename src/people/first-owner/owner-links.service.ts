import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { createOwnerLink, isValidOwnerToken, type OwnerLinkSettings } from './owner-link.js';

/** Creates and checks the link with which the first owner signs up. */
@Injectable()
export class OwnerLinks {
  constructor(@Inject(SETTINGS) private readonly settings: OwnerLinkSettings) {}

  create(): string {
    return createOwnerLink(this.settings);
  }

  isValid(token: string): boolean {
    return isValidOwnerToken(this.settings, token);
  }
}
