import { Fragment } from 'react';

/** A sentence in which names between backticks stand as code: "The click id goes in `stag`". */
export function CodedText({ children }: { children: string }) {
  return children
    .split('`')
    .map((part, index) =>
      index % 2 === 1 ? <code key={index}>{part}</code> : <Fragment key={index}>{part}</Fragment>,
    );
}
