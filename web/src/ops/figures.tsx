import type { Status } from '@hearth/artifact';
import { useLocale } from '../locale.ts';
import { opsMessages } from './messages.ts';

/** What serves, its load, and its performance, at a glance. */
export function Figures({ status, champion, traffic }: Pick<Status, 'status' | 'champion' | 'traffic'>) {
  const { language, format } = useLocale();
  const words = opsMessages[language];
  const { requests, refused, failed, perSecond, seconds, latency } = traffic;
  const time = (value: number) => words.milliseconds(format.value(value));
  return (
    <dl class="figures">
      <div>
        <dt>{status === 'degraded' ? words.serving : words.inProduction}</dt>
        <dd class={champion ? 'figure' : 'figure alarm'}>{champion?.version ?? words.noChampion}</dd>
        <dd>{champion?.since && words.servedSince(format.moment(champion.since))}</dd>
      </div>
      <div>
        <dt>{words.requests}</dt>
        <dd class="figure">{words.perSecond(format.value(perSecond))}</dd>
        <dd>{words.inSeconds(format.number(requests), format.number(seconds))}</dd>
      </div>
      <div>
        <dt>{words.failures}</dt>
        <dd class={failed > 0 ? 'figure alarm' : 'figure'}>{format.number(failed)}</dd>
        <dd>{words.refusedInput(format.number(refused))}</dd>
      </div>
      <div>
        <dt>{words.latency}</dt>
        <dd class="figure">{latency ? time(latency.p50) : '–'}</dd>
        <dd>{latency ? words.latencyRest(time(latency.p95), time(latency.p99)) : words.noRequests}</dd>
      </div>
    </dl>
  );
}

/** Spans of 10 s in five minutes. */
const places = 30;

/** The requests of the last five minutes as bars; the newest is on the right. */
export function Spans({ spans }: { spans: readonly number[] }) {
  const { language, format } = useLocale();
  const words = opsMessages[language];
  const most = Math.max(1, ...spans);
  const first = places - spans.length;
  return (
    <figure>
      <svg class="spans" viewBox={`0 0 ${places * 10} 40`} preserveAspectRatio="none" aria-hidden="true">
        {spans.map((requests, index) => {
          const height = (requests / most) * 38;
          return (
            <rect key={index} x={(first + index) * 10 + 1} width={8} y={39 - height} height={height + 1} />
          );
        })}
      </svg>
      <p class="ends" aria-hidden="true">
        <span>{words.spansFrom}</span>
        <span>{words.spansTo}</span>
      </p>
      <figcaption class="hint">{words.spans(format.number(Math.max(0, ...spans)))}</figcaption>
    </figure>
  );
}
