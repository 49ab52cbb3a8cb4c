import type { ModelDescription, Row } from '@hearth/artifact';
import { type BatchAnswer, predictAll } from '../api.ts';
import { usedColumns } from '../fields/entries.ts';
import { useLocale } from '../locale.ts';
import { scaleOf } from '../scale.ts';
import { useSettings } from '../settings.ts';
import { Span } from '../span.tsx';
import { useLatest } from '../use-latest.ts';
import { stepsTo } from './steps.ts';

const delay = 150;

interface Question {
  /** Another model gives other answers. */
  version: string;
  steps: { name?: string; row: Row }[];
  prevalence: number | undefined;
}

async function askAll({ steps, prevalence }: Question) {
  const answers = await predictAll(
    steps.map(({ row }) => row),
    prevalence,
  );
  return answers.map((answer, index) => ({ name: steps[index]?.name, answer }));
}

/** How the interval changes from no column to all given columns, one line per column. */
export function Narrowing({ model, row }: { model: ModelDescription; row: Row }) {
  const locale = useLocale();
  const { messages, format, labelOf } = locale;
  const columns = usedColumns(model);
  const { prevalence } = useSettings();
  const { reply } = useLatest(
    askAll,
    { version: model.version, steps: stepsTo(row, columns), prevalence },
    delay,
  );
  const scale = scaleOf(model.target, locale);
  const { level, of } = reply?.[0]?.answer.interval ?? {};
  if (!reply || level === undefined) return null;
  const domain = scale.kind === 'chance' ? ([0, 1] as const) : extent(reply.map(({ answer }) => answer));
  return (
    <section class="narrowing" aria-labelledby="narrowing-title">
      <h2 id="narrowing-title">{messages.steps}</h2>
      <p class="hint">
        {of === 'outcome'
          ? messages.stepsHintOfOutcome(format.number(100 * level))
          : messages.stepsHint(messages.often(format.number(10 * level)))}
      </p>
      <ol class="bars">
        {reply.map(({ name, answer }) => {
          const column = columns.find((each) => each.name === name);
          const { interval } = answer;
          return (
            <li key={name ?? ''} class="bar-row">
              <span class="bar-label">
                {column ? messages.andColumn(labelOf(column)) : messages.nothingKnown}
              </span>
              <Span number={scale.of(answer)} interval={interval} domain={domain} />
              <span class="bar-result">
                {interval && messages.range(scale.bare(interval.low), scale.bare(interval.high))}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function extent(answers: readonly BatchAnswer[]): readonly [number, number] {
  const intervals = answers.flatMap(({ interval }) => interval ?? []);
  return [Math.min(...intervals.map(({ low }) => low)), Math.max(...intervals.map(({ high }) => high))];
}
