import type { ModelDescription } from '@hearth/artifact';
import { useEffect, useRef } from 'preact/hooks';
import { fetchEvaluations } from '../api.ts';
import { ErrorNotice } from '../error-notice.tsx';
import { usedColumns } from '../fields/entries.ts';
import { useLocale } from '../locale.ts';
import { midSentence } from '../messages/letter-case.ts';
import { notStated, Performance } from '../notes.tsx';
import { useLatest } from '../use-latest.ts';
import { Calibration } from './calibration.tsx';
import { Comparison } from './comparison.tsx';
import { Confusion } from './confusion.tsx';
import { Decision } from './decision.tsx';
import { Elsewhere } from './elsewhere.tsx';
import { FieldTable } from './field-table.tsx';
import { Importance } from './importance.tsx';
import { aboutMessages } from './messages.ts';
import { Origin } from './origin.tsx';
import { Stages } from './stages.tsx';
import { Subgroups } from './subgroups.tsx';
import '../styles/detail.css';
import '../styles/detail-print.css';

/** The model card as a page. */
export default function About({ model }: { model: ModelDescription }) {
  const locale = useLocale();
  const { language, messages, format, text } = locale;
  const words = aboutMessages[language];
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const { evaluation, data } = model;
  const columns = usedColumns(model);
  const elsewhere = useLatest(fetchEvaluations, model.version);
  const reviewed = (day: string) =>
    (day < new Date().toISOString().slice(0, 10) ? words.reviewPast : words.review)(format.date(day));
  return (
    <article class="detail">
      <h2 ref={title} tabIndex={-1}>
        {messages.aboutModel}
      </h2>
      <p class="share">
        <button type="button" class="quiet" onClick={() => print()}>
          {messages.print}
        </button>
      </p>
      <div class="detail-lead">
        <Statement title={messages.basedOn}>{text(model.population)}</Statement>
        <Statement title={words.whoFor}>{text(model.intendedUse)}</Statement>
        <Statement title={words.whoNot}>{text(model.notIntendedUse)}</Statement>
        <Statement title={messages.notStated}>{notStated(model, locale)}</Statement>
      </div>
      <div class="detail-pair">
        <section>
          <h3>{messages.performance}</h3>
          <p class="detail-claim">
            <Performance model={model} />
          </p>
          {evaluation && <Comparison evaluation={evaluation} />}
        </section>
        {evaluation?.kind === 'chance' && evaluation.reliability.length > 0 && (
          <section>
            <h3>{words.calibration}</h3>
            <Calibration bins={evaluation.reliability} />
          </section>
        )}
        {evaluation?.kind === 'classes' && (
          <Confusion confusion={evaluation.confusion} target={model.target} />
        )}
      </div>
      {evaluation?.kind === 'chance' && evaluation.thresholds && (
        <Decision
          counts={evaluation.thresholds}
          declared={data.decision}
          outcome={midSentence(text(model.outcome))}
        />
      )}
      {elsewhere.error && <ErrorNotice error={elsewhere.error} retry={elsewhere.retry} />}
      <Elsewhere evaluations={elsewhere.reply ?? []} target={model.target} />
      <div class="detail-pair">
        {evaluation && <Subgroups evaluation={evaluation} />}
        {evaluation && <Stages evaluation={evaluation} columns={columns} />}
        {columns.length > 1 && evaluation?.importance && (
          <Importance importance={evaluation.importance} columns={columns} />
        )}
        <section>
          <h3>{words.limits}</h3>
          <ul class="plain">
            {model.limits?.map((limit) => (
              <li key={text(limit)}>{text(limit)}</li>
            ))}
            <li>{words.limitRows(format.number(data.rows))}</li>
            {data.prior && (
              <li>
                {words.limitPrior(format.percent(data.prior.training), format.percent(data.prior.population))}
              </li>
            )}
            {data.priors && (
              <li>
                {words.limitPriors(
                  data.priors.training.map(format.percent).join(', '),
                  data.priors.population.map(format.percent).join(', '),
                )}
              </li>
            )}
            {!model.limits && evaluation && !elsewhere.reply?.length && <li>{words.limitOnePlace}</li>}
            {model.review && <li>{reviewed(model.review)}</li>}
            <li>{words.limitCause}</li>
          </ul>
        </section>
      </div>
      <FieldTable columns={columns} />
      <section>
        <h3>{words.origin}</h3>
        <Origin model={model} />
      </section>
    </article>
  );
}

/** A text under its title; nothing where there is no text. */
function Statement({ title, children }: { title: string; children: string }) {
  return children ? (
    <section>
      <h3>{title}</h3>
      <p>{children}</p>
    </section>
  ) : null;
}
