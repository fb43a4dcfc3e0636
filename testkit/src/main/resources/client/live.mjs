// What only real tasks can show: that what the client asked for happens in a process that a supervisor started. All of
// it is begun at once and looked at in the end, as waiting for one process after the other takes long.
import { queues, runs, schedules, tasks, wait } from "@trigger.dev/sdk";
import { check, collect, drive, until } from "./driver.mjs";

const poll = (handle) => runs.poll(handle.id, { pollIntervalMs: 300 });

export default async function (server) {
  const parts = [scheduled, approved, called, timedOut, family, retried, failed, canceled, large, progress, held, refusedInput];
  const pending = [];
  for (const part of parts) {
    pending.push(await part(server));
  }
  return async () => {
    for (const finish of pending) {
      await finish();
    }
  };
}

async function scheduled({ unique }) {
  const options = { task: "todo-reminder", cron: "* * * * *", externalId: unique, deduplicationKey: `${unique}-live` };
  const schedule = await schedules.create(options);
  return () =>
    drive("a schedule triggers its task", async () => {
      const list = () => collect(runs.list({ schedule: schedule.id }));
      const isDone = (found) => found.some((run) => run.status === "COMPLETED");
      const [run] = (await until("a schedule triggers", list, isDone)).filter((shown) => shown.isSuccess);
      const shown = await runs.retrieve(run.id);
      check(shown.output === `reminded ${unique}` && shown.schedule.id === schedule.id, shown);
      check(shown.payload.externalId === unique && shown.payload.upcoming.length > 0, shown.payload);
      await schedules.del(schedule.id);
    });
}

// A run that waits for a token, once it really waits. Its status says so only without a process; its trace at once.
async function waiting(token, { unique, api }) {
  const handle = await tasks.trigger("publish-when-approved", { title: "Draft", token }, { tags: [unique] });
  const waits = ({ trace }) => /"message":"Wait/.test(JSON.stringify(trace));
  await until("a run waits", () => api.retrieveRunTrace(handle.id), waits);
  return runs.retrieve(handle.id);
}

async function approved(server) {
  const token = await wait.createToken({ timeout: "10m" });
  return () =>
    drive("a waiting run gets what completed its token", async () => {
      const run = await waiting(token.id, server);
      check(run.isExecuting !== run.isWaiting && !run.isCompleted, run);
      await wait.completeToken(token, { by: "Ada" });
      check((await poll(run)).output === "Draft approved by Ada", run);
    });
}

async function called(server) {
  const token = await wait.createToken({ timeout: "10m" });
  return () =>
    drive("a waiting run gets what was sent to its token's address", async () => {
      const run = await waiting(token.id, server);
      const address = server.url + new URL(token.url).pathname;
      await fetch(address, { method: "POST", body: JSON.stringify({ by: "Bob" }) });
      check((await poll(run)).output === "Draft approved by Bob", run);
    });
}

async function timedOut({ unique }) {
  const token = await wait.createToken({ timeout: "1s" });
  const handle = await tasks.trigger("publish-when-approved", { title: "Draft", token: token.id }, { tags: [unique] });
  return () =>
    drive("a run hears that its token timed out", async () => {
      check((await poll(handle)).output === "Draft was never approved", handle);
    });
}

async function family({ unique, api }) {
  const handle = await tasks.trigger("parent-task", "x", { tags: [unique] });
  return () =>
    drive("a run waits for its children", async () => {
      const done = await poll(handle);
      check(done.output.join() === "X,X-AGAIN,A,B", done);
      check(done.metadata.childStatus === "processing", done.metadata);
      check(done.relatedRuns.children.length === 5, done.relatedRuns);
      const child = await runs.retrieve(done.relatedRuns.children.find((run) => run.isSuccess).id);
      check(child.relatedRuns.parent.id === handle.id && child.depth === 1, child);
      check(child.tags.some((tag) => tag.startsWith("part_")), child.tags);
      const { trace } = await api.retrieveRunTrace(handle.id);
      check(JSON.stringify(trace).includes(child.id), "the trace shows the children");
    });
}

