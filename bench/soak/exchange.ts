import { type Agent, type ClientRequest, type OutgoingHttpHeaders, request } from 'node:http';

export interface Reply {
  status: number;
  text: string;
}

/** Posts the body that `send` writes, and reads the answer at the same time. @throws Error if the answer is incomplete or late */
export function exchange(
  url: string,
  { headers, agent = false }: { headers: OutgoingHttpHeaders; agent?: Agent | false },
  send: (outgoing: ClientRequest) => void,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', agent, headers, timeout: 10_000 });
    outgoing.on('error', reject);
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer within 10 s')));
    outgoing.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (text += chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    send(outgoing);
  });
}
