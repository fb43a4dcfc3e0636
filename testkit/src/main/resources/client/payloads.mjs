// What goes in comes out, whatever its type and size.
import { runs, tasks } from "@trigger.dev/sdk";
import { check, drive, refused } from "./driver.mjs";

export default async function ({ api, delayed, unique, isNewest }) {
  const stored = async (payload) => {
    const { id } = await tasks.trigger("hello-world", payload, delayed);
    return (await runs.retrieve(id)).payload;
  };
  await drive("payloads", async () => {
    check((await stored("just text")) === "just text", "text");
    check((await stored(42)) === 42, "a number");
    check(((await stored(null)) ?? null) === null, "null");
    check((await stored(undefined)) === undefined, "nothing");
    check((await stored([1, { a: "ü \u2028 \"" }]))[1].a === "ü \u2028 \"", "an array");
    const dated = await stored({ at: new Date(0) });
    check(new Date(dated.at).getTime() === 0, dated);
  });
  await drive("large payloads", async () => {
    const large = { text: "x".repeat(300_000) };
    check((await stored(large)).text.length === 300_000, "over the client's threshold");
    check((await stored("y".repeat(200_000))).length === 200_000, "text over the threshold");
    const items = [{ payload: large, options: delayed }];
    check((await tasks.batchTrigger("hello-world", items)).runCount === 1, "an item of a batch");
  });
  await drive("packets", async () => {
    const path = `${unique}/output.json`;
    const { presignedUrl, storagePath } = await api.createUploadPayloadUrl(path);
    const headers = { "content-type": "application/super+json" };
    const put = await fetch(presignedUrl, { method: "PUT", headers, body: '{"json":1}' });
    check(put.ok && storagePath.length > 0, `${put.status}`);
    const got = await fetch((await api.getPayloadUrl(storagePath)).presignedUrl);
    check(got.headers.get("content-type").startsWith("application/super+json"), got.headers.get("content-type"));
    check((await got.text()) === '{"json":1}', storagePath);
    if (isNewest) {
      const found = await api.getRunPacketUrl("run_00000000000000000000000000", "payload", storagePath);
      check((await fetch(found.presignedUrl)).ok, found);
    }
    await refused(() => api.createUploadPayloadUrl("../../etc/passwd"), 400);
  });
}
