// Drives every operation of the unmodified official client against a live server and checks what comes back. The list
// of operations is the client's own list of exports: one that is neither driven nor excused below fails.
import * as sdk from "@trigger.dev/sdk";
import { apiClientManager } from "@trigger.dev/core/v3";

const [url, key] = process.argv.slice(2);
sdk.configure({ baseURL: url, accessToken: key });
const api = apiClientManager.clientOrThrow();

// Objects of the client whose members call the server, and those of their members that do not, or not here.
const OBJECTS = ["tasks", "batch", "runs", "runs.bulk", "wait", "schedules", "queues", "tags", "idempotencyKeys", "metadata"];
const EXCUSED = new Map([
  ["tasks.onStart", "hook of a task"],
  ["tasks.onStartAttempt", "hook of a task"],
  ["tasks.onFailure", "hook of a task"],
  ["tasks.onSuccess", "hook of a task"],
  ["tasks.onComplete", "hook of a task"],
  ["tasks.onWait", "hook of a task"],
  ["tasks.onResume", "hook of a task"],
  ["tasks.onCancel", "hook of a task"],
  ["tasks.handleError", "hook of a task"],
  ["tasks.catchError", "hook of a task"],
  ["tasks.middleware", "hook of a task"],
  ["tasks.triggerAndWait", "runs inside a task only; its call is driven as triggerForParent"],
  ["tasks.batchTriggerAndWait", "runs inside a task only; its calls are driven as batchForParent"],
  ["tasks.triggerAndSubscribe", "runs inside a task only, and is realtime"],
  ["batch.triggerAndWait", "runs inside a task only; its calls are driven as batchForParent"],
  ["batch.triggerByTaskAndWait", "runs inside a task only; its calls are driven as batchForParent"],
  ["runs.subscribeToRun", "realtime"],
  ["runs.subscribeToRunsWithTag", "realtime"],
  ["runs.subscribeToBatch", "realtime"],
  ["runs.fetchStream", "streams"],
  ["wait.for", "runs inside a task only; its call is driven as waitForDuration"],
  ["wait.until", "runs inside a task only; its call is driven as waitForDuration"],
  ["wait.forToken", "runs inside a task only; its call is driven as waitForToken"],
  ["schedules.task", "defines a task"],
  ["tags.add", "runs inside a task only; its call is driven as addTags"],
  ["metadata.current", "reads memory"],
  ["metadata.get", "reads memory"],
  ["metadata.set", "writes memory; what is sent is driven as updateRunMetadata"],
  ["metadata.del", "writes memory; what is sent is driven as updateRunMetadata"],
  ["metadata.append", "writes memory; what is sent is driven as updateRunMetadata"],
  ["metadata.remove", "writes memory; what is sent is driven as updateRunMetadata"],
  ["metadata.increment", "writes memory; what is sent is driven as updateRunMetadata"],
  ["metadata.decrement", "writes memory; what is sent is driven as updateRunMetadata"],
  ["metadata.replace", "writes memory; what is sent is driven as updateRunMetadata"],
  ["metadata.save", "runs inside a task only; its call is driven as updateRunMetadata"],
  ["metadata.flush", "runs inside a task only; its call is driven as updateRunMetadata"],
  ["metadata.refresh", "runs inside a task only; its call is driven as getRunMetadata"],
  ["metadata.stream", "streams"],
  ["metadata.fetchStream", "streams"],
  ["metadata.parent", "writes memory"],
  ["metadata.root", "writes memory"],
]);
// Exports that call the server but are about something else, or nothing of it.
const OTHER_OBJECTS = new Map([
  ["auth", "covered by the script of credentials"],
  ["deployments", "covered by the script of deployments"],
  ["envvars", "covered by the script of deployments"],
  ["concurrencyLimits", "named limits, which this server does not offer"],
  ["heartbeats", "runs inside a task only"],
  ["locals", "memory of a task"],
  ["logger", "log of a task"],
  ["otel", "traces of a task"],
  ["prompts", "prompts"],
  ["providerProducers", "webhook sources"],
  ["query", "query"],
  ["retry", "retries of a task"],
  ["sessions", "sessions"],
  ["skills", "defines skills"],
  ["streams", "streams"],
  ["timeout", "constants"],
  ["usage", "reads memory"],
  ["webhookSources", "webhook sources"],
  ["webhooks", "webhooks"],
]);

