import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { externalFigures } from '../../testing/external.ts';
import { bareArtifact, tinyArtifact, tinyDraft, tinyForest } from '../../testing/tiny-model.ts';
import { countAtThresholds } from '../decision/index.ts';
import type { Evaluation } from '../manifest/evaluation.ts';
import { type ManifestDraft, packArtifact } from '../store/index.ts';
import { probastItems, tripodItems } from './checklists/index.ts';
import { renderCard } from './index.ts';

const text = (en: string) => ({ en, 'pt-BR': `${en} (pt)` });
const score = (mean: number) => ({ mean, sd: 0.01, low: mean - 0.05, high: mean + 0.05 });
const probabilityScores = (brier: number) => ({
  brier: score(brier),
  auc: score(0.9),
  logLoss: score(0.4),
  accuracy: score(0.8),
  calibration: { intercept: score(0), slope: score(1.02) },
});
const valueScores = (rmse: number) => ({ rmse: score(rmse), mae: score(2), r2: score(0.87) });

const card = (change: Parameters<typeof tinyArtifact>[0] = () => {}) =>
  renderCard(tinyArtifact(change).manifest, { version: '3-8f1c2a9', published: '2026-01-02T03:04:05.000Z' });

const metadata = (markdown: string) => parse(markdown.split('---\n')[1]);
const sectionOf = (markdown: string, title: string) =>
  markdown.split(`\n## ${title}\n`)[1]?.split('\n## ')[0];

const compared = (draft: ManifestDraft) => {
  const against = (name: string, low: number, high: number) => ({
    name,
    label: text(name),
    scores: probabilityScores(0.12),
    difference: { mean: (low + high) / 2, low, high },
  });
  draft.evaluation = {
    ...draft.evaluation,
    model: probabilityScores(0.1154),
    references: [
      against('weak', -0.03, -0.01),
      against('strong', 0.01, 0.03),
      against('alike', -0.01, 0.012),
    ],
    stages: [
      { columns: ['age'], model: probabilityScores(0.234), dedicated: probabilityScores(0.235) },
      { columns: ['age', 'sex'], model: probabilityScores(0.21), dedicated: probabilityScores(0.22) },
    ],
    subgroups: [
      { column: 'sex', label: text('Female'), rows: 97, positives: 25, scores: probabilityScores(0.1) },
    ],
    importance: [{ column: 'age', value: 0.25 }],
  } as Evaluation;
  draft.limits = [text('One clinic only.')];
  draft.dates = text('1981 to 1984');
  draft.data.missing = { weight: 4 };
};

test('the card has metadata for the Hugging Face hub', () => {
  const { 'model-index': index, ...rest } = metadata(card(compared));
  expect(rest).toEqual({
    language: ['en', 'pt'],
    license: 'cc0-1.0',
    library_name: 'hearth',
    pipeline_tag: 'tabular-classification',
    tags: ['tabular', 'tabular-classification', 'trees', 'by hand', 'calibration'],
    datasets: ['tiny'],
    metrics: ['brier_score', 'roc_auc', 'accuracy'],
  });
  expect(index).toHaveLength(1);
  expect(index[0].name).toBe('tiny 3-8f1c2a9');
  const [{ task, dataset, metrics }] = index[0].results;
  expect(task).toEqual({ type: 'tabular-classification' });
  expect(dataset).toMatchObject({ type: 'tiny', name: 'tiny' });
  expect(metrics[0]).toEqual({
    type: 'brier_score',
    value: 0.1154,
    name: 'Brier score, 2-fold stratified cross-validation: 0.1154 (0.0654 to 0.1654)',
  });
});

test('a licence that the hub does not know is given by name and link', () => {
  const own = card((draft) => {
    draft.data.licence = { name: 'Our-Own', title: 'Our own', path: 'https://example.org/licence' };
  });
  expect(metadata(own)).toMatchObject({
    license: 'other',
    license_name: 'Our-Own',
    license_link: 'https://example.org/licence',
  });
});

test.each([
  ['weak', '−0.0200 (−0.0300 to −0.0100)', 'better'],
  ['strong', '0.0200 (0.0100 to 0.0300)', 'worse'],
  ['alike', '0.0010 (−0.0100 to 0.0120)', 'no significant difference in 10 rows'],
])('compared with %s, the difference is %s: %s', (name, difference, verdict) => {
  expect(sectionOf(card(compared), 'Results')).toContain(`| ${name} | ${difference} | ${verdict} |`);
});

