import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../../platform/http/pagination.js';
import type { Preset } from './preset.js';
import { readPresets } from './read-presets.js';

/** The presets of this release, read once at the start. */
@Injectable()
export class PresetCatalogue {
  private readonly presets = new Map(readPresets().map((preset) => [preset.id, preset]));

  find(id: string | null | undefined): Preset | undefined {
    return id === null || id === undefined ? undefined : this.presets.get(id);
  }

  /** The presets whose name or id contains the text, sorted by name. */
  search(text: string, { limit, cursor }: PageRequest): Page<Preset & { _id: string }> {
    const wanted = text.trim().toLowerCase();
    // A cursor cannot contain hyphens, and a preset's id contains no underscores.
    const all = [...this.presets.values()].map((preset) => ({ ...preset, _id: preset.id.replaceAll('-', '_') }));
    const found = all
      .slice(all.findIndex(({ _id }) => _id === cursor) + 1)
      .filter(({ id, name }) => id.includes(wanted) || name.toLowerCase().includes(wanted));
    return { rows: found.slice(0, limit), hasMore: found.length > limit };
  }
}