const member = (path) => path.split(".").reduce((object, name) => object[name], sdk);
const names = OBJECTS.flatMap((path) =>
  Object.keys(member(path))
    .map((name) => `${path}.${name}`)
    .filter((name) => !OBJECTS.includes(name)),
);
const unknownObjects = Object.entries(sdk)
  .filter(([, value]) => typeof value === "object" && value !== null)
  .map(([name]) => name)
  .filter((name) => !OBJECTS.includes(name) && !OTHER_OBJECTS.has(name));

const driven = [];
const failures = [];
function check(condition, what) {
  if (!condition) {
    throw new Error(`unexpected: ${what}`);
  }
}
async function drive(name, action) {
  driven.push(name);
  try {
    return await action();
  } catch (error) {
    failures.push(`${name}: ${error.status ?? ""} ${error.message}`);
    return undefined;
  }
}
async function collect(page) {
  const all = [];
  for await (const item of page) {
    all.push(item);
  }
  return all;
}
const unique = `c${process.hrtime.bigint()}`;
const delayed = { delay: "1h", tags: [unique] };

// Runs.
const run = await drive("tasks.trigger", async () => {
  const handle = await sdk.tasks.trigger("hello-world", { name: "Ada" }, { tags: [unique], metadata: { n: 1 } });
  check(handle.id.startsWith("run_") && handle.publicAccessToken.split(".").length === 3, JSON.stringify(handle));
  return handle;
});
await drive("runs.poll", async () => {
  const done = await sdk.runs.poll(run.id, { pollIntervalMs: 300 });
  check(done.status === "COMPLETED" && done.output.message === "Hello, Ada!", JSON.stringify(done));
});
await drive("runs.retrieve", async () => {
  const shown = await sdk.runs.retrieve(run.id);
  check(shown.tags[0] === unique && shown.metadata.n === 1 && shown.triggerFunction === "trigger", JSON.stringify(shown));
});
await drive("runs.list", async () => {
  const listed = await collect(sdk.runs.list({ tag: unique, status: "COMPLETED", limit: 1 }));
  check(listed.length === 1 && listed[0].id === run.id, JSON.stringify(listed));
});
await drive("runs.replay", async () => {
  const again = await sdk.runs.replay(run.id);
  check(again.id !== run.id, again.id);
});
const later = await sdk.tasks.trigger("hello-world", { name: "later" }, delayed);
await drive("runs.reschedule", async () => {
  const moved = await sdk.runs.reschedule(later.id, { delay: new Date("2030-01-01T00:00:00Z") });
  check(moved.delayedUntil.getTime() === Date.UTC(2030, 0, 1) && moved.status === "DELAYED", JSON.stringify(moved));
});
await drive("runs.cancel", async () => {
  await sdk.runs.cancel(later.id);
  check((await sdk.runs.retrieve(later.id)).status === "CANCELED", later.id);
});
await drive("debounce", async () => {
  const debounce = { key: unique, delay: "1h", mode: "trailing" };
  const first = await sdk.tasks.trigger("hello-world", { name: "1" }, { debounce });
  const second = await sdk.tasks.trigger("hello-world", { name: "2" }, { debounce });
  check(first.id === second.id && (await sdk.runs.retrieve(first.id)).payload.name === "2", first.id);
  await sdk.runs.cancel(first.id);
});
await drive("idempotencyKeys.create", async () => {
  const once = await sdk.idempotencyKeys.create(unique, { scope: "global" });
  const first = await sdk.tasks.trigger("hello-world", { name: "1" }, { ...delayed, idempotencyKey: once });
  const second = await sdk.tasks.trigger("hello-world", { name: "2" }, { ...delayed, idempotencyKey: once });
  check(first.id === second.id && second.isCached, JSON.stringify(second));
});
await drive("idempotencyKeys.reset", async () => {
  const once = await sdk.idempotencyKeys.create(unique, { scope: "global" });
  const before = await sdk.tasks.trigger("hello-world", { name: "1" }, { ...delayed, idempotencyKey: once });
  await sdk.idempotencyKeys.reset("hello-world", once);
  const after = await sdk.tasks.trigger("hello-world", { name: "1" }, { ...delayed, idempotencyKey: once });
  check(before.id !== after.id, after.id);
});

