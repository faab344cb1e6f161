import type { MenuItemConstructorOptions } from 'electron';

interface StandinMenuItem extends Omit<MenuItemConstructorOptions, 'click' | 'submenu'> {
  readonly submenu?: StandinMenu;
  /** As if a person chose it. */
  click(): void;
}

export class StandinMenu {
  static #applicationMenu: StandinMenu | null = null;
  readonly items: readonly StandinMenuItem[];

  private constructor(items: readonly StandinMenuItem[]) {
    this.items = items;
  }

  static buildFromTemplate(template: MenuItemConstructorOptions[]): StandinMenu {
    return new StandinMenu(template.map(itemOf));
  }

  static setApplicationMenu(menu: StandinMenu | null): void {
    StandinMenu.#applicationMenu = menu;
  }

  static getApplicationMenu(): StandinMenu | null {
    return StandinMenu.#applicationMenu;
  }

  getMenuItemById(id: string): StandinMenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found != null) return found;
    }
    return null;
  }
}

function itemOf({ submenu, click, ...item }: MenuItemConstructorOptions): StandinMenuItem {
  if (item.role === undefined && item.label === undefined && item.type !== 'separator') {
    throw new Error('Invalid template for MenuItem: must have at least one of label, role or type');
  }
  return {
    ...item,
    submenu: Array.isArray(submenu) ? StandinMenu.buildFromTemplate(submenu) : undefined,
    // What a role does, Electron does itself; the handler is given what ours look at, which is nothing.
    click: () => (click as (() => void) | undefined)?.(),
  };
}
