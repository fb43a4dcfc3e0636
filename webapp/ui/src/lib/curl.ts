/** One argument for a POSIX shell, whatever is in it. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * The command that triggers a task. The key is left to the shell's environment, so that copying the command never
 * copies a secret.
 */
export function triggerCommand(origin: string, taskId: string, payload: string): string {
  return [
    `curl -X POST ${shellQuote(`${origin}/api/v1/tasks/${encodeURIComponent(taskId)}/trigger`)}`,
    `  -H "Authorization: Bearer $RUNYARD_SECRET_KEY"`,
    `  -H 'Content-Type: application/json'`,
    `  -d ${shellQuote(`{"payload":${payload}}`)}`,
  ].join(' \\\n');
}