test('scores have intervals, also by stage and by subgroup', () => {
  const markdown = card(compared);
  expect(sectionOf(markdown, 'Results')).toContain(
    '| **this model** | 0.1154 (0.0654 to 0.1654) | 0.900 (0.850 to 0.950) |',
  );
  expect(sectionOf(markdown, 'Performance with few columns')).toContain(
    '| + Sex | 0.2100 (0.1600 to 0.2600) |',
  );
  expect(sectionOf(markdown, 'Subgroups')).toContain('| Female | 97 | 26 % | 0.1000 (0.0500 to 0.1500) |');
  expect(sectionOf(markdown, 'Calibration')).toContain('| 0 % to 100 % | 10 | 0.50 | 0.50 |');
});

test('dates, limits, missing cells and Portuguese texts come from the data package', () => {
  const markdown = card(compared);
  expect(sectionOf(markdown, 'Data and participants')).toContain('Dates: 1981 to 1984');
  expect(sectionOf(markdown, 'Limits')).toContain('- One clinic only.');
  expect(sectionOf(markdown, 'Predictors and missing data')).toContain('40 to 120 | 4 (40 %) |');
  expect(sectionOf(markdown, 'Em português')).toContain('tests (pt)');
});

test('codes of missing values are listed, and unseen categories are not among the values in training', () => {
  const predictors = sectionOf(
    card((draft) => {
      Object.assign(draft.columns[0], { missingCodes: ['-99', 'NR'] });
      Object.assign(draft.columns[1], { unseen: ['male'] });
    }),
    'Predictors and missing data',
  );
  expect(predictors).toContain('- `age`: `-99`, `NR`');
  expect(predictors).toContain('| Sex | Female |');
  expect(sectionOf(card(), 'Predictors and missing data')).not.toContain('Codes of missing values');
});

test('what nobody states is named once, and a model that is not evaluated says so', () => {
  const markdown = renderCard(bareArtifact().manifest, { version: '1-0000000' });
  expect(metadata(markdown)).toEqual({
    language: ['en'],
    library_name: 'hearth',
    pipeline_tag: 'tabular-classification',
    tags: ['tabular', 'tabular-classification', 'trees', 'by hand'],
    datasets: ['tiny'],
  });
  expect(markdown).toContain('# tiny\n\nA tree-based model that estimates the probability of disease = 1,');
  expect(markdown).toContain('developed on 10 rows. **Not evaluated.**');
  expect(markdown).toContain('**Not stated:** population, dates, definition of the outcome, intended use,');
  expect(markdown.split('## Checklists')[0].match(/not stated/gi)).toHaveLength(1);
  expect(markdown.match(/^## .*/gm)).toEqual([
    '## Data and participants',
    '## Outcome and output',
    '## Predictors and missing data',
    '## Sample size',
    '## Method',
    '## Limits',
    '## Open science',
    '## Checklists',
  ]);
  expect(markdown).not.toMatch(/undefined|NaN|null/);
});

test('a text in one language is the text of both', () => {
  const markdown = card((draft) => {
    draft.title = { 'pt-BR': 'Pequeno' };
    draft.population = { en: 'ten rows' };
  });
  expect(markdown).toContain('\n# Pequeno\n');
  expect(sectionOf(markdown, 'Em português')).toContain('\n\n**Pequeno.**\n\n');
});

test('sections without content are left out, and nothing reads as undefined', () => {
  const markdown = card();
  for (const title of [
    'Subgroups',
    'Performance with few columns',
    'Importance of the columns',
    'Contributors',
  ])
    expect(sectionOf(markdown, title)).toBeUndefined();
  expect(markdown).not.toMatch(/undefined|NaN|null/);
  expect(sectionOf(markdown, 'Sample size')).toContain('10 rows, 5 (50 %) with the outcome.');
});

test('the card of a numeric target has its scores and its unit', () => {
  const draft = tinyDraft();
  const packed = packArtifact(
    {
      ...draft,
      outcome: text('fuel economy'),
      target: { name: 'mpg', type: 'numeric', unit: text('miles per gallon') },
      interval: {
        level: 0.9,
        method: 'of the answer',
        base: 0,
        divisor: 1,
        outcome: {
          method: 'of the outcome',
          of: 'difference',
          noise: 1,
          quantiles: [{ given: 1, low: -1, high: 1 }],
        },
      },
      evaluation: {
        kind: 'value',
        coverage: [
          { given: 0.5, rows: 200, covered: 181, width: 11.26 },
          { given: 1, rows: 392, covered: 352, width: 7.5 },
        ],
        method: draft.evaluation.method,
        outOfFold: draft.evaluation.outOfFold,
        model: valueScores(2.814),
        references: [
          {
            name: 'mean',
            label: text('Always the mean'),
            scores: valueScores(7.8),
            difference: { mean: -53.12, low: -60.2, high: -46 },
          },
        ],
      },
    },
    { forest: tinyForest(), spread: tinyForest() },
  );
  const markdown = renderCard(packed.manifest, { version: '1-0000000' });
  expect(metadata(markdown)).toMatchObject({
    pipeline_tag: 'tabular-regression',
    metrics: ['rmse', 'mae', 'r_squared'],
  });
  expect(sectionOf(markdown, 'Results')).toContain('| **this model** | 2.81 (2.76 to 2.86) |');
  expect(sectionOf(markdown, 'Results')).toContain('| Always the mean | −53.1 (−60.2 to −46.0) | better |');
  expect(markdown).toContain('\n\nA tree-based model that estimates the expected fuel economy, developed');
  expect(sectionOf(markdown, 'Outcome and output')).toContain(
    'The model answers with the expected fuel economy (`mpg`), in miles per gallon.',
  );
  expect(sectionOf(markdown, 'Calibration')).toBeUndefined();
  expect(sectionOf(markdown, 'Outcome and output')).toContain(
    'Each answer has a 90 % interval of the outcome: it holds the observed outcome in 90 % of the cases with as many known columns. Method: of the outcome.\n\nBeside it, as `mean`, is a 90 % interval',
  );
  expect(sectionOf(markdown, 'Intervals of the outcome')).toContain('| 50 % | 200 | 90.5 % | 11.3 |');
});

