import type { ModelDescription } from '@hearth/artifact';
import { type Estimate, figuresAt, peopleAt, placeOf } from '@hearth/artifact/decision/figures';
import { useMemo, useState } from 'preact/hooks';
import { figurePath } from '../answer/people.tsx';
import { useLocale } from '../locale.ts';
import { Table } from '../table.tsx';
import { aboutMessages } from './messages.ts';
import { ThresholdCurve } from './threshold-curve.tsx';
import { Worth } from './worth.tsx';
import '../styles/decision.css';

type Counts = Parameters<typeof figuresAt>[0];

export interface DecisionProps {
  counts: Counts;
  /** What the data package declares. */
  declared: ModelDescription['data']['decision'];
  outcome: string;
}

/** What a threshold does to a hundred people, its error rates, and the decision curve. Without a declared threshold it begins at the base rate. */
export function Decision({ counts, declared, outcome }: DecisionProps) {
  const { language, format, text } = useLocale();
  const words = aboutMessages[language];
  const figures = useMemo(() => counts.at.map((_, i) => figuresAt(counts, i)), [counts]);
  const [place, setPlace] = useState(placeOf(counts, declared?.threshold ?? counts.positives / counts.rows));
  const at = figures[place];
  if (!at) return null;
  const { flagged, flaggedWith, missed } = peopleAt(counts, place);
  const groups = [
    { name: 'hit', count: flaggedWith, text: words.hit(outcome) },
    { name: 'alarm', count: flagged - flaggedWith, text: words.alarm(outcome) },
    { name: 'missed', count: missed, text: words.missed(outcome) },
    { name: 'rest', count: 100 - flagged - missed, text: words.rest(outcome) },
  ];
  const starts = groups.map((_, i) => groups.slice(0, i).reduce((sum, { count }) => sum + count, 0));
  const threshold = format.percent(at.threshold);
  return (
    <section class="decision">
      <h3>{words.decision}</h3>
      <p>
        {declared
          ? words.declared(format.percent(declared.threshold), text(declared.label))
          : words.notDeclared}
      </p>
      <label class="threshold">
        <span>
          {words.threshold}: <output>{threshold}</output>
        </span>
        <input
          type="range"
          min={0}
          max={counts.at.length - 1}
          value={place}
          aria-valuetext={threshold}
          onInput={({ currentTarget }) => setPlace(Number(currentTarget.value))}
        />
      </label>
      <div class="detail-pair">
        <div>
          <figure class="sorted">
            <svg viewBox="2.75 0.75 230.5 294.25" aria-hidden="true" focusable="false">
              {groups.map(({ name, count }, i) => (
                <path key={name} class={name} d={figurePath(starts[i] ?? 0, count)} />
              ))}
            </svg>
            <figcaption>
              <p>{words.ofHundred(threshold)}</p>
              <ul class="plain">
                {groups.map(({ name, count, text }) => (
                  <li key={name} class={name}>
                    <strong>{count}</strong> {text}
                  </li>
                ))}
              </ul>
            </figcaption>
          </figure>
          <Table
            label={words.rates}
            head={[words.rates, words.estimate]}
            rows={[
              { key: 'se', cells: [words.sensitivity(outcome), estimate(at.sensitivity)] },
              { key: 'sp', cells: [words.specificity(outcome), estimate(at.specificity)] },
              { key: 'ppv', cells: [words.ppv(outcome), estimate(at.ppv)] },
              { key: 'npv', cells: [words.npv(outcome), estimate(at.npv)] },
              {
                key: 'nb',
                cells: [
                  words.netBenefit,
                  <>
                    {format.score(at.netBenefit.value)}
                    <span class="beneath">
                      {format.score(at.netBenefit.low)}–{format.score(at.netBenefit.high)}
                    </span>
                  </>,
                ],
              },
            ]}
          />
        </div>
        <div>
          <Worth at={at} />
          <ThresholdCurve figures={figures} at={at} />
        </div>
      </div>
    </section>
  );

  function estimate(share: Estimate | undefined) {
    if (!share) return '–';
    return (
      <>
        {format.percent(share.value)}
        <span class="beneath">
          {format.percent(share.low)}–{format.percent(share.high)}
        </span>
      </>
    );
  }
}
