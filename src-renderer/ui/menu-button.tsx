// A button that opens a menu of commands.
//
// label     what stands on the button
// icon      what stands before it; null = nothing
// children  the items
import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';

type Props = { readonly label: string; readonly icon?: ReactNode; readonly children: ReactNode };

export function MenuButton({ label, icon = null, children }: Props) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={icon} rightSection={<IconChevronDown size={12} />}>
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
