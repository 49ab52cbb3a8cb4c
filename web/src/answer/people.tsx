import { ofHundred } from '../format.ts';
import { useLocale } from '../locale.ts';

const people = Array.from({ length: 100 }, (_, index) => ({
  index,
  place: `translate(${(index % 10) * 24} ${Math.floor(index / 10) * 30})`,
}));

/** The chance as so many of 100 people; without a chance, nobody stands out. */
export function People({ chance }: { chance: number | undefined }) {
  const { messages } = useLocale();
  const count = chance === undefined ? 0 : ofHundred(chance);
  const caption = chance === undefined ? '' : messages.people(count);
  return (
    <figure class="people">
      <svg viewBox="2.75 0.75 230.5 294.25" aria-hidden="true" focusable="false">
        <defs>
          <g id="person">
            <circle cx="10" cy="5" r="4.25" />
            <path d="M2.75 25v-7.25a7.25 6.75 0 0 1 14.5 0V25z" />
          </g>
        </defs>
        {people.map(({ index, place }) => (
          <use key={index} href="#person" transform={place} class={index < count ? 'with' : 'without'} />
        ))}
      </svg>
      <figcaption>{caption}</figcaption>
    </figure>
  );
}
