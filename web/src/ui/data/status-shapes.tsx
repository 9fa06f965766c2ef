import type { ReactNode } from 'react';

const LINE = { fill: 'none', stroke: 'currentColor', strokeLinecap: 'round', strokeLinejoin: 'round' } as const;
const ON_FILL = { fill: 'none', stroke: 'var(--hb-surface)', strokeLinecap: 'round', strokeLinejoin: 'round' } as const;

/** The marks of the states, on a grid of 16 × 16. Each has a shape of its own, so that it can be told without its colour. */
export const STATUS_SHAPES = {
  approved: (
    <>
      <circle cx="8" cy="8" r="6.5" fill="currentColor" />
      <path d="M5 8.3l2.1 2L11 6.2" {...ON_FILL} strokeWidth="1.7" />
    </>
  ),
  updated: (
    <>
      <circle cx="8" cy="8" r="6.5" fill="currentColor" />
      <path d="M5 9.8L8 6.2l3 3.6" {...ON_FILL} strokeWidth="1.7" />
    </>
  ),
  pending: (
    <>
      <circle cx="8" cy="8" r="5.8" {...LINE} strokeWidth="1.8" strokeDasharray="2.6 2.1" />
      <circle cx="8" cy="8" r="1.9" fill="currentColor" />
    </>
  ),
  rejected: (
    <>
      <circle cx="8" cy="8" r="5.8" {...LINE} strokeWidth="1.7" />
      <path d="M4.2 11.8L11.8 4.2" {...LINE} strokeWidth="1.7" />
    </>
  ),
  duplicate: (
    <>
      <circle cx="6.1" cy="8" r="4.4" {...LINE} strokeWidth="1.6" />
      <path d="M9.4 3.9a4.4 4.4 0 1 1 0 8.2" {...LINE} strokeWidth="1.6" />
    </>
  ),
  ignored: (
    <>
      <circle cx="8" cy="8" r="5.8" {...LINE} strokeWidth="1.6" />
      <path d="M5.3 8h5.4" {...LINE} strokeWidth="1.7" />
    </>
  ),
  test: (
    <path
      d="M6 2.2h4M6.8 2.4v4.2L3.2 12.4c-.5.9.1 1.9 1.1 1.9h7.4c1 0 1.6-1 1.1-1.9L9.2 6.6V2.4M5 10h6"
      {...LINE}
      strokeWidth="1.5"
    />
  ),
  refused: (
    <>
      <path d="M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3L1.5 10.7V5.3z" fill="currentColor" />
      <path d="M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4" {...ON_FILL} strokeWidth="1.7" />
    </>
  ),
  waits: (
    <>
      <circle cx="8" cy="8" r="5.8" {...LINE} strokeWidth="1.6" strokeDasharray="2.6 2.1" />
      <path d="M8 5v3.2l1.9 1.2" {...LINE} strokeWidth="1.5" />
    </>
  ),
  live: (
    <>
      <circle cx="8" cy="8" r="3" fill="currentColor" />
      <circle cx="8" cy="8" r="5.8" {...LINE} strokeWidth="1.3" opacity=".5" />
    </>
  ),
  paused: <path d="M5.5 3.5v9M10.5 3.5v9" {...LINE} strokeWidth="2.2" />,
  expired: (
    <>
      <circle cx="8" cy="8" r="5.8" {...LINE} strokeWidth="1.5" />
      <path d="M8 4.8V8l2 1.5" {...LINE} strokeWidth="1.5" />
    </>
  ),
  partly: (
    <>
      <circle cx="8" cy="8" r="5.8" {...LINE} strokeWidth="1.5" />
      <path d="M5.3 8.3l1.9 1.8 3.5-3.8" {...LINE} strokeWidth="1.6" />
    </>
  ),
} as const satisfies Record<string, ReactNode>;

export type StatusShape = keyof typeof STATUS_SHAPES;
