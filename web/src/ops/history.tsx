import type { Status } from '@hearth/artifact';
import { useLocale } from '../locale.ts';
import { Table } from '../table.tsx';
import { opsMessages } from './messages.ts';

/** The journal of this host, and the versions that this instance refused to serve. */
export function History({ versions, refusals }: Pick<Status, 'versions' | 'refusals'>) {
  const { language, format } = useLocale();
  const words = opsMessages[language];
  const { journal = [], faults = [] } = versions ?? {};
  return (
    <div class="detail-pair">
      <section>
        <h3>{words.journal}</h3>
        {faults.length > 0 && (
          <p>
            {words.unreadable} <span lang="en">{faults.join('; ')}</span>
          </p>
        )}
        {journal.length === 0 && faults.length === 0 && <p>{words.noJournal}</p>}
        {journal.length > 0 && (
          <Table
            label={words.journal}
            head={[words.time, words.what, words.version, words.before]}
            rows={journal.map(({ time, action, version, previous }, index) => ({
              key: `${time} ${index}`,
              cells: [
                format.moment(time),
                words.actions[action],
                <span key="version" class="version">
                  {version ?? '–'}
                </span>,
                <span key="previous" class="version">
                  {previous}
                </span>,
              ],
            }))}
          />
        )}
      </section>
      <section>
        <h3>{words.refusals}</h3>
        {refusals.length === 0 && <p>{words.noRefusals}</p>}
        <ul class="plain">
          {refusals.map(({ time, version, reason }, index) => (
            <li key={`${time} ${index}`}>
              {format.moment(time)} {version} <span lang="en">{reason}</span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
