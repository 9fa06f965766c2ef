import { type FocusEvent, type PointerEvent, type UIEvent, useState } from 'react';

/**
 * Whether rows must not move now: the pointer or the focus is in the list, or it is scrolled. The handlers belong on the
 * element around the list.
 */
export function useHeld() {
  const [isHovered, setHovered] = useState(false);
  const [hasFocus, setFocus] = useState(false);
  const [isScrolled, setScrolled] = useState(false);
  return {
    isHeld: isHovered || hasFocus || isScrolled,
    handlers: {
      onPointerEnter: ({ pointerType }: PointerEvent) => setHovered(pointerType === 'mouse'),
      onPointerLeave: () => setHovered(false),
      onFocus: () => setFocus(true),
      onBlur: ({ currentTarget, relatedTarget }: FocusEvent) => setFocus(currentTarget.contains(relatedTarget)),
      onScrollCapture: ({ target }: UIEvent) => setScrolled(target instanceof Element && target.scrollTop > 0),
    },
  };
}
