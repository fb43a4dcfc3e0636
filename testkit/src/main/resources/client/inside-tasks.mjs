// What the client calls from inside a task, called from outside.
import { tasks } from "@trigger.dev/sdk";
import { check, drive, refused } from "./driver.mjs";

export default async function ({ api, finished, delayed }) {
  const run = finished.id;
  await drive("addTags", async () => {
    check((await api.addTags(run, { tags: ["more"] })).message === "Successfully set 1 new tags.", "a new tag");
    check((await api.addTags(run, { tags: "more" })).message === "No new tags to add", "a known tag");
  });
  await drive("updateRunMetadata", async () => {
    const steps = [
      { type: "increment", key: "n", value: 2 },
      { type: "set", key: "$.deep.name", value: "Ada" },
      { type: "append", key: "list", value: 1 },
    ];
    const { metadata } = await api.updateRunMetadata(run, { operations: steps });
    check(metadata.n === 3 && metadata.deep.name === "Ada" && metadata.list.length === 1, metadata);
  });
  await drive("getRunMetadata", async () => {
    check((await api.getRunMetadata(run)).metadata.n === 3, run);
  });
  await drive("getRunResult", async () => {
    const result = await api.getRunResult(run);
    check(result.ok === true && result.output.includes("Ada"), result);
    const none = await api.getRunResult("run_00000000000000000000000000");
    check(none === undefined, none);
  });
  await drive("listRunEvents", async () => {
    check((await api.listRunEvents(run)).events.length >= 2, run);
  });
  await drive("retrieveRunTrace", async () => {
    const { trace } = await api.retrieveRunTrace(run);
    check(trace.rootSpan.children.length >= 1, trace);
    check((await api.retrieveSpan(run, trace.rootSpan.id)).spanId === trace.rootSpan.id, trace);
  });

  // A run that does not execute may not wait. What happens else is seen where a run really waits.
  const parked = (await tasks.trigger("hello-world", { name: "parked" }, delayed)).id;
  const token = (await api.createWaitpointToken({ timeout: "10m" })).id;
  await drive("waitForDuration", () =>
    refused(() => api.waitForDuration(parked, { date: new Date(Date.now() + 60_000) }), 422));
  await drive("waitForToken", () =>
    refused(() => api.waitForWaitpointToken({ runFriendlyId: parked, waitpointFriendlyId: token }), 422));
  await drive("triggerForParent", () => {
    const options = { parentRunId: parked, resumeParentOnCompletion: true };
    return refused(() => api.triggerTask("hello-world", { payload: "{}", options }), 422);
  });
  await drive("batchForParent", () =>
    refused(() => api.createBatch({ runCount: 1, parentRunId: parked, resumeParentOnCompletion: true }), 422));
}
