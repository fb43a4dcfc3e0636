// The jobs of EngineBench on BullMQ, which keeps them in Redis alone: npm install bullmq@6.7.0 ioredis; node bullmq.mjs PORT
import { FlowProducer, Queue, QueueEvents, Worker } from 'bullmq';

const connection = { host: '127.0.0.1', port: Number(process.argv[2] ?? 6379), maxRetriesPerRequest: null };
const jobs = 10_000;
const rate = (n, since) => Math.round(n / ((performance.now() - since) / 1000));

async function noOp() {
  const queue = new Queue('noop', { connection });
  let left = jobs;
  let start = performance.now();
  await Promise.all(Array.from({ length: 16 }, async () => {
    while (left-- > 0) await queue.add('noop', { n: 1 });
  }));
  const added = rate(jobs, start);
  start = performance.now();
  let done = 0;
  await new Promise((resolve) => {
    const worker = new Worker('noop', async () => 1, { connection, concurrency: 200 });
    worker.on('completed', () => { if (++done === jobs) worker.close().then(resolve); });
  });
  console.log(`no-op: ${added} added/s, then ${rate(jobs, start)} jobs/s drained`);
  await queue.obliterate({ force: true });
  await queue.close();
}

async function fanOut() {
  const flow = new FlowProducer({ connection });
  const workers = ['child', 'parent'].map((name) => new Worker(name, async () => 1, { connection, concurrency: 200 }));
  const events = new QueueEvents('parent', { connection });
  await events.waitUntilReady();
  const times = [];
  for (let i = 0; i < 5; i++) {
    const start = performance.now();
    const tree = await flow.add({
      name: 'parent', queueName: 'parent',
      children: Array.from({ length: 1_000 }, () => ({ name: 'child', queueName: 'child' })),
    });
    await tree.job.waitUntilFinished(events);
    times.push(performance.now() - start);
  }
  console.log(`fan-out of 1,000 and join: ${times.map((ms) => Math.round(ms)).join(', ')} ms`);
  await Promise.all([...workers, events, flow].map((part) => part.close()));
}

for (let i = 0; i < 3; i++) await noOp();
await fanOut();
