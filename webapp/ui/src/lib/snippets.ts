/** The call that triggers a task with the Java SDK, which finds server and key in the environment. */
export function javaCall(taskId: string, payload: string): string {
  return [
    'try (Runyard runyard = Runyard.fromEnvironment()) {',
    `    var task = TaskReference.to(${javaString(taskId)}, JsonNode.class, JsonNode.class);`,
    `    JsonNode payload = JsonMapper.shared().readTree(${javaString(payload)});`,
    '    runyard.trigger(task, payload);',
    '}',
  ].join('\n');
}

/** The same call with the TypeScript client, which finds server and key in the environment too. */
export function typescriptCall(taskId: string, payload: string): string {
  return [
    'import { tasks } from "@trigger.dev/sdk";',
    '',
    `await tasks.trigger(${JSON.stringify(taskId)}, ${payload});`,
  ].join('\n');
}

const SHORT = 60;

/** Java's form of a text; one that is long or has lines stands in a text block, where JSON stays readable. */
export function javaString(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
  if (text.length <= SHORT && !text.includes('\n')) {
    return `"${escaped.replaceAll('"', '\\"')}"`;
  }
  const lines = escaped.replaceAll('"""', '\\"""').replaceAll('\n', '\n            ');
  return `"""\n            ${lines}\\\n            """`;
}
