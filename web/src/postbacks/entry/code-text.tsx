import { Fragment } from 'react';

/** A text of the API in which names and values stand in backticks: these are drawn as code. */
export function CodeText({ text, className }: { text: string; className?: string | undefined }) {
  return text.split('`').map((part, index) => (
    // The parts of a text have no other identity than their place.
    <Fragment key={index}>{index % 2 === 1 ? <code className={className}>{part}</code> : part}</Fragment>
  ));
}
