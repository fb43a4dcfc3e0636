// Actions on many runs; the last part, as it cancels what the others left.
import { runs } from "@trigger.dev/sdk";
import { check, collect, drive, refused } from "./driver.mjs";

export default async function ({ unique, finished }) {
  const made = await drive("runs.bulk.cancel", async () => {
    const action = await runs.bulk.cancel({ filter: { tag: unique, status: ["DELAYED"] }, name: "clean up" });
    check(action.id.startsWith("bulk_"), action);
    return action;
  });
  await drive("runs.bulk.poll", async () => {
    const done = await runs.bulk.poll(made.id, { pollIntervalMs: 300 });
    check(done.status === "COMPLETED" && done.counts.success >= 3 && done.counts.failure === 0, done);
    check((await collect(runs.list({ tag: unique, status: "DELAYED" }))).length === 0, "a run is left");
    const canceled = await collect(runs.list({ bulkAction: made.id, limit: 100 }));
    check(canceled.length === done.counts.total && canceled.every((run) => run.status === "CANCELED"), done);
  });
  await drive("runs.bulk.retrieve", async () => {
    const shown = await runs.bulk.retrieve(made.id);
    check(shown.name === "clean up" && shown.type === "CANCEL" && shown.completedAt, shown);
  });
  await drive("runs.bulk.list", async () => {
    const page = await runs.bulk.list({ limit: 1 });
    check(page.data[0].id === made.id, page.data);
  });
  await drive("runs.bulk.replay", async () => {
    const action = await runs.bulk.replay({ runIds: [finished.id] });
    check((await runs.bulk.poll(action.id, { pollIntervalMs: 300 })).counts.success === 1, action);
    check((await collect(runs.list({ bulkAction: action.id }))).length === 2, "the run and its repetition");
  });
  await drive("runs.bulk.abort", () => refused(() => runs.bulk.abort(made.id), 422));
}
