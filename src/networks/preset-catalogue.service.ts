import { Injectable } from '@nestjs/common';
import type { Preset } from './preset.js';
import { readPresets } from './read-presets.js';

/** The presets that come along, read once at start. */
@Injectable()
export class PresetCatalogue {
  private readonly presets = new Map(readPresets().map((preset) => [preset.id, preset]));

  find(id: string | null | undefined): Preset | undefined {
    return id === null || id === undefined ? undefined : this.presets.get(id);
  }

  /** Those with the text in their name or id, by name. */
  search(text = ''): Preset[] {
    const sought = text.trim().toLowerCase();
    return [...this.presets.values()].filter(
      ({ id, name }) => id.includes(sought) || name.toLowerCase().includes(sought),
    );
  }
}
