// Drives every operation of the unmodified official client against a live server and checks what comes back.
//
// It runs in two places. Beside the server's own tests a played worker ends every run of `hello-world`; there the mode
// is `played`. In the whole-system test a supervisor executes real tasks (`live`), and what
// only they can show is driven as well.
import { connect, report } from "./driver.mjs";
import runs from "./runs.mjs";
import lists from "./lists.mjs";
import insideTasks from "./inside-tasks.mjs";
import batches from "./batches.mjs";
import waits from "./waits.mjs";
import schedules from "./schedules.mjs";
import queues from "./queues.mjs";
import bulk from "./bulk.mjs";
import credentials from "./credentials.mjs";
import deployments from "./deployments.mjs";
import payloads from "./payloads.mjs";
import live from "./live.mjs";

const [url, key, project, personalToken, mode] = process.argv.slice(2);
const unique = `c${process.hrtime.bigint()}`;
const api = connect(url, key);
const server = {
  url,
  key,
  project,
  personalToken,
  api,
  // What older clients cannot do is driven with the newest alone.
  isNewest: "getRunPacketUrl" in api,
  // Marks what this suite makes, so that others may work on the same server.
  unique,
  // A run that stays where it is.
  delayed: { delay: "1h", tags: [unique] },
};

// What takes longest is begun first.
const finish = mode === "live" ? await live(server) : undefined;
await runs(server);
await lists(server);
await insideTasks(server);
await batches(server);
await waits(server);
await schedules(server);
await queues(server);
await payloads(server);
await deployments(server);
await credentials(server);
await bulk(server);
await finish?.();

console.log(JSON.stringify(report()));
process.exit(0);
