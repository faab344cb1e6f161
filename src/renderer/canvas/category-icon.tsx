import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { categoryLook, LOOK_NAMES, lookName } from './category-look.ts';

/**
 * The icon of a category in its colour, where there are many of them. It is a picture in the background: an `svg` in each
 * node and in each line of the palette is work in every frame in which the view moves (decision 015).
 */
export function CategoryIcon({ category }: { category: string }) {
  const picture = `var(--icon-${lookName(category)})`;
  return (
    <span aria-hidden className="size-3.5 shrink-0" style={{ background: `${picture} center / contain no-repeat` }} />
  );
}

/** Makes the pictures. A picture knows no variables of the theme, so each theme has its own. */
export function drawCategoryIcons(): void {
  const page = document.documentElement;
  const colours = getComputedStyle(page);
  const host = document.createElement('div');
  const root = createRoot(host);
  flushSync(() =>
    root.render(
      LOOK_NAMES.map((name) => {
        const { icon: Icon } = categoryLook(name);
        return <Icon key={name} data-name={name} color={colours.getPropertyValue(`--category-${name}`)} />;
      }),
    ),
  );
  for (const svg of host.querySelectorAll('svg')) {
    page.style.setProperty(
      `--icon-${svg.dataset.name}`,
      `url("data:image/svg+xml,${encodeURIComponent(svg.outerHTML)}")`,
    );
  }
  root.unmount();
}
