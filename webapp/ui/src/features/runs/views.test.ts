import { beforeEach, expect, test, vi } from 'vitest';
import { readViews, withView, writeViews } from './views';

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
});

test('views come back as they were kept', () => {
  const views = [{ name: 'Mine', search: 'task=a' }];
  writeViews(views);
  expect(readViews()).toEqual(views);
});

test('what is no view is left out', () => {
  localStorage.setItem('runyard.views', '[{"name":"a"},null,{"name":"b","search":""}]');
  expect(readViews()).toEqual([{ name: 'b', search: '' }]);
  localStorage.setItem('runyard.views', 'nonsense');
  expect(readViews()).toEqual([]);
});

test('a view of the same name is replaced', () => {
  const views = withView([{ name: 'a', search: '1' }], { name: 'a', search: '2' });
  expect(views).toEqual([{ name: 'a', search: '2' }]);
});
