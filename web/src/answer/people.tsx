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

/** The chance as a share of 100 figures; without a chance, none is marked. */
export function People({ chance, outcome }: { chance: number | undefined; outcome: string }) {
  const { messages, format } = useLocale();
  const count = chance === undefined ? 0 : ofHundred(chance);
  const { bound, digits } = format.percentParts(chance ?? 0);
  const caption = chance === undefined ? '' : messages.ofHundred(outcome, bound, digits);
  return (
    <figure class="people">
      <svg viewBox="2.75 0.75 230.5 294.25" aria-hidden="true" focusable="false">
        <path class="with" d={figurePath(0, count)} />
        <path class="without" d={figurePath(count, 100)} />
      </svg>
      <figcaption>{caption}</figcaption>
    </figure>
  );
}
