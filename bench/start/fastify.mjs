import Fastify from 'fastify';

/** Fastify without a model: the minimum for any server that uses it. */
const app = Fastify();
app.post('/predict', async () => ({ probability: 0.5 }));
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
