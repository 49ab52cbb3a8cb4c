import { answerWords } from './answer-words.ts';
import type { Messages } from './en.ts';
import { midSentence, sentenceStart } from './letter-case.ts';

const known = (labels: readonly string[]): string => {
  if (labels.length > 3) return `estes ${labels.length} campos`;
  const names = labels.map(midSentence);
  return [names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' e ');
};

const about: Record<string, string> = { '<': 'menos de', '>': 'mais de', '': 'cerca de' };

export const ptBR: Messages = {
  ...answerWords['pt-BR'],
  languageName: 'Português',
  chooseLanguage: 'Idioma',
  chooseModel: 'Modelo',
  loading: 'Carregando…',
  form: 'Comece aqui',
  addWhatYouKnow: 'Informe mais dados',
  addHint: 'Deixe em branco o que não souber.',
  addHintOfRange: 'A maioria das respostas estreita a faixa; algumas a alargam.',
  addRequired: 'Este modelo precisa de todos os campos marcados como obrigatórios.',
  basedOnCases: (rows, cases) => `${rows} ${cases}.`,
  foundIn: (outcome, count, cases) => `${sentenceStart(outcome)} em ${count} de cada 100 ${cases}.`,
  required: '(obrigatório)',
  unitOf: (label) => `Unidade: ${label}`,
  cases: 'casos',
  clear: (label) => `Limpar: ${label}`,
  clearShort: 'Limpar',
  clearAll: 'Limpar tudo',
  explain: (label) => `Explicar: ${label}`,
  allowed(isWhole, minimum, maximum) {
    const number = `Informe um número${isWhole ? ' inteiro' : ''}`;
    if (minimum && maximum) return `${number} de ${minimum} a ${maximum}.`;
    if (minimum) return `${number} a partir de ${minimum}.`;
    return maximum ? `${number} até ${maximum}.` : `${number}.`;
  },
  allowedValues: (values) => `Informe um destes valores: ${values}.`,
  allowedTimes(first, last) {
    if (first && last) return `Informe de ${first} a ${last}.`;
    if (first) return `Informe a partir de ${first}.`;
    return last ? `Informe até ${last}.` : '';
  },
  allowedCategories: 'Escolha uma opção da lista.',
  fault: {
    empty: 'Campo obrigatório.',
    'not-a-number': 'Não é um número.',
    'not-whole': 'Não é um número inteiro.',
    'too-small': 'Valor muito baixo.',
    'too-large': 'Valor muito alto.',
    'not-listed': 'Valor não aceito.',
    'stands-for-unknown':
      'Nos dados, este número significa “desconhecido”. Se não souber o valor, deixe o campo em branco.',
    'not-a-category': 'Não está na lista.',
    'not-a-date': 'Não é uma data.',
    'not-a-time': 'Não é uma data com hora.',
    'too-early': 'Cedo demais.',
    'too-late': 'Tarde demais.',
  },
  another: 'Outro valor',
  search: (count) => `Digite para buscar em ${count} valores`,
  slider: (label) => `Ajustar: ${label}`,
  result: 'Resultado',
  guess: 'um palpite, fora dos dados',
  mostProbable: (label, classes) => `de chance de ${label}, a mais provável de ${classes} classes`,
  chances: 'Chance de cada classe; escolha uma para ver por quê',
  allClasses: (count) => `Todas as ${count} classes`,
  fewerClasses: 'Menos classes',
  classSet: (labels, level) =>
    `Em ${level} de cada 100 casos com a mesma quantidade de campos preenchidos, a classe está em um conjunto como este: ${labels.join(', ')}.`,
  classSetOfMany: (count, level) =>
    `Em ${level} de cada 100 casos com a mesma quantidade de campos preenchidos, a classe está em um conjunto como este: as ${count} mais prováveis.`,
  whyClass: (label) => `Por que ${label}`,
  valueOf: (unit, outcome) => (unit ? `${unit}, ${outcome}` : outcome),
  ofHundred: (outcome, bound, count, cases) =>
    `${sentenceStart(outcome)} em ${about[bound]} ${count} de cada 100 ${cases} assim.`,
  ofHundredRange: (outcome, cases) => `${sentenceStart(outcome)}, em 100 ${cases} assim`,
  ofHundredUnknown: (outcome, cases) =>
    `${sentenceStart(outcome)} em quantos de cada 100 ${cases} assim: ninguém sabe.`,
  atLeast: 'no mínimo',
  bestEstimate: 'melhor estimativa',
  atMost: 'no máximo',
  stillNeeded: (labels) =>
    labels.length > 8
      ? `Para o resultado faltam ${labels.length} campos: os marcados como obrigatórios.`
      : `Para o resultado ainda falta: ${labels.join(', ')}.`,
  answeredWithout: (labels) =>
    `Resultado sem ${known(labels)}: veja o aviso ${labels.length === 1 ? 'no campo' : 'nos campos'}.`,
  nothingGiven: 'Nenhum dado informado ainda.',
  littleKnown: (labels, low, high, often) =>
    `Só com ${known(labels)}, pouco se sabe: com todos os campos preenchidos, o resultado poderia ser qualquer um de ${low} a ${high}, ${often}.`,
  noRange: 'Não havia caso assim com que aprender; ninguém sabe quanto este número pode errar.',
  quantile: (share, value) => `Em ${share} de 100 casos assim, no máximo ${value}.`,
  allGiven: (low, high, often, learned) =>
    `Todos os campos estão preenchidos. ${learned ? `Com ${learned} para aprender, o` : 'O'} modelo não consegue ser mais preciso que de ${low} a ${high}, ${often}.`,
  trackRecord: (cases, low, high, positives, outcome) =>
    `Histórico: testado em casos que não conhecia, o modelo deu de ${low} a ${high} a ${cases} deles; em ${positives}, confirmou-se ${outcome}.`,
  beyondSeen: (label, minimum, maximum) =>
    `${label} nos dados: de ${minimum} a ${maximum}. Fora dessa faixa, o resultado não é confiável.`,
  unseenCategory: (label) => `${label}: nenhum caso dos dados tem este valor; o resultado não é confiável.`,
  toTheResult: 'Mostrar o resultado',
  copyLink: 'Copiar link',
  linkCopied: 'Link copiado',
  print: 'Imprimir',
  whatWasGiven: 'Dados informados',
  why: 'Por que este resultado',
  raises: 'aumenta',
  lowers: 'diminui',
  raisesFromTo: (from, to) => `sobe de ${from} para ${to}`,
  lowersFromTo: (from, to) => `cai de ${from} para ${to}`,
  start: 'Ponto de partida',
  barsAdd: {
    'log-odds':
      'As barras se somam em logaritmo da razão de chances (log-odds): uma barra do mesmo tamanho muda mais a porcentagem perto de 50% e menos perto de 0% e de 100%.',
    log: 'As barras se somam em logaritmos: uma barra do mesmo tamanho multiplica o resultado pelo mesmo fator.',
    chance: 'As barras se somam até o resultado.',
    value: 'As barras se somam até o resultado.',
    score:
      'As barras se somam até o escore desta classe, em logaritmos. A chance depende também dos escores das outras classes.',
  },
  inUnit: (unit) => `Em ${unit}.`,
  blanksMove:
    'Campos em branco também mudam o resultado: o modelo se baseia então no que é comum em casos com as mesmas respostas.',
  notGivenSum: (count) => (count === 1 ? '1 campo em branco' : `${count} campos em branco`),
  steps: 'Como cada resposta muda a faixa',
  stepsHint: (often) =>
    `Onde o resultado ficaria, ${often}, se tudo fosse conhecido, acrescentando um campo de cada vez.`,
  stepsHintOfOutcome: (level) =>
    `Onde o valor fica em ${level} de cada 100 casos assim, acrescentando um campo de cada vez.`,
  nothingKnown: 'Nenhum dado',
  andColumn: (label) => `+ ${label}`,
  curveOf: (outcome, kind) => (kind === 'chance' ? `Chance de ${outcome}` : `Previsão de ${outcome}`),
  by: 'por',
  curveTitle: (curve, label) => `${curve} por ${midSentence(label)}`,
  curveSummary: (first, firstAnswer, last, lastAnswer) =>
    `A curva vai de ${firstAnswer} em ${first} a ${lastAnswer} em ${last}.`,
  curveHere: (value, answer) => `Este caso: ${answer} em ${value}.`,
  curveReading: (value, answer) => `Em ${value}: ${answer}`,
  curveHint:
    'Os demais dados ficam como informados. Aponte para a curva para ler um valor; clique para usá-lo.',
  bandHint: 'Faixa: onde o resultado ficaria.',
  densityHint: 'Barras embaixo: onde estão os casos dos dados.',
  levelHint: 'Os demais dados ficam como informados. Escolha um valor para usá-lo.',
  levelRows: (rows) => `(${rows} nos dados)`,
  seenRange: (minimum, maximum) => `Nos dados: de ${minimum} a ${maximum}`,
  baseRate: (percent) => `Média nos dados: ${percent}`,
  here: 'Este caso',
  whatItMeans: 'O que o resultado significa',
  definedAs: (outcome, definition) => `${sentenceStart(outcome)}: ${definition}`,
  performance: 'Desempenho do modelo',
  discrimination: (percent) =>
    `Diante de dois casos, um com o desfecho e outro sem, o modelo os ordena corretamente em ${percent} das vezes com todos os campos preenchidos. Ao acaso: 50%.`,
  discriminationOf: (labels, percent, all) =>
    `Diante de dois casos, um com o desfecho e outro sem, o modelo os ordena corretamente em ${percent} das vezes só com ${known(labels)}, e em ${all} com todos os campos. Ao acaso: 50%.`,
  rightClass: (percent) =>
    `Em casos que não conhecia, sua classe mais provável estava certa ${percent} das vezes.`,
  rightClassOf: (labels, percent, all) =>
    `Em casos que não conhecia, sua classe mais provável estava certa ${percent} das vezes só com ${known(labels)}, e ${all} com todos os campos.`,
  meanErrorOf: (labels, error, all) =>
    `Em casos que não conhecia, errou, em média, ${error} só com ${known(labels)}, e ${all} com todos os campos.`,
  meanError: (error) => `Em casos que não conhecia, errou, em média, ${error}.`,
  discriminationAt: (place, percent) =>
    `Em “${place}”: diante de dois casos, um com o desfecho e outro sem, o modelo os ordenou corretamente em ${percent} das vezes. Ao acaso: 50%.`,
  rightClassAt: (place, percent) =>
    `Em “${place}”, sua classe mais provável estava certa ${percent} das vezes.`,
  meanErrorAt: (place, error) => `Em “${place}”, errou, em média, ${error}.`,
  notEvaluated: 'Não foi avaliado: não se sabe quanto acerta.',
  notStated: 'Não informado',
  unstated: {
    population: 'em quem ou em que se baseia',
    intendedUse: 'para que serve',
    notIntendedUse: 'para que não serve',
    sources: 'a fonte dos dados',
    licence: 'a licença dos dados',
  },
  aboutModel: 'Sobre este modelo',
  operations: 'Operação',
  back: 'Voltar ao resultado',
  model: 'Modelo',
  published: (date) => `publicado em ${date}`,
  printed: (date) => `impresso em ${date}`,
  errors: {
    offline: 'Você está sem conexão.',
    unreachable: 'Não foi possível acessar o serviço.',
    failing: 'O serviço não consegue responder agora.',
    refused: 'O serviço não aceitou estes dados.',
  },
  retries: 'Seus dados continuam aqui, e a página tenta de novo automaticamente.',
  forOperator: 'Para o responsável pelo serviço:',
  retry: 'Tentar agora',
};
