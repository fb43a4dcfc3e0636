import type { Environment } from '../../app/session';
import { apiPath, deleteJson, getJson, postJson, putJson } from '../../lib/http';

export interface Variable {
  name: string;
  /** Of a secret, a text that says that it is hidden. */
  value: string;
  isSecret: boolean;
}

const SLUGS: Record<string, string> = {
  PRODUCTION: 'prod',
  STAGING: 'staging',
  DEVELOPMENT: 'dev',
  PREVIEW: 'preview',
};

function basePath({ id, type, project }: Environment): string {
  return apiPath(id, `/v1/projects/${encodeURIComponent(project.ref)}/envvars/${SLUGS[type] ?? 'prod'}`);
}

function variablePath(environment: Environment, name: string): string {
  return `${basePath(environment)}/${encodeURIComponent(name)}`;
}

export function fetchVariables(environment: Environment, signal?: AbortSignal): Promise<Variable[]> {
  return getJson(basePath(environment), {}, signal);
}

export function createVariable(environment: Environment, variable: Variable): Promise<unknown> {
  return postJson(basePath(environment), variable);
}

export function updateVariable(environment: Environment, name: string, value: string): Promise<unknown> {
  return putJson(variablePath(environment, name), { value });
}

export function deleteVariable(environment: Environment, name: string): Promise<unknown> {
  return deleteJson(variablePath(environment, name));
}

export function importVariables(
  environment: Environment,
  variables: Record<string, string>,
  isSecret: boolean,
): Promise<unknown> {
  return postJson(`${basePath(environment)}/import`, { variables, isSecret, override: true });
}

/** Reads lines such as `NAME="value"`, with or without `export`; comments and other lines are left out. */
export function parseLines(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line);
    if (match?.[1] !== undefined) {
      found[match[1]] = unquoted(match[2] ?? '');
    }
  }
  return found;
}

function unquoted(text: string): string {
  const double = /^"((?:[^"\\]|\\.)*)"/.exec(text);
  if (double?.[1] !== undefined) {
    return double[1].replace(/\\(.)/g, (_, one: string) => (one === 'n' ? '\n' : one));
  }
  const single = /^'([^']*)'/.exec(text);
  // What follows a blank and a hash is a comment, unless it is quoted.
  return single?.[1] ?? text.replace(/\s+#.*$/, '');
}
