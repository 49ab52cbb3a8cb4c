import Fastify from 'fastify';

/** Fastify without settings: it parses JSON and writes it again. */
const app = Fastify();
app.post('/predict', async ({ body }) => body);
await app.listen({ host: '127.0.0.1', port: 0 });
console.log(`http://localhost:${new URL(app.listeningOrigin).port}`);
