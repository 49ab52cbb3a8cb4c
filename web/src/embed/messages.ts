import type { Language } from '@hearth/artifact';

/** The texts of the predictor on other people's pages. */
const en = {
  basedOn: 'Based on',
  notGiven: 'Not given',
  yes: 'Yes',
  no: 'No',
  check: 'Check this value.',
  required: 'Required.',
  chanceOf: (outcome: string) => `chance of ${outcome}`,
  onAverage: (number: string) => `${number} on average, from what is entered.`,
  range: (low: string, high: string, level: string) =>
    `With every field filled in, the result would be between ${low} and ${high} in ${level} of cases.`,
  outcome: (low: string, high: string, level: string) =>
    `In ${level} of cases like this, the value is between ${low} and ${high}.`,
  guess: 'No case in the data is like this: the result is not reliable.',
  needed: 'Fill in the required fields to see the result.',
  more: 'All fields and reasons',
  noReply: 'The prediction service cannot be reached.',
  noSource: 'This element needs an attribute src with the address of a Hearth server.',
};

const ptBR: typeof en = {
  basedOn: 'Baseado em',
  notGiven: 'Não informado',
  yes: 'Sim',
  no: 'Não',
  check: 'Confira este valor.',
  required: 'Obrigatório.',
  chanceOf: (outcome) => `de chance de ${outcome}`,
  onAverage: (number) => `${number} em média, com o que foi preenchido.`,
  range: (low, high, level) =>
    `Com todos os campos preenchidos, o resultado ficaria entre ${low} e ${high} em ${level} dos casos.`,
  outcome: (low, high, level) => `Em ${level} dos casos como este, o valor fica entre ${low} e ${high}.`,
  guess: 'Nenhum caso nos dados é como este: o resultado não é confiável.',
  needed: 'Preencha os campos obrigatórios para ver o resultado.',
  more: 'Todos os campos e razões',
  noReply: 'Não foi possível acessar o serviço de previsão.',
  noSource: 'Este elemento precisa de um atributo src com o endereço de um servidor Hearth.',
};

export const embedMessages: Record<Language, typeof en> = { en, 'pt-BR': ptBR };
export type EmbedMessages = typeof en;
