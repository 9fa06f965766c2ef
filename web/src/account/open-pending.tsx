import { Skeleton } from '../ui/layout/feedback';

/** The place of a form whose page is still asking the server. */
export function OpenPending() {
  return (
    <>
      <Skeleton height={54} />
      <Skeleton height={54} />
      <Skeleton height={34} />
    </>
  );
}
