// Queues: read, paused, limited.
import { queues } from "@trigger.dev/sdk";
import { check, drive, refused } from "./driver.mjs";

export default async function () {
  const queue = { type: "task", name: "hello-world" };
  await drive("queues.list", async () => {
    const page = await queues.list({ perPage: 100 });
    check(page.data.some((item) => item.name === "hello-world" && item.type === "task"), page.data);
  });
  await drive("queues.retrieve", async () => {
    const shown = await queues.retrieve(queue);
    check(shown.paused === false && shown.running >= 0 && shown.queued >= 0, shown);
    check((await queues.retrieve(shown.id)).name === "hello-world", shown);
    await refused(() => queues.retrieve({ type: "custom", name: "no-such-queue" }), 404);
  });
  await drive("queues.pause", async () => {
    check((await queues.pause(queue)).paused === true, "pause");
  });
  await drive("queues.resume", async () => {
    check((await queues.resume(queue)).paused === false, "resume");
  });
  await drive("queues.overrideConcurrencyLimit", async () => {
    const changed = await queues.overrideConcurrencyLimit(queue, 3);
    check(changed.concurrencyLimit === 3 && changed.concurrency.override === 3, changed);
    check(changed.concurrency.overriddenAt instanceof Date, changed);
  });
  await drive("queues.resetConcurrencyLimit", async () => {
    const changed = await queues.resetConcurrencyLimit(queue);
    check(changed.concurrency.override === null && changed.concurrency.overriddenAt === null, changed);
  });
}
