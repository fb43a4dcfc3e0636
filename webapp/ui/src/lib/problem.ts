/** What the server says when it refuses, in one shape for all routes. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
  ) {
    super(detail);
  }
}

/** The server did not answer at all: it is down, or the network is. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';

  constructor(cause: unknown) {
    super('The server does not answer. Is it running?', { cause });
  }
}

export async function problemOf(response: Response): Promise<ApiError> {
  const fallback = response.statusText || `Status ${response.status}`;
  try {
    const body: unknown = await response.json();
    if (typeof body === 'object' && body !== null) {
      const { title, detail } = body as { title?: unknown; detail?: unknown };
      const heading = typeof title === 'string' ? title : fallback;
      return new ApiError(response.status, heading, typeof detail === 'string' ? detail : heading);
    }
  } catch {
    // A proxy in between answers with pages of its own; its status is all that can be used.
  }
  return new ApiError(response.status, fallback, `The server answered ${response.status} ${fallback}.`);
}

/** One sentence for people, of anything that was thrown. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
