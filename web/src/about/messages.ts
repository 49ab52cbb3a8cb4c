import type { Language } from '@hearth/artifact';

/** The texts of "About this model" that the first view does not have. */
const en = {
  whoFor: 'What it is for',
  whoNot: 'What it is not for',
  limits: 'Limitations',
  limitRows: (rows: string) =>
    `It learned from ${rows} cases. It is less reliable for anything that is rare among them.`,
  outcome: 'What counts as the outcome',
  dates: 'Period',
  limitOnePlace:
    'It has been tested only on held-out cases from the same source. In another place or time it may perform worse.',
  limitCause:
    'It finds associations, not causes: changing one of these values does not by itself change the outcome.',
  intervals: 'The range below each score is its 95% interval.',
  comparison: 'Comparison',
  method: (repeats: number, folds: number, nested: boolean) =>
    `${repeats} × ${folds}-fold ${nested ? 'nested ' : ''}cross-validation.`,
  thisModel: 'This model',
  /** The score in which models are compared. */
  compares: { chance: 'Brier score', value: 'squared error', classes: 'Brier score' },
  /** `by`: a size without a sign. */
  better: (label: string, score: string, by: string) => `Better than ${label}: ${score} lower by ${by}.`,
  /** `difference`: with its sign. */
  same: (label: string, score: string, difference: string) =>
    `No clear difference from ${label}: ${score} differs by ${difference}.`,
  worse: (label: string, score: string, by: string) => `Worse than ${label}: ${score} higher by ${by}.`,
  withInterval: (mean: string, low: string, high: string) => `${mean} (95% interval: ${low} to ${high})`,
  classes: 'Class by class',
  class: 'Class',
  right: 'Right',
  mistaken: 'Most often mistaken for',
  calibration: 'Does 30% mean 30 in 100?',
  calibrationHint:
    'Each dot is a group of cases with about the same predicted chance. On the diagonal, as many had the outcome as predicted. Vertical lines: 95% interval of the observed share. Bars: number of cases.',
  predicted: 'Predicted chance',
  observed: 'Observed share',
  binSummary: (predicted: string, observed: string, rows: string) =>
    `${predicted} predicted, ${observed} observed, ${rows} cases`,
  stages: 'As more fields are filled in',
  stagesHint: 'This model with only these fields, and a regression trained on just these fields.',
  stage: 'Fields',
  dedicated: 'Regression',
  subgroups: 'By group',
  subgroupsHint: 'A wide band means few cases and an uncertain score.',
  subgroup: 'Group',
  rows: 'Cases',
  positives: 'With outcome',
  importance: 'What matters most',
  importanceHint: 'How far each field moves the result, averaged over all cases.',
  fields: 'What it asks for',
  column: 'Field',
  meaning: 'Meaning',
  compared: 'Model',
  seen: 'In the data',
  origin: 'Where it comes from',
  source: 'Data',
  licence: 'Licence',
  people: 'Authors',
  version: 'Version',
  published: 'Published',
  engine: 'Trained with',
  checksum: 'SHA-256 of the data',
};

const ptBR: typeof en = {
  whoFor: 'Para que serve',
  whoNot: 'Para que não serve',
  limits: 'Limitações',
  limitRows: (rows) => `Ele aprendeu com ${rows} casos. É menos confiável para o que é raro entre eles.`,
  outcome: 'O que conta como desfecho',
  dates: 'Período',
  limitOnePlace:
    'Só foi testado com casos da mesma fonte, separados do treinamento. Em outro lugar ou época, pode acertar menos.',
  limitCause: 'Ele aponta associações, não causas: mudar um destes valores não muda, por si só, o desfecho.',
  intervals: 'A faixa abaixo de cada valor é o seu intervalo de 95%.',
  comparison: 'Comparação',
  method: (repeats, folds, nested) =>
    `${repeats} × validação cruzada ${nested ? 'aninhada ' : ''}em ${folds} partes.`,
  thisModel: 'Este modelo',
  compares: { chance: 'escore de Brier', value: 'erro quadrático', classes: 'escore de Brier' },
  better: (label, score, by) => `Melhor que ${label}: ${score} menor em ${by}.`,
  same: (label, score, difference) =>
    `Sem diferença clara em relação a ${label}: diferença no ${score} de ${difference}.`,
  worse: (label, score, by) => `Pior que ${label}: ${score} maior em ${by}.`,
  withInterval: (mean, low, high) => `${mean} (intervalo de 95%: de ${low} a ${high})`,
  classes: 'Classe por classe',
  class: 'Classe',
  right: 'Certos',
  mistaken: 'Mais confundida com',
  calibration: '30% quer dizer 30 em cada 100?',
  calibrationHint:
    'Cada ponto reúne casos com chance prevista parecida. Sobre a diagonal, o desfecho ocorreu tanto quanto o previsto. Linhas verticais: intervalo de 95% da proporção observada. Barras: número de casos.',
  predicted: 'Chance prevista',
  observed: 'Proporção observada',
  binSummary: (predicted, observed, rows) => `${predicted} prevista, ${observed} observada, ${rows} casos`,
  stages: 'Com mais campos preenchidos',
  stagesHint: 'Este modelo só com estes campos, e uma regressão treinada apenas com eles.',
  stage: 'Campos',
  dedicated: 'Regressão',
  subgroups: 'Por grupo',
  subgroupsHint: 'Uma faixa larga indica poucos casos e um valor incerto.',
  subgroup: 'Grupo',
  rows: 'Casos',
  positives: 'Com desfecho',
  importance: 'O que mais pesa',
  importanceHint: 'Quanto cada campo muda o resultado, na média de todos os casos.',
  fields: 'O que o modelo pergunta',
  column: 'Campo',
  meaning: 'Significado',
  compared: 'Modelo',
  seen: 'Nos dados',
  origin: 'De onde vem',
  source: 'Dados',
  licence: 'Licença',
  people: 'Autores',
  version: 'Versão',
  published: 'Publicado em',
  engine: 'Treinado com',
  checksum: 'SHA-256 dos dados',
};

export const aboutMessages: Record<Language, typeof en> = { en, 'pt-BR': ptBR };
