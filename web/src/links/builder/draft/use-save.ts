import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api, bodyOf, type Schema } from '../../../api/client';
import { ApiProblem, asSentence, type FieldProblem, messageOf } from '../../../api/problem';
import { copyText } from '../../../ui/controls/copy-text';
import { showNotice, showUndo } from '../../../ui/layout/toasts-state';
import { builderWords } from '../builder-words';
import type { LinkFields } from './draft-fields';
import { idempotencyKey } from './draft-storage';
import { hasPlace } from './problems';

type Link = Schema<'LinkResponse'>;

interface SaveState {
  isBusy: boolean;
  /** The problems that the server named, until the draft changes. */
  problems: readonly FieldProblem[];
  /** The problem that belongs to no field. */
  error: string | null;
  /** Counts the failures, so that the form can show each. */
  failures: number;
}

const NOTHING: Omit<SaveState, 'failures'> = { isBusy: false, problems: [], error: null };

/**
 * Saves a draft once at a time. A request that is repeated after an error creates no second link.
 * @param linkId the link to change; undefined for a new one
 */
export function useSave({ linkId, draftId }: { linkId: string | undefined; draftId: string }) {
  const queryClient = useQueryClient();
  const [state, setState] = useState<SaveState>({ ...NOTHING, failures: 0 });
  const isSending = useRef(false); // the state would be late for a second press
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);

  const fail = (error: unknown): void => {
    const named = error instanceof ApiProblem ? error.errors : [];
    const rest = named.filter((problem) => !hasPlace(problem)).map(({ path, message }) => asSentence(message, path));
    const isTemporary = error instanceof ApiProblem && error.isTemporary;
    const hint = isTemporary ? ` ${builderWords.nothingLost}` : '';
    const text = named.length === 0 ? `${messageOf(error)}${hint}` : rest.join(' ');
    setState(({ failures }) => ({
      isBusy: false,
      problems: named,
      error: text === '' ? null : text,
      failures: failures + 1,
    }));
    // Another link may have taken the slug.
    if (!isTemporary) void queryClient.invalidateQueries({ queryKey: ['links', 'preview'] });
  };

  const save = async (fields: LinkFields, onSaved: (link: Link, isShown: boolean) => void): Promise<void> => {
    if (isSending.current) return;
    isSending.current = true;
    setState(({ failures }) => ({ ...NOTHING, isBusy: true, failures }));
    try {
      const link = await send(fields, { linkId, draftId });
      announce(link, linkId === undefined);
      setState(({ failures }) => ({ ...NOTHING, failures }));
      onSaved(link, isShown.current);
      void queryClient.invalidateQueries({ queryKey: ['links'] });
    } catch (error) {
      fail(error);
    } finally {
      isSending.current = false;
    }
  };
  /** A change of the draft: the server's problems belong to the draft before. */
  const forgetProblems = (): void =>
    setState((now) => (now.problems.length === 0 && now.error === null ? now : { ...now, problems: [], error: null }));
  /** Refuses the draft before it is sent. */
  const refuse = (problem: FieldProblem): void =>
    setState(({ failures }) => ({ ...NOTHING, problems: [problem], failures: failures + 1 }));
  return { ...state, save, refuse, forgetProblems };
}

async function send(
  fields: LinkFields,
  { linkId, draftId }: { linkId: string | undefined; draftId: string },
): Promise<Link> {
  if (linkId !== undefined) {
    const body = fields as unknown as Schema<'UpdateLinkRequest'>;
    return bodyOf(await api.PATCH('/api/v1/links/{id}', { params: { path: { id: linkId } }, body }));
  }
  const body = fields as unknown as Schema<'CreateLinkRequest'>;
  const header = { 'Idempotency-Key': idempotencyKey(draftId, fields) };
  return bodyOf(await api.POST('/api/v1/links', { params: { header }, body }));
}

function announce({ shortUrl, warnings }: Link, isNew: boolean): void {
  const address = shortUrl.replace(/^https?:\/\//, '');
  const text = isNew ? builderWords.created(address) : builderWords.saved(address);
  showUndo(text, builderWords.copy, () => void copyText(shortUrl));
  const [first] = warnings;
  if (first !== undefined) {
    showNotice(builderWords.withWarning(asSentence(first.message), warnings.length), { isError: true });
  }
}
