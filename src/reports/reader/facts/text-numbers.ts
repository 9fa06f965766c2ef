import type { DuckDBConnection } from '@duckdb/node-api';
import { NO_TEXT, type NumberedField } from '../../rules/numbered-texts.js';

/** A text with its number, which is its field's own. */
export interface NumberedText {
  field: NumberedField;
  number: number;
  text: string;
}

/**
 * The numbers of texts in the copy, from 1 in each field. All of them are in memory, some 100 bytes each: links are the most
 * of them. New ones must be stored in the transaction of the rows that use them.
 */
export class TextNumbers {
  private readonly known = new Map<NumberedField, Map<string, number>>();
  private added: NumberedText[] = [];

  /** Those that the copy has. */
  static async read(connection: DuckDBConnection): Promise<TextNumbers> {
    const numbers = new TextNumbers();
    const reader = await connection.runAndReadAll('SELECT field, text, number FROM texts');
    for (const [field, text, number] of reader.getRows() as [NumberedField, string, number][]) {
      numbers.ofField(field).set(text, number);
    }
    return numbers;
  }

  /** A new text gets the next number. */
  numberOf(field: NumberedField, text: string | null): number {
    if (text === null) return NO_TEXT;
    const known = this.ofField(field);
    const number = known.get(text);
    if (number !== undefined) return number;
    const next = known.size + 1;
    known.set(text, next);
    this.added.push({ field, number: next, text });
    return next;
  }

  /** The new texts since the last call. */
  takeAdded(): NumberedText[] {
    const { added } = this;
    this.added = [];
    return added;
  }

  private ofField(field: NumberedField): Map<string, number> {
    let known = this.known.get(field);
    if (known === undefined) this.known.set(field, (known = new Map<string, number>()));
    return known;
  }
}