async function retried({ unique, isNewest }) {
  const handle = await tasks.trigger("hello-world", { name: "Eve", failAttempts: 1 }, { tags: [unique] });
  return () =>
    drive("a task that fails once is tried again", async () => {
      const done = await poll(handle);
      check(done.output.message === "Hello, Eve!" && done.output.attempt === 2 && done.attemptCount === 2, done);
      if (isNewest) {
        const again = await poll(await runs.replay(handle.id, { payload: { name: "Bob" } }));
        check(again.output.message === "Hello, Bob!" && again.attemptCount === 1, again);
      }
    });
}

async function failed({ unique, api }) {
  const handle = await tasks.trigger("hello-world", { failAttempts: 9 }, { tags: [unique], maxAttempts: 1 });
  return () =>
    drive("a task that keeps failing says why", async () => {
      const done = await poll(handle);
      check(done.status === "FAILED" && done.error.message.includes("attempt 1 was asked to fail"), done);
      const result = await api.getRunResult(handle.id);
      check(result.ok === false && result.error.message.includes("asked to fail"), result);
    });
}

async function canceled({ unique }) {
  const handle = await tasks.trigger("hello-world", { pauseMs: 600_000 }, { tags: [unique] });
  return () =>
    drive("an executing run is canceled", async () => {
      await until("a run executes", () => runs.retrieve(handle.id), (run) => run.isExecuting);
      await runs.cancel(handle.id);
      const done = await poll(handle);
      check(done.status === "CANCELED" && done.output === undefined, done);
    });
}

async function large({ unique }) {
  const video = { url: "u".repeat(300_000), language: "en" };
  const handle = await tasks.trigger("thumbnail", video, { tags: [unique] });
  return () =>
    drive("a large payload reaches the task and a large output the client", async () => {
      const done = await poll(handle);
      check(done.output.length === 300_004 && done.output.endsWith("u.png"), `${done.status} ${done.output?.length}`);
      check(done.payload.url.length === 300_000, "the payload can be read");
    });
}

async function progress({ unique }) {
  const handle = await tasks.trigger("batch-processor", ["a", "b"], { tags: [unique], metadata: { owner: "Ada" } });
  return () =>
    drive("a task's metadata can be read", async () => {
      const { output, metadata } = await poll(handle);
      check(output === 2 && metadata.owner === "Ada" && metadata.processedItems === 2, metadata);
      check(metadata.progress === 100 && metadata.status === "completed" && metadata.logs.length === 2, metadata);
    });
}

// Its queue is paused before it is triggered, and resumed in the end: by then other runs have passed it.
async function held({ unique }) {
  const queue = { type: "task", name: "process-data" };
  const payload = { userId: "u", data: ["a", "b"] };
  await queues.pause(queue);
  const handle = await tasks.trigger("process-data", payload, { tags: [unique] });
  const short = await tasks.trigger("process-data", payload, { tags: [unique], ttl: "1s" });
  return () =>
    drive("a paused queue holds its runs", async () => {
      const expired = await poll(short);
      check(expired.status === "EXPIRED" && expired.isCompleted, expired);
      check((await runs.retrieve(handle.id)).status === "QUEUED" && (await queues.retrieve(queue)).queued === 1, handle);
      await queues.resume(queue);
      check((await poll(handle)).output.processed === 2, handle);
    });
}

async function refusedInput({ unique }) {
  const person = { name: "", age: 200, email: "none" };
  const handle = await tasks.trigger("validated-task", person, { tags: [unique], maxAttempts: 1 });
  return () =>
    drive("a task refuses what its schema forbids", async () => {
      const done = await poll(handle);
      check(done.status === "FAILED" && /age|name/.test(done.error.message), done);
    });
}
