import { SelectField, TextField } from '../../ui/Field';
import { Fields } from '../../ui/Form';
import { MACHINES, type TestOptions } from './options';
import { jsonProblem } from './schemaForm';

interface Props {
  options: TestOptions;
  queue: string;
  onChange(options: TestOptions): void;
}

export function OptionFields({ options, queue, onChange }: Props) {
  const set = (name: keyof TestOptions) => (value: string) => onChange({ ...options, [name]: value });
  return (
    <Fields>
      <TextField
        label="Delay"
        placeholder="10m, or a date"
        hint="When it is queued"
        value={options.delay}
        onChange={set('delay')}
      />
      <TextField
        label="Time to live"
        placeholder="1h"
        hint="Expires if not started by then"
        value={options.ttl}
        onChange={set('ttl')}
      />
      <TextField label="Queue" placeholder={queue} value={options.queue} onChange={set('queue')} />
      <TextField
        label="Concurrency key"
        hint="Gives the queue a copy of its own"
        value={options.concurrencyKey}
        onChange={set('concurrencyKey')}
      />
      <TextField label="Tags" placeholder="user_1, nightly" value={options.tags} onChange={set('tags')} />
      <TextField
        label="Idempotency key"
        hint="The same key finds the same run"
        value={options.idempotencyKey}
        onChange={set('idempotencyKey')}
      />
      <TextField
        label="Key is kept for"
        placeholder="30d"
        value={options.idempotencyKeyTTL}
        onChange={set('idempotencyKeyTTL')}
      />
      <SelectField label="Machine" value={options.machine} onChange={set('machine')}>
        <option value="">As the task says</option>
        {MACHINES.map((machine) => (
          <option key={machine}>{machine}</option>
        ))}
      </SelectField>
      <TextField
        label="Max attempts"
        type="number"
        min={1}
        value={options.maxAttempts}
        onChange={set('maxAttempts')}
      />
      <TextField
        label="Max duration"
        type="number"
        min={5}
        hint="Seconds"
        value={options.maxDuration}
        onChange={set('maxDuration')}
      />
      <TextField label="Priority" type="number" hint="Seconds ahead" value={options.priority} onChange={set('priority')} />
      <TextField label="Version" placeholder="20260821.1" value={options.version} onChange={set('version')} />
      <TextField
        label="Metadata"
        placeholder='{"key": "value"}'
        value={options.metadata}
        problem={jsonProblem(options.metadata)}
        onChange={set('metadata')}
      />
    </Fields>
  );
}
