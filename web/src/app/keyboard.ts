import { useEffect, useRef } from 'react';
import { type KeyBindings, KeyRegistry } from './key-bindings';

const registry = new KeyRegistry();

/** Makes keys act while the component is on the page. */
export function useKeys(bindings: KeyBindings): void {
  const current = useRef(bindings);
  useEffect(() => {
    current.current = bindings;
  });
  useEffect(() => registry.add(current), []);
}

export function listShortcuts(): ReturnType<KeyRegistry['list']> {
  return registry.list();
}

/** Listens to the keyboard. A component that has used a key (`preventDefault`) keeps it. */
export function startKeyboard(): () => void {
  const listen = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.altKey || event.isComposing) return;
    const pressed = {
      key: event.key,
      hasMod: event.ctrlKey || event.metaKey,
      isTyping: isTextInput(event.target),
    };
    const binding = registry.find(pressed, Date.now());
    if (binding === undefined) return;
    event.preventDefault();
    binding.act();
  };
  document.addEventListener('keydown', listen);
  return () => document.removeEventListener('keydown', listen);
}

function isTextInput(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const isPlainInput = target instanceof HTMLInputElement && ['checkbox', 'radio', 'button'].includes(target.type);
  return !isPlainInput && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
