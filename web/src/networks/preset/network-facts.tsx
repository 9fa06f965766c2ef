import type { Network, Preset } from '../gallery/gallery-entries';
import { networksWords } from '../networks-words';
import { ParameterValue } from '../../ui/data/parameters';
import styles from './network-facts.module.css';

/** Three cells: how the click id goes out, what the network sends, and what it cannot. */
export function NetworkFacts({
  clickIdParam,
  sends,
  limits,
}: Pick<Network, 'clickIdParam' | 'sends' | 'limits'> | Pick<Preset, 'clickIdParam' | 'sends' | 'limits'>) {
  const words = networksWords.facts;
  const [cannot, consequence] = limits === null ? [words.nothingKnown, words.nothingKnownNote] : limitsInWords(limits);
  return (
    <div className={styles.facts}>
      <div>
        <h3>{words.carries}</h3>
        <span className="mono">
          <ParameterValue kind="clickId">{clickIdParam}</ParameterValue>
        </span>
        <span className="note">{words.carriesNote}</span>
      </div>
      <div>
        <h3>{words.sends}</h3>
        <span>{sends === null ? words.anything : eventsInWords(sends)}</span>
        <span className="note">
          {sends === null || sends.statuses.length === 0 ? words.anyStatus : words.statuses(sends.statuses)}
        </span>
      </div>
      <div>
        <h3>{words.cannot}</h3>
        <span>{cannot}</span>
        <span className="note">{consequence}</span>
      </div>
    </div>
  );
}

function eventsInWords({ events, hasOwnEvents }: Preset['sends']): string {
  return [...events, ...(hasOwnEvents ? [networksWords.facts.ownWords] : [])].join(', ');
}

function limitsInWords(limits: Preset['limits']): [cannot: string, consequence: string] {
  const words = networksWords.facts;
  const { noTransactionId, noPayout, httpOnly, batched } = limits;
  const unsent = [noTransactionId && words.noTransactionId, noPayout && words.noAmounts].filter((one) => one !== false);
  const cannot = [unsent.length > 0 && words.send(unsent.join(', ')), httpOnly && words.httpOnly];
  const consequences = [
    noTransactionId && words.oneForEach,
    noPayout && words.defaultPayout,
    httpOnly && words.httpOnlyNote,
    batched !== null && words.late(batched),
  ];
  const said = cannot.filter((one) => one !== false);
  return [
    said.length > 0 ? said.join(', ') : words.nothingKnown,
    consequences.filter((one) => one !== false).join('; ') || words.nothingKnownNote,
  ];
}
