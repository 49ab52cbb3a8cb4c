import Fastify from 'fastify';

/** Fastify with nothing to predict by: what any server on it costs at least. */
const app = Fastify();
app.post('/predict', async () => ({ probability: 0.5 }));
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
