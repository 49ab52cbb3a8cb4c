import type { Language } from '@hearth/artifact';
import type { Fault } from './fields/entries.ts';
import type { TroubleKind } from './trouble.ts';

/** The page's own texts; what a model is about comes with the model. Numbers are handed over as text, formatted. */
export interface Messages {
  languageName: string;
  chooseLanguage: string;
  loading: string;
  form: string;
  notGiven: string;
  allowed(isWhole: boolean, minimum: string, maximum: string, unit: string): string;
  allowedCategories: string;
  fault: Record<Fault, string>;
  slider(label: string): string;
  answer: string;
  chanceOf(outcome: string): string;
  people(count: number, outcome: string): string;
  noAnswer: string;
  beyondSeen(label: string, minimum: string, maximum: string, unit: string): string;
  curveTitle(outcome: string, label: string): string;
  curveSummary(first: string, firstChance: string, last: string, lastChance: string): string;
  curveHere(value: string, chance: string): string;
  chance: string;
  seenRange(minimum: string, maximum: string): string;
  baseRate(percent: string): string;
  you: string;
  whoItIsAbout: string;
  whatItMeans: string;
  whatItDoesNotMean: string;
  howWell: string;
  discrimination(percent: string): string;
  validation(folds: number, repeats: number, auc: string): string;
  model: string;
  published(date: string): string;
  data: string;
  rows(count: string): string;
  trouble: Record<TroubleKind, string>;
  comesBack: string;
  retry: string;
}

/** "Age" becomes "age", and "ST slope" stays. */
const midSentence = (label: string) => label.replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase());

const en: Messages = {
  languageName: 'English',
  chooseLanguage: 'Language',
  loading: 'Loading the model …',
  form: 'What is known',
  notGiven: 'Not given',
  allowed: (isWhole, minimum, maximum, unit) =>
    `Give a ${isWhole ? 'whole ' : ''}number from ${minimum} to ${maximum}${unit && ` ${unit}`}.`,
  allowedCategories: 'Choose one of the list.',
  fault: {
    empty: '',
    'not-a-number': 'This is not a number.',
    'not-whole': 'This is not a whole number.',
    'too-small': 'Too small.',
    'too-large': 'Too large.',
    'not-a-category': 'This is not in the list.',
  },
  slider: (label) => `${label}, slider`,
  answer: 'The chance',
  chanceOf: (outcome) => `chance of ${outcome}`,
  people: (count, outcome) => `Out of 100 such people, ${count} with ${outcome} and ${100 - count} without.`,
  noAnswer: 'The chance appears here as soon as the input is complete.',
  beyondSeen: (label, minimum, maximum, unit) =>
    `${label} in the data: ${minimum} to ${maximum}${unit && ` ${unit}`}. Outside that range the number is only a guess.`,
  curveTitle: (outcome, label) => `Chance of ${outcome} by ${midSentence(label)}`,
  curveSummary: (first, firstChance, last, lastChance) =>
    `The curve goes from ${firstChance} at ${first} to ${lastChance} at ${last}.`,
  curveHere: (value, chance) => `You are at ${value}: ${chance}.`,
  chance: 'Chance',
  seenRange: (minimum, maximum) => `Seen in the data: ${minimum} to ${maximum}`,
  baseRate: (percent) => `Average: ${percent}`,
  you: 'You',
  whoItIsAbout: 'Who it is about',
  whatItMeans: 'What the number means',
  whatItDoesNotMean: 'What it does not mean',
  howWell: 'How well it does',
  discrimination: (percent) =>
    `Of two people from the data, one with and one without the finding, it gives the higher chance to the right one ${percent} of the time. Tossing a coin: 50%.`,
  validation: (folds, repeats, auc) => `AUC ${auc}, ${repeats} × ${folds}-fold cross-validation`,
  model: 'Model',
  published: (date) => `published ${date}`,
  data: 'Data',
  rows: (count) => `${count} people`,
  trouble: {
    unreachable: 'The service cannot be reached.',
    failing: 'The service has a problem.',
    refused: 'The service refused this input.',
  },
  comesBack: 'Nothing is lost: the page keeps trying, and the answer comes back by itself.',
  retry: 'Try again now',
};

const ptBR: Messages = {
  languageName: 'Português',
  chooseLanguage: 'Idioma',
  loading: 'Carregando o modelo …',
  form: 'O que se sabe',
  notGiven: 'Não informado',
  allowed: (isWhole, minimum, maximum, unit) =>
    `Informe um número ${isWhole ? 'inteiro ' : ''}de ${minimum} a ${maximum}${unit && ` ${unit}`}.`,
  allowedCategories: 'Escolha um item da lista.',
  fault: {
    empty: '',
    'not-a-number': 'Isto não é um número.',
    'not-whole': 'Este número não é inteiro.',
    'too-small': 'Pequeno demais.',
    'too-large': 'Grande demais.',
    'not-a-category': 'Isto não está na lista.',
  },
  slider: (label) => `${label}, controle deslizante`,
  answer: 'A chance',
  chanceOf: (outcome) => `de chance de ${outcome}`,
  people: (count, outcome) => `De 100 pessoas assim, ${count} com ${outcome} e ${100 - count} sem.`,
  noAnswer: 'A chance aparece aqui assim que os dados estiverem completos.',
  beyondSeen: (label, minimum, maximum, unit) =>
    `${label} nos dados: de ${minimum} a ${maximum}${unit && ` ${unit}`}. Fora dessa faixa, o número é só um palpite.`,
  curveTitle: (outcome, label) => `Chance de ${outcome} por ${midSentence(label)}`,
  curveSummary: (first, firstChance, last, lastChance) =>
    `A curva vai de ${firstChance} em ${first} a ${lastChance} em ${last}.`,
  curveHere: (value, chance) => `Você está em ${value}: ${chance}.`,
  chance: 'Chance',
  seenRange: (minimum, maximum) => `Visto nos dados: de ${minimum} a ${maximum}`,
  baseRate: (percent) => `Média: ${percent}`,
  you: 'Você',
  whoItIsAbout: 'De quem se trata',
  whatItMeans: 'O que o número significa',
  whatItDoesNotMean: 'O que ele não significa',
  howWell: 'Quanto ele acerta',
  discrimination: (percent) =>
    `De duas pessoas dos dados, uma com e outra sem o achado, ele dá a chance maior à pessoa certa em ${percent} das vezes. Cara ou coroa: 50%.`,
  validation: (folds, repeats, auc) => `AUC ${auc}, validação cruzada de ${repeats} × ${folds} partes`,
  model: 'Modelo',
  published: (date) => `publicado em ${date}`,
  data: 'Dados',
  rows: (count) => `${count} pessoas`,
  trouble: {
    unreachable: 'O serviço está fora de alcance.',
    failing: 'O serviço está com um problema.',
    refused: 'O serviço recusou estes dados.',
  },
  comesBack: 'Nada se perde: a página continua tentando, e a resposta volta sozinha.',
  retry: 'Tentar agora',
};

export const messages: Record<Language, Messages> = { en, 'pt-BR': ptBR };
