import type { Language } from '@hearth/artifact';

/** The texts of "About this model". */
export interface AboutMessages {
  title: string;
  whoFor: string;
  whoNot: string;
  whoWere: string;
  limits: string;
  limitRows(rows: string): string;
  limitOnePlace: string;
  outcome: string;
  dates: string;
  limitCause: string;
  telling: string;
  tellingHint: string;
  comparison: string;
  method(repeats: number, folds: number, nested: boolean): string;
  thisModel: string;
  /** What differences are differences in. */
  compares: Record<'chance' | 'value', string>;
  better(label: string, score: string, by: string): string;
  same(label: string, score: string, by: string): string;
  worse(label: string, score: string, by: string): string;
  difference(mean: string, low: string, high: string): string;
  calibration: string;
  calibrationHint: string;
  predicted: string;
  observed: string;
  binSummary(predicted: string, observed: string, rows: string): string;
  stages: string;
  stagesHint: string;
  stage: string;
  dedicated: string;
  subgroups: string;
  subgroupsHint: string;
  subgroup: string;
  rows: string;
  positives: string;
  importance: string;
  importanceHint: string;
  asked: string;
  column: string;
  meaning: string;
  compared: string;
  seen: string;
  origin: string;
  source: string;
  licence: string;
  people: string;
  version: string;
  published: string;
  engine: string;
  checksum: string;
}

const en: AboutMessages = {
  title: 'About this model',
  whoFor: 'What it is for',
  whoNot: 'What it is not for',
  whoWere: 'Who it learned from',
  limits: 'Its limits',
  limitRows: (rows) => `It has learned from ${rows} rows. What is rare among them, it hardly knows.`,
  outcome: 'What counts as the outcome',
  dates: 'Period',
  limitOnePlace:
    'It has been checked on rows of the same source that it had not seen, and nowhere else. In another place or time it may do worse.',
  limitCause:
    'It knows what goes together, not what causes what: changing an answer does not change the outcome.',
  telling: 'How well it does',
  tellingHint: 'Below each score the range it lies in, given the number of rows (95%).',
  comparison: 'In comparison',
  method: (repeats, folds, nested) =>
    `${repeats} × ${folds}-fold cross-validation${nested ? ', settings chosen anew within each fold' : ''}.`,
  thisModel: 'This model',
  compares: { chance: 'Brier score', value: 'squared error' },
  better: (label, score, by) => `Better than ${label}, in ${score} by ${by}.`,
  same: (label, score, by) => `No clear difference from ${label}, in ${score} ${by}.`,
  worse: (label, score, by) => `Worse than ${label}, in ${score} by ${by}.`,
  difference: (mean, low, high) => `${mean} (95%: ${low} to ${high})`,
  calibration: 'Does 30% mean 30 of 100?',
  calibrationHint:
    'Each dot is a group of cases that were given about the same chance; on the line, as many turned out yes as foretold. The whiskers are the 95% range of that share, the bars below count the cases.',
  predicted: 'Chance given',
  observed: 'Share that was yes',
  binSummary: (predicted, observed, rows) => `${predicted} given, ${observed} yes, ${rows} cases`,
  stages: 'As more becomes known',
  stagesHint: 'The same model given only these columns, beside a regression made for just them.',
  stage: 'Known',
  dedicated: 'Regression for these',
  subgroups: 'Within groups',
  subgroupsHint: 'The wider the band, the fewer rows to judge by.',
  subgroup: 'Group',
  rows: 'Rows',
  positives: 'Yes',
  importance: 'What counts most',
  importanceHint: 'How far each column moves the answer, on average over all rows.',
  asked: 'What it asks',
  column: 'Column',
  meaning: 'Meaning',
  compared: 'Model',
  seen: 'In the data',
  origin: 'Where it comes from',
  source: 'Data',
  licence: 'Licence',
  people: 'Authors',
  version: 'Version',
  published: 'Published',
  engine: 'Made with',
  checksum: 'SHA-256 of the data',
};

const ptBR: AboutMessages = {
  title: 'Sobre este modelo',
  whoFor: 'Para que serve',
  whoNot: 'Para que não serve',
  whoWere: 'Com quem aprendeu',
  limits: 'Seus limites',
  limitRows: (rows) => `Ele aprendeu com ${rows} linhas. O que é raro entre elas, ele mal conhece.`,
  outcome: 'O que conta como desfecho',
  dates: 'Período',
  limitOnePlace:
    'Foi verificado em linhas da mesma fonte que não tinha visto, e em nenhum outro lugar. Em outro lugar ou época, pode acertar menos.',
  limitCause: 'Ele sabe o que anda junto, não o que causa o quê: mudar uma resposta não muda o desfecho.',
  telling: 'Quanto ele acerta',
  tellingHint: 'Abaixo de cada valor, a faixa em que ele está, dado o número de linhas (95%).',
  comparison: 'Em comparação',
  method: (repeats, folds, nested) =>
    `Validação cruzada de ${repeats} × ${folds} partes${nested ? ', com ajustes escolhidos de novo em cada parte' : ''}.`,
  thisModel: 'Este modelo',
  compares: { chance: 'escore de Brier', value: 'erro quadrático' },
  better: (label, score, by) => `Melhor que ${label}, com ${score} diferente em ${by}.`,
  same: (label, score, by) => `Sem diferença clara em relação a ${label}, com ${score} diferente em ${by}.`,
  worse: (label, score, by) => `Pior que ${label}, com ${score} diferente em ${by}.`,
  difference: (mean, low, high) => `${mean} (95%: de ${low} a ${high})`,
  calibration: '30% quer dizer 30 em 100?',
  calibrationHint:
    'Cada ponto é um grupo de casos que receberam mais ou menos a mesma chance; sobre a linha, a proporção de sim foi a prevista. Os traços verticais são a faixa de 95% dessa proporção, as barras embaixo contam os casos.',
  predicted: 'Chance dada',
  observed: 'Proporção de sim',
  binSummary: (predicted, observed, rows) => `${predicted} dada, ${observed} sim, ${rows} casos`,
  stages: 'À medida que se sabe mais',
  stagesHint: 'O mesmo modelo só com estas colunas, ao lado de uma regressão feita só para elas.',
  stage: 'Conhecido',
  dedicated: 'Regressão para estas',
  subgroups: 'Em cada grupo',
  subgroupsHint: 'Quanto mais larga a faixa, menos linhas há para julgar.',
  subgroup: 'Grupo',
  rows: 'Linhas',
  positives: 'Sim',
  importance: 'O que mais pesa',
  importanceHint: 'Quanto cada coluna move a resposta, em média sobre todas as linhas.',
  asked: 'O que ele pergunta',
  column: 'Coluna',
  meaning: 'Significado',
  compared: 'Modelo',
  seen: 'Nos dados',
  origin: 'De onde vem',
  source: 'Dados',
  licence: 'Licença',
  people: 'Autores',
  version: 'Versão',
  published: 'Publicado em',
  engine: 'Feito com',
  checksum: 'SHA-256 dos dados',
};

export const aboutMessages: Record<Language, AboutMessages> = { en, 'pt-BR': ptBR };
