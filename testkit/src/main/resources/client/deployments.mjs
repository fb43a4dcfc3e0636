// Deployments, and the variables of their runs.
import { deployments, envvars } from "@trigger.dev/sdk";
import { check, drive, refused } from "./driver.mjs";

export default async function ({ api, project, unique }) {
  await drive("deployments.retrieveCurrent", async () => {
    const current = await deployments.retrieveCurrent();
    check(current.status === "DEPLOYED" && /^\d{8}\.\d+$/.test(current.version), current);
  });
  await drive("deployments.list", async () => {
    const page = await deployments.list({ status: "DEPLOYED", period: "1d", limit: 20 });
    const current = await deployments.retrieveCurrent();
    check(page.data.some((item) => item.version === current.version), page.data);
    check((await deployments.list({ status: "CANCELED" })).data.length === 0, "none was canceled");
  });

  const name = unique.toUpperCase();
  await drive("envvars.create", async () => {
    check((await envvars.create(project, "prod", { name, value: "one" })).success === true, name);
    await refused(() => envvars.create(project, "prod", { name: "TRIGGER_SECRET_KEY", value: "x" }), 400);
  });
  await drive("envvars.retrieve", async () => {
    check((await envvars.retrieve(project, "prod", name)).value === "one", name);
    await refused(() => envvars.retrieve(project, "prod", `${name}_NONE`), 404);
  });
  await drive("envvars.update", async () => {
    // One version of the client cannot do this outside of a task: it fails before it calls anything.
    const call = async () => envvars.update(project, "prod", name, { value: "two" });
    const answer = await call().catch((error) => {
      check(error instanceof ReferenceError, `${error}`);
      return api.updateEnvVar(project, "prod", name, { value: "two" });
    });
    check(answer.success && (await envvars.retrieve(project, "prod", name)).value === "two", answer);
  });
  await drive("envvars.upload", async () => {
    const variables = { [name]: "three", [`${name}_B`]: "new" };
    await envvars.upload(project, "prod", { variables, override: false });
    check((await envvars.retrieve(project, "prod", name)).value === "two", "what was there stays");
    check((await envvars.retrieve(project, "prod", `${name}_B`)).value === "new", "what was not there is made");
    await envvars.upload(project, "prod", { variables, override: true });
    check((await envvars.retrieve(project, "prod", name)).value === "three", "what was there is replaced");
  });
  await drive("envvars.list", async () => {
    const found = (await envvars.list(project, "prod")).filter((variable) => variable.name.startsWith(name));
    check(found.map((variable) => variable.value).join() === "three,new", found);
    await refused(() => envvars.list("proj_somebody_elses", "prod"), 400);
  });
  await drive("envvars.del", async () => {
    await envvars.del(project, "prod", name);
    await envvars.del(project, "prod", `${name}_B`);
    await refused(() => envvars.retrieve(project, "prod", name), 404);
  });
}
