import type { Language } from '@hearth/artifact';

/** The texts of an answer, on the page and on other people's pages. */
const en = {
  basedOn: 'Based on',
  notGiven: 'Not given',
  chanceOf: (outcome: string) => `chance of ${outcome}`,
  estimated: (isEmpty: boolean): string =>
    isEmpty ? 'best estimate with nothing entered' : 'best estimate from what is entered',
  range: (low: string, high: string) => `${low} to ${high}`,
  /** Of a probability such as 0.9. */
  often: (times: string) => `${times} times in 10`,
  interval: (low: string, high: string, often: string) =>
    `With every field filled in, the result would be between ${low} and ${high}, ${often}.`,
  outcomeInterval: (low: string, high: string, level: string) =>
    `In ${level} of 100 cases like this, with as many fields filled in, the value is between ${low} and ${high}.`,
};

const ptBR: typeof en = {
  basedOn: 'Baseado em',
  notGiven: 'Não informado',
  chanceOf: (outcome) => `de chance de ${outcome}`,
  estimated: (isEmpty) =>
    isEmpty ? 'melhor estimativa sem nenhum dado' : 'melhor estimativa com o que foi informado',
  range: (low, high) => `${low} a ${high}`,
  often: (times) => `${times} vezes em 10`,
  interval: (low, high, often) =>
    `Com todos os campos preenchidos, o resultado ficaria entre ${low} e ${high}, ${often}.`,
  outcomeInterval: (low, high, level) =>
    `Em ${level} de cada 100 casos como este, com a mesma quantidade de campos preenchidos, o valor fica entre ${low} e ${high}.`,
};

export const answerWords: Record<Language, typeof en> = { en, 'pt-BR': ptBR };
