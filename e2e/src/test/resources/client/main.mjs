// Drives the unmodified official client against a live server. Prints one JSON document with what it saw.
import { configure, idempotencyKeys, runs, tasks } from "@trigger.dev/sdk";

const [url, key, database] = process.argv.slice(2);
configure({ baseURL: url, accessToken: key });

const seen = {};

const handle = await tasks.trigger("introspect-data", { url: database, schemas: ["shop"] }, { tags: ["e2e", "client"] });
seen.handleHasToken = typeof handle.publicAccessToken === "string" && handle.publicAccessToken.split(".").length === 3;
const finished = await runs.poll(handle.id, { pollIntervalMs: 300 });
seen.status = finished.status;
seen.isSuccess = finished.isSuccess;
seen.tables = finished.output.schemas[0].tables.map((table) => table.name).sort();
seen.columns = finished.output.schemas[0].tables
  .find((table) => table.name === "purchase")
  .columns.map((column) => column.name);

const listed = [];
for await (const run of runs.list({ limit: 1, taskIdentifier: "introspect-data" })) {
  listed.push(run.id);
}
seen.listed = listed.includes(handle.id);

const replayed = await runs.replay(handle.id);
seen.replayIsNew = replayed.id !== handle.id;
seen.replayStatus = (await runs.poll(replayed.id, { pollIntervalMs: 300 })).status;

const once = await idempotencyKeys.create("order-1001", { scope: "global" });
const first = await tasks.trigger("hello-world", { name: "once" }, { idempotencyKey: once });
const second = await tasks.trigger("hello-world", { name: "twice" }, { idempotencyKey: once });
seen.idempotent = first.id === second.id && second.isCached === true;

const slow = await tasks.trigger("hello-world", { name: "slow" }, { delay: "1h" });
seen.delayed = (await runs.retrieve(slow.id)).status;
await runs.cancel(slow.id);
await runs.cancel(slow.id);
seen.canceled = (await runs.poll(slow.id, { pollIntervalMs: 300 })).status;

const greeting = await runs.poll((await tasks.trigger("hello-world", { name: "Ada" })).id, { pollIntervalMs: 300 });
seen.greeting = greeting.output.message;

const failing = await runs.poll(
  (await tasks.trigger("introspect-data", { url: "postgres://u:secret@127.0.0.1:1/none" }, { maxAttempts: 1 })).id,
  { pollIntervalMs: 300 },
);
seen.failed = failing.status;
seen.failedSaysWhy = typeof failing.error?.message === "string" && !JSON.stringify(failing.error).includes("secret");

async function refusal(action) {
  try {
    await action();
    return "none";
  } catch (error) {
    return `${error.status} ${error.name}`;
  }
}
seen.unknownRun = await refusal(() => runs.retrieve("run_00000000000000000000000000"));
seen.badMachine = await refusal(() => tasks.trigger("hello-world", {}, { machine: "huge" }));
configure({ baseURL: url, accessToken: "tr_prod_000000000000000000000000" });
seen.wrongKey = await refusal(() => runs.retrieve(handle.id));

console.log(JSON.stringify(seen));
