import type { Language, PublicEntry } from '@hearth/artifact';

/** The texts of the operations view. */
export interface OpsMessages {
  title: string;
  instance(id: string, since: string): string;
  severalInstances(count: string): string;
  oneInstance: string;
  updated(time: string): string;
  inProduction: string;
  serving: string;
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
  spansFrom: string;
  spansTo: string;
  comparison: string;
  champion: string;
  challenger: string;
  published(date: string): string;
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
  actions: Record<PublicEntry['action'], string>;
  noJournal: string;
  refusals: string;
  noRefusals: string;
  degraded(version: string): string;
  down: string;
  unreadable: string;
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
  serving: 'Serving now',
  servedSince: (time) => `since ${time}`,
  noChampion: 'No model is in production.',
  requests: 'Requests',
  perSecond: (rate) => `${rate}/s`,
  inSeconds: (requests, seconds) => `${requests} in the last ${seconds} s`,
  failures: 'Failed',
  refusedInput: (count) => `and ${count} refused as bad input`,
  latency: 'Median answer time',
  latencyRest: (p95, p99) => `p95 ${p95} · p99 ${p99}`,
  milliseconds: (value) => `${value} ms`,
  noRequests: 'nothing asked yet',
  spans: (most) => `Requests in spans of 10 s; the highest is ${most}.`,
  spansFrom: '5 minutes ago',
  spansTo: 'now',
  comparison: 'Champion and challenger',
  champion: 'Champion, in production',
  challenger: 'Challenger, newest not in production',
  published: (date) => `published ${date}`,
  noChallenger: 'There is no other version.',
  score: 'Score',
  instances: 'Instances seen from here',
  instanceName: 'Instance',
  since: 'Since',
  version: 'Version',
  journal: 'Journal',
  time: 'Time',
  what: 'Event',
  before: 'Previous',
  actions: {
    publish: 'published',
    promote: 'promoted',
    refuse: 'kept out by the gate',
    rollback: 'rolled back to',
    found: 'found in production',
    prune: 'removed',
  },
  noJournal: 'Nothing has happened yet.',
  refusals: 'Refused models',
  noRefusals: 'None since this instance started.',
  degraded: (version) => `Degraded: ${version} answers.`,
  down: 'No model answers.',
  unreadable: 'Not all of it can be read:',
};

const ptBR: OpsMessages = {
  title: 'Operação',
  instance: (id, since) => `Instância ${id}, em funcionamento desde ${since}.`,
  severalInstances: (count) =>
    `${count} instâncias responderam aqui, uma por vez; cada uma conta só as suas requisições. Os números são da que respondeu por último.`,
  oneInstance:
    'Só esta instância respondeu aqui até agora; pode haver outras. Ela conta só as suas próprias requisições.',
  updated: (time) => `Atualizado em ${time}.`,
  inProduction: 'Em produção',
  serving: 'Respondendo agora',
  servedSince: (time) => `desde ${time}`,
  noChampion: 'Nenhum modelo está em produção.',
  requests: 'Requisições',
  perSecond: (rate) => `${rate}/s`,
  inSeconds: (requests, seconds) => `${requests} nos últimos ${seconds} s`,
  failures: 'Falhas',
  refusedInput: (count) => `e ${count} recusadas por dados inválidos`,
  latency: 'Tempo mediano de resposta',
  latencyRest: (p95, p99) => `p95 ${p95} · p99 ${p99}`,
  milliseconds: (value) => `${value} ms`,
  noRequests: 'nenhuma requisição ainda',
  spans: (most) => `Requisições a cada 10 s; o máximo é ${most}.`,
  spansFrom: 'há 5 minutos',
  spansTo: 'agora',
  comparison: 'Campeão e desafiante',
  champion: 'Campeão, em produção',
  challenger: 'Desafiante, o mais novo fora de produção',
  published: (date) => `publicado em ${date}`,
  noChallenger: 'Não há outra versão.',
  score: 'Métrica',
  instances: 'Instâncias vistas daqui',
  instanceName: 'Instância',
  since: 'Desde',
  version: 'Versão',
  journal: 'Histórico',
  time: 'Quando',
  what: 'Evento',
  before: 'Anterior',
  actions: {
    publish: 'publicada',
    promote: 'promovida',
    refuse: 'barrada na promoção',
    rollback: 'restaurada',
    found: 'encontrada em produção',
    prune: 'removida',
  },
  noJournal: 'Nada foi registrado ainda.',
  refusals: 'Modelos recusados',
  noRefusals: 'Nenhum desde o início desta instância.',
  degraded: (version) => `Operação degradada: ${version} responde.`,
  down: 'Nenhum modelo responde.',
  unreadable: 'Nem tudo pode ser lido:',
};

export const opsMessages: Record<Language, OpsMessages> = { en, 'pt-BR': ptBR };
