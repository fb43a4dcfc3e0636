// Batches of every kind.
import { batch, runs, tasks } from "@trigger.dev/sdk";
import { check, collect, drive, refused, until } from "./driver.mjs";

export default async function ({ api, delayed, unique }) {
  const items = [1, 2, 3].map((n) => ({ payload: { name: `${n}` }, options: delayed }));
  const made = await drive("tasks.batchTrigger", async () => {
    const handle = await tasks.batchTrigger("hello-world", items);
    check(handle.runCount === 3 && handle.publicAccessToken, handle);
    return handle;
  });
  await drive("batch.trigger", async () => {
    const handle = await batch.trigger([
      { id: "hello-world", ...items[0] },
      { id: "todo-reminder", ...items[1] },
    ]);
    check(handle.runCount === 2, handle);
    const members = await collect(runs.list({ batch: handle.batchId }));
    check(members.map((run) => run.taskIdentifier).sort().join() === "hello-world,todo-reminder", members);
  });
  await drive("batch.triggerByTask", async () => {
    const handle = await batch.triggerByTask([{ task: { id: "hello-world" }, ...items[0] }]);
    check(handle.runCount === 1, handle);
  });
  await drive("batch from a stream", async () => {
    async function* more() {
      yield items[0];
      yield items[1];
    }
    check((await tasks.batchTrigger("hello-world", more())).runCount === 2, "a stream of items");
  });
  await drive("batch.retrieve", async () => {
    const shown = await batch.retrieve(made.batchId);
    check(shown.runs.length === 3 && shown.status === "PENDING" && shown.processing.errors.length === 0, shown);
    const listed = await collect(runs.list({ batch: made.batchId, limit: 2 }));
    check(listed.length === 3 && listed.every((run) => shown.runs.includes(run.id)), listed);
    await refused(() => batch.retrieve("batch_00000000000000000000000000"), 404);
  });
  await drive("batch with a key", async () => {
    const key = { idempotencyKey: `${unique}-batch` };
    const first = await tasks.batchTrigger("hello-world", items, key);
    check((await tasks.batchTrigger("hello-world", items, key)).batchId === first.batchId, first);
  });
  await drive("batch that ends", async () => {
    const ends = [1, 2].map(() => ({ payload: { name: "Ada" }, options: { tags: [unique] } }));
    const { batchId } = await tasks.batchTrigger("hello-world", ends);
    const done = await until("a batch ends", () => batch.retrieve(batchId), (shown) => shown.status === "COMPLETED");
    check(done.runs.length === 2, done);
    const results = await api.getBatchResults(batchId);
    check(results.items.map((item) => item.id).join() === done.runs.join(), { results, done });
    check(results.items.every((item) => item.ok && item.output.includes("Hello, Ada!")), results);
  });
  await drive("getBatchResults", async () => {
    check((await api.getBatchResults(made.batchId)).items.length === 0, "results of runs that have not ended");
  });
  await drive("batch of older clients", async () => {
    const payload = JSON.stringify({ name: "old" });
    const options = { ...delayed, payloadType: "application/json" };
    const handle = await api.batchTriggerV3({ items: [{ task: "hello-world", payload, options }] });
    check(handle.runCount === 1 && handle.id.startsWith("batch_"), handle);
    const [run] = (await batch.retrieve(handle.id)).runs;
    check((await runs.retrieve(run)).payload.name === "old", handle);
  });
}
