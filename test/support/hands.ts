import type { Locator, Page } from 'playwright-core';

const MAX_TABS = 150;

/** How a person operates the dashboard. The same journey is made with a mouse, a finger and the keyboard alone. */
export interface Hands {
  /** Presses a button, a link or a row. */
  press: (page: Page, target: Locator) => Promise<void>;
  /** Puts a text into a field, in place of what is there. */
  type: (page: Page, field: Locator, text: string) => Promise<void>;
  /** Opens a page of the navigation. `key` is the letter after `g`. */
  goTo: (page: Page, label: string, key: string) => Promise<void>;
}

export const MOUSE: Hands = {
  press: (_, target) => target.click(),
  type: (_, field, text) => field.fill(text),
  goTo: (page, label) => page.getByRole('navigation', { name: 'Main', exact: true }).getByText(label).click(),
};

export const FINGER: Hands = {
  press: (_, target) => target.tap(),
  type: (_, field, text) => field.fill(text),
  goTo: async (page, label) => {
    const tabs = page.getByRole('navigation', { name: 'Main, phone' });
    const tab = tabs.getByRole('link', { name: label });
    if ((await tab.count()) > 0) return tab.tap();
    await tabs.getByRole('button', { name: 'More' }).tap();
    await page.getByRole('menuitem', { name: label }).tap();
  },
};

/** The keyboard alone: the focus gets to a target by Tab, from wherever it is. */
export const KEYBOARD: Hands = {
  press: async (page, target) => {
    await tabTo(page, target);
    await page.keyboard.press('Enter');
  },
  type: async (page, field, text) => {
    await tabTo(page, field);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText(text);
  },
  goTo: async (page, _, key) => {
    await page.getByRole('navigation', { name: 'Main', exact: true }).waitFor();
    await page.keyboard.press('Escape'); // a field may have the focus
    await page.evaluate('document.activeElement.blur()');
    await page.keyboard.press('g');
    await page.keyboard.press(key);
  },
};

async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let tabs = 0; tabs < MAX_TABS; tabs++) {
    if (await target.evaluate((element) => element.matches(':focus'))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not get to ${String(target)}`);
}
