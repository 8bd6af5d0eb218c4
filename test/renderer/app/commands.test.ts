import { expect, test } from 'vitest';
import { MENU_COMMANDS } from '../../../shared/contract/channels.ts';
import { COMMANDS, commandOf } from '../../../src-renderer/app/commands.ts';
import { screenOf } from '../../../src-renderer/app/screens.ts';

test.each(Object.keys(MENU_COMMANDS))('the menu’s %s is known to the page', (command) => {
  expect(commandOf(command)).not.toBeNull();
  if (command.startsWith('go.')) expect(screenOf(command.slice('go.'.length))).not.toBeNull();
});

test('a command from a newer shell is ignored', () => expect(commandOf('teleport')).toBeNull());

test('no two commands share a name or a key', () => {
  const keys = COMMANDS.flatMap(({ keys }) => keys ?? []);
  expect(new Set(keys).size).toBe(keys.length);
  expect(new Set(COMMANDS.map(({ id }) => id)).size).toBe(COMMANDS.length);
});
