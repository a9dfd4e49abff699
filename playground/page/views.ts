/**
 * Selects the pane that a narrow page shows.
 * It must not know what the panes hold.
 */
export function createViews(main: HTMLElement, buttons: readonly HTMLButtonElement[]): { show(view: string): void } {
  const show = (view: string) => {
    main.dataset.view = view
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset.view === view))
  }
  for (const button of buttons) button.addEventListener('click', () => show(button.dataset.view!))
  // a skip link to a pane shows it
  addEventListener('click', ({ target }) => {
    const link = target instanceof Element ? target.closest('a.skip') : undefined
    const view = link?.getAttribute('href')?.slice(1)
    if (view === 'code' || view === 'results') show(view)
  })
  return { show }
}
