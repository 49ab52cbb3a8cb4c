import type { ModelDescription } from '@hearth/artifact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { About } from './about.tsx';
import { AnswerView } from './answer/answer.tsx';
import { predict } from './api.ts';
import { CurveView } from './chart/curve.tsx';
import { isNumericColumn } from './columns.ts';
import { type Entries, firstEntries, readEntries, usedColumns } from './fields/entries.ts';
import { Form } from './fields/form.tsx';
import { Meaning } from './meaning.tsx';
import { useLatest } from './use-latest.ts';

/** Milliseconds; short enough that the number follows a drag, long enough not to ask for every pixel of it. */
const gather = 60;

export function ModelPage({ model, reloadModel }: { model: ModelDescription; reloadModel(): void }) {
  const columns = useMemo(() => usedColumns(model), [model]);
  const [typed, setTyped] = useState<Entries>({});
  const entries = useMemo(() => ({ ...firstEntries(columns), ...typed }), [columns, typed]);
  const { row, faults } = readEntries(columns, entries);
  const answer = useLatest(predict, row, gather);
  const enter = (name: string, text: string) => setTyped((before) => ({ ...before, [name]: text }));
  const curveColumn = columns.find(isNumericColumn);

  const answeredBy = answer.reply?.model.version;
  useEffect(() => {
    // Another model has been put into production since the page was loaded: its texts and curve belong to its answers.
    if (answeredBy !== undefined && answeredBy !== model.version) reloadModel();
  }, [answeredBy, model.version, reloadModel]);

  return (
    <>
      <div class="work">
        <Form columns={columns} groups={model.groups} entries={entries} faults={faults} enter={enter} />
        <AnswerView model={model} answer={answer} />
        {curveColumn && (
          <CurveView
            key={curveColumn.name}
            model={model}
            column={curveColumn}
            row={row}
            isAnswered={!answer.trouble}
            enter={(value) => enter(curveColumn.name, String(value))}
          />
        )}
      </div>
      <Meaning model={model} />
      <About model={model} />
    </>
  );
}
