import { expect, test } from 'vitest';
import { findEnvironment } from './environment';
import { includesRole, nameEnvironments } from './session';

function sent(slug: string, ref: string, branch?: string) {
  return {
    id: `env_${ref}_${slug}_${branch ?? ''}`,
    slug,
    name: slug,
    type: 'PRODUCTION',
    concurrencyLimit: 10,
    role: 'OWNER' as const,
    project: { ref, name: ref, organization: { slug: 'one', title: 'One' } },
    ...(branch === undefined ? {} : { branch }),
  };
}

test('short names stay short while they are unique', () => {
  expect(nameEnvironments([sent('prod', 'a'), sent('dev', 'a')]).map((one) => one.slug)).toEqual(['prod', 'dev']);
});

test('projects and branches tell equal short names apart', () => {
  const named = nameEnvironments([
    sent('prod', 'a'),
    sent('prod', 'b'),
    sent('preview', 'a'),
    sent('preview', 'a', 'fix/x'),
  ]);
  expect(named.map((one) => one.slug)).toEqual(['a.prod', 'b.prod', 'a.preview', 'a.preview.fix%2Fx']);
});

test('a link with the project is found while the short name alone would do', () => {
  const named = nameEnvironments([sent('prod', 'a')]);
  expect(findEnvironment(named, 'a.prod')).toBe(named[0]);
  expect(findEnvironment(named, 'b.prod')).toBeUndefined();
});

test('each role includes the lower ones', () => {
  expect(includesRole('OWNER', 'VIEWER')).toBe(true);
  expect(includesRole('DEVELOPER', 'ADMIN')).toBe(false);
});
