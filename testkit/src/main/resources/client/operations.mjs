// What the official client has to call, taken from its own exports: its objects with their members, and the methods of
// the class that makes the requests. An operation that is neither driven by a script nor excused here, with the reason,
// fails the suite; so does an object that a new version adds.

const IN_A_TASK = "runs inside a task only";

export const OBJECTS = [
  "auth",
  "batch",
  "deployments",
  "envvars",
  "idempotencyKeys",
  "metadata",
  "queues",
  "runs",
  "runs.bulk",
  "schedules",
  "tags",
  "tasks",
  "wait",
];

export const EXCUSED = new Map([
  ["auth.getOIDCToken", `${IN_A_TASK}, for identities of other clouds`],
  ["tasks.onStart", "hook of a task"],
  ["tasks.onStartAttempt", "hook of a task"],
  ["tasks.onFailure", "hook of a task"],
  ["tasks.onSuccess", "hook of a task"],
  ["tasks.onComplete", "hook of a task"],
  ["tasks.onWait", "hook of a task"],
  ["tasks.onResume", "hook of a task"],
  ["tasks.onCancel", "hook of a task"],
  ["tasks.handleError", "hook of a task"],
  ["tasks.catchError", "hook of a task"],
  ["tasks.middleware", "hook of a task"],
  ["tasks.triggerAndWait", `${IN_A_TASK}; its call is driven as triggerForParent`],
  ["tasks.batchTriggerAndWait", `${IN_A_TASK}; its calls are driven as batchForParent`],
  ["tasks.triggerAndSubscribe", `${IN_A_TASK}, and is realtime`],
  ["batch.triggerAndWait", `${IN_A_TASK}; its calls are driven as batchForParent`],
  ["batch.triggerByTaskAndWait", `${IN_A_TASK}; its calls are driven as batchForParent`],
  ["runs.subscribeToRun", "realtime"],
  ["runs.subscribeToRunsWithTag", "realtime"],
  ["runs.subscribeToBatch", "realtime"],
  ["runs.fetchStream", "streams"],
  ["wait.for", `${IN_A_TASK}; its call is driven as waitForDuration`],
  ["wait.until", `${IN_A_TASK}; its call is driven as waitForDuration`],
  ["wait.forToken", `${IN_A_TASK}; its call is driven as waitForToken`],
  ["schedules.task", "defines a task"],
  ["tags.add", `${IN_A_TASK}; its call is driven as addTags`],
  ["metadata.current", "reads memory"],
  ["metadata.get", "reads memory"],
  ["metadata.set", "writes memory; what is sent is driven as updateRunMetadata"],
  ["metadata.del", "writes memory; what is sent is driven as updateRunMetadata"],
  ["metadata.append", "writes memory; what is sent is driven as updateRunMetadata"],
  ["metadata.remove", "writes memory; what is sent is driven as updateRunMetadata"],
  ["metadata.increment", "writes memory; what is sent is driven as updateRunMetadata"],
  ["metadata.decrement", "writes memory; what is sent is driven as updateRunMetadata"],
  ["metadata.replace", "writes memory; what is sent is driven as updateRunMetadata"],
  ["metadata.save", `${IN_A_TASK}; its call is driven as updateRunMetadata`],
  ["metadata.flush", `${IN_A_TASK}; its call is driven as updateRunMetadata`],
  ["metadata.refresh", `${IN_A_TASK}; its call is driven as getRunMetadata`],
  ["metadata.stream", "streams"],
  ["metadata.fetchStream", "streams"],
  ["metadata.parent", "writes memory"],
  ["metadata.root", "writes memory"],
]);

// Objects that are about something else, or call nothing of the server.
export const OTHER_OBJECTS = new Map([
  ["concurrencyLimits", "named limits, which this server does not offer"],
  ["heartbeats", IN_A_TASK],
  ["locals", "memory of a task"],
  ["logger", "log of a task"],
  ["otel", "traces of a task"],
  ["prompts", "prompts"],
  ["providerProducers", "webhook sources"],
  ["query", "query"],
  ["retry", "retries of a task"],
  ["sessions", "sessions"],
  ["skills", "defines skills"],
  ["streams", "streams"],
  ["timeout", "constants"],
  ["usage", "reads memory"],
  ["webhookSources", "webhook sources"],
  ["webhooks", "webhooks"],
]);

// Methods of the class that makes the requests which are not for this suite, by what they are about.
const OTHER_METHODS = new Map([
  ["makes requests for the other methods", ["constructor", "fetchClient", "getHeaders", "getAccessToken", "getAuthenticationHeaders"]],
  ["realtime", ["subscribeToRun", "subscribeToRunsWithTag", "subscribeToBatch"]],
  ["streams", ["fetchStream", "createStream", "appendToStream", "sendInputStream", "createInputStreamWaitpoint"]],
  ["the trace in pages; this server returns it whole, as retrieveRunTrace", ["retrieveRunTracePage"]],
  ["query and dashboards", ["executeQuery", "getQuerySchema", "getReport"]],
]);
const OTHER_METHOD_PATTERNS = [/Session/, /ChatSnapshot/, /Prompt/, /Webhook/, /Dashboard/, /ConcurrencyLimit(s|Key)?$/];
// The limit of a queue reads like a named limit, and is none.
const QUEUE_LIMITS = ["overrideQueueConcurrencyLimit", "resetQueueConcurrencyLimit"];

export function isOtherMethod(name) {
  const isNamed = [...OTHER_METHODS.values()].some((names) => names.includes(name));
  return isNamed || (!QUEUE_LIMITS.includes(name) && OTHER_METHOD_PATTERNS.some((pattern) => pattern.test(name)));
}
