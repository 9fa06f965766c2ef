import { Status } from '../ui/data/status';
import { type Link, stateOf } from './link-types';
import { linksWords } from './links-words';

/** The state of a link: shape, word and colour. */
export function LinkStateMark({ link, isBare = false }: { link: Link; isBare?: boolean }) {
  const { name, shape, tone } = stateOf(link);
  return (
    <Status shape={shape} tone={tone} isBare={isBare}>
      {linksWords.marks[name]}
    </Status>
  );
}
