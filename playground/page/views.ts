/**
 * Which of the panes is shown where there is no room for all of them.
 * It must not know what they hold.
 */
export function createViews(main: HTMLElement, buttons: readonly HTMLButtonElement[]): { show(view: string): void } {
  const show = (view: string) => {
    main.dataset.view = view
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset.view === view))
  }
  for (const button of buttons) button.addEventListener('click', () => show(button.dataset.view!))
  // the links that skip to a pane show it
  addEventListener('click', ({ target }) => {
    const link = target instanceof Element ? target.closest('a.skip') : undefined
    const view = link?.getAttribute('href')?.slice(1)
    if (view === 'code' || view === 'results') show(view)
  })
  return { show }
}
