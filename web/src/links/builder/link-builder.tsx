import { Sheet } from '../../ui/layout/sheet';
import { linksWords } from '../links-words';

/** The side sheet that creates a link, or changes one. `copyOf`: the link whose settings a new one begins with. */
export function LinkBuilder({
  linkId,
  onClose,
}: {
  linkId: string | null;
  copyOf?: string | undefined;
  onClose: () => void;
}) {
  return (
    <Sheet title={linkId === null ? linksWords.newLink : linksWords.acts.edit} onClose={onClose}>
      {null}
    </Sheet>
  );
}
