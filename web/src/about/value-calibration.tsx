import type { ExternalEvaluation, ModelDescription } from '@hearth/artifact';
import { useLocale } from '../locale.ts';
import { scaleOf } from '../scale.ts';
import { Table } from '../table.tsx';
import { aboutMessages } from './messages.ts';

export interface ValueCalibrationProps {
  bins: (ExternalEvaluation & { kind: 'value' })['reliability'];
  target: ModelDescription['target'];
  /** Where the rows are from. */
  name: string;
}

/** Of groups of rows by their prediction: what was predicted on average, and what was observed. */
export function ValueCalibration({ bins, target, name }: ValueCalibrationProps) {
  const locale = useLocale();
  const words = aboutMessages[locale.language];
  const scale = scaleOf(target, locale);
  return (
    <Table
      label={`${words.predictedValue}, ${name}`}
      head={[words.predictedValue, words.observedValue, words.rows]}
      rows={bins.map(({ predicted, observed, rows }) => ({
        key: String(predicted),
        cells: [scale.text(predicted), scale.text(observed), locale.format.number(rows)],
      }))}
    />
  );
}
