import { useLocale } from '../locale.ts';
import { opsMessages } from './messages.ts';

/** Spans of ten seconds in five minutes. */
const places = 30;

/** The requests of the last minutes as bars, now at the right. */
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
