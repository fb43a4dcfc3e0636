import { describe, expect, it } from 'vitest';
import { describeQueue, describeWorkers } from './system';

const NOW = Date.parse('2026-11-21T10:00:00Z');
const seen = (secondsAgo: number) => new Date(NOW - secondsAgo * 1000).toISOString();

describe('describeWorkers', () => {
  it('names the workload manager of the supervisors that are there', () => {
    const supervisors = [
      { name: 'a', workloadManager: 'docker', lastSeenAt: seen(3) },
      { name: 'b', workloadManager: 'process', lastSeenAt: seen(600) },
    ];
    expect(describeWorkers(supervisors, NOW)).toEqual({ health: 'good', text: 'Tasks run in Docker containers' });
  });

  it('names each kind once where supervisors differ', () => {
    const supervisors = ['docker', 'process', 'docker'].map((workloadManager, index) => ({
      name: `s${index}`,
      workloadManager,
      lastSeenAt: seen(1),
    }));
    expect(describeWorkers(supervisors, NOW).text).toBe('Tasks run in Docker containers and as local processes');
  });

  it('tells a supervisor that went away from one that never came', () => {
    expect(describeWorkers([{ name: 'a', lastSeenAt: seen(61) }], NOW).text).toBe('No supervisor answers');
    expect(describeWorkers([], NOW)).toEqual({ health: 'bad', text: 'No supervisor connected' });
  });
});

describe('describeQueue', () => {
  it('is silent while Redis serves claims', () => {
    expect(describeQueue('REDIS')).toBeUndefined();
    expect(describeQueue(undefined)).toBeUndefined();
  });

  it('says that the database stands in', () => {
    expect(describeQueue('DATABASE')).toContain('database');
  });
});
