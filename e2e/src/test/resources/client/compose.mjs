// Triggers a task with the official client and prints what came of it.
import { configure, runs, tasks } from "@trigger.dev/sdk";

const [baseURL, accessToken] = process.argv.slice(2);
configure({ baseURL, accessToken });
const handle = await tasks.trigger("flaky", 1);
const run = await runs.poll(handle, { pollIntervalMs: 500 });
console.log(JSON.stringify({ status: run.status, output: run.output }));