const hostile = 'x`](javascript:alert(1)) | <script>alert(1)</script>\n\n# Not `` \u202e';

test('evaluations at other places are a section of their own, with their calibration', () => {
  const { manifest } = tinyArtifact();
  const basel = { ...externalFigures({ name: 'Basel *2025*' }), format: 1 as const, model: 'tiny' };
  const evaluation = { ...basel, version: 'b'.repeat(64), sha256: 'c'.repeat(64) };
  const markdown = renderCard(manifest, { version: '1-a', evaluations: [evaluation] });
  const section = sectionOf(markdown, 'Evaluated at other places');
  expect(section).toContain('### Basel \\*2025\\*');
  expect(section).toContain('240 of 250 rows were evaluated.');
  expect(section).toContain('| Calibration slope | 0.80 (0.75 to 0.85) |');
  expect(section).toContain('| 60 % to 70 % | 140 | 0.65 | 0.54 |');
  expect(sectionOf(markdown, 'Results')).toBe(sectionOf(card(), 'Results'));
  expect(sectionOf(card(), 'Limits')).toContain('The performance on data from elsewhere is not known.');
  expect(sectionOf(markdown, 'Limits')).toContain('evaluated elsewhere on Basel');
  expect(card()).not.toContain('Evaluated at other places');
  const bare = renderCard(bareArtifact().manifest, { version: '1-a', evaluations: [evaluation] });
  expect(bare).toContain('developed on 10 rows. Evaluated at other places only; see below.');
  expect(bare).not.toContain('Not evaluated');
});

test('the card says how many events there are for each feature, and when the model is looked at again', () => {
  expect(sectionOf(card(), 'Sample size')).toContain(
    'Rows of the rarer class for each feature: 2.5 (5 / 2).',
  );
  expect(card()).toMatch(/\*\*Not stated:\*\* .*day of the next review/);
  const reviewed = card((draft) => {
    draft.review = '2027-06-30';
  });
  expect(sectionOf(reviewed, 'Limits')).toContain('To be looked at again by 2027-06-30');
});

test('a declared threshold comes with what it does to a hundred people, error rates and net benefit', () => {
  const target = Array.from({ length: 100 }, (_, i) => i % 2);
  const decided = card((draft) => {
    if (draft.evaluation.kind !== 'chance') throw new Error('the tiny model answers with a chance');
    const probability = target.map((y, i) => (i < 20 ? 1 - y : y) * 0.6 + 0.2);
    draft.evaluation.thresholds = countAtThresholds(target, probability, 0.25);
    const costs = { falsePositive: 1, falseNegative: 3 };
    draft.data.decision = { threshold: 0.25, label: text('refer'), costs };
  });
  const section = sectionOf(decided, 'Decision');
  expect(section).toContain('From a probability of 25 % on, the decision is positive: refer.');
  expect(section).toContain('1 for a false positive, 3 for a false negative');
  expect(section).toContain(
    'Of 100 people like those in the table, 50 are called positive, 40 of them with the outcome; 10 with the outcome are missed.',
  );
  expect(section).toContain('| **25 %** | 50 % | 0.80 (0.67 to 0.89) | 0.80 (0.67 to 0.89) |');
  expect(sectionOf(decided, 'Outcome and output')).not.toContain('without a decision threshold');
  expect(card()).not.toContain('## Decision');
});

