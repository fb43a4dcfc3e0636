import { expect, test } from 'vitest';
import { type Command, filterCommands, runIdIn, scoreOf } from './palette';

const command = (label: string, words?: string): Command => ({
  id: label,
  label,
  icon: 'runs',
  kind: 'Page',
  run: () => undefined,
  ...(words === undefined ? {} : { words }),
});

test('the beginning of a name counts more than its middle, and that more than other words', () => {
  const commands = [command('Bulk actions', 'runs'), command('Test runs'), command('Runs')];
  expect(filterCommands(commands, 'runs').map((one) => one.label)).toEqual(['Runs', 'Test runs', 'Bulk actions']);
});

test('every word must be found', () => {
  expect(scoreOf(command('Waitpoint tokens', 'approval'), 'tok appr')).toBeGreaterThan(0);
  expect(scoreOf(command('Waitpoint tokens'), 'tok cron')).toBeUndefined();
});

test('nothing typed shows all in their order', () => {
  expect(filterCommands([command('B'), command('A')], '').map((one) => one.label)).toEqual(['B', 'A']);
});

test('a pasted address yields its run', () => {
  expect(runIdIn('http://x/envs/prod/runs/run_06fwd5zxa1hkm?tab=logs')).toBe('run_06fwd5zxa1hkm');
  expect(runIdIn('runs')).toBeUndefined();
});
