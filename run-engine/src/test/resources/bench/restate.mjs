// The jobs of EngineBench and WaitBench on Restate, server and handlers on this machine:
//   npm install --no-save @restatedev/restate-server@1.7.12 @restatedev/restate-sdk@1.17.2 @restatedev/restate-sdk-clients@1.17.2
//   node restate.mjs   (Node 22 or later)
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as restate from '@restatedev/restate-sdk';
import * as clients from '@restatedev/restate-sdk-clients';

const jobs = 5_000;
const children = 1_000;
const ingressUrl = 'http://127.0.0.1:8080';

let ended = 0;
let wake = () => {};
const awakeables = [];
const noop = restate.service({
  name: 'noop',
  handlers: {
    run: async () => {
      if (++ended % jobs === 0) wake();
      return 1;
    },
    child: async () => 1,
  },
});
const waits = restate.service({
  name: 'waits',
  handlers: {
    /** Sleeps; returns how late it went on, in milliseconds. */
    timer: async (ctx, ms) => {
      const due = await ctx.run(() => Date.now() + ms);
      await ctx.sleep(due - Date.now());
      return Date.now() - due;
    },
    /** Waits until somebody completes it; returns when it went on. */
    token: async (ctx) => {
      const { id, promise } = ctx.awakeable();
      awakeables.push(id);
      wake();
      await promise;
      return performance.now();
    },
    fanOut: async (ctx, n) => {
      const calls = Array.from({ length: n }, () => ctx.serviceClient(noop).child());
      return (await restate.RestatePromise.all(calls)).length;
    },
  },
});

function quantiles(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (q) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))].toFixed(1);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms of ${sorted.length}`;
}

async function noOps(ingress) {
  let left = jobs;
  const all = new Promise((resolve) => (wake = resolve));
  const start = performance.now();
  await Promise.all(Array.from({ length: 16 }, async () => {
    while (left-- > 0) await ingress.serviceSendClient(noop).run();
  }));
  const sent = performance.now();
  await all;
  const rate = (end) => Math.round(jobs / ((end - start) / 1000));
  console.log(`no-op: ${rate(sent)} sent/s while it drains, ${rate(performance.now())} ended/s`);
}

async function timers(ingress) {
  const lateness = await Promise.all(Array.from({ length: 1_000 }, async (_, i) => {
    await new Promise((resolve) => setTimeout(resolve, i * 10));
    return ingress.serviceClient(waits).timer(1_000);
  }));
  console.log(`wait until a time, one every 10 ms: ${quantiles(lateness)}`);
}

async function tokens(ingress) {
  const times = [];
  for (let i = 0; i < 1_000; i++) {
    const waiting = new Promise((resolve) => (wake = resolve));
    const resumed = ingress.serviceClient(waits).token();
    await waiting;
    const completed = performance.now();
    await ingress.resolveAwakeable(awakeables.pop(), 1);
    times.push((await resumed) - completed);
  }
  console.log(`awakeable, from the call that resolves it to the resumed handler: ${quantiles(times)}`);
}

async function fanOuts(ingress) {
  const times = [];
  for (let i = 0; i < 7; i++) {
    const start = performance.now();
    await ingress.serviceClient(waits).fanOut(children);
    times.push(performance.now() - start);
  }
  console.log(`fan-out of ${children} and join: ${times.map((ms) => Math.round(ms)).join(', ')} ms`);
}

async function register() {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const answer = await fetch('http://127.0.0.1:9070/deployments', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ uri: 'http://127.0.0.1:9080' }),
    }).catch((error) => error);
    if (answer.ok) return;
    if (Date.now() > deadline) throw new Error('Restate did not come up', { cause: answer });
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

const folder = mkdtempSync(join(tmpdir(), 'restate-'));
const server = spawn('node_modules/.bin/restate-server', ['--base-dir', folder], {
  stdio: 'ignore',
  env: { ...process.env, RESTATE_DISABLE_TELEMETRY: 'true', RESTATE_BIND_ADDRESS: '127.0.0.1:5122' },
});
try {
  await restate.serve({ services: [noop, waits], port: 9080, logger: () => {} });
  await register();
  const ingress = clients.connect({ url: ingressUrl });
  for (let i = 0; i < 3; i++) await noOps(ingress);
  await timers(ingress);
  await tokens(ingress);
  await fanOuts(ingress);
} finally {
  server.kill();
  await once(server, 'exit');
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
