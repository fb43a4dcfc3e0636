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

  /** Whether the page could not prove that it is ours, rather than the person having no right. */
  get isStale(): boolean {
    return this.status === 403 && this.detail.includes('X-XSRF-TOKEN');
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
      const { title, detail, error, details } = body as Record<string, unknown>;
      const heading = typeof title === 'string' ? title : fallback;
      const said = [firstMessage(details), detail, error].find((one) => typeof one === 'string');
      return new ApiError(response.status, heading, typeof said === 'string' ? said : heading);
    }
  } catch {
    // A proxy in between answers with pages of its own; its status is all that can be used.
  }
  return new ApiError(response.status, fallback, `The server answered ${response.status} ${fallback}.`);
}

/** The public API says in its details which parameter was wrong, and in `error` only that one was. */
function firstMessage(details: unknown): string | undefined {
  const [first] = Array.isArray(details) ? (details as { path?: string[]; message?: string }[]) : [];
  return first?.message === undefined ? undefined : `${first.path?.join('.') ?? 'Parameter'}: ${first.message}`;
}

/** One sentence for people, of anything that was thrown. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
