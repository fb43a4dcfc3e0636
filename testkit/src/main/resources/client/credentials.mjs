// Public tokens that the client makes, and what they open.
import { auth, batch, runs, tasks } from "@trigger.dev/sdk";
import { check, collect, drive, refused } from "./driver.mjs";

export default async function (server) {
  const { url, key, unique, finished, delayed, api } = server;
  const as = (accessToken, action) => auth.withAuth({ baseURL: url, accessToken }, action);

  await drive("auth.configure", async () => {
    auth.configure({ baseURL: url, accessToken: "tr_prod_000000000000000000000000" });
    await refused(() => runs.retrieve(finished.id), 401);
    auth.configure({ baseURL: url, accessToken: key });
    check((await runs.retrieve(finished.id)).id === finished.id, finished);
  });
  await drive("auth.createPublicToken", async () => {
    const token = await auth.createPublicToken({ scopes: { read: { runs: [finished.id] } }, expirationTime: "1h" });
    await as(token, async () => {
      check((await runs.retrieve(finished.id)).id === finished.id, "the token's run");
      await refused(() => runs.retrieve(server.later.id), 403);
      await refused(() => runs.cancel(finished.id), 403);
      await refused(() => tasks.trigger("hello-world", {}), 403);
    });
  });
  await drive("auth.withAuth", async () => {
    const token = await auth.createPublicToken({ scopes: { read: { tags: unique } }, expirationTime: 4102444800 });
    await as(token, async () => check((await runs.retrieve(finished.id)).id === finished.id, "by its tag"));
    const late = await auth.createPublicToken({ scopes: { read: { runs: true } }, expirationTime: new Date(1_000_000) });
    await as(late, () => refused(() => runs.retrieve(finished.id), 401));
  });
  await drive("auth.withPublicToken", async () => {
    let seen;
    await auth.withPublicToken({ scopes: { read: { runs: true } } }, async () => {
      seen = await collect(runs.list({ tag: unique, limit: 50 }));
    });
    check(seen.length > 3, seen);
  });
  await drive("auth.createTriggerPublicToken", async () => {
    const token = await auth.createTriggerPublicToken("hello-world");
    await as(token, async () => {
      check((await tasks.trigger("hello-world", { name: "1" }, delayed)).id.startsWith("run_"), "the first time");
      await refused(() => tasks.trigger("hello-world", { name: "2" }, delayed), 422, "one-time");
    });
    const often = await auth.createTriggerPublicToken("hello-world", { multipleUse: true });
    await as(often, async () => {
      await tasks.trigger("hello-world", { name: "1" }, delayed);
      await tasks.trigger("hello-world", { name: "2" }, delayed);
      await refused(() => tasks.trigger("todo-reminder", {}, delayed), 403);
    });
  });
  await drive("auth.withTriggerPublicToken", async () => {
    let handle;
    // Another lifetime than the token above: two equal tokens of one second are one token, used once.
    await auth.withTriggerPublicToken("hello-world", { expirationTime: "20m" }, async () => {
      handle = await tasks.trigger("hello-world", { name: "1" }, delayed);
    });
    // The token that a trigger returns reads the run that it made.
    await as(handle.publicAccessToken, async () => check((await runs.retrieve(handle.id)).id === handle.id, handle));
  });
  await drive("auth.createBatchTriggerPublicToken", async () => {
    const token = await auth.createBatchTriggerPublicToken("hello-world", { multipleUse: true });
    const items = [{ payload: { name: "1" }, options: delayed }];
    let handle;
    await as(token, async () => {
      handle = await tasks.batchTrigger("hello-world", items);
      await refused(() => tasks.batchTrigger("todo-reminder", items), 403);
    });
    await as(handle.publicAccessToken, async () => {
      check((await batch.retrieve(handle.batchId)).runCount === 1, handle);
    });
  });
  await drive("auth.withBatchTriggerPublicToken", async () => {
    let handle;
    await auth.withBatchTriggerPublicToken("hello-world", {}, async () => {
      handle = await tasks.batchTrigger("hello-world", [{ payload: { name: "1" }, options: delayed }]);
    });
    check(handle.runCount === 1, handle);
  });
  await drive("createPublicToken", async () => {
    // What the client calls where its key may not sign.
    const body = { scopes: [`read:runs:${finished.id}`], expirationTime: "5m" };
    const { token } = await api.createPublicToken(body);
    await as(token, async () => check((await runs.retrieve(finished.id)).id === finished.id, "signed by the server"));
    check((await api.generateJWTClaims()).pub === true, "claims");
  });
}
