import type { ThresholdFigures } from '@hearth/artifact/decision/figures';
import { useLocale } from '../locale.ts';
import { aboutMessages } from './messages.ts';

/** The net benefit at a threshold in people: of deciding by the model, and of treating everybody or nobody. */
export function Worth({ at }: { at: ThresholdFigures }) {
  const { language, format } = useLocale();
  const words = aboutMessages[language];
  const people = (benefit: number) => Math.round(100 * benefit);
  const rows = [
    { name: 'model', label: words.byThisModel, count: people(at.netBenefit.value) },
    { name: 'all', label: words.treatAll, count: people(at.netBenefitOfAll) },
    { name: 'none', label: words.treatNone, count: 0 },
  ];
  const most = Math.max(1, ...rows.map(({ count }) => count));
  const odds = (1 - at.threshold) / at.threshold;
  return (
    <div class="worth">
      <h4>{words.worth}</h4>
      <p class="hint">
        {words.worthHint(format.percent(at.threshold), format.number(Number(odds.toPrecision(2))))}
      </p>
      <ul class="plain">
        {rows.map(({ name, label, count }) => (
          <li key={name} class={name}>
            <span>{label}</span>
            <span class="worth-bar" aria-hidden="true">
              <span style={{ '--to': `${(100 * Math.max(0, count)) / most}%` }} />
            </span>
            <span>{count < 0 ? words.worthLoss(String(-count)) : words.worthOf(String(count))}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
