// Runs one by one: triggered, read, changed.
import { idempotencyKeys, runs, tasks } from "@trigger.dev/sdk";
import { check, drive, refused } from "./driver.mjs";

export default async function (server) {
  const { unique, delayed } = server;
  const run = await drive("tasks.trigger", async () => {
    const handle = await tasks.trigger("hello-world", { name: "Ada" }, { tags: [unique], metadata: { n: 1 } });
    check(handle.id.startsWith("run_") && handle.publicAccessToken.split(".").length === 3, handle);
    return handle;
  });
  server.finished = run;
  await drive("runs.poll", async () => {
    const done = await runs.poll(run.id, { pollIntervalMs: 300 });
    check(done.status === "COMPLETED" && done.isSuccess && done.output.message === "Hello, Ada!", done);
    check(done.payload.name === "Ada" && done.finishedAt >= done.startedAt && done.attemptCount === 1, done);
  });
  await drive("runs.retrieve", async () => {
    const shown = await runs.retrieve(run.id);
    check(shown.tags[0] === unique && shown.metadata.n === 1 && shown.triggerFunction === "trigger", shown);
    await refused(() => runs.retrieve("run_00000000000000000000000000"), 404);
  });
  await drive("runs.replay", async () => {
    const again = await runs.replay(run.id);
    check(again.id !== run.id, again);
    const shown = await runs.poll(again.id, { pollIntervalMs: 300 });
    check(shown.payload.name === "Ada" && shown.tags.includes(unique) && shown.metadata.n === 1, shown);
    await refused(() => runs.replay("run_00000000000000000000000000"), 404);
  });
  if (server.isNewest) {
    await drive("runs.replay with changes", async () => {
      const changes = { payload: { name: "Bob" }, tags: [unique, "changed"], delay: "1h", machine: "small-2x", ttl: "3h" };
      const shown = await runs.retrieve((await runs.replay(run.id, changes)).id);
      check(shown.payload.name === "Bob" && shown.tags.includes("changed") && shown.status === "DELAYED", shown);
      check(shown.ttl === "3h" && shown.metadata.n === 1, shown);
      await refused(() => runs.replay(run.id, { version: "19990101.1" }), 422, "19990101.1");
    });
  }
  await drive("runs.reschedule", async () => {
    const later = await tasks.trigger("hello-world", { name: "later" }, delayed);
    const moved = await runs.reschedule(later.id, { delay: new Date("2030-01-01T00:00:00Z") });
    check(moved.delayedUntil.getTime() === Date.UTC(2030, 0, 1) && moved.status === "DELAYED", moved);
    await refused(() => runs.reschedule(run.id, { delay: "1h" }), 400, "not delayed");
    server.later = later;
  });
  await drive("runs.cancel", async () => {
    await runs.cancel(server.later.id);
    const shown = await runs.retrieve(server.later.id);
    check(shown.status === "CANCELED" && shown.isCancelled && shown.isCompleted, shown);
    check((await runs.cancel(server.later.id)).id === server.later.id, "to cancel again changes nothing");
    check((await runs.cancel(run.id)).id === run.id && (await runs.retrieve(run.id)).status === "COMPLETED", run.id);
  });
  await options(server);
  await keys(server);
}

async function options({ unique, delayed }) {
  await drive("options of a trigger", async () => {
    const wanted = { ...delayed, ttl: "2h", machine: "small-2x", priority: 5, maxAttempts: 2, maxDuration: 60 };
    const handle = await tasks.trigger("hello-world", { name: "1" }, { ...wanted, concurrencyKey: "tenant-1" });
    const shown = await runs.retrieve(handle.id);
    check(shown.status === "DELAYED" && shown.ttl === "2h" && shown.delayedUntil > new Date(), shown);
    check(shown.isExecuting === false && shown.isCompleted === false && shown.isTest === false, shown);
    await refused(() => tasks.trigger("hello-world", {}, { machine: "huge" }), 400, "machine");
    await refused(() => tasks.trigger("hello-world", {}, { tags: Array.from("abcdefghijk") }), 422, "10 tags");
  });
  await drive("debounce", async () => {
    const debounce = { key: unique, delay: "1h", mode: "trailing" };
    const first = await tasks.trigger("hello-world", { name: "1" }, { debounce });
    const second = await tasks.trigger("hello-world", { name: "2" }, { debounce });
    check(first.id === second.id && (await runs.retrieve(first.id)).payload.name === "2", first);
    await runs.cancel(first.id);
  });
}

async function keys({ unique, delayed }) {
  await drive("idempotencyKeys.create", async () => {
    const once = await idempotencyKeys.create(unique, { scope: "global" });
    const first = await tasks.trigger("hello-world", { name: "1" }, { ...delayed, idempotencyKey: once });
    const second = await tasks.trigger("hello-world", { name: "2" }, { ...delayed, idempotencyKey: once });
    check(first.id === second.id && second.isCached, second);
  });
  await drive("idempotencyKeys.reset", async () => {
    const once = await idempotencyKeys.create(unique, { scope: "global" });
    const before = await tasks.trigger("hello-world", { name: "1" }, { ...delayed, idempotencyKey: once });
    await idempotencyKeys.reset("hello-world", once);
    const after = await tasks.trigger("hello-world", { name: "1" }, { ...delayed, idempotencyKey: once });
    check(before.id !== after.id && !after.isCached, after);
    const unused = await idempotencyKeys.create(`${unique}-unused`, { scope: "global" });
    await refused(() => idempotencyKeys.reset("hello-world", unused), 404);
  });
}
