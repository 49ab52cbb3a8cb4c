import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';

/** HTTP/2 of Node without anything else: it answers each call of gRPC with an empty message, and reads none. The limit of a server on it. */
const message = Buffer.alloc(5);
const server = createServer();
server.on('stream', (stream) => {
  stream.resume().on('end', () => {
    stream.respond({ 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(message);
  });
});
server.listen(0, '127.0.0.1', () => {
  console.log(`http://localhost:${(server.address() as AddressInfo).port}`);
});