// What a task's own client calls.
await drive("addTags", async () => {
  const answer = await api.addTags(run.id, { tags: ["more"] });
  check(answer.message === "Successfully set 1 new tags.", JSON.stringify(answer));
});
await drive("updateRunMetadata", async () => {
  const answer = await api.updateRunMetadata(run.id, { operations: [{ type: "increment", key: "n", value: 2 }] });
  check(answer.metadata.n === 3, JSON.stringify(answer));
});
await drive("getRunMetadata", async () => {
  const answer = await api.getRunMetadata(run.id);
  check(answer.metadata.n === 3, JSON.stringify(answer));
});
await drive("getRunResult", async () => {
  const answer = await api.getRunResult(run.id);
  check(answer.ok === true && answer.output.includes("Ada"), JSON.stringify(answer));
});
await drive("listRunEvents", async () => {
  const answer = await api.listRunEvents(run.id);
  check(answer.events.length >= 2, JSON.stringify(answer));
});
await drive("retrieveRunTrace", async () => {
  const answer = await api.retrieveRunTrace(run.id);
  check(answer.trace.rootSpan.children.length >= 1, JSON.stringify(answer));
  const span = await api.retrieveSpan(run.id, answer.trace.rootSpan.id);
  check(span.spanId === answer.trace.rootSpan.id, JSON.stringify(span));
});

// Batches.
const items = [1, 2, 3].map((n) => ({ payload: { name: `${n}` }, options: delayed }));
const batch = await drive("tasks.batchTrigger", async () => {
  const handle = await sdk.tasks.batchTrigger("hello-world", items);
  check(handle.runCount === 3 && handle.publicAccessToken, JSON.stringify(handle));
  return handle;
});
await drive("batch.trigger", async () => {
  const handle = await sdk.batch.trigger([{ id: "hello-world", ...items[0] }]);
  check(handle.runCount === 1, JSON.stringify(handle));
});
await drive("batch.triggerByTask", async () => {
  const handle = await sdk.batch.triggerByTask([{ task: { id: "hello-world" }, ...items[0] }]);
  check(handle.runCount === 1, JSON.stringify(handle));
});
await drive("batch.retrieve", async () => {
  const shown = await sdk.batch.retrieve(batch.batchId);
  check(shown.runs.length === 3 && shown.status === "PENDING", JSON.stringify(shown));
  const listed = await collect(sdk.runs.list({ batch: batch.batchId, limit: 2 }));
  check(listed.length === 3, `${listed.length}`);
});
await drive("getBatchResults", async () => {
  const results = await api.getBatchResults(batch.batchId);
  check(results.items.length === 0, JSON.stringify(results));
});

// Waits.
const token = await drive("wait.createToken", async () => {
  const made = await sdk.wait.createToken({ timeout: "10m", tags: [unique] });
  check(made.id.startsWith("waitpoint_") && made.url && made.publicAccessToken, JSON.stringify(made));
  return made;
});
await drive("wait.listTokens", async () => {
  const listed = await collect(sdk.wait.listTokens({ tags: [unique], status: "WAITING" }));
  check(listed.length === 1 && listed[0].id === token.id, JSON.stringify(listed));
});
await drive("wait.completeToken", async () => {
  const answer = await sdk.wait.completeToken(token, { approved: true });
  check(answer.success === true, JSON.stringify(answer));
});
await drive("wait.retrieveToken", async () => {
  const shown = await sdk.wait.retrieveToken(token.id);
  check(shown.status === "COMPLETED" && shown.output.approved === true, JSON.stringify(shown));
});
await drive("callback", async () => {
  const made = await sdk.wait.createToken({});
  const path = new URL(made.url).pathname;
  const answer = await fetch(url + path, { method: "POST", body: JSON.stringify({ paid: 1 }) });
  check(answer.status === 200 && (await sdk.wait.retrieveToken(made.id)).output.paid === 1, `${answer.status}`);
});

// What a run calls that waits. A run that does not execute is refused; what happens else is tested with a worker.
async function refused(action, status) {
  try {
    await action();
  } catch (error) {
    check(error.status === status, `${error.status} ${error.message}`);
    return;
  }
  check(false, "accepted");
}
const parked = await sdk.tasks.trigger("hello-world", { name: "parked" }, delayed);
await drive("waitForDuration", () =>
  refused(() => api.waitForDuration(parked.id, { date: new Date(Date.now() + 60_000) }), 422));
await drive("waitForToken", () =>
  refused(() => api.waitForWaitpointToken({ runFriendlyId: parked.id, waitpointFriendlyId: token.id }), 422));
await drive("triggerForParent", () =>
  refused(
    () => api.triggerTask("hello-world", { payload: "{}", options: { parentRunId: parked.id, resumeParentOnCompletion: true } }),
    422,
  ));