test('no name of the manifest can break out of its place', () => {
  const markdown = card((draft) => {
    draft.data.name = hostile;
    draft.data.sources = [];
    draft.engine.name = hostile;
    draft.engine.version = hostile;
    draft.engine.options = { [hostile]: hostile };
    draft.columns[0].name = hostile.trim();
    draft.target.name = hostile;
  });
  const body = markdown.split('---\n').slice(2).join('---\n');
  const outsideCode = body.replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, 'code');
  expect(outsideCode).not.toMatch(/[^\\](<script|\]\(javascript)/);
  expect(outsideCode).not.toMatch(/^ *# Not/m);
  expect(body).not.toContain('\u202e');
  expect(metadata(markdown).datasets).toEqual([hostile]);
  const table: string[] = sectionOf(markdown, 'Predictors and missing data')?.match(/^\|.*\|$/gm) ?? [];
  const cellsOf = (line: string) => line.split(/(?<!\\)\|/).length;
  expect(table.length).toBeGreaterThan(3);
  for (const line of table) expect(cellsOf(line)).toBe(cellsOf(table[0]));
});

test.each([
  ['- one', '\\- one'],
  ['+ one', '\\+ one'],
  ['12. one', '12\\. one'],
  ['3) one', '3\\) one'],
  ['---', '\\---'],
  ['===', '\\==='],
  ['~~~', '\\~\\~\\~'],
  ['&lt;b&gt; &amp; &#60; R&D', '\\&lt;b\\&gt; \\&amp; \\&\\#60; R&D'],
  ['1.5 to 3, aged 40 - 50', '1.5 to 3, aged 40 - 50'],
])('the text %j is escaped as %j', (text, written) => {
  const markdown = card((draft) => {
    draft.population.en = text;
  });
  expect(sectionOf(markdown, 'Data and participants')).toContain(`\n\n${written}\n\n`);
});

test('a text of the manifest cannot become markup, a script link or a table row', () => {
  const markdown = card((draft) => {
    draft.intendedUse.en = 'fine\n\n# Not | <script>alert(1)</script>';
    draft.data.sources = [{ title: 'a](x)', path: 'javascript:alert(1)' }];
  });
  expect(markdown).not.toMatch(/[^\\]<script/);
  expect(markdown).not.toContain('javascript:');
  expect(markdown).toContain('fine \\# Not \\| \\<script\\>');
});

test('the card says how rows count and were split, and that answers are corrected', () => {
  const markdown = card((draft) => {
    draft.data.weights = { column: 'w', kind: 'importance', effective: 7.6 };
    draft.data.groups = 'clinic';
    draft.data.time = 'year';
    draft.data.prior = { training: 0.5, population: 0.012 };
  });
  const sample = sectionOf(markdown, 'Sample size');
  expect(sample).toContain('rows weigh as much as `w` says; they tell as much as 8 rows of equal weight');
  expect(sample).toContain('Rows with the same `clinic` stay in one fold');
  expect(sample).toContain('with an earlier `year`');
  expect(sample).toContain('50 % of the training rows and 1.2 % of the population: answers are corrected');
  expect(sectionOf(markdown, 'Method')).toContain(
    'grouped cross-validation in the order of time, seed 1. Every scored row is predicted',
  );
  expect(sectionOf(markdown, 'Method')).toContain('over the sampling of the groups');
});

test('a row with a count stands for several in the card', () => {
  const markdown = card((draft) => {
    draft.data.weights = { column: 'n', kind: 'count' };
  });
  expect(sectionOf(markdown, 'Sample size')).toContain(
    'Each line of the table stands for as many rows as `n` says.',
  );
});

const itemOf = (markdown: string, id: string) =>
  markdown
    .split('\n')
    .find((line) => line.startsWith(`| ${id} |`))
    ?.split(' | ')
    .at(-1)
    ?.replace(' |', '');

test('each item of the checklists has its place, what is reported, or "not stated"', () => {
  const bare = card((draft) => Object.assign(draft, { population: undefined }));
  for (const { id } of [...tripodItems, ...probastItems]) expect(itemOf(bare, id), id).toBeTruthy();
  expect(itemOf(bare, '6b')).toBe('not stated');
  expect(itemOf(bare, '18a')).toBe('not stated');
  expect(itemOf(bare, '4.1')).toMatch(
    /^\d+ rows of the rarest class for \d+ features of \d+ columns: [\d.]+ each$/,
  );
  const told = card((draft) => {
    draft.reporting = { funding: text('None | at all.'), eligibility: text('Adults.') };
  });
  expect(itemOf(told, '18a')).toBe('None \\| at all.');
  expect(itemOf(told, '6b')).toBe('Adults.');
});

test('the document of the checklists names the items of the card', async () => {
  const document = await readFile(join(import.meta.dirname, '../../../docs/checklists.md'), 'utf8');
  const ids = [...document.matchAll(/^\| (\d[^|]*) \|/gm)].map(([, id]) => id);
  expect(ids).toEqual([...tripodItems, ...probastItems].map(({ id }) => id));
});
