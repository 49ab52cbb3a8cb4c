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
  better(label: string, by: string, low: string, high: string): string;
  same(label: string, by: string, low: string, high: string): string;
  worse(label: string, by: string, low: string, high: string): string;
  calibration: string;
  calibrationHint: string;
  predicted: string;
  observed: string;
  binRows: string;
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
  whoWere: 'Whom it knows',
  limits: 'Its limits',
  limitRows: (rows) => `It has learned from ${rows} rows. What is rare among them, it hardly knows.`,
  outcome: 'What counts as the outcome',
  dates: 'When',
  limitOnePlace:
    'It has been checked on rows of the same source that it had not seen, and nowhere else. In another place or time it may do worse.',
  limitCause:
    'It knows what goes together, not what causes what: changing an answer does not change the outcome.',
  telling: 'How well it does',
  tellingHint: 'Below each score the range in which the score lies, given how few rows there are (95%).',
  comparison: 'In comparison',
  method: (repeats, folds, nested) =>
    `${repeats} × ${folds}-fold cross-validation${nested ? ', settings chosen anew within each fold' : ''}.`,
  thisModel: 'This model',
  better: (label, by, low, high) => `Better than ${label}: difference ${by} (${low} to ${high}).`,
  same: (label, by, low, high) => `No clear difference from ${label}: ${by} (${low} to ${high}).`,
  worse: (label, by, low, high) => `Worse than ${label}: difference ${by} (${low} to ${high}).`,
  calibration: 'Does 30% mean 30 of 100?',
  calibrationHint:
    'Each dot is a group of people who got about the same chance; on the line, as many had the outcome as foretold. The bars below count the people, the whiskers are the 95% range of the share.',
  predicted: 'Chance given',
  observed: 'Share who had it',
  binRows: 'People',
  binSummary: (predicted, observed, rows) => `${predicted} given, ${observed} had it, ${rows} people`,
  stages: 'As more becomes known',
  stagesHint: 'The same model given only these columns, beside a regression made for just them.',
  stage: 'Known',
  dedicated: 'Regression for these',
  subgroups: 'Within groups',
  subgroupsHint: 'The wider the line, the fewer people to judge by.',
  subgroup: 'Group',
  rows: 'Rows',
  positives: 'With it',
  importance: 'What it looks at most',
  importanceHint: 'Mean size of what each column moves, over all rows.',
  asked: 'What it asks',
  column: 'Column',
  meaning: 'Meaning',
  compared: 'Compared',
  seen: 'In the data',
  origin: 'Where it comes from',
  source: 'Data',
  licence: 'Licence',
  people: 'By',
  version: 'Version',
  published: 'Published',
  engine: 'Made with',
  checksum: 'SHA-256 of the data',
};

const ptBR: AboutMessages = {
  title: 'Sobre este modelo',
  whoFor: 'Para que serve',
  whoNot: 'Para que não serve',
  whoWere: 'Quem ele conhece',
  limits: 'Seus limites',
  limitRows: (rows) => `Ele aprendeu com ${rows} linhas. O que é raro entre elas, ele mal conhece.`,
  outcome: 'O que conta como desfecho',
  dates: 'Quando',
  limitOnePlace:
    'Foi verificado em linhas da mesma fonte que não tinha visto, e em nenhum outro lugar. Em outro lugar ou época, pode acertar menos.',
  limitCause: 'Ele sabe o que anda junto, não o que causa o quê: mudar uma resposta não muda o desfecho.',
  telling: 'Quanto ele acerta',
  tellingHint: 'Abaixo de cada valor, a faixa em que o valor está, dado o pequeno número de linhas (95%).',
  comparison: 'Em comparação',
  method: (repeats, folds, nested) =>
    `Validação cruzada de ${repeats} × ${folds} partes${nested ? ', com ajustes escolhidos de novo em cada parte' : ''}.`,
  thisModel: 'Este modelo',
  better: (label, by, low, high) => `Melhor que ${label}: diferença ${by} (${low} a ${high}).`,
  same: (label, by, low, high) => `Sem diferença clara de ${label}: ${by} (${low} a ${high}).`,
  worse: (label, by, low, high) => `Pior que ${label}: diferença ${by} (${low} a ${high}).`,
  calibration: '30% quer dizer 30 em 100?',
  calibrationHint:
    'Cada ponto é um grupo de pessoas que receberam mais ou menos a mesma chance; sobre a linha, tantas tiveram o desfecho quanto previsto. As barras embaixo contam as pessoas, os traços são a faixa de 95% da proporção.',
  predicted: 'Chance dada',
  observed: 'Proporção que teve',
  binRows: 'Pessoas',
  binSummary: (predicted, observed, rows) => `${predicted} dada, ${observed} tiveram, ${rows} pessoas`,
  stages: 'À medida que se sabe mais',
  stagesHint: 'O mesmo modelo só com estas colunas, ao lado de uma regressão feita só para elas.',
  stage: 'Conhecido',
  dedicated: 'Regressão para estas',
  subgroups: 'Dentro de grupos',
  subgroupsHint: 'Quanto mais larga a linha, menos pessoas há para julgar.',
  subgroup: 'Grupo',
  rows: 'Linhas',
  positives: 'Com',
  importance: 'O que ele mais olha',
  importanceHint: 'Tamanho médio do que cada coluna move, em todas as linhas.',
  asked: 'O que ele pergunta',
  column: 'Coluna',
  meaning: 'Significado',
  compared: 'Comparados',
  seen: 'Nos dados',
  origin: 'De onde vem',
  source: 'Dados',
  licence: 'Licença',
  people: 'Por',
  version: 'Versão',
  published: 'Publicado',
  engine: 'Feito com',
  checksum: 'SHA-256 dos dados',
};

export const aboutMessages: Record<Language, AboutMessages> = { en, 'pt-BR': ptBR };
