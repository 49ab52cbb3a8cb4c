import type { ChanceScores, Evaluated, ValueScores } from '@hearth/artifact';
import { countAtThresholds } from '@hearth/artifact/decision';
import { tinyManifest } from '@hearth/artifact/testing';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { expect, test } from 'vitest';
import { authorOf, type ReportData, renderReport, signReport, withElsewhere } from './index.ts';

type Node = DefaultTreeAdapterTypes.Node;

const text = (en: string) => ({ en, 'pt-BR': `${en} (pt)` });
const score = (mean: number, half = 0.02) => ({ mean, sd: 0.001, low: mean - half, high: mean + half });
const probabilityScores = (brier: number): ChanceScores => ({
  brier: score(brier),
  auc: score(0.911),
  logLoss: score(0.38),
  accuracy: score(0.84),
  calibration: { intercept: score(0), slope: score(1.03) },
});
const valueScores = (rmse: number): ValueScores => ({ rmse: score(rmse), mae: score(1.96), r2: score(0.88) });

const outOfFold = Array.from({ length: 40 }, (_, i) => ({
  row: String(i),
  target: i % 3 === 0 ? 1 : 0,
  prediction: ((i * 7) % 40) / 40,
}));

const shared = <S>(scores: (main: number) => S) => ({
  method: { folds: 5, repeats: 3, seed: 1001, stratified: true, nested: true },
  model: scores(0.1154),
  references: [
    {
      name: 'base-rate',
      label: text('Always the base rate'),
      scores: scores(0.248),
      difference: { mean: -0.1325, low: -0.15, high: -0.11 },
    },
    {
      name: 'logistic-regression',
      label: text('Logistic regression'),
      scores: scores(0.1193),
      difference: { mean: -0.0035, low: -0.0101, high: 0.0031 },
    },
  ],
  stages: [{ columns: ['age'], model: scores(0.2335), dedicated: scores(0.2378) }],
  subgroups: [{ column: 'sex', label: text('Female'), rows: 97, positives: 25, scores: scores(0.0806) }],
  importance: [
    { column: 'age', value: 0.83 },
    { column: 'sex', value: 0.04 },
  ],
  outOfFold,
});

const ofProbabilities = () => ({
  ...tinyManifest(),
  evaluation: {
    kind: 'chance' as const,
    ...shared(probabilityScores),
    reliability: [
      { low: 0, high: 0.1, rows: 75, predicted: 0.05, observed: 0.04 },
      { low: 0.1, high: 0.2, rows: 0, predicted: 0, observed: 0 },
    ],
  },
});
const ofValues = () => ({
  ...tinyManifest(),
  target: { name: 'mpg', type: 'numeric' as const, unit: text('miles per gallon') },
  evaluation: { kind: 'value' as const, ...shared(valueScores) },
});

const data = (manifest: Evaluated, more: Partial<ReportData> = {}): ReportData => ({
  manifest,
  candidates: [
    { name: 'additive', loss: 0.1154, chosen: true },
    { name: 'boosted', loss: 0.11851, chosen: false },
  ],
  learningCurve: [
    { rows: 60, score: 0.14, sd: 0.01 },
    { rows: 242, score: 0.116, sd: 0.008 },
  ],
  warnings: [],
  seconds: 135.5,
  ...more,
});

function elements(node: Node): DefaultTreeAdapterTypes.Element[] {
  const inner = 'childNodes' in node ? node.childNodes.flatMap(elements) : [];
  return 'tagName' in node ? [node, ...inner] : inner;
}
const words = (node: Node): string =>
  'value' in node ? String(node.value) : 'childNodes' in node ? node.childNodes.map(words).join(' ') : '';
const read = (report: string) => {
  const faults: string[] = [];
  const document = parse(report, {
    onParseError: ({ code, startLine }) => faults.push(`${code}, line ${startLine}`),
  });
  const all = elements(document);
  const titles = all.filter(({ tagName }) => tagName === 'h2').map(words);
  const body = words(all.find(({ tagName }) => tagName === 'body') as Node).replaceAll(/\s+/g, ' ');
  return { all, faults, titles, body };
};

