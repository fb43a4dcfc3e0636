// Lists of runs: every filter, and pages in both directions.
import { auth, deployments, runs, tasks } from "@trigger.dev/sdk";
import { check, collect, drive, refused } from "./driver.mjs";

export default async function (server) {
  const { api, unique, project, personalToken } = server;
  const tag = `${unique}-list`;
  const ended = await tasks.trigger("hello-world", { name: "Ada" }, { tags: [tag, `${tag}-ended`] });
  const waiting = await tasks.trigger("hello-world", { name: "1" }, { delay: "1h", tags: [tag], machine: "small-2x" });
  const trial = await api.triggerTask("todo-reminder", {
    payload: "{}",
    options: { payloadType: "application/json", test: true, delay: "1h", tags: [tag] },
  });
  const all = [trial.id, waiting.id, ended.id];
  await runs.poll(ended.id, { pollIntervalMs: 300 });
  const soon = new Date(Date.now() + 3_600_000);

  async function shows(filter, expected) {
    const found = (await collect(runs.list({ tag, ...filter }))).map((run) => run.id);
    check(found.join() === expected.join(), { filter, found, expected });
  }
  await drive("runs.list", async () => {
    await shows({}, all);
    await shows({ tag: `${tag}-ended` }, [ended.id]);
    await shows({ tag: [`${tag}-ended`, `${tag}-none`] }, [ended.id]);
    await shows({ status: "COMPLETED" }, [ended.id]);
    await shows({ status: ["DELAYED", "FAILED"] }, [trial.id, waiting.id]);
    await shows({ taskIdentifier: "todo-reminder" }, [trial.id]);
    await shows({ taskIdentifier: ["todo-reminder", "hello-world"] }, all);
    await shows({ isTest: true }, [trial.id]);
    await shows({ isTest: false }, [waiting.id, ended.id]);
    await shows({ machine: "small-2x" }, [waiting.id]);
    await shows({ queue: { type: "task", name: "todo-reminder" } }, [trial.id]);
    await shows({ queue: [{ type: "task", name: "hello-world" }, { type: "custom", name: "none" }] }, [waiting.id, ended.id]);
    await shows({ period: "1h" }, all);
    await shows({ from: soon }, []);
    await shows({ to: soon.getTime() }, all);
    await shows({ version: (await deployments.retrieveCurrent()).version }, [ended.id]);
    await shows({ version: "19990101.1" }, []);
    await shows({ region: "nowhere" }, []);
    await refused(() => runs.list({ status: "SHINY" }), 400);
  });
  await drive("pages", async () => {
    await shows({ limit: 1 }, all);
    const first = await runs.list({ tag, limit: 2 });
    check(first.data.length === 2 && first.hasNextPage() && !first.hasPreviousPage(), first.data);
    const second = await first.getNextPage();
    check(second.data[0].id === ended.id && !second.hasNextPage() && second.hasPreviousPage(), second.data);
    const back = await second.getPreviousPage();
    check(back.data.map((run) => run.id).join() === `${trial.id},${waiting.id}`, back.data);
  });
  await drive("runs.list of a project", async () => {
    await auth.withAuth({ baseURL: server.url, accessToken: personalToken }, async () => {
      const found = await collect(runs.list(project, { tag, env: ["prod", "staging"], limit: 2 }));
      check(found.map((run) => run.id).join() === all.join() && found[0].env.name === "prod", found);
      check((await collect(runs.list(project, { tag, env: "staging" }))).length === 0, "runs of another environment");
    });
  });
}
