import { CLICK_ID_LENGTH, type ClickIdReading } from './click-id.js';

/** The click ids of one request: each text is verified once. */
export class ClickIdReadings {
  private readonly known = new Map<string, ClickIdReading>();

  constructor(private readonly read: (text: string) => ClickIdReading) {}

  of(text: string): ClickIdReading {
    if (text.length !== CLICK_ID_LENGTH) return this.read(text); // malformed, and may be long
    let reading = this.known.get(text);
    if (reading === undefined) {
      reading = this.read(text);
      this.known.set(text, reading);
    }
    return reading;
  }
}
