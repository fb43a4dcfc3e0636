// The jobs of EngineBench and WaitBench on Conductor: a workflow of one no-op task, and one that forks and joins.
// The server (see docs/internals/figures.md) keeps everything in PostgreSQL. node conductor.mjs PORT
const api = `http://127.0.0.1:${process.argv[2] ?? 8081}/api`;
const jobs = 1_000;
const children = 1_000;

async function call(method, path, body) {
  const answer = await fetch(api + path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text;
}

const workflow = (name, tasks) => ({
  name, version: 1, schemaVersion: 2, ownerEmail: 'bench@example.com', timeoutPolicy: 'ALERT_ONLY', timeoutSeconds: 0, tasks,
});
const forks = [
  {
    name: 'fork', taskReferenceName: 'fork', type: 'FORK_JOIN_DYNAMIC',
    inputParameters: { tasks: '${workflow.input.tasks}', inputs: '${workflow.input.inputs}' },
    dynamicForkTasksParam: 'tasks', dynamicForkTasksInputParamName: 'inputs',
  },
  { name: 'join', taskReferenceName: 'join', type: 'JOIN' },
];

/** Polls and completes tasks until told to stop, as a warm worker does. */
function work() {
  const worker = { done: 0, stopped: false };
  worker.ended = Promise.all(Array.from({ length: 4 }, async () => {
    while (!worker.stopped) {
      const tasks = await call('GET', '/tasks/poll/batch/noop?count=50&timeout=50&workerid=bench');
      await Promise.all(tasks.map(({ taskId, workflowInstanceId }) =>
        call('POST', '/tasks', { taskId, workflowInstanceId, status: 'COMPLETED', outputData: { n: 1 } })));
      worker.done += tasks.length;
    }
  }));
  return worker;
}

async function until(condition) {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function noOps() {
  let left = jobs;
  let start = performance.now();
  await Promise.all(Array.from({ length: 16 }, async () => {
    while (left-- > 0) await call('POST', '/workflow/noop', { n: 1 });
  }));
  const rate = () => Math.round(jobs / ((performance.now() - start) / 1000));
  const started = rate();
  start = performance.now();
  const worker = work();
  await until(() => worker.done >= jobs);
  console.log(`no-op: ${started} started/s, then ${rate()} ended/s`);
  worker.stopped = true;
  await worker.ended;
}

async function fanOuts() {
  const tasks = Array.from({ length: children }, (_, i) => ({ name: 'noop', taskReferenceName: `child${i}`, type: 'SIMPLE' }));
  const inputs = Object.fromEntries(tasks.map((task) => [task.taskReferenceName, { n: 1 }]));
  const worker = work();
  const times = [];
  for (let i = 0; i < 3; i++) {
    const start = performance.now();
    const id = await call('POST', '/workflow/fan-out', { tasks, inputs });
    await until(async () => (await call('GET', `/workflow/${id}?includeTasks=false`)).status === 'COMPLETED');
    times.push(performance.now() - start);
  }
  console.log(`fan-out of ${children} and join: ${times.map((ms) => Math.round(ms)).join(', ')} ms`);
  worker.stopped = true;
  await worker.ended;
}

await call('POST', '/metadata/taskdefs', [{ name: 'noop', ownerEmail: 'bench@example.com', retryCount: 0, timeoutSeconds: 600, responseTimeoutSeconds: 600 }]);
await call('PUT', '/metadata/workflow', [
  workflow('noop', [{ name: 'noop', taskReferenceName: 'noop', type: 'SIMPLE' }]),
  workflow('fan-out', forks),
]);
for (let i = 0; i < 3; i++) await noOps();
await fanOuts();
