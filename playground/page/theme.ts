/**
 * The light or dark theme: the system's setting, until the user chooses.
 * It must not know the colours.
 */
import { html } from './element.ts'

type Choice = 'system' | 'light' | 'dark'
const KEY = 'tsgrad-playground-theme'
const NEXT: Readonly<Record<Choice, Choice>> = { system: 'light', light: 'dark', dark: 'system' }

/** Storage may be forbidden for the page. */
function stored(): Choice {
  try {
    const value = localStorage.getItem(KEY)
    return value === 'light' || value === 'dark' ? value : 'system'
  } catch {
    return 'system'
  }
}

function store(choice: Choice): void {
  try {
    localStorage.setItem(KEY, choice)
  } catch {
    // the choice holds for this visit only
  }
}

/** @param changed called after a change of colours. */
export function createThemeSwitch(button: HTMLButtonElement, changed: () => void): void {
  let choice = stored()
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    const isDark = choice === 'dark' || (choice === 'system' && dark.matches)
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
    const sign = { system: '◐', light: '○', dark: '●' }[choice]
    button.replaceChildren(
      html('span', { 'aria-hidden': 'true' }, sign),
      ` ${choice[0]!.toUpperCase()}${choice.slice(1)}`,
    )
    button.setAttribute('aria-label', `Colours: ${choice}. Change to ${NEXT[choice]}`)
    changed()
  }
  button.addEventListener('click', () => {
    choice = NEXT[choice]
    store(choice)
    apply()
  })
  dark.addEventListener('change', apply)
  apply()
}
