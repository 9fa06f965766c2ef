import { Injectable } from '@nestjs/common';
import type { CompiledLink } from '../../links/compiled-link.js';

@Injectable()
export class Unlocks {
  isUnlocked(_link: CompiledLink, _cookie: string, _now: number): boolean {
    return false;
  }
}
