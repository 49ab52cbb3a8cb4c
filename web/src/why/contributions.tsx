import type { Column, ModelDescription } from '@hearth/artifact';
import type { ShownPrediction } from '../api.ts';
import { ticksOf } from '../chart/ticks.ts';
import { type Entries, usedColumns } from '../fields/entries.ts';
import { givenText } from '../fields/kinds.ts';
import { type Locale, useLocale } from '../locale.ts';
import { classLabel, scaleOf } from '../scale.ts';
import { type Bar, barsOf, chanceOf, chanceTicks, domainOf, logit, valueTicks } from './bars.ts';

export interface ContributionsProps {
  model: ModelDescription;
  answer: ShownPrediction;
  entries: Entries;
}

/** A longer unit is said once instead of in each row. */
const longestUnit = 20;

/** What raised and lowered the number, as bars end to end from the starting point to the answer. */
export function ContributionsView({ model, answer, entries }: ContributionsProps) {
  const locale = useLocale();
  const { messages, format, labelOf } = locale;
  const { contributions } = answer;
  if (!contributions) return null;
  const columns = usedColumns(model);
  const given = columns.filter(({ name }) => answer.given.includes(name));
  const names = columns.map(({ name }) => name);
  const bars = barsOf(contributions, names, new Set(given.map(({ name }) => name)));
  // of quantiles, the page shows the middle one
  const of = model.target.type === 'classes' ? contributions.of : undefined;
  const scale = scaleOf(model.target, locale, of);
  const isLogOdds = contributions.scale === 'log-odds';
  // the score of one of several classes is no chance: that depends on the scores of the others too
  const isScore = isLogOdds && of !== undefined;
  const isChance = isLogOdds && !isScore;
  const isLog = contributions.scale === 'log';
  const answerAt = isChance ? chanceOf : isLog ? Math.exp : Number;
  const isLongUnit = scale.unit.length > longestUnit;
  const written = isLongUnit ? scale.bare : scale.text;
  const read = (at: number) => (isScore ? format.value(at) : written(answerAt(at)));
  const domain = domainOf(bars, isLogOdds ? 2 : isLog ? 1 : Math.abs(bars.start) / 5);
  const x = (at: number) => ((at - domain[0]) / (domain[1] - domain[0])) * 100;
  const places = isChance
    ? chanceTicks(domain).map(logit)
    : isLog
      ? valueTicks(domain).map(Math.log)
      : ticksOf(...domain, 5);
  const ticks = places.filter((at) => x(at) > 3 && x(at) < 97); // a label at the end would not fit
  const tickText = (at: number) => (isScore ? read(at) : scale.bare(answerAt(at)));

  const row = (bar: Bar) => {
    const column = columns.find(({ name }) => name === bar.column);
    const label = column ? labelOf(column) : messages.notGivenSum(bars.notGiven);
    const entry = (column && entries[column.name]) ?? '';
    const value = column && givenText(column, entry, locale);
    const remark = column && remarkOn(column, entry, locale);
    const isRaising = bar.to >= bar.from;
    const movedFromTo = isRaising ? messages.raisesFromTo : messages.lowersFromTo;
    return (
      <li key={bar.column ?? ''} class={column ? 'bar-row' : 'bar-row unknown'}>
        <span class="bar-label">
          <span class="direction" aria-hidden="true">
            {isRaising ? '+' : '−'}
          </span>{' '}
          {label}
          {value && <span class="bar-value"> {value}</span>}
        </span>
        <span class="track" aria-hidden="true">
          <span
            class={isRaising ? 'bar raises' : 'bar lowers'}
            style={{
              '--from': `${x(Math.min(bar.from, bar.to))}%`,
              '--to': `${x(Math.max(bar.from, bar.to))}%`,
              '--end': `${x(bar.to)}%`,
            }}
          />
        </span>
        <span class="bar-result" aria-hidden="true">
          {read(bar.to)}
        </span>
        <span class="unseen">{movedFromTo(read(bar.from), read(bar.to))}</span>
        {remark && <span class="remark">{remark}</span>}
      </li>
    );
  };

  const end = (at: number, label: string, kind: string) => (
    <li class={`bar-row ${kind}`}>
      <span class="bar-label">{label}</span>
      <span class="track" aria-hidden="true">
        <span class="dot" style={{ '--at': `${x(at)}%` }} />
      </span>
      <span class="bar-result">{read(at)}</span>
    </li>
  );

  return (
    <section class="contributions" aria-labelledby="why-title">
      <div class="why-head">
        <h2 id="why-title">
          {of === undefined ? messages.why : messages.whyClass(classLabel(model.target, of, locale))}
        </h2>
        <p class="key" aria-hidden="true">
          <span class="raises">+ {messages.raises}</span>
          <span class="lowers">− {messages.lowers}</span>
        </p>
      </div>
      <p class="hint">
        {messages.barsAdd[isScore ? 'score' : contributions.scale]}
        {bars.notGiven > 0 && ` ${messages.blanksMove}`}
        {isLongUnit && ` ${messages.inUnit(scale.unit)}`}
      </p>
      <div class="bar-frame">
        <div class="bar-grid" aria-hidden="true">
          {ticks.map((at) => (
            <span key={at} style={{ '--at': `${x(at)}%` }} />
          ))}
        </div>
        <ol class="bars">
          {end(bars.start, messages.start, 'start')}
          {bars.bars.map(row)}
          {end(bars.end, messages.result, 'end')}
        </ol>
      </div>
      <p class="bar-axis" aria-hidden="true">
        {ticks.map((at) => (
          <span key={at} style={{ '--at': `${x(at)}%` }}>
            {tickText(at)}
          </span>
        ))}
      </p>
    </section>
  );
}

/** What the model says about a value that is given, or about its column. */
function remarkOn(column: Column, entry: string, { text }: Locale): string {
  const categories = column.type === 'category' ? column.categories : [];
  return text(categories.find(({ value }) => value === entry)?.remark) || text(column.remark);
}
