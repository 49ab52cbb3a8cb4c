import type { Language } from '@hearth/artifact';
import { answerWords } from '../messages/answer-words.ts';

/** The texts of the predictor on other people's pages. */
const en = {
  ...answerWords.en,
  check: 'Check this value.',
  required: 'Required.',
  guess: 'No case in the data is like this: the result is not reliable.',
  needed: 'Fill in the required fields to see the result.',
  more: 'All fields and reasons',
  noReply: 'The prediction service cannot be reached.',
  noSource: 'This element needs an attribute src with the address of a Hearth server.',
};

const ptBR: typeof en = {
  ...answerWords['pt-BR'],
  check: 'Confira este valor.',
  required: 'Obrigatório.',
  guess: 'Nenhum caso nos dados é como este: o resultado não é confiável.',
  needed: 'Preencha os campos obrigatórios para ver o resultado.',
  more: 'Todos os campos e razões',
  noReply: 'Não foi possível acessar o serviço de previsão.',
  noSource: 'Este elemento precisa de um atributo src com o endereço de um servidor Hearth.',
};

export const embedMessages: Record<Language, typeof en> = { en, 'pt-BR': ptBR };
export type EmbedMessages = typeof en;
