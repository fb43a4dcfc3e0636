/** The options of a trigger as a person types them. */
export interface TestOptions {
  delay: string;
  ttl: string;
  queue: string;
  concurrencyKey: string;
  tags: string;
  idempotencyKey: string;
  idempotencyKeyTTL: string;
  machine: string;
  maxAttempts: string;
  maxDuration: string;
  priority: string;
  version: string;
  metadata: string;
}

export const NO_OPTIONS: TestOptions = {
  delay: '',
  ttl: '',
  queue: '',
  concurrencyKey: '',
  tags: '',
  idempotencyKey: '',
  idempotencyKeyTTL: '',
  machine: '',
  maxAttempts: '',
  maxDuration: '',
  priority: '',
  version: '',
  metadata: '',
};

export const MACHINES = [
  'micro',
  'small-1x',
  'small-2x',
  'medium-1x',
  'medium-2x',
  'large-1x',
  'large-2x',
];

/** The options as the API takes them; what was left empty is not sent. */
export function optionsToSend(options: TestOptions): Record<string, unknown> {
  const texts = {
    delay: options.delay,
    ttl: options.ttl,
    concurrencyKey: options.concurrencyKey,
    idempotencyKey: options.idempotencyKey,
    idempotencyKeyTTL: options.idempotencyKeyTTL,
    machine: options.machine,
    lockToVersion: options.version,
  };
  const numbers = {
    maxAttempts: options.maxAttempts,
    maxDuration: options.maxDuration,
    priority: options.priority,
  };
  const tags = options.tags
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean);
  return {
    test: true,
    ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text.trim()]).filter(([, text]) => text)),
    ...Object.fromEntries(
      Object.entries(numbers)
        .filter(([, text]) => text.trim() !== '')
        .map(([name, text]) => [name, Number(text)]),
    ),
    ...(options.queue.trim() === '' ? {} : { queue: { name: options.queue.trim() } }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(options.metadata.trim() === '' ? {} : { metadata: JSON.parse(options.metadata) as unknown }),
  };
}
