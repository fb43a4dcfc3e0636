import { triggerCommand } from '../../lib/curl';
import { javaCall, typescriptCall } from '../../lib/snippets';
import menu from '../../ui/menu.module.css';
import { Popover } from '../../ui/Popover';
import { useCopy } from '../../ui/useCopy';
import type { RunDetail } from './api';
import { payloadAsJson } from './payload';

/** Copies the call that triggers the same task with the same payload, for the place where it is needed. */
export function CopyMenu({ run }: { run: RunDetail }) {
  const copy = useCopy();
  const payload = payloadAsJson(run);
  const calls = [
    { label: 'curl', text: () => triggerCommand(location.origin, run.taskId, payload) },
    { label: 'Java', text: () => javaCall(run.taskId, payload) },
    { label: 'TypeScript', text: () => typescriptCall(run.taskId, payload) },
  ];
  return (
    <Popover label="Copy the call" icon="copy" trigger="Copy as" align="end">
      {(close) =>
        calls.map(({ label, text }) => (
          <button
            key={label}
            type="button"
            className={menu.item}
            onClick={() => {
              copy(text(), `The call as ${label} was copied`);
              close();
            }}
          >
            {label}
          </button>
        ))
      }
    </Popover>
  );
}
