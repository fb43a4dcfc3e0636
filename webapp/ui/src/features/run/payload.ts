import { prettyJson } from '../../lib/json';
import type { RunDetail } from './api';

/** Payloads of JSON go into a call as they are; any other text becomes a JSON string. */
export function payloadAsJson({ payload }: Pick<RunDetail, 'payload'>): string {
  if (payload === undefined) {
    return '{}';
  }
  return payload.type.includes('json') ? payload.text : JSON.stringify(payload.text);
}

/** The same with indentation, for editing. */
export function payloadForEditing(run: Pick<RunDetail, 'payload'>): string {
  const json = payloadAsJson(run);
  return (
    prettyJson(json)
      ?.map((token) => token.text)
      .join('') ?? json
  );
}

/** What is wrong with a text as JSON, in one sentence; undefined where nothing is. */
export function jsonProblem(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
