/** Menus, context menus and lists in popovers look the same. */
export const MENU_CONTENT =
  'z-50 min-w-48 max-w-96 overflow-y-auto max-h-(--radix-popper-available-height) rounded-node border border-line bg-raised p-1 text-fg text-xs shadow-raised outline-none';
export const MENU_ITEM =
  'flex h-6 cursor-default items-center gap-2 rounded-control px-2 outline-none data-[highlighted]:bg-accent data-[highlighted]:text-on-accent data-[disabled]:opacity-45';
export const MENU_SEPARATOR = 'my-1 h-px bg-line';
