import { useLocale } from '../locale.ts';

export function BigNumber({ chance, outcome }: { chance: number; outcome: string }) {
  const { messages, format } = useLocale();
  const { bound, digits, sign } = format.percentParts(chance);
  return (
    <p class="big-number">
      <strong class="number">
        {bound && <span class="bound">{bound}</span>}
        {digits}
        <span class="sign">{sign}</span>
      </strong>{' '}
      <span class="of">{messages.chanceOf(outcome)}</span>
    </p>
  );
}
