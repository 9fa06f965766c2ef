import { createStore } from '../../app/store';

const UNDO_MS = 10_000;
const NOTICE_MS = 4_000;

export interface Toast {
  id: number;
  text: string;
  isError: boolean;
  /** A button, such as Undo. It ends the toast. */
  action: { label: string; act: () => void } | undefined;
  /** How long the toast is shown, in milliseconds. */
  durationMs: number;
  /** The finished part of a long act, 0 to 1. Such a toast stays until `end`. */
  progress: number | undefined;
}

const toasts = createStore<readonly Toast[]>([]);
let lastId = 0;

function add(toast: Omit<Toast, 'id'>): number {
  const id = ++lastId;
  toasts.set([...toasts.get(), { ...toast, id }].slice(-3));
  if (toast.progress === undefined) setTimeout(() => endToast(id), toast.durationMs);
  return id;
}

export function endToast(id: number): void {
  toasts.set(toasts.get().filter((toast) => toast.id !== id));
}

/** Says that something is done, or that it failed. */
export function showNotice(text: string, { isError = false } = {}): void {
  add({ text, isError, action: undefined, durationMs: isError ? UNDO_MS : NOTICE_MS, progress: undefined });
}

/** Says that something is done, with ten seconds to undo it. @returns a function that ends the message, such as after an act that cannot be undone. */
export function showUndo(text: string, label: string, undo: () => void): () => void {
  const id = add({ text, isError: false, action: { label, act: undo }, durationMs: UNDO_MS, progress: undefined });
  return () => endToast(id);
}

/** Shows the progress of an act on many things. */
export function showProgress(text: string): { update: (text: string, progress: number) => void; end: () => void } {
  const id = add({ text, isError: false, action: undefined, durationMs: 0, progress: 0 });
  return {
    update: (changed, progress) =>
      toasts.set(toasts.get().map((toast) => (toast.id === id ? { ...toast, text: changed, progress } : toast))),
    end: () => endToast(id),
  };
}

export const useToasts = toasts.use;
