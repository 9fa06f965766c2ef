import { useEffect, useMemo, useRef, useState } from 'react';
import type { Schema } from '../../api/client';
import { useKeys } from '../../app/keyboard';
import { useTimeZone } from '../../app/session';
import { Button } from '../../ui/controls/button';
import { Kbd } from '../../ui/controls/kbd';
import { formatClock } from '../../ui/data/time-format';
import { Sheet } from '../../ui/layout/sheet';
import { showUndo } from '../../ui/layout/toasts-state';
import { commandKey } from '../../ui/platform';
import { AddressFields } from './address/address-fields';
import { DestinationField } from './address/destination-field';
import { type Builder, BuilderContext } from './builder-context';
import { builderWords } from './builder-words';
import type { Draft } from './draft/draft';
import { toCreateFields, toPatchFields } from './draft/draft-fields';
import { findProblems, type RowName, rowsWith, visibleProblems } from './draft/problems';
import { type DraftState, useDraft } from './draft/use-draft';
import { useDraftPreview } from './draft/use-draft-preview';
import { useSave } from './draft/use-save';
import { OptionRows } from './options/option-rows';
import { QrSection } from './qr/qr-section';
import { VisitorPreview } from './visitor/visitor-preview';
import { toDraftVisitor, useVisitor } from './visitor/visitor';
import styles from './builder.module.css';

/**
 * The form.
 * @param name under which the browser keeps the draft
 * @param link the existing link; `null` for a new one
 */
export function BuilderSheet({
  name,
  link,
  initial,
  before: given,
  onClose,
}: {
  name: string;
  link: Schema<'LinkResponse'> | null;
  initial: Draft;
  before: Draft;
  onClose: () => void;
}) {
  const state = useDraft(name, { initial, before: given });
  const { draft, before, dispatch } = state;
  const fields = useMemo(
    () => (link === null ? toCreateFields(draft) : toPatchFields(before, draft)),
    [link, draft, before],
  );
  const [visitor, setVisitor] = useVisitor();
  const asked = useDraftPreview({ fields, linkId: link?.id, visitor: toDraftVisitor(visitor) });
  const { preview, isOld } = asked;
  const saving = useSave({ linkId: link?.id, draftId: state.draftId });
  const [openRows, setOpenRows] = useState<readonly RowName[]>([]);
  const [shownFailures, setShownFailures] = useState(0);
  if (shownFailures !== saving.failures) {
    setShownFailures(saving.failures);
    setOpenRows([...new Set([...openRows, ...rowsWith(saving.problems)])]);
  }
  const body = useFocusOnFault(saving.failures);

  const builder = useMemo((): Builder => {
    const live = isOld ? [] : visibleProblems(preview?.problems ?? [], fields);
    const saved = saving.problems.filter(({ path }) => !live.some((problem) => problem.path === path));
    const change = (changed: Partial<Draft>): void => {
      saving.forgetProblems();
      dispatch({ type: 'change', fields: changed });
    };
    return {
      draft,
      before,
      link,
      change,
      dispatch,
      preview,
      isPreviewOld: isOld,
      ...findProblems([...live, ...saved]),
    };
  }, [draft, before, link, preview, isOld, fields, saving, dispatch]);

  const save = (mode: 'close' | 'next'): void => {
    if (draft.url.trim() === '') {
      saving.refuse({ path: 'url', code: 'required', message: builderWords.mustHaveUrl });
      return;
    }
    if (link !== null && Object.keys(fields).length === 0) {
      onClose();
      return;
    }
    void saving.save(fields, (_, isShown) => {
      state.finish();
      if (mode === 'next') dispatch({ type: 'next' });
      if (!isShown) return;
      if (mode === 'close') onClose();
      else focusDestination(body.current);
    });
  };
  useKeys({
    'mod+enter': { act: () => save('close'), label: builderWords.create, layer: 'sheet', isAllowedWhileTyping: true },
  });
  useEffect(() => {
    const frame = requestAnimationFrame(() => focusDestination(body.current)); // after the sheet has noted the earlier focus
    return () => cancelAnimationFrame(frame);
  }, [body]);

  return (
    <BuilderContext value={builder}>
      <Sheet
        title={link === null ? builderWords.newLink : builderWords.editLink}
        note={<KeptNote state={state} />}
        onClose={onClose}
        footer={<Footer isNew={link === null} isBusy={saving.isBusy} error={saving.error} save={save} />}
      >
        <div className={styles.body} ref={body} inert={saving.isBusy}>
          <DestinationField />
          <AddressFields />
          <VisitorPreview visitor={visitor} onChange={setVisitor} error={asked.error} onRetry={asked.retry} />
          <OptionRows open={openRows} onToggle={setOpenRows} />
          <QrSection />
        </div>
      </Sheet>
    </BuilderContext>
  );
}

/** After a failure, the first bad field has the focus. */
function useFocusOnFault(failures: number) {
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (failures === 0) return undefined;
    const frame = requestAnimationFrame(() =>
      body.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
    );
    return () => cancelAnimationFrame(frame);
  }, [failures]);
  return body;
}

function focusDestination(body: HTMLElement | null): void {
  requestAnimationFrame(() => body?.querySelector<HTMLElement>('textarea')?.focus());
}

function KeptNote({ state: { isChanged, keptAt, discard, restore } }: { state: DraftState }) {
  const timeZone = useTimeZone();
  if (!isChanged || keptAt === null) return null;
  const act = (): void => {
    const kept = discard();
    showUndo(builderWords.discarded, builderWords.undo, () => restore(kept));
  };
  return (
    <span className="row">
      <span role="status">{builderWords.draftKept(formatClock(keptAt, timeZone, { hasSeconds: false }))}</span>
      <Button look="quiet" isSmall onClick={act}>
        {builderWords.discard}
      </Button>
    </span>
  );
}

function Footer({
  isNew,
  isBusy,
  error,
  save,
}: {
  isNew: boolean;
  isBusy: boolean;
  error: string | null;
  save: (mode: 'close' | 'next') => void;
}) {
  const [label, busy] = isNew ? [builderWords.create, builderWords.creating] : [builderWords.save, builderWords.saving];
  return (
    <>
      <p role="alert" className={styles.error}>
        {error}
      </p>
      <Button
        look="primary"
        keys={`${commandKey} ↵`}
        isBusy={isBusy}
        className={styles.wideOnPhone}
        onClick={() => save('close')}
      >
        {isBusy ? busy : label}
      </Button>
      {isNew ? (
        <Button disabled={isBusy} className={styles.wideOnPhone} onClick={() => save('next')}>
          {builderWords.createAndNext}
        </Button>
      ) : null}
      <span className="note push row not-on-phone">
        <Kbd>{builderWords.escKeeps[0]}</Kbd> {builderWords.escKeeps[1]}
      </span>
    </>
  );
}
