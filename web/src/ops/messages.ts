import type { Language } from '@hearth/artifact';
import type { JournalEntry } from './status.ts';

/** The texts of the operations view. */
export interface OpsMessages {
  title: string;
  instance(id: string, since: string): string;
  severalInstances(count: string): string;
  oneInstance: string;
  updated(time: string): string;
  inProduction: string;
  servedSince(time: string): string;
  noChampion: string;
  requests: string;
  perSecond(rate: string): string;
  inSeconds(requests: string, seconds: string): string;
  failures: string;
  refusedInput(count: string): string;
  latency: string;
  latencyRest(p95: string, p99: string): string;
  milliseconds(value: string): string;
  noRequests: string;
  spans(most: string): string;
  comparison: string;
  champion: string;
  challenger: string;
  noChallenger: string;
  score: string;
  instances: string;
  instanceName: string;
  since: string;
  version: string;
  journal: string;
  time: string;
  what: string;
  before: string;
  actions: Record<JournalEntry['action'], string>;
  noJournal: string;
  refusals: string;
  noRefusals: string;
  refusedNow: string;
}

const en: OpsMessages = {
  title: 'Operations',
  instance: (id, since) => `Instance ${id}, running since ${since}.`,
  severalInstances: (count) =>
    `${count} instances have answered here in turn; each counts only its own requests. The figures are those of the one that answered last.`,
  oneInstance:
    'Only this instance has answered here so far; there may be others. It counts only its own requests.',
  updated: (time) => `Updated ${time}.`,
  inProduction: 'In production',
  servedSince: (time) => `since ${time}`,
  noChampion: 'No model is in production.',
  requests: 'Requests for answers',
  perSecond: (rate) => `${rate}/s`,
  inSeconds: (requests, seconds) => `${requests} in the last ${seconds} s`,
  failures: 'Failed',
  refusedInput: (count) => `and ${count} refused as bad input`,
  latency: 'Median answer time',
  latencyRest: (p95, p99) => `p95 ${p95} · p99 ${p99}`,
  milliseconds: (value) => `${value} ms`,
  noRequests: 'nothing asked yet',
  spans: (most) => `Requests in spans of 10 s over the last 5 minutes; the highest is ${most}.`,
  comparison: 'Champion and challenger',
  champion: 'Champion, in production',
  challenger: 'Challenger, newest not in production',
  noChallenger: 'There is no other version.',
  score: 'Score',
  instances: 'Instances seen from here',
  instanceName: 'Instance',
  since: 'Since',
  version: 'Version',
  journal: 'Journal',
  time: 'Time',
  what: 'What happened',
  before: 'Before it',
  actions: {
    publish: 'published',
    promote: 'promoted',
    rollback: 'rolled back to',
    found: 'found in production',
    prune: 'removed',
  },
  noJournal: 'Nothing is written yet.',
  refusals: 'Refused models',
  noRefusals: 'None since this instance began.',
  refusedNow: 'What the alias names is refused; the last good model goes on answering.',
};

const ptBR: OpsMessages = {
  title: 'Operação',
  instance: (id, since) => `Instância ${id}, em funcionamento desde ${since}.`,
  severalInstances: (count) =>
    `${count} instâncias responderam aqui, uma por vez; cada uma conta só os seus pedidos. Os números são da que respondeu por último.`,
  oneInstance:
    'Só esta instância respondeu aqui até agora; pode haver outras. Ela conta só os seus próprios pedidos.',
  updated: (time) => `Atualizado em ${time}.`,
  inProduction: 'Em produção',
  servedSince: (time) => `desde ${time}`,
  noChampion: 'Nenhum modelo está em produção.',
  requests: 'Pedidos de resposta',
  perSecond: (rate) => `${rate}/s`,
  inSeconds: (requests, seconds) => `${requests} nos últimos ${seconds} s`,
  failures: 'Falhas',
  refusedInput: (count) => `e ${count} recusados por dados ruins`,
  latency: 'Tempo mediano de resposta',
  latencyRest: (p95, p99) => `p95 ${p95} · p99 ${p99}`,
  milliseconds: (value) => `${value} ms`,
  noRequests: 'nada pedido ainda',
  spans: (most) => `Pedidos a cada 10 s nos últimos 5 minutos; o máximo é ${most}.`,
  comparison: 'Campeão e desafiante',
  champion: 'Campeão, em produção',
  challenger: 'Desafiante, o mais novo fora de produção',
  noChallenger: 'Não há outra versão.',
  score: 'Medida',
  instances: 'Instâncias vistas daqui',
  instanceName: 'Instância',
  since: 'Desde',
  version: 'Versão',
  journal: 'Diário',
  time: 'Quando',
  what: 'O que houve',
  before: 'Antes dela',
  actions: {
    publish: 'publicada',
    promote: 'promovida',
    rollback: 'restaurada',
    found: 'encontrada em produção',
    prune: 'removida',
  },
  noJournal: 'Nada foi escrito ainda.',
  refusals: 'Modelos recusados',
  noRefusals: 'Nenhum desde que esta instância começou.',
  refusedNow: 'O que o nome de produção indica foi recusado; o último modelo bom continua respondendo.',
};

export const opsMessages: Record<Language, OpsMessages> = { en, 'pt-BR': ptBR };
