import { useLocale } from '../locale.ts';
import type { Scale } from '../scale.ts';

/** The answer as the largest thing on the page; the caption reads on from it. */
export function BigNumber({ number, scale, caption }: { number: number; scale: Scale; caption: string }) {
  const { format } = useLocale();
  const { bound, digits, sign } =
    scale.kind === 'chance'
      ? format.percentParts(number)
      : { bound: '', digits: scale.bare(number), sign: '' };
  return (
    <p class="big-number">
      <strong class="number">
        {bound && <span class="bound">{bound}</span>}
        {digits}
        {sign && <span class="sign">{sign}</span>}
      </strong>{' '}
      <span class="of">{caption}</span>
    </p>
  );
}
