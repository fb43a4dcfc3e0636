// Drives the client, writes down what was driven and what failed, and compares that with the client's own exports.
import * as sdk from "@trigger.dev/sdk";
import { ApiClient, apiClientManager } from "@trigger.dev/core/v3";
import { EXCUSED, OBJECTS, OTHER_OBJECTS, isOtherMethod } from "./operations.mjs";

const methods = Object.getOwnPropertyNames(ApiClient.prototype);
const called = new Set();
const driven = [];
const failures = [];

// The methods are wrapped only to see that they are called; what they do stays the client's own.
for (const name of methods.filter((method) => method !== "constructor")) {
  const property = Object.getOwnPropertyDescriptor(ApiClient.prototype, name);
  if (typeof property.value === "function") {
    ApiClient.prototype[name] = function (...parameters) {
      called.add(name);
      return property.value.apply(this, parameters);
    };
  }
}

export function check(condition, what) {
  if (!condition) {
    throw new Error(`unexpected: ${typeof what === "string" ? what : JSON.stringify(what)}`);
  }
}

export async function drive(name, action) {
  driven.push(name);
  try {
    return await action();
  } catch (error) {
    failures.push(`${name}: ${error.status ?? ""} ${error.message}`);
    return undefined;
  }
}

export async function refused(action, status, sentence) {
  try {
    await action();
  } catch (error) {
    // A batch that could not be made says in its cause why.
    check((error.status ?? error.cause?.status) === status, `${error.status} ${error.message}`);
    check(sentence === undefined || error.message.includes(sentence), error.message);
    return;
  }
  check(false, "accepted");
}

export async function collect(page) {
  const all = [];
  for await (const item of page) {
    all.push(item);
  }
  return all;
}

// Looks again and again until it is so; a suite that waits for something that never comes says for what.
export async function until(what, action, isDone, patienceMs = 120_000) {
  const end = Date.now() + patienceMs;
  for (;;) {
    const seen = await action();
    if (isDone(seen)) {
      return seen;
    }
    check(Date.now() < end, `never happened: ${what}; last seen: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

export function connect(url, key) {
  sdk.configure({ baseURL: url, accessToken: key });
  return apiClientManager.clientOrThrow();
}

export function report() {
  const member = (path) => path.split(".").reduce((object, name) => object[name], sdk);
  const operations = OBJECTS.flatMap((path) =>
    Object.keys(member(path))
      .map((name) => `${path}.${name}`)
      .filter((name) => !OBJECTS.includes(name)),
  );
  const objects = Object.entries(sdk)
    .filter(([, value]) => typeof value === "object" && value !== null)
    .map(([name]) => name);
  return {
    driven,
    failures,
    uncovered: operations.filter((name) => !driven.includes(name) && !EXCUSED.has(name)),
    unknownObjects: objects.filter((name) => !OBJECTS.includes(name) && !OTHER_OBJECTS.has(name)),
    uncalled: methods.filter((name) => !called.has(name) && !isOtherMethod(name)),
  };
}
