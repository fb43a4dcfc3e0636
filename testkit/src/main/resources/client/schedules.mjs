// Schedules and time zones.
import { schedules } from "@trigger.dev/sdk";
import { check, drive, refused } from "./driver.mjs";

export default async function ({ unique }) {
  const options = { task: "todo-reminder", cron: "0 9 * * 1-5", timezone: "Europe/Paris", externalId: "x" };
  const made = await drive("schedules.create", async () => {
    const first = await schedules.create({ ...options, deduplicationKey: unique });
    check(first.generator.expression === "0 9 * * 1-5" && first.nextRun > new Date(), first);
    check(first.type === "IMPERATIVE" && first.active && first.externalId === "x", first);
    const second = await schedules.create({ ...options, cron: "0 10 * * *", deduplicationKey: unique });
    check(second.id === first.id && second.generator.expression === "0 10 * * *", "a key makes one schedule");
    await refused(() => schedules.create({ ...options, cron: "* * * * * *", deduplicationKey: "s" }), 422, "seconds");
    await refused(() => schedules.create({ ...options, timezone: "Mars/Base", deduplicationKey: "s" }), 422, "Mars/Base");
    return first;
  });
  if (made) {
    await change(made.id, unique);
  }
  await drive("schedules.timezones", async () => {
    const zones = (await schedules.timezones()).timezones;
    check(zones[0] === "UTC" && zones.includes("Europe/Paris"), `${zones.length}`);
  });
}

async function change(id, key) {
  await drive("schedules.retrieve", async () => {
    check((await schedules.retrieve(id)).timezone === "Europe/Paris", id);
    check((await schedules.retrieve(key)).id === id, "by its key");
    await refused(() => schedules.retrieve("sched_00000000000000000000000000"), 404);
  });
  await drive("schedules.update", async () => {
    const changed = await schedules.update(id, { task: "todo-reminder", cron: "*/5 * * * *" });
    check(changed.generator.description === "Every 5 minutes" && changed.id === id, changed);
  });
  await drive("schedules.list", async () => {
    const page = await schedules.list({ perPage: 100 });
    check(page.data.some((item) => item.id === id) && page.pagination.currentPage === 1, page);
  });
  await drive("schedules.deactivate", async () => {
    check((await schedules.deactivate(id)).active === false, id);
  });
  await drive("schedules.activate", async () => {
    check((await schedules.activate(id)).active === true, id);
  });
  await drive("schedules.del", async () => {
    check((await schedules.del(id)).id === id, id);
    await refused(() => schedules.retrieve(id), 404);
  });
}
