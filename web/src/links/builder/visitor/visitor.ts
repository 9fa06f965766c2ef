import { useState } from 'react';
import type { Schema } from '../../../api/client';
import { readStored, writeStored } from '../../../app/storage';
import { DEVICES, type Device } from './visitor-choices';

/** The visitor whose final URL the builder shows. */
export interface Visitor {
  /** Empty: not known. */
  country: string;
  device: Device;
  parameters: readonly VisitorParameter[];
}

export interface VisitorParameter {
  name: string;
  value: string;
}

const FIRST_VISITOR: Visitor = { country: '', device: 'desktop', parameters: [{ name: 'sub1', value: '' }] };
const NAME = 'builder-visitor';

/** The chosen visitor. The browser keeps it, as people mostly look at the same ones. */
export function useVisitor(): [Visitor, (visitor: Visitor) => void] {
  const [visitor, setVisitor] = useState(() => readStored(NAME, readVisitor) ?? FIRST_VISITOR);
  const choose = (chosen: Visitor): void => {
    setVisitor(chosen);
    writeStored(NAME, chosen);
  };
  return [visitor, choose];
}

/** As the API describes visitors. Parameters without a value are not sent. */
export function toDraftVisitor({ country, device, parameters }: Visitor): Schema<'DraftVisitor'> {
  const query = Object.fromEntries(
    parameters.filter(({ value }) => value !== '').map(({ name, value }) => [name, value]),
  );
  return { ...(country !== '' && { country }), device, query };
}

function readVisitor(value: unknown): Visitor | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { country, device, parameters } = value as Record<string, unknown>;
  const known = DEVICES.find((each) => each === device);
  if (typeof country !== 'string' || !/^(?:[A-Z]{2})?$/.test(country)) return undefined;
  if (known === undefined || !Array.isArray(parameters)) return undefined;
  return { country, device: known, parameters: parameters.filter(isParameter) };
}

function isParameter(value: unknown): value is VisitorParameter {
  const { name, value: text } = (value ?? {}) as Record<string, unknown>;
  return typeof name === 'string' && typeof text === 'string';
}
