import { Status } from '../../ui/data/status';
import { networksWords } from '../networks-words';
import type { Certainty } from './gallery-entries';

/** Whether the facts of a preset are verified: solid, outlined when parts are open, dashed when not. */
export function CertaintyMark({ certainty: { state, open } }: { certainty: Certainty }) {
  if (state === 'unverified') {
    return (
      <Status shape="pending" tone="waiting" isBare>
        {networksWords.notVerified}
      </Status>
    );
  }
  return (
    <Status shape={state === 'verified' ? 'approved' : 'partly'} tone="good" isBare>
      {state === 'verified' ? networksWords.verified : networksWords.verifiedPartly(open)}
    </Status>
  );
}
