// Tokens, completed by the client and by whoever has their address.
import { auth, runs, wait } from "@trigger.dev/sdk";
import { check, collect, drive, refused, until } from "./driver.mjs";

export default async function ({ url, unique }) {
  const token = await drive("wait.createToken", async () => {
    const made = await wait.createToken({ timeout: "10m", tags: [unique], idempotencyKey: unique });
    check(made.id.startsWith("waitpoint_") && made.url && made.publicAccessToken && !made.isCached, made);
    const again = await wait.createToken({ timeout: "10m", tags: [unique], idempotencyKey: unique });
    check(again.id === made.id && again.isCached, again);
    return made;
  });
  await drive("wait.listTokens", async () => {
    const listed = await collect(wait.listTokens({ tags: [unique], status: "WAITING" }));
    check(listed.length === 1 && listed[0].id === token.id, listed);
    check((await collect(wait.listTokens({ idempotencyKey: unique }))).length === 1, "by its key");
    check((await collect(wait.listTokens({ tags: [unique], status: "TIMED_OUT" }))).length === 0, "by its status");
  });
  await drive("wait.completeToken", async () => {
    check((await wait.completeToken(token, { approved: true })).success === true, token);
    check((await wait.completeToken(token, { approved: false })).success === true, "again");
    await refused(() => wait.completeToken("waitpoint_00000000000000000000000000", {}), 404);
  });
  await drive("wait.retrieveToken", async () => {
    const shown = await wait.retrieveToken(token.id);
    check(shown.status === "COMPLETED" && shown.output.approved === true, shown);
    check(shown.completedAt && shown.timeoutAt && shown.tags.join() === unique, shown);
  });
  await drive("token completed with its own credential", async () => {
    const made = await wait.createToken({});
    await auth.withAuth({ baseURL: url, accessToken: made.publicAccessToken }, async () => {
      check((await wait.completeToken(made.id, "yes")).success === true, made);
      await refused(() => runs.list({}), 403);
    });
    check((await wait.retrieveToken(made.id)).output === "yes", made);
  });
  await drive("callback", async () => {
    const made = await wait.createToken({});
    const path = new URL(made.url).pathname;
    const answer = await fetch(url + path, { method: "POST", body: JSON.stringify({ paid: 1 }) });
    check(answer.status === 200 && (await wait.retrieveToken(made.id)).output.paid === 1, `${answer.status}`);
    const forged = `${path.slice(0, -1)}${path.endsWith("0") ? "1" : "0"}`;
    check((await fetch(url + forged, { method: "POST", body: "{}" })).status === 401, forged);
  });
  await drive("token that times out", async () => {
    const made = await wait.createToken({ timeout: "1s" });
    const late = await until("a token times out", () => wait.retrieveToken(made.id), (shown) => shown.status !== "WAITING");
    check(late.status === "TIMED_OUT" && late.error.name === "WaitpointTimeoutError", late);
  });
}