await drive("batchForParent", () =>
  refused(() => api.createBatch({ runCount: 1, parentRunId: parked.id, resumeParentOnCompletion: true }), 422));

// Schedules.
const schedule = await drive("schedules.create", async () => {
  const options = { task: "nightly", cron: "0 9 * * 1-5", timezone: "Europe/Paris", deduplicationKey: unique, externalId: "x" };
  const made = await sdk.schedules.create(options);
  check(made.generator.expression === "0 9 * * 1-5" && made.nextRun > new Date(), JSON.stringify(made));
  check((await sdk.schedules.create(options)).id === made.id, "a key makes one schedule");
  return made;
});
if (schedule) {
  await drive("schedules.retrieve", async () => {
    check((await sdk.schedules.retrieve(schedule.id)).timezone === "Europe/Paris", schedule.id);
  });
  await drive("schedules.update", async () => {
    const changed = await sdk.schedules.update(schedule.id, { task: "nightly", cron: "*/5 * * * *" });
    check(changed.generator.description === "Every 5 minutes" && changed.id === schedule.id, JSON.stringify(changed));
  });
  await drive("schedules.list", async () => {
    check((await sdk.schedules.list({ perPage: 100 })).data.some((item) => item.id === schedule.id), schedule.id);
  });
  await drive("schedules.deactivate", async () => {
    check((await sdk.schedules.deactivate(schedule.id)).active === false, schedule.id);
  });
  await drive("schedules.activate", async () => {
    check((await sdk.schedules.activate(schedule.id)).active === true, schedule.id);
  });
  await drive("schedules.del", async () => {
    check((await sdk.schedules.del(schedule.id)).id === schedule.id, schedule.id);
  });
}
await drive("schedules.timezones", async () => {
  const zones = (await sdk.schedules.timezones()).timezones;
  check(zones[0] === "UTC" && zones.includes("Europe/Paris"), `${zones.length}`);
});

// Queues.
const queue = { type: "task", name: "hello-world" };
await drive("queues.list", async () => {
  const page = await sdk.queues.list({ perPage: 100 });
  check(page.data.some((item) => item.name === "hello-world" && item.type === "task"), JSON.stringify(page.data));
});
await drive("queues.retrieve", async () => {
  const shown = await sdk.queues.retrieve(queue);
  check((await sdk.queues.retrieve(shown.id)).name === "hello-world", JSON.stringify(shown));
});
await drive("queues.pause", async () => {
  check((await sdk.queues.pause(queue)).paused === true, "pause");
});
await drive("queues.resume", async () => {
  check((await sdk.queues.resume(queue)).paused === false, "resume");
});
await drive("queues.overrideConcurrencyLimit", async () => {
  const changed = await sdk.queues.overrideConcurrencyLimit(queue, 3);
  check(changed.concurrencyLimit === 3 && changed.concurrency.override === 3, JSON.stringify(changed));
});
await drive("queues.resetConcurrencyLimit", async () => {
  const changed = await sdk.queues.resetConcurrencyLimit(queue);
  check(changed.concurrency.override === null, JSON.stringify(changed));
});

// Bulk actions.
const bulk = await drive("runs.bulk.cancel", async () => {
  const made = await sdk.runs.bulk.cancel({ filter: { tag: unique, status: ["DELAYED"] }, name: "clean up" });
  check(made.id.startsWith("bulk_"), JSON.stringify(made));
  return made;
});
await drive("runs.bulk.poll", async () => {
  const done = await sdk.runs.bulk.poll(bulk.id, { pollIntervalMs: 300 });
  check(done.status === "COMPLETED" && done.counts.success >= 3, JSON.stringify(done));
});
await drive("runs.bulk.retrieve", async () => {
  check((await sdk.runs.bulk.retrieve(bulk.id)).name === "clean up", bulk.id);
});
await drive("runs.bulk.list", async () => {
  const page = await sdk.runs.bulk.list({ limit: 1 });
  check(page.data[0].id === bulk.id, JSON.stringify(page.data));
});
await drive("runs.bulk.replay", async () => {
  const made = await sdk.runs.bulk.replay({ runIds: [run.id] });
  check((await sdk.runs.bulk.poll(made.id, { pollIntervalMs: 300 })).counts.success === 1, made.id);
});
await drive("runs.bulk.abort", () => refused(() => sdk.runs.bulk.abort(bulk.id), 422));

const uncovered = names.filter((name) => !driven.includes(name) && !EXCUSED.has(name));
console.log(JSON.stringify({ driven, failures, uncovered, unknownObjects }));