test.each([
  ['probabilities', ofProbabilities],
  ['values', ofValues],
])(
  'the report of a model of %s is valid HTML without scripts and without anything to load',
  (_, manifest) => {
    const report = renderReport(data(manifest()));
    const { all, faults } = read(report);
    expect(faults).toEqual([]);
    const names = new Set(all.map(({ tagName }) => tagName));
    for (const loading of ['script', 'link', 'img', 'iframe', 'object', 'base'])
      expect(names).not.toContain(loading);
    const addresses = all.flatMap(({ attrs }) =>
      attrs.filter(({ name }) => /^(src|href|xlink:href|action)$/.test(name)),
    );
    expect(addresses).toEqual([]);
    expect(report).not.toMatch(/url\(|@import|https?:/);
    expect(report).not.toMatch(/NaN|undefined|Infinity/);
  },
);

test('the decision curve comes with the declared threshold and what it does to a hundred people', () => {
  const manifest = ofProbabilities();
  const title = 'Decision curve';
  expect(read(renderReport(data(manifest))).titles).not.toContain(title);
  Object.assign(manifest.evaluation, {
    thresholds: countAtThresholds(
      outOfFold.map(({ target }) => target),
      outOfFold.map(({ prediction }) => prediction),
      0.25,
    ),
  });
  const undeclared = read(renderReport(data(manifest)));
  expect(undeclared.titles).toContain(title);
  expect(undeclared.body).toContain('No threshold is declared');
  manifest.data.decision = { threshold: 0.25 };
  const { body, faults } = read(renderReport(data(manifest)));
  expect(body).toContain('Of 100 people like those in the table, 75 are called positive');
  expect(faults).toEqual([]);
});

test('a report of probabilities has these sections in this order', () => {
  expect(read(renderReport(data(ofProbabilities()))).titles).toEqual([
    'Brier score by model',
    'Paired difference in Brier score',
    'ROC curve',
    'Reliability diagram',
    'Learning curve',
    'Importance of the columns',
    'Performance with few columns',
    'Subgroups',
    'All scores',
    'How it was trained',
  ]);
});

test('a report of values shows the errors instead of a ROC curve and a reliability diagram', () => {
  const { titles, body } = read(renderReport(data(ofValues())));
  expect(titles).toContain('Predicted and observed');
  expect(titles).toContain('Errors');
  expect(titles).not.toContain('ROC curve');
  expect(body).toContain('observed minus predicted, miles per gallon');
});

test('a report of values shows how often intervals of the outcome held it', () => {
  const manifest = ofValues();
  const coverage = [
    { given: 0.25, rows: 300, covered: 271, width: 22.1 },
    { given: 1, rows: 392, covered: 352, width: 9.876 },
  ];
  const { body } = read(
    renderReport(data({ ...manifest, evaluation: { ...manifest.evaluation, coverage } })),
  );
  expect(body).toContain('25 % 300 90.3 % 22.1');
  expect(body).toContain('100 % 392 89.8 % 9.9');
  expect(read(renderReport(data(manifest))).titles).not.toContain('Intervals of the outcome');
});

test('scores are shown with their intervals', () => {
  const { body } = read(renderReport(data(ofProbabilities())));
  for (const shown of [
    '0.1154',
    '0.0954 to 0.1354',
    '0.911',
    '0.2335 (0.2135 to 0.2535)',
    '0.2378 (0.2178 to 0.2578)',
    'Female (97, 26 %)',
    'additive 0.1154 (chosen), boosted 0.1185',
    '3 × 5-fold nested, stratified cross-validation, seed 1001',
    '0'.repeat(64),
    '2.3 minutes',
  ])
    expect(body).toContain(shown);
});

test('a sentence says which model is better, or that no difference can be shown', () => {
  const { body } = read(renderReport(data(ofProbabilities())));
  expect(body).toContain(
    'Better than always the base rate : Brier score differs by −0.1325 (−0.1500 to −0.1100).',
  );
  expect(body).toContain('No difference from logistic regression that 10 rows can show');
});

test('warnings come first, and their HTML is escaped', () => {
  const warned = renderReport(data(ofProbabilities(), { warnings: ['The column "<b>x</b>" is always 1.'] }));
  expect(read(warned).titles[0]).toBe('Warnings about the table');
  expect(read(warned).body).toContain('The column "<b>x</b>" is always 1.');
  expect(read(renderReport(data(ofProbabilities()))).titles).not.toContain('Warnings about the table');
});

test('sections without content are left out', () => {
  const manifest = ofProbabilities();
  const { stages: _s, subgroups: _g, importance: _i, ...rest } = manifest.evaluation;
  const bare = { ...manifest, evaluation: { ...rest, references: [] } } as Evaluated;
  expect(read(renderReport(data(bare, { learningCurve: [] }))).titles).toEqual([
    'Brier score by model',
    'ROC curve',
    'Reliability diagram',
    'All scores',
    'How it was trained',
  ]);
});

test('every drawing has a text alternative or is hidden from screen readers', () => {
  const drawings = read(renderReport(data(ofProbabilities()))).all.filter(({ tagName }) => tagName === 'svg');
  expect(drawings.length).toBeGreaterThan(5);
  for (const { attrs } of drawings) {
    const names = attrs.map(({ name }) => name);
    expect(names.includes('aria-label') || names.includes('aria-hidden')).toBe(true);
  }
});

test('evaluations on other rows are shown in the report of their version, once each, and it stays a report of train', () => {
  const manifest = ofValues();
  const place = (name: string, mean: number) => ({
    ...{ format: 1 as const, kind: 'value' as const, name, date: '2026-03-31', model: 'm', version: 'v' },
    ...{ table: { sha256: 's', rows: 90 }, leftOut: { withoutTarget: 0, notAllowed: 0 }, absent: [] },
    ...{ rows: 90, inTraining: 0, scores: valueScores(mean), reliability: [], sha256: 's' },
  });
  const completed = (html: string, ...evaluations: ReturnType<typeof place>[]) => {
    const report = withElsewhere(html, manifest, evaluations);
    if ('fault' in report) throw new Error(report.fault);
    return report.html;
  };
  const report = signReport(renderReport(data(manifest)));
  const once = completed(report, place('Basel $1', 2.5));
  const twice = completed(once, place('Basel $1', 2.5), place('Bern', 3));
  const { titles, faults } = read(twice);
  expect(faults).toEqual([]);
  expect(titles.slice(-3)).toEqual(['Evaluated: Basel $1', 'Evaluated: Bern', 'How it was trained']);
  expect(authorOf(twice)).toBe('train');
  expect(completed(twice)).toBe(report);
  const files = { 'forest.safetensors': { sha256: '0'.repeat(64), bytes: 1 } };
  expect(withElsewhere(report, { files }, [])).toEqual({ fault: 'is the report of another version' });
  expect(withElsewhere(report.replace('RMSE', 'rmse'), manifest, [])).toEqual({
    fault: 'is not a report that train wrote, or it was changed since',
  });
});
