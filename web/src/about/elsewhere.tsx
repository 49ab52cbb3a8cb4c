import type { ExternalEvaluation, ModelDescription, Score } from '@hearth/artifact';
import { useLocale } from '../locale.ts';
import { ScoreText } from '../scores/score-text.tsx';
import { scoreOf, scoreWords } from '../scores/shown-scores.ts';
import { Table } from '../table.tsx';
import { Calibration } from './calibration.tsx';
import { ConfusionTable } from './confusion.tsx';
import { aboutMessages } from './messages.ts';
import { ValueCalibration } from './value-calibration.tsx';

/** The scores to compare places by. */
const shown = { chance: ['auc', 'brier'], value: ['mae', 'r2'], classes: ['accuracy', 'brier'] } as const;

export interface ElsewhereProps {
  evaluations: readonly ExternalEvaluation[];
  target: ModelDescription['target'];
}

/** How this version did at other places and times, apart from the cross-validation. */
export function Elsewhere({ evaluations, target }: ElsewhereProps) {
  const { language, format } = useLocale();
  const words = aboutMessages[language];
  const [first] = evaluations;
  if (!first) return null;
  const names = shown[first.kind];
  const isChance = first.kind === 'chance';
  const hasSlope = first.kind !== 'classes';
  return (
    <section class="elsewhere">
      <h3>{words.elsewhere}</h3>
      <p>{words.elsewhereHint}</p>
      <Table
        label={words.elsewhere}
        narrow="below"
        head={[
          words.place,
          words.rows,
          ...(isChance ? [words.positives] : []),
          ...names.map((name) => scoreWords[language][name].name),
          ...(hasSlope ? [words.slope, words.intercept] : []),
        ]}
        rows={evaluations.map((evaluation) => ({
          key: evaluation.name,
          cells: [
            evaluation.name,
            words.cases(format.number(evaluation.rows)),
            ...(evaluation.kind === 'chance' ? [format.percent(evaluation.positives / evaluation.rows)] : []),
            ...names.map((name) => <ScoreText key={name} score={scoreOf(evaluation.scores, name)} />),
            ...(hasSlope
              ? [
                  <ScoreText key="slope" score={calibrationOf(evaluation)?.slope} />,
                  <ScoreText key="intercept" score={calibrationOf(evaluation)?.intercept} />,
                ]
              : []),
          ],
        }))}
      />
      {hasSlope && <p class="hint">{words.calibrationScores}</p>}
      <div class="places">
        {evaluations.map((evaluation) => (
          <section key={evaluation.name}>
            <h4>{evaluation.name}</h4>
            <p class="hint">{remarks(evaluation)}</p>
            {evaluation.kind === 'chance' && (
              <>
                <p>{inTheLarge(evaluation)}</p>
                <Calibration bins={evaluation.reliability} />
              </>
            )}
            {evaluation.kind === 'value' && (
              <ValueCalibration bins={evaluation.reliability} target={target} name={evaluation.name} />
            )}
            {evaluation.kind === 'classes' && (
              <ConfusionTable confusion={evaluation.confusion} target={target} />
            )}
          </section>
        ))}
      </div>
    </section>
  );

  /** Whether as many had the outcome as was predicted there. */
  function inTheLarge({ rows, positives, reliability }: ExternalEvaluation & { kind: 'chance' }): string {
    const predicted = reliability.reduce((sum, bin) => sum + bin.rows * bin.predicted, 0) / rows;
    return words.inTheLarge(format.percent(predicted), format.percent(positives / rows));
  }

  function remarks({ date, rows, table, absent, inTraining }: ExternalEvaluation): string {
    return [
      words.evaluatedOn(format.date(date), format.number(rows), format.number(table.rows)),
      ...(absent.length > 0 ? [words.absent(absent.join(', '))] : []),
      ...(inTraining > 0 ? [words.inTraining(format.number(inTraining))] : []),
    ].join(' ');
  }
}

function calibrationOf(evaluation: ExternalEvaluation): { intercept: Score; slope: Score } | undefined {
  if (evaluation.kind === 'classes') return undefined;
  return evaluation.kind === 'chance' ? evaluation.scores.calibration : evaluation.calibration;
}
