import type { Difference, PublicEvaluation } from '@hearth/artifact';
import { useLocale } from '../locale.ts';
import { midSentence } from '../messages/letter-case.ts';
import { ScoreText } from '../scores/score-text.tsx';
import { byDefinition, hintOf, scoreOf, scoreWords, shownScores } from '../scores/shown-scores.ts';
import { Table } from '../table.tsx';
import { aboutMessages } from './messages.ts';

/** The scores of the model and of its references. */
export function Comparison({ evaluation }: { evaluation: PublicEvaluation }) {
  const { language, format, text } = useLocale();
  const words = aboutMessages[language];
  const names = shownScores[evaluation.kind];
  const scoreTexts = scoreWords[language];
  const cells = (scores: PublicEvaluation['model'], reference = '') =>
    names.map((name) => (
      <ScoreText key={name} score={byDefinition(reference, name) ?? scoreOf(scores, name)} />
    ));
  const { folds, repeats, nested = false } = evaluation.method;
  return (
    <>
      <Table
        label={words.comparison}
        head={[words.compared, ...names.map((name) => scoreTexts[name].name)]}
        rows={[
          { key: 'model', cells: [words.thisModel, ...cells(evaluation.model)] },
          ...evaluation.references.map(({ name, label, scores }) => ({
            key: name,
            cells: [text(label), ...cells(scores, name)],
          })),
        ]}
      />
      <ul class="plain">
        {evaluation.references.map(
          ({ name, label, difference }) =>
            difference && <li key={name}>{verdict(midSentence(text(label)), difference)}</li>,
        )}
      </ul>
      <dl class="terms">
        {names.map((name) => (
          <div key={name}>
            <dt>{scoreTexts[name].name}</dt>
            <dd>{hintOf(language, evaluation.kind, name)}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">
        {words.method(repeats, folds, nested)} {words.intervals}
      </p>
    </>
  );

  /** Errors are compared: below 0, the model is better. There is no clear difference where the interval contains 0. */
  function verdict(label: string, { mean, low, high }: Difference): string {
    const score = words.compares[evaluation.kind];
    const by = (...sizes: [number, number, number]) => {
      const [size = '', from = '', to = ''] = sizes.map(format.score);
      return words.withInterval(size, from, to);
    };
    if (high < 0) return words.better(label, score, by(-mean, -high, -low));
    return (low > 0 ? words.worse : words.same)(label, score, by(mean, low, high));
  }
}
