// Node's fetch. Usage: node client.mjs URL BODIES LIMIT
const [url, bodies, limit] = process.argv.slice(2);
for (let i = 0; i < bodies; i++) {
  const body = ' '.repeat(limit * (1.1 + (2.9 * i) / bodies));
  const stream = { body: new Blob([body]).stream(), duplex: 'half' };
  try {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, ...(i % 2 ? { body } : stream) });
    console.log(response.status, (await response.json()).type);
  } catch (error) {
    console.log(error.message, error.cause?.code ?? error.cause?.message);
  }
}
