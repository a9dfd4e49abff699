/**
 * The status line, with the button that stops a run.
 * It must not know what is compiled or run.
 */
import { byId } from './element.ts'

export function createStatus() {
  const element = byId('status')
  const stop = byId('stop')
  let shown: ReturnType<typeof setTimeout> | undefined
  const say = (text: string, name: string) => {
    clearTimeout(shown)
    element.textContent = text
    element.className = name
    stop.hidden = name !== 'running'
  }
  let isCompiling = false
  let slow: ReturnType<typeof setTimeout> | undefined
  let before = () => {}
  return {
    get isCompiling() {
      return isCompiling
    },
    compiling() {
      isCompiling = true
      clearTimeout(slow)
      slow = setTimeout(() => {
        const [text, name] = [element.textContent ?? '', element.className]
        say('Compiling…', 'running')
        before = () => say(text, name)
      }, 800)
    },
    compiled() {
      isCompiling = false
      clearTimeout(slow)
      if (element.textContent === 'Compiling…') before()
    },
    // most runs end before anyone could read it
    running() {
      clearTimeout(shown)
      shown = setTimeout(() => say('Running…', 'running'), 150)
    },
    done(compiling: number, running: number) {
      const how = compiling === 0 ? 'compiled with the page' : `compiled in ${Math.round(compiling)} ms`
      say(`${how}, ran in ${Math.round(running)} ms`, '')
    },
    fail(text: string) {
      isCompiling = false
      clearTimeout(slow)
      say(text, 'failed')
    },
  }
}
