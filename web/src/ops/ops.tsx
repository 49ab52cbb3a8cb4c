import type { Status } from '@hearth/artifact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { request } from '../api.ts';
import { ErrorNotice } from '../error-notice.tsx';
import { useLocale } from '../locale.ts';
import { useLatest } from '../use-latest.ts';
import { Figures, Spans } from './figures.tsx';
import { History } from './history.tsx';
import { Instances } from './instances.tsx';
import { opsMessages } from './messages.ts';
import { Versus } from './versus.tsx';
import '../styles/detail.css';

/** Milliseconds between two requests for the status. */
const every = 3_000;

/** The status of the instance that answers, polled: what serves, how it performs, and what happened. */
export default function Operations() {
  const { language, messages, format } = useLocale();
  const words = opsMessages[language];
  const { reply: status, error, retry } = useLatest(fetchStatus, useTick());
  const { seen, at } = useSeen(status);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <article class="detail ops">
      <h2 ref={title} tabIndex={-1}>
        {messages.operations}
      </h2>
      {error && <ErrorNotice error={error} retry={retry} />}
      {status && !error && (
        <>
          {status.refusal && (
            <p class="alert" role="alert">
              {status.champion ? words.degraded(status.champion.version) : words.down}{' '}
              <span lang="en">{status.refusal.reason}</span>
            </p>
          )}
          <Figures {...status} />
          <Spans spans={status.traffic.spans} />
          <p class="hint">
            {words.instance(status.instance.id, format.moment(status.instance.since))}{' '}
            {seen.length > 1 ? words.severalInstances(format.number(seen.length)) : words.oneInstance}{' '}
            {at && words.updated(format.moment(at))}
          </p>
          {seen.length > 1 && <Instances seen={seen} />}
          <Versus {...status} />
          <History versions={status.versions} refusals={status.refusals} />
        </>
      )}
    </article>
  );
}

/** A counter that goes up while the page is visible. */
function useTick(): number {
  const [tick, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) setTick((before) => before + 1);
    }, every);
    return () => clearInterval(timer);
  }, []);
  return tick;
}

/** The newest status of each instance, and the time of the last one. */
function useSeen(status: Status | undefined): { seen: Status[]; at?: string } {
  const [known, setKnown] = useState<{ seen: Status[]; at?: string }>({ seen: [] });
  useEffect(() => {
    if (!status) return;
    setKnown(({ seen }) => ({
      seen: [...seen.filter(({ instance }) => instance.id !== status.instance.id), status],
      at: new Date().toISOString(),
    }));
  }, [status]);
  return known;
}

export const fetchStatus = () => request<Status>('/status');
