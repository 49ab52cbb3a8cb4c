import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';

/** The limit of gRPC on HTTP/2 of Node: it answers each call with an empty message, and reads no message. */
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
