import type { BatchAnswer } from '../api.ts';
import { ofHundred } from '../format.ts';
import { useLocale } from '../locale.ts';

/** The path of one figure, head and shoulders, from the corner of a cell 24 wide and 30 high. */
const person = 'a4.25 4.25 0 1 0 8.5 0a4.25 4.25 0 1 0-8.5 0m-3 20v-7.25a7.25 6.75 0 0 1 14.5 0v7.25z';
const people = Array.from(
  { length: 100 },
  (_, index) => `M${(index % 10) * 24 + 5.75} ${Math.floor(index / 10) * 30 + 5}${person}`,
);

/** So many of a hundred figures, as a path. */
export const figurePath = (from: number, count: number): string => people.slice(from, from + count).join('');

export interface PeopleProps {
  chance: number | undefined;
  interval: BatchAnswer['interval'];
  /** Whether the table keeps its place while there is no interval. */
  hasRange?: boolean;
  /** Whether no training row was like this one. */
  isGuess: boolean;
  outcome: string;
  /** What a row is about, in the plural. */
  cases: string;
}

/** The chance as a share of 100 figures, as a sentence, a picture and a table: certain, up to the chance, up to the upper end, and not. */
export function People({ isGuess, hasRange = false, outcome, cases, ...shares }: PeopleProps) {
  const { messages, format } = useLocale();
  if (isGuess) {
    return (
      <figure class="people">
        <figcaption>{messages.ofHundredUnknown(outcome, cases)}</figcaption>
        <Figures kinds={[['unknown', 100]]} />
      </figure>
    );
  }
  const { chance, interval } = shares;
  const count = ofHundred(chance ?? 0);
  const low = interval ? Math.min(count, ofHundred(interval.low)) : count;
  const high = interval ? Math.max(count, ofHundred(interval.high)) : count;
  const { bound, digits } = format.percentParts(chance ?? 0);
  const inWords = (share: number | undefined) => {
    if (share === undefined) return '';
    const parts = format.percentParts(share);
    return parts.bound + parts.digits;
  };
  return (
    <figure class="people">
      <figcaption>{chance === undefined ? '' : messages.ofHundred(outcome, bound, digits, cases)}</figcaption>
      <Figures
        kinds={[
          ['certain', low],
          ['likely', count - low],
          ['possible', high - count],
          ['without', 100 - high],
        ]}
      />
      {(hasRange || interval) && (
        <table class="people-table">
          <caption>{messages.ofHundredRange(outcome, cases)}</caption>
          <tbody>
            {(
              [
                ['certain', messages.atLeast, interval?.low],
                ['likely', messages.bestEstimate, chance],
                ['possible', messages.atMost, interval?.high],
              ] as const
            ).map(([kind, label, share]) => (
              <tr key={kind}>
                <th scope="row" class={kind}>
                  {label}
                </th>
                <td>{inWords(share)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </figure>
  );
}

/** A hundred figures, so many of each kind in order. */
function Figures({ kinds }: { kinds: readonly (readonly [kind: string, count: number])[] }) {
  const starts = kinds.map((_, i) => kinds.slice(0, i).reduce((sum, [, count]) => sum + count, 0));
  return (
    <svg viewBox="1.75 -0.25 232.5 296.25" aria-hidden="true" focusable="false">
      {kinds.map(([kind, count], i) => (
        <path key={kind} class={kind} d={figurePath(starts[i] ?? 0, count)} />
      ))}
    </svg>
  );
}
