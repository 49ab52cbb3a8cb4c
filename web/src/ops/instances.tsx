import type { Status } from '@hearth/artifact';
import { useLocale } from '../locale.ts';
import { Table } from '../table.tsx';
import { opsMessages } from './messages.ts';

/** The last status of every instance that answered this page. */
export function Instances({ seen }: { seen: readonly Status[] }) {
  const { language, format } = useLocale();
  const words = opsMessages[language];
  return (
    <section>
      <h3>{words.instances}</h3>
      <Table
        label={words.instances}
        narrow="below"
        head={[words.instanceName, words.version, words.since, words.requests, words.failures, words.latency]}
        rows={seen.map(({ instance, champion, traffic }) => ({
          key: instance.id,
          cells: [
            instance.id,
            champion?.version ?? '–',
            format.moment(instance.since),
            words.perSecond(format.value(traffic.perSecond)),
            format.number(traffic.failed),
            traffic.latency ? words.milliseconds(format.value(traffic.latency.p50)) : '–',
          ],
        }))}
      />
    </section>
  );
}
